"""What a family asks for: days of a month to book and to cancel, and whether that makes sense at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from functions.domain.activity import Activity
from functions.domain.errors import FieldError
from functions.domain.refusals import outside
from functions.domain.units import belongs


@dataclass(frozen=True, slots=True)
class ChildChanges:
    child_id: str
    book: tuple[date, ...] = ()
    cancel: tuple[date, ...] = ()

    def after(self, had: Iterable[date]) -> set[date]:
        """The days on which the child would have a seat, of those on which it had one."""
        return (set(had) | set(self.book)) - set(self.cancel)


@dataclass(frozen=True, slots=True)
class Order:
    """`month`: that of the calendar the family has before its eyes; a week or a session booked whole may go over into
    the months beside it. `expected_total_centimes` is what the family was shown; a different price is told, never
    charged silently.
    """

    month: str
    activity: str
    expected_total_centimes: int
    children: tuple[ChildChanges, ...]


def pointer_of(child: int, action: str, position: int) -> str:
    """Where a day stands in what was sent."""
    return f"/children/{child}/{action}/{position}"


def senseless(activity: Activity, order: Order) -> Iterable[FieldError]:
    seen: set[str] = set()
    for index, changes in enumerate(order.children):
        if changes.child_id in seen:
            yield FieldError(f"/children/{index}/child_id", "Cet enfant est déjà dans la demande.")
        seen.add(changes.child_id)
        for action, days in (("book", changes.book), ("cancel", changes.cancel)):
            for position, day in enumerate(days):
                pointer = pointer_of(index, action, position)
                if not belongs(activity, day, order.month):
                    yield FieldError(pointer, outside(day, order.month))
                elif day in days[:position]:
                    yield FieldError(pointer, "Ce jour est déjà dans la demande.")
                elif action == "cancel" and day in changes.book:
                    yield FieldError(pointer, "Ce jour est à la fois à réserver et à annuler.")
    if not any(changes.book or changes.cancel for changes in order.children):
        yield FieldError("/children", "Aucun jour n’est à réserver ni à annuler.")
