"""Bookings taken over to the next school year: the week of the last weeks of class, on the new year's open days.

A weekday belongs to that week when it was booked on more than half of the days it was open in those weeks: a child ill
on the last Monday keeps its Mondays, an outing on one Wednesday does not make a Wednesday. No price, no seat and no
delay is looked at here: whoever books the days does.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from functions.domain.activity import Activity
from functions.domain.eligibility import ChildFacts, FamilyFacts, failed_condition
from functions.domain.french import WEEKDAYS
from functions.domain.open_days import closed_on, open_days
from functions.domain.reglement import Reglement
from functions.domain.school_years import previous_year, span_of_year

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A day of the child's week that cannot be booked in the new year, and why, in French."""

    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """`weekdays`: the child's week (0 Monday to 6); `days`: what to book; `left_out`: what cannot be; `notes`: weekdays
    booked now and then, that were not taken over. `refusal`: why nothing is carried over at all, "" otherwise.
    """

    weekdays: tuple[int, ...] = ()
    days: tuple[date, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    refusal: str = ""


def carry_over(
    old: Reglement,
    new: Reglement,
    activity_id: str,
    school_year: str,
    booked: Collection[date],
    child: ChildFacts,
    family: FamilyFacts,
    *,
    old_school: str | None = None,
) -> CarriedOver:
    """`booked`: the child's booked days of the activity in the year before `school_year` (« 2027-2028 »), under `old`;
    `child` and `family` are the facts of the new year, `old_school` the school of the year before (None: not known).
    Where slots are booked, the days of one slot at a time.

    Raises ValueError for a school year that is none.
    """
    before, after = old.activities.get(activity_id), new.activities.get(activity_id)
    if before is None or after is None or after.carry_over is None:
        return CarriedOver(refusal=_nothing(before, after, school_year))
    weekdays, notes = _usual_week(_last_weeks(old, before, school_year, after.carry_over.weeks, old_school), booked)
    days, left_out = [], []
    for day in _candidates(after, school_year, weekdays):
        reason = _why_not(new, after, day, child, family)
        if reason:
            left_out.append(LeftOut(day, reason))
        else:
            days.append(day)
    return CarriedOver(weekdays, tuple(days), tuple(left_out), notes)


def _nothing(before: Activity | None, after: Activity | None, school_year: str) -> str:
    if after is None:
        return f"Cette activité n’existe plus en {school_year}\u202f: rien n’est reporté."
    if before is None:
        return f"«\u202f{after.name}\u202f» est nouvelle en {school_year}\u202f: il n’y a rien à reporter."
    return f"«\u202f{after.name}\u202f» ne reporte pas les réservations d’une année sur l’autre."


def _last_weeks(
    old: Reglement, activity: Activity, school_year: str, weeks: int, school: str | None
) -> list[list[date]]:
    """The open days of the year's last weeks of class: a list a week, in the order of days."""
    year = span_of_year(previous_year(school_year))
    by_monday: dict[date, list[date]] = {}
    for day in open_days(old.calendar, activity, year, school):
        by_monday.setdefault(day - timedelta(days=day.weekday()), []).append(day)
    return list(by_monday.values())[-weeks:] if weeks else []


def _usual_week(weeks: list[list[date]], booked: Collection[date]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    usual, notes = [], []
    for weekday, name in enumerate(WEEKDAYS):
        opened = [day for week in weeks for day in week if day.weekday() == weekday]
        times = sum(day in booked for day in opened)
        if times * 2 > len(opened):
            usual.append(weekday)
        elif times:
            notes.append(f"Le {name} n’était réservé que {times} fois sur {len(opened)}\u202f: il n’est pas reporté.")
    return tuple(usual), tuple(notes)


def _candidates(activity: Activity, school_year: str, weekdays: Collection[int]) -> Iterator[date]:
    year = span_of_year(school_year)
    day = max(year.first, activity.period.first)
    while day <= min(year.last, activity.period.last):
        if day.weekday() in weekdays:
            yield day
        day += _ONE_DAY


def _why_not(new: Reglement, activity: Activity, day: date, child: ChildFacts, family: FamilyFacts) -> str:
    closed = closed_on(new.calendar, activity, day, child.school)
    if closed:
        return closed
    failed = failed_condition(activity, new.schools, day, child, family)
    return failed.reason if failed else ""
