"""Orders of one family in the small town of `town`, in December 2026, and what is decided of them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from functions.domain.bookings import Decision, decide
from functions.domain.errors import DomainError
from functions.domain.foyer import Address, Allocataire, Child, FoyerFile
from functions.domain.months import ChildMonth
from functions.domain.orders import ChildChanges, Order
from functions.domain.reglement import Reglement
from support import factories, town

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
RULES = town.reglement()
MONDAY, TUESDAY, WEDNESDAY = date(2026, 12, 7), date(2026, 12, 8), date(2026, 12, 9)
LEO = factories.child("Léo", school="tilleuls", level="cp")
ZOE = factories.child("Zoé", school="saint-joseph", level="ce1")


def family(*children: Child, quotient: int | None = 65_000) -> FoyerFile:
    return FoyerFile(
        foyer_id="f",
        reference="F1",
        address=Address("1 rue", "49000", "Essai"),
        allocataire=Allocataire(quotient_familial_centimes=quotient),
        resident=True,
        guardians=(),
        children=children or (LEO,),
    )


def changes(child: Child = LEO, book: tuple[date, ...] = (), cancel: tuple[date, ...] = ()) -> ChildChanges:
    return ChildChanges(child.person_id, book, cancel)


def order(*asked: ChildChanges, total: int = 0, activity: str = "cantine") -> Order:
    return Order("2026-12", activity, total, asked)


def run(
    *asked: ChildChanges,
    total: int = 0,
    months: tuple[ChildMonth, ...] = (),
    activity: str = "cantine",
    now: datetime = NOW,
    rules: Reglement = RULES,
    file: FoyerFile | None = None,
) -> Decision:
    return decide(rules, file or family(), months, order(*asked, total=total, activity=activity), now)


def reasons(call: Any) -> dict[str, str]:
    with pytest.raises(DomainError) as refusal:
        call()
    return {error.pointer: error.detail for error in refusal.value.errors}


def booked(*days: date, activity: str = "cantine", now: datetime = NOW) -> ChildMonth:
    price = {"cantine": 340, "garderie": 200, "mercredi": 340}[activity]
    decision = run(changes(book=days), total=price * len(days), activity=activity, now=now)
    return replace(decision.children[0].month, version=1)
