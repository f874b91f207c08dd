"""What the tables of the towns are written with: days, wall times of Paris, and the town that a folder holds.

A table is written from the town's own sentences with pencil and calendar; it never reads what the engine answers.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from functions.domain.reglement import Reglement
from functions.reglement.compiled import loads
from functions.reglement.source import compile_directory
from support.engine import ROOT

ONE_SECOND = timedelta(seconds=1)
COMMUNES = ROOT / "tests/communes"
_PARIS = ZoneInfo("Europe/Paris")


@cache
def town(name: str) -> Reglement:
    return loads(compile_directory(COMMUNES / name))


def day(text: str) -> date:
    """« 2026-10-15 »."""
    return date.fromisoformat(text)


def paris(text: str) -> datetime:
    """« 2026-10-01 23:59:59 », the clock on the wall, as an instant in UTC; the later one when it strikes twice."""
    return datetime.fromisoformat(text).replace(tzinfo=_PARIS, fold=1).astimezone(UTC)


def end_of(text: str) -> datetime:
    """The last second of that day in Paris."""
    return paris(f"{text} 23:59:59")
