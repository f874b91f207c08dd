"""Alternating custody (garde alternée): with whom a child is on a day, and who pays for it.

Weeks alternate from a day the family gives, never by the parity of the calendar's weeks: a year of 53 weeks (2026) is
followed by week 1, odd after odd, and one parent would have the child for two weeks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the calendar lives with the rules, which hold a CustodyRule
    from functions.domain.reglement import Calendar
    from functions.domain.spans import Span

_WEEK = 7
SHORTEST_HALVED = 5  # days: a shorter vacation is not cut in two, weeks go on alternating
_LONG_YEAR = 53


@dataclass(frozen=True, slots=True)
class CustodyRule:
    """change_day  the weekday (0 Monday to 6) on which the child changes home; that day is the next parent's
    holidays    "alternate" (weeks go on alternating) or "halves" (the first half to one, the second to the other)
    billing     "holder" (the parent of the day), "halves" (each day split between the two) or "single" (one payer)
    """

    change_day: int
    holidays: str
    billing: str
    source: str = ""
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Custody:
    """What the family says. `first`, `second`: the ids of the two parents; `reference`: a day of one of the first
    parent's weeks. `first_halves`: the years ("even" or "odd", of the vacation's first day) in which the first parent
    has the first half of the vacations. `payer`: who pays when there is one payer; "": the first parent.
    """

    first: str
    second: str
    reference: date
    first_halves: str = "even"
    payer: str = ""

    def other(self, parent: str) -> str:
        return self.second if parent == self.first else self.first


def from_iso_weeks(parity: str, here: str, elsewhere: str, day: date) -> Custody:
    """The custody of a child that is `here` in the "even" or "odd" weeks of the calendar year (ISO 8601) of `day`.

    The Monday of such a week is `here`, whatever the weekday on which homes change. Right for that year only: after
    one of 53 weeks the alternation goes on and the parity no longer tells it (see `parity_breaks`); what the family
    does then is for the family to say.
    """
    year = day.isocalendar().year
    return Custody(here, elsewhere, date.fromisocalendar(year, 2 if parity == "even" else 1, 1))


def parity_breaks(first: date, last: date) -> Iterator[date]:
    """The Mondays from `first` to `last` on which an odd week follows an odd week (53, then 1)."""
    for year in range(first.isocalendar().year, last.isocalendar().year + 1):
        monday = date.fromisocalendar(year, 1, 1)
        if first <= monday <= last and (monday - timedelta(days=1)).isocalendar().week == _LONG_YEAR:
            yield monday


def holder_on(rule: CustodyRule, custody: Custody, day: date, calendar: "Calendar") -> str:
    """The id of the parent with whom the child is that day; the day of the change is the next parent's."""
    if rule.holidays == "halves":
        for vacation in calendar.vacations:
            if vacation.holds(day) and _length(vacation) >= SHORTEST_HALVED:
                return _of_half(custody, vacation, day)
    start = custody.reference - timedelta(days=(custody.reference.weekday() - rule.change_day) % _WEEK)
    return custody.first if (day - start).days // _WEEK % 2 == 0 else custody.second


def payer_shares(
    rule: CustodyRule, custody: Custody, day: date, calendar: "Calendar", centimes: int
) -> list[tuple[str, int]]:
    """Who pays what of a day, adding up to `centimes`; of halves, the odd centime is for the holder of the day.

    What is given back (a negative amount) is shared as it was paid.
    """
    if rule.billing == "single":
        return [(custody.payer or custody.first, centimes)]
    holder = holder_on(rule, custody, day, calendar)
    if rule.billing == "holder":
        return [(holder, centimes)]
    half = abs(centimes) // 2 * (-1 if centimes < 0 else 1)
    return [(holder, centimes - half), (custody.other(holder), half)]


def _length(vacation: "Span") -> int:
    return (vacation.last - vacation.first).days + 1


def _of_half(custody: Custody, vacation: "Span", day: date) -> str:
    """An odd number of days: the one in the middle belongs to the first half."""
    in_first_half = (day - vacation.first).days < (_length(vacation) + 1) // 2
    first_begins = (custody.first_halves == "even") == (vacation.first.year % 2 == 0)
    return custody.first if in_first_half == first_begins else custody.second
