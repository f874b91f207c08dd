"""The instant, in UTC and to the second, from one place: rules read the clock to the second, and tests set it."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

_shift: list[timedelta | None] = [None]


def now() -> datetime:
    shift = _shift[0]
    if shift is None:
        shift = _shift[0] = _shift_from_environment()
    return (datetime.fromtimestamp(time.time(), UTC) + shift).replace(microsecond=0)  # noqa: TID251 - the one place


def set_now(instant: datetime) -> None:
    """Make the clock read `instant` and go on from there. For tests and demonstrations on one machine."""
    _shift[0] = instant - datetime.fromtimestamp(time.time(), UTC)  # noqa: TID251 - the one place


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    before = _shift[0]
    set_now(instant)
    try:
        yield
    finally:
        _shift[0] = before


def _shift_from_environment() -> timedelta:
    """PARVIS_CLOCK lets the local run stand at a given instant; AWS sets AWS_LAMBDA_FUNCTION_NAME and ignores it."""
    wanted = os.environ.get("PARVIS_CLOCK", "")
    if not wanted or "AWS_LAMBDA_FUNCTION_NAME" in os.environ:
        return timedelta()
    return datetime.fromisoformat(wanted) - datetime.fromtimestamp(time.time(), UTC)  # noqa: TID251 - the one place
