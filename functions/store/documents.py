"""Between dataclasses and the JSON document of an item: one spelling everywhere."""

from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def dump(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def load(document: str, shape: type[T]) -> T:
    return msgspec.json.decode(document, type=shape)
