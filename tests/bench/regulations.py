"""The rules by themselves: how long a town takes to compile and to load, what it weighs, how many days are decided.

Each town of tests/communes and the demonstration's; times are the least of several (a shared machine only adds).
"""

import gzip
import time
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from functions.domain.decisions import ChildFacts, FamilyFacts, decide_day
from functions.domain.reglement import Reglement
from functions.reglement import compiled
from functions.reglement.source import compile_directory

_RUNS = 3
_CHILDREN = 3


@dataclass(frozen=True, slots=True)
class Figures:
    """One decision: one child, one activity and one day, price and its steps included."""

    compile_ms: float
    load_ms: float
    compiled_kb: float
    gzip_kb: float
    month_decisions_per_second: float


def measure(directory: Path) -> Figures:
    content = compile_directory(directory)
    town = compiled.loads(content)
    return Figures(
        compile_ms=_least(lambda: compile_directory(directory)) * 1000,
        load_ms=_least(lambda: compiled.loads(content)) * 1000,
        compiled_kb=len(content) / 1000,
        gzip_kb=len(gzip.compress(content, 9)) / 1000,
        month_decisions_per_second=_decisions(town) / _least(lambda: _month_of_three_children(town)),
    )


def _least(run: Callable[[], object]) -> float:
    """Seconds."""
    taken = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return min(taken)


def _days(town: Reglement) -> list[date]:
    """The first December the calendar knows: days of class, holidays, a public holiday."""
    year = town.calendar.span.first.year
    return [date(year, 12, day) for day in range(1, monthrange(year, 12)[1] + 1)]


def _decisions(town: Reglement) -> int:
    return _CHILDREN * len(town.activities) * len(_days(town))


def _month_of_three_children(town: Reglement) -> None:
    days = _days(town)
    now = datetime(days[0].year, 11, 20, 21, 40, tzinfo=UTC)
    school = next(iter(town.schools), None)
    children = [ChildFacts(date(days[0].year - age, 5, 4), school, "CP") for age in (4, 7, 9)]
    family = FamilyFacts(quotient_familial_centimes=84_000, children_count=_CHILDREN)
    for child in children:
        for activity in town.activities:
            for day in days:
                decide_day(town, activity, day, now, child, family)
