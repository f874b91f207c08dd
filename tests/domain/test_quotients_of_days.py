"""The family's QF in the calendar: from when it counts, until when, and what a far day is shown at."""

from dataclasses import replace
from datetime import date

import pytest
from support import factories, ordering

from functions.domain.child_days import facts_of
from functions.domain.foyer import Allocataire
from functions.domain.quotient_rule import ChildPart, QuotientRule

RULE = QuotientRule("tax_reference", benefits=True, couple=200, single=200, children=(ChildPart(1, 50),), months=12)
TAKEN = date(2026, 3, 31)  # « QF du 31/03 »: holds from 1 April 2026 until 31 March 2027


def quotient(day: date, today: date, rule: QuotientRule | None = RULE, taken_on: date | None = TAKEN) -> int | None:
    leo = factories.child("Léo")
    file = replace(ordering.family(leo), allocataire=Allocataire("CAF", "1234567", 84_000, taken_on))
    return facts_of(replace(ordering.RULES, quotient=rule), file, leo, day, today)[1].quotient_familial_centimes


@pytest.mark.parametrize(
    ("day", "today", "expected"),
    [
        (date(2026, 3, 31), date(2026, 3, 1), None),  # not yet
        (date(2026, 4, 1), date(2026, 3, 1), 84_000),
        (date(2027, 3, 31), date(2026, 11, 21), 84_000),
        (date(2027, 6, 15), date(2026, 11, 21), 84_000),  # a far day, while the QF still holds: it is shown with it
        (date(2027, 4, 1), date(2027, 4, 1), None),  # nobody renewed it
        (date(2027, 6, 15), date(2027, 4, 1), None),
        (date(2026, 12, 1), date(2027, 6, 1), 84_000),  # a day gone by keeps its own
    ],
)
def test_a_quotient_counts_on_the_days_that_the_rule_says(day: date, today: date, expected: int | None) -> None:
    assert quotient(day, today) == expected


def test_a_quotient_that_nobody_dated_or_that_no_rule_bounds_always_counts() -> None:
    far = date(2030, 1, 1)

    assert quotient(far, far, taken_on=None) == 84_000
    assert quotient(far, far, rule=None) == 84_000
