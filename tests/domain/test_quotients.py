"""The quotient familial: counted by hand, and the day from which one holds."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.quotient_rule import ChildPart, QuotientRule
from functions.domain.quotients import DatedQuotient, FamilyIncome, compute, effect_in_words, effect_of, quotient_on

# The CAF's parts: two for the parents, half for each child, a whole one for the third, half more for a disabled child.
CHILDREN = (ChildPart(1, 50), ChildPart(3, 100), ChildPart(4, 50))
CAF = QuotientRule("tax_reference", benefits=True, couple=200, single=200, children=CHILDREN, disabled_child=50)


@pytest.mark.parametrize(
    ("family", "expected"),
    [
        (FamilyIncome(2_400_000, 30_000, couple=True, children=2), 76_700),  # (2 000 + 300) / 3 = 766,67
        (FamilyIncome(2_400_000, 0, children=1), 80_000),  # 2 000 / 2,5
        (FamilyIncome(2_400_000, 0, children=3), 50_000),  # 2 000 / 4
        (FamilyIncome(2_400_000, 0, children=4), 44_400),  # 2 000 / 4,5 = 444,44
        (FamilyIncome(2_400_000, 0, children=1, disabled_children=1), 66_700),  # 2 000 / 3 = 666,67
        (FamilyIncome(2_400_000, 0, children=1, disabled_children=4), 66_700),  # one child, one half part
        (FamilyIncome(2_400_000, 0, children=0), 100_000),
        (FamilyIncome(0, 0), 0),
        (FamilyIncome(-500_000, 25_000), 10_000),  # 250 / 2,5: a deficit is no income
    ],
)
def test_the_quotient_of_a_family(family: FamilyIncome, expected: int) -> None:
    assert compute(CAF, family).centimes == expected


@pytest.mark.parametrize(
    ("precision", "rounding", "expected"),
    [
        ("euro", "down", 76_600),
        ("euro", "nearest", 76_700),
        ("euro", "up", 76_700),
        ("centime", "down", 76_666),
        ("centime", "nearest", 76_667),
        ("centime", "up", 76_667),
    ],
)
def test_the_town_says_how_a_quotient_is_rounded(precision: str, rounding: str, expected: int) -> None:
    rule = replace(CAF, precision=precision, rounding=rounding)

    assert compute(rule, FamilyIncome(2_400_000, 30_000, couple=True, children=2)).centimes == expected


def test_half_a_centime_of_quotient_goes_up() -> None:
    """12,12 € a year is 1,01 € a month: 0,505 € for each of two parts."""
    rule = replace(CAF, precision="centime")

    assert compute(rule, FamilyIncome(1212, children=0)).centimes == 51
    assert compute(replace(rule, rounding="down"), FamilyIncome(1212, children=0)).centimes == 50


def test_a_town_may_leave_benefits_out_and_count_a_single_parent_less() -> None:
    rule = replace(CAF, benefits=False, single=150)
    family = FamilyIncome(2_400_000, 30_000, children=1)

    assert compute(rule, family).centimes == 100_000  # 2 000 / 2
    assert compute(rule, replace(family, couple=True)).centimes == 80_000


def test_the_trace_is_enough_to_count_again() -> None:
    found = compute(CAF, FamilyIncome(2_400_000, 30_000, couple=True, children=2))

    assert [(step.step, step.value.replace("\u202f", " ").replace("\xa0", " ")) for step in found.trace] == [
        ("Revenu fiscal de référence", "24 000,00 €"),
        ("Par mois", "2 000,00 €"),
        ("Prestations du mois", "300,00 €"),
        ("Parts", "3"),
        ("Quotient familial", "767"),
    ]


@pytest.mark.parametrize(
    ("effect", "retroactive", "dated", "received", "first"),
    [
        ("next_month", False, date(2026, 3, 31), None, date(2026, 4, 1)),  # mairie-fayauxloges.fr: « QF du 31/03 »
        ("next_month", False, date(2026, 3, 1), None, date(2026, 4, 1)),
        ("next_month", False, date(2026, 12, 31), None, date(2027, 1, 1)),
        ("next_month", False, date(2026, 1, 15), date(2026, 3, 20), date(2026, 4, 1)),  # told late: from then on
        ("next_month", True, date(2026, 1, 15), date(2026, 3, 20), date(2026, 2, 1)),
        ("next_month", False, date(2026, 3, 20), date(2026, 1, 15), date(2026, 4, 1)),
        ("day", False, date(2026, 3, 31), None, date(2026, 3, 31)),
        ("day", False, date(2026, 3, 31), date(2026, 4, 2), date(2026, 4, 2)),
    ],
)
def test_the_day_from_which_a_quotient_holds(
    effect: str, retroactive: bool, dated: date, received: date | None, first: date
) -> None:
    rule = replace(CAF, effect=effect, retroactive=retroactive)

    assert effect_of(DatedQuotient(dated, 70_000, received), rule) == first


def test_the_quotient_that_holds_on_a_day() -> None:
    history = [DatedQuotient(date(2026, 6, 10), 90_000), DatedQuotient(date(2026, 3, 31), 70_000)]
    days = [date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 1), date(2028, 1, 1)]

    assert [quotient_on(history, day, CAF) for day in days] == [None, 70_000, 70_000, 90_000, 90_000]
    assert quotient_on([], date(2026, 7, 1), CAF) is None


def test_a_quotient_ends_when_the_town_says_so() -> None:
    rule = replace(CAF, months=12)
    history = [DatedQuotient(date(2026, 3, 31), 70_000)]

    assert quotient_on(history, date(2027, 3, 31), rule) == 70_000
    assert quotient_on(history, date(2027, 4, 1), rule) is None


def test_a_month_too_short_ends_with_the_first_of_the_next() -> None:
    rule = replace(CAF, effect="day", months=1)
    history = [DatedQuotient(date(2027, 1, 31), 70_000)]

    assert quotient_on(history, date(2027, 2, 28), rule) == 70_000
    assert quotient_on(history, date(2027, 3, 1), rule) is None


def test_two_quotients_of_the_same_month_leave_the_later() -> None:
    history = [DatedQuotient(date(2026, 3, 20), 1), DatedQuotient(date(2026, 3, 2), 2)]

    assert quotient_on(history, date(2026, 4, 1), CAF) == 1


def test_the_effect_is_said_in_words() -> None:
    assert (
        effect_in_words(DatedQuotient(date(2026, 3, 31), 1), CAF).replace("\xa0", " ") == "à partir du 1er avril 2026"
    )


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(0, 8), st.sampled_from(["down", "nearest", "up"]))
def test_a_quotient_rises_with_income_and_falls_with_children(
    one: int, other: int, children: int, rounding: str
) -> None:
    rule = replace(CAF, rounding=rounding)
    low, high = sorted((one, other))
    here = compute(rule, FamilyIncome(low, children=children)).centimes

    assert here <= compute(rule, FamilyIncome(high, children=children)).centimes
    assert here >= compute(rule, FamilyIncome(low, children=children + 1)).centimes
