"""Whole tables, read page by page, for an operator's command alone: no function's role grants a Scan.

Items come as they are stored, in no order, while others may write: whoever acts on them reads again, under conditions.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from functions.store.models import Audit, Core, Credentials, Ephemeral

_PAGE = 500
_MODELS: dict[str, Any] = {"core": Core, "credentials": Credentials, "ephemeral": Ephemeral, "audit": Audit}
_READ = ["pk", "sk", "doc", "version", "at", "expires"]


@dataclass(frozen=True, slots=True)
class Line:
    """One item; `expires` 0 when it has no end, `outbox` "" when nothing is left to send."""

    pk: str
    sk: str
    doc: str = ""
    version: int = 0
    at: str = ""
    expires: int = 0
    outbox: str = ""


def every(table: str) -> Iterator[Line]:
    """All the items of `core` or `credentials`."""
    for item in _MODELS[table].scan(page_size=_PAGE, attributes_to_get=[*_READ, "outbox"]):
        yield line_of(item)


def ended(table: str, now: datetime) -> Iterator[Line]:
    """The items of a table whose own end has passed, which the database has not removed yet."""
    model = _MODELS[table]
    found = model.scan(
        model.expires <= int(now.timestamp()), page_size=_PAGE, attributes_to_get=["pk", "sk", "expires"]
    )
    for item in found:
        yield line_of(item)


def line_of(item: Any) -> Line:
    return Line(
        item.pk,
        item.sk,
        item.doc or "",
        int(item.version or 0),
        item.at or "",
        int(item.expires or 0),
        getattr(item, "outbox", None) or "",
    )
