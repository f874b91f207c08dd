"""What a line adds to the unit price and takes off it, in the order of docs/decisions/0010-prices.md."""

from dataclasses import replace
from datetime import date

import pytest

from functions.domain.prices import PriceRequest, price_of
from functions.domain.spans import Span
from functions.domain.tariffs import (
    Grid,
    PackedMeal,
    Reduction,
    Siblings,
    SiblingStep,
    Surcharge,
    TariffVersion,
)

SPAN = Span(date(2026, 9, 1), date(2027, 8, 31))
MEAL = TariffVersion(SPAN, Grid("fixed", centimes=400))
BY_RANK = Siblings(
    "rank",
    (SiblingStep(2, Reduction(percent_hundredths=1000)), SiblingStep(3, Reduction(percent_hundredths=2500))),
)


def cost(version: TariffVersion, **facts: object) -> int:
    return price_of(version, PriceRequest(**facts)).centimes  # type: ignore[arg-type]


@pytest.mark.parametrize(("rank", "expected"), [(1, 400), (2, 360), (3, 300), (4, 300), (9, 300)])
def test_a_reduction_by_the_rank_of_the_child(rank: int, expected: int) -> None:
    assert cost(replace(MEAL, siblings=BY_RANK), sibling_rank=rank, children_count=1) == expected


@pytest.mark.parametrize(("count", "expected"), [(1, 400), (2, 360), (3, 300), (6, 300)])
def test_a_reduction_by_the_number_of_children(count: int, expected: int) -> None:
    by_count = replace(BY_RANK, by="count")

    assert cost(replace(MEAL, siblings=by_count), sibling_rank=1, children_count=count) == expected


def test_a_reduction_may_be_an_amount_or_a_price_of_its_own() -> None:
    amount = Siblings("rank", (SiblingStep(2, Reduction(centimes=50)), SiblingStep(3, Reduction(price=250))))
    version = replace(MEAL, siblings=amount)

    assert [cost(version, sibling_rank=rank) for rank in (1, 2, 3)] == [400, 350, 250]
    assert cost(version, sibling_rank=3, quantity=3) == 750
    assert cost(version, sibling_rank=2, quantity=3) == 1150  # an amount belongs to the line


def test_a_reduction_neither_gives_money_back_nor_makes_a_price_higher() -> None:
    version = TariffVersion(
        SPAN, Grid("fixed", centimes=40), siblings=Siblings("rank", (SiblingStep(2, Reduction(100)),))
    )
    dearer = replace(version, siblings=Siblings("rank", (SiblingStep(2, Reduction(price=250)),)))

    assert cost(version, sibling_rank=2) == 0
    assert cost(dearer, sibling_rank=2) == 40


def test_a_packed_meal_has_its_price_or_a_part_of_the_price() -> None:
    flat = replace(MEAL, packed_meal=PackedMeal(price=175))  # mairie-fayauxloges.fr: 1,75 € whatever the QF
    half = replace(MEAL, packed_meal=PackedMeal(percent_hundredths=5000))

    assert (cost(flat, packed_meal=True), cost(half, packed_meal=True)) == (175, 200)
    assert (cost(flat), cost(half)) == (400, 400)
    assert cost(flat, packed_meal=True, quantity=4) == 700
    assert cost(MEAL, packed_meal=True) == 400


def test_families_of_other_towns_pay_their_grid_or_a_surcharge() -> None:
    surcharge = replace(MEAL, outside_surcharge=Surcharge(percent_hundredths=2000))
    grid = replace(MEAL, outside=Grid("fixed", centimes=560))

    assert (cost(surcharge, resident=False), cost(surcharge)) == (480, 400)
    assert (cost(grid, resident=False), cost(grid)) == (560, 400)


def test_coming_without_a_booking_is_not_booking_late() -> None:
    version = replace(MEAL, late=Surcharge(centimes=100), unbooked=Surcharge(percent_hundredths=5000))

    assert cost(version, late=True) == 500
    assert cost(version, unbooked=True) == 600
    assert cost(version, late=True, unbooked=True) == 600


def test_the_order_is_meal_siblings_town_booking_bounds() -> None:
    version = TariffVersion(
        SPAN,
        Grid("fixed", centimes=1000),
        packed_meal=PackedMeal(percent_hundredths=5000),
        siblings=Siblings("rank", (SiblingStep(2, Reduction(centimes=100)),)),
        outside_surcharge=Surcharge(percent_hundredths=1000),
        late=Surcharge(centimes=50),
    )
    everyone = {"packed_meal": True, "sibling_rank": 2, "resident": False, "late": True}

    assert cost(version, **everyone) == 490  # (10 € × 50 % − 1 €) × 110 % + 0,50 €
    assert cost(replace(version, maximum=400), **everyone) == 400
    assert cost(replace(version, minimum=600), **everyone) == 600
    assert [step.step for step in price_of(version, PriceRequest(**everyone)).trace] == [  # type: ignore[arg-type]
        "Tarif applicable",
        "Prix unique",
        "Panier repas, part du prix",
        "Fratrie, enfant de rang 2",
        "Majoration hors commune",
        "Majoration pour réservation après le délai",
        "Prix",
    ]


def test_a_line_is_rounded_once_and_at_its_end() -> None:
    three = TariffVersion(
        SPAN,
        Grid("fixed", centimes=101),
        siblings=Siblings("rank", (SiblingStep(2, Reduction(percent_hundredths=5000)),)),
    )
    version = replace(three, late=Surcharge(percent_hundredths=10_000))

    assert cost(three, sibling_rank=2) == 51  # 0,505 €
    assert cost(version, sibling_rank=2, late=True) == 101  # twice 0,505, not twice 0,51


@pytest.mark.parametrize(
    ("unit", "step", "minutes", "expected"),
    [
        ("hour", 1, 20, 100),  # a third of 3 €
        ("hour", 30, 20, 150),
        ("hour", 30, 30, 150),
        ("hour", 30, 31, 300),
        ("hour", 60, 61, 600),
        ("half_hour", 30, 1, 300),
        ("half_hour", 30, 61, 900),
        ("half_hour", 15, 40, 450),
        ("hour", 15, 0, 0),
    ],
)
def test_durations_count_up_to_the_next_step(unit: str, step: int, minutes: int, expected: int) -> None:
    version = TariffVersion(SPAN, Grid("fixed", centimes=300), unit=unit, step_minutes=step)

    assert cost(version, minutes=minutes) == expected


def test_a_third_of_an_hour_is_exact() -> None:
    """0,50 € an hour, twenty minutes: 16,666… centimes; tripled by a surcharge of 200 %, fifty. And 12,5 is 13."""
    version = TariffVersion(
        SPAN, Grid("fixed", centimes=50), unit="hour", step_minutes=20, late=Surcharge(percent_hundredths=20_000)
    )

    assert cost(version, minutes=20, late=True) == 50
    assert (
        cost(
            replace(version, grid=Grid("fixed", centimes=25), late=Surcharge(percent_hundredths=5000)),
            minutes=20,
            late=True,
        )
        == 13
    )


@pytest.mark.parametrize("unit", ["act", "session", "month"])
def test_a_meal_a_session_and_a_month_are_counted(unit: str) -> None:
    version = TariffVersion(SPAN, Grid("fixed", centimes=4500), unit=unit)

    assert cost(version) == 4500
    assert cost(version, quantity=3) == 13_500
    assert cost(version, minutes=600) == 4500
