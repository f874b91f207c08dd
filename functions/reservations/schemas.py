"""Wire shapes of the reservations function. What it answers are the values of the domain, as they are."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from functions.actions.booking import Receipt
from functions.domain.month_view import MonthView
from functions.domain.orders import ChildChanges, Order
from functions.reservations.service import Agenda, Choices

__all__ = [
    "Agenda",
    "AgendaQuery",
    "CalendarQuery",
    "Changes",
    "Choices",
    "FoyerQuery",
    "MonthView",
    "Receipt",
    "order_of",
]

Month = Annotated[
    str,
    Meta(
        pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$",
        extra_json_schema={"x-message": "Le mois s’écrit comme 2026-12."},
    ),
]
Identifier = Annotated[str, Meta(min_length=1, max_length=64)]
FoyerId = Annotated[str, Meta(max_length=64)]
Days = Annotated[list[date], Meta(max_length=92)]  # a session booked whole may last a summer


class CalendarQuery(msgspec.Struct, forbid_unknown_fields=True):
    """`child` may be repeated; none means every child of the family."""

    month: Month
    activity: Identifier
    child: Annotated[list[Identifier], Meta(max_length=20)] = []
    foyer: FoyerId = ""


class FoyerQuery(msgspec.Struct, forbid_unknown_fields=True):
    """`foyer`: one of the account's families; none means the first."""

    foyer: FoyerId = ""


class AgendaQuery(msgspec.Struct, forbid_unknown_fields=True, rename={"from_": "from"}):
    from_: date
    foyer: FoyerId = ""


class ChangesOfChild(msgspec.Struct, forbid_unknown_fields=True):
    child_id: Identifier
    book: Days = []
    cancel: Days = []


class Changes(msgspec.Struct, forbid_unknown_fields=True):
    """`rules_hash` and `expected_total_centimes` are what the family saw; the server decides from its own rules.

    `foyer` is needed only by a person in whose two families the same child stands.
    """

    month: Month
    activity: Identifier
    rules_hash: Annotated[str, Meta(max_length=64)]
    expected_total_centimes: int
    children: Annotated[list[ChangesOfChild], Meta(min_length=1, max_length=20)]
    foyer: FoyerId = ""


def order_of(changes: Changes) -> Order:
    return Order(
        month=changes.month,
        activity=changes.activity,
        expected_total_centimes=changes.expected_total_centimes,
        children=tuple(ChildChanges(each.child_id, tuple(each.book), tuple(each.cancel)) for each in changes.children),
    )
