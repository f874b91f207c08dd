"""A school year as twelve small months: what each day is, for a table that is read aloud as well as seen.

A mark is one letter beside the number of the day, so that a black-and-white print says as much as the colours.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from functions.domain.french import MONTHS
from functions.domain.reglement import Calendar
from functions.domain.spans import Span

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
# kind: (letter, what it says). A day that is several of the first three is the first; a closure adds its letter.
MARKS: Mapping[str, tuple[str, str]] = {
    "public": ("F", "jour férié"),
    "bridge": ("P", "pont ou jour sans classe"),
    "vacation": ("V", "vacances scolaires"),
    "closure": ("X", "fermeture"),
}


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day; `kinds` are keys of MARKS, `name` what a reader is told (« Vacances de Noël »)."""

    number: int
    kinds: tuple[str, ...]
    name: str
    weekend: bool

    @property
    def letters(self) -> str:
        return "".join(MARKS[kind][0] for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Month:
    """« septembre 2026 » and its weeks, Monday first; None where the week belongs to another month."""

    name: str
    weeks: tuple[tuple[DayCell | None, ...], ...]


def months(calendar: Calendar, year: Span) -> Iterator[Month]:
    first = year.first
    while first <= year.last:
        following = (first + timedelta(days=31)).replace(day=1)
        yield Month(f"{MONTHS[first.month - 1]} {first.year}", tuple(_weeks(calendar, first, following)))
        first = following


def _weeks(calendar: Calendar, first: date, following: date) -> Iterator[tuple[DayCell | None, ...]]:
    monday = first - timedelta(days=first.weekday())
    while monday < following:
        days = [monday + timedelta(days=offset) for offset in range(7)]
        yield tuple(_cell(calendar, day) if first <= day < following else None for day in days)
        monday += 7 * _ONE_DAY


def _cell(calendar: Calendar, day: date) -> DayCell:
    marks = [mark for mark in (_day_off(calendar, day), _closure(calendar, day)) if mark]
    kinds, names = tuple(kind for kind, _ in marks), ", ".join(name for _, name in marks)
    return DayCell(day.day, kinds, names, weekend=day.weekday() >= _SATURDAY)


def _day_off(calendar: Calendar, day: date) -> tuple[str, str] | None:
    known = {"public": calendar.public_holidays, "bridge": calendar.class_free, "vacation": calendar.school_holidays}
    return next(((kind, days[day]) for kind, days in known.items() if day in days), None)


def _closure(calendar: Calendar, day: date) -> tuple[str, str] | None:
    held = (closure for closure in calendar.closures if closure.first <= day <= closure.last)
    return next((("closure", f"fermeture : {closure.name}") for closure in held), None)
