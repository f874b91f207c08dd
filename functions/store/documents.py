"""Between dataclasses and the JSON document of an item: one spelling everywhere."""

import base64
import zlib
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def dump(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def load(document: str, shape: type[T]) -> T:
    return msgspec.json.decode(document, type=shape)


_PACKED = "z:"
_WORTH_PACKING = 400


def pack(text: str) -> str:
    """Shorten a long text: the receipt of a month (5 KB) must not cost ten write units. No JSON begins with "z:"."""
    if len(text) < _WORTH_PACKING:
        return text
    return _PACKED + base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def unpack(text: str) -> str:
    if not text.startswith(_PACKED):
        return text
    return zlib.decompress(base64.b64decode(text.removeprefix(_PACKED))).decode()
