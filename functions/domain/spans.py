"""Days that follow one another, and times counted in months."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included. `name` says why, as a parent reads it."""

    first: date
    last: date
    name: str = ""

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def months_later(day: date, months: int) -> date:
    """The same day of the month, or the month's last: a time in months ends so (code de procédure civile, art. 641)."""
    year, rank = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return date(year, rank + 1, min(day.day, monthrange(year, rank + 1)[1]))
