"""A child's bookings of one activity over one month: what is stored, one item a child and month."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

# A day that an agent must accept ("awaiting", en attente d’instruction) has its seat and owes nothing yet.
# A day cancelled too late where the town bills it ("cancelled_late") is kept with its price: the child does not come,
# the place is given back, the family owes it all the same, and the invoice can say why.
State = Literal["booked", "awaiting", "cancelled_late"]

_SHORT_HASH = 12
_SHORT_ID = 12
_HEAD_PARTS = 3


@dataclass(frozen=True, slots=True)
class BookedDay:
    """`price_centimes` as confirmed, surcharge included when `late` (of a day that awaits: what it will cost once it is
    accepted); `rules` is the hash of the rules that decided it. `places` names the counters in which a seat was taken:
    those, and no others, get it back.
    """

    day: date
    price_centimes: int
    rules: str
    state: State = "booked"
    late: bool = False
    places: tuple[str, ...] = ()

    @property
    def owed_centimes(self) -> int:
        return 0 if self.state == "awaiting" else self.price_centimes


@dataclass(frozen=True, slots=True)
class ChildMonth:
    """`month` is "2026-12". `version` is 0 for a month never written."""

    child_id: str
    activity: str
    month: str
    days: tuple[BookedDay, ...] = ()
    version: int = 0

    def entry(self, day: date) -> BookedDay | None:
        return next((entry for entry in self.days if entry.day == day), None)

    def booked(self, day: date) -> BookedDay | None:
        """The entry of a day on which the child has a seat; None when free, or cancelled too late."""
        entry = self.entry(day)
        return entry if entry is not None and entry.state != "cancelled_late" else None

    def with_days(self, days: Iterable[BookedDay]) -> "ChildMonth":
        return replace(self, days=tuple(sorted(days, key=lambda entry: entry.day)))

    @property
    def owed_centimes(self) -> int:
        return sum(entry.owed_centimes for entry in self.days)


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def days_of(month: str) -> Iterable[date]:
    """Every day of « 2026-12 »."""
    year, number = (int(part) for part in month.split("-"))
    return (date(year, number, day) for day in range(1, monthrange(year, number)[1] + 1))


def calendar_version(rules_hash: str, month: str, activity: str, months: Iterable[ChildMonth]) -> str:
    """What a calendar shows, in one word: the rules, then each child's version of the month, and of the months beside
    it where it shows days of them.

    One token a child, so that a change of one child does not invalidate what was seen of another.
    """
    tokens = sorted(_token(known, month) for known in months)
    return ".".join([rules_hash[:_SHORT_HASH], month, activity, *tokens])


def unchanged_since(seen: str, month: str, months: Iterable[ChildMonth]) -> bool:
    """Whether these child-months are still as in the calendar of `month`, of version `seen`; new rules alone do not
    matter.
    """
    parts = seen.split(".")
    tokens = set(parts[_HEAD_PARTS:])
    return all(parts[1:_HEAD_PARTS] == [month, known.activity] and _token(known, month) in tokens for known in months)


def _token(known: ChildMonth, month: str) -> str:
    beside = "" if known.month == month else f"-{known.month}"
    return f"{known.child_id[:_SHORT_ID]}-{known.version}{beside}"
