"""A child's bookings of one activity over one month: what is stored, one item a child and month."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

# A day cancelled too late where the town bills it ("cancelled_late") is kept with its price: the child does not come,
# the place is given back, the family owes it all the same, and the invoice can say why.
State = Literal["booked", "cancelled_late"]


@dataclass(frozen=True, slots=True)
class BookedDay:
    """`price_centimes` as confirmed; `rules` is the hash of the rules that decided it; `late`: with surcharge."""

    day: date
    price_centimes: int
    rules: str
    state: State = "booked"
    late: bool = False


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
        """The entry of a day the child is expected on; None when free, or cancelled too late."""
        entry = self.entry(day)
        return entry if entry is not None and entry.state == "booked" else None

    def with_days(self, days: tuple[BookedDay, ...]) -> "ChildMonth":
        return replace(self, days=tuple(sorted(days, key=lambda entry: entry.day)))
