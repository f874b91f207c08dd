"""Orders of one family in the town of `places_town`, decided as the portal decides them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from functions.domain.bookings import Decision, decide
from functions.domain.errors import DomainError
from functions.domain.foyer import Address, Allocataire, Child, FoyerFile
from functions.domain.month_view import MonthView, view_month
from functions.domain.months import ChildMonth
from functions.domain.orders import ChildChanges, Order
from functions.domain.reglement import Reglement
from support import factories
from support import places_town as town

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
RULES = town.reglement()
CALL = "Contact\u202f: Service scolaire, 02 41 00 00 01 ou scolaire@essai.example."
LEO = factories.child("Léo", school="tilleuls")
ZOE = factories.child("Zoé", school="tilleuls")
FEBRUARY = tuple(date(2027, 2, day) for day in (22, 23, 24, 25, 26))
MARCH = tuple(date(2027, 3, day) for day in (1, 2, 3, 4, 5))
SESSION = (*FEBRUARY, *MARCH)
COUNTER = {"session:hiver:2027-02": {date(2027, 2, 1): 1}}
THURSDAY = date(2026, 12, 10)


def family(*children: Child) -> FoyerFile:
    return FoyerFile(
        "f", "F1", Address("1 rue", "49000", "Essai"), Allocataire(), resident=True, guardians=(), children=children
    )


def run(
    activity: str,
    *asked: ChildChanges,
    month: str = "2027-02",
    months: tuple[ChildMonth, ...] = (),
    now: datetime = NOW,
    rules: Reglement = RULES,
    children: tuple[Child, ...] = (LEO, ZOE),
) -> Decision:
    """The decision once the family has agreed to its total."""
    file = family(*children)
    try:
        return decide(rules, file, months, Order(month, activity, 10**9, asked), now)
    except DomainError as refusal:
        if refusal.code != "price_changed":
            raise
        return decide(rules, file, months, Order(month, activity, refusal.extra["total_centimes"], asked), now)


def book(*days: date, child: Child = LEO) -> ChildChanges:
    return ChildChanges(child.person_id, days)


def cancel(*days: date, child: Child = LEO) -> ChildChanges:
    return ChildChanges(child.person_id, (), days)


def after(decision: Decision) -> tuple[ChildMonth, ...]:
    return tuple(replace(month, version=1) for result in decision.children for month in (result.month, *result.beside))


def reasons(call: Callable[[], object]) -> dict[str, str]:
    with pytest.raises(DomainError) as refusal:
        call()
    assert refusal.value.code == "days_refused"
    return {error.pointer: error.detail for error in refusal.value.errors}


def show(
    activity: str, month: str, months: tuple[ChildMonth, ...] = (), now: datetime = NOW, child: Child = LEO
) -> MonthView:
    known = {(each.child_id, each.month): each for each in months}
    chosen = RULES.activities[activity]
    return view_month(RULES, family(child), known, [child], chosen, month, taken={}, now=now)
