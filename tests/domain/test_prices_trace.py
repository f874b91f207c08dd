"""« Pourquoi ce prix ? » is enough to find the price again: a reader who knows only the steps, and counts by hand."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from functions.domain.prices import Price, PriceRequest, price_of
from functions.domain.spans import Span
from functions.domain.tariffs import (
    Band,
    ChildrenRate,
    Grid,
    PackedMeal,
    Reduction,
    Siblings,
    SiblingStep,
    Surcharge,
    TariffVersion,
)

SPAN = Span(date(2026, 9, 1), date(2027, 8, 31))
LINEAR = Grid("linear", rates=(ChildrenRate(1, 360_000),), floor=260, cap=450, missing="cap")
GRIDS = [
    Grid("fixed", centimes=345),
    Grid(
        "bands", bands=(Band(0, 40000, 100, "A"), Band(40001, 90000, 225, "B"), Band(90001, None, 485)), missing_band=2
    ),
    Grid("bands", bands=(Band(0, 40000, 100), Band(40001, None, 0, rate=360_000)), cap=450, missing="cap"),
    LINEAR,
    replace(LINEAR, precision="euro", missing="amount", missing_centimes=399),
    Grid(
        "effort", basis="resources", rates=(ChildrenRate(1, 123_456), ChildrenRate(3, 98_765)), cap=900, missing="cap"
    ),
    Grid(
        "psu",
        rates=(ChildrenRate(1, 61_900), ChildrenRate(2, 51_600), ChildrenRate(3, 41_300)),
        basis="resources",
        least_resources=81_462,
        most_resources=850_000,
        aeeh_lowers=True,
        missing="floor",
    ),
]


def centimes(text: str) -> Fraction:
    """« 1 102,50 € » -> 110 250."""
    return 100 * number(text.removesuffix("\u00a0€"))


def number(text: str) -> Fraction:
    return Fraction(text.replace("\u202f", "").replace(",", "."))


def minutes(text: str) -> int:
    found = re.fullmatch(r"(?:(\d+)\u00a0h(?:eures?)?)?\u00a0?(?:(\d+)(?:\u00a0minutes?)?)?", text)
    assert found, text
    return int(found[1] or 0) * 60 + int(found[2] or 0)


class Reader:
    """Knows the words of the steps and their order, none of the rules."""

    def __init__(self) -> None:
        self.amount = Fraction(0)  # of the line so far
        self.income = Fraction(0)
        self.rate = Fraction(0)
        self.quantity = Fraction(1)
        self.unit_price = Fraction(0)
        self.unit_minutes = 0

    def count(self, price: Price) -> int:
        for step in price.trace[:-1]:
            self.read(step.step, step.value)
        assert price.trace[-1].step == "Prix"
        return int((2 * self.amount + 1) // 2)

    def read(self, step: str, value: str) -> None:
        if step in ("Quotient familial", "Ressources mensuelles") and "connu" not in value:
            self.income = number(value) * 100 if step.startswith("Q") else centimes(value)
        elif step in ("Plancher de ressources", "Plafond de ressources") or step.startswith("Ressources retenues"):
            self.income = centimes(value)
        elif step == "Taux":
            self.rate = number(value.removesuffix("\u00a0%")) / 100
        elif step == "Prix calculé":
            self.amount = self.income * self.rate
            assert abs(centimes(value) - self.amount) < Fraction(1, 1000)
        elif step in ("Prix unique", "Prix de la tranche", "Prix plancher", "Prix plafond") or "Prix sans" in step:
            self.amount = centimes(value)
        else:
            self.line(step, value)

    def line(self, step: str, value: str) -> None:
        if step.startswith("Durée"):
            if "au prix" in step:
                self.unit_minutes, self.unit_price = (30 if "demi" in step else 60), self.amount
            self.quantity = Fraction(minutes(value), self.unit_minutes)
            self.amount = self.unit_price * self.quantity
        elif step == "Quantité":
            self.quantity = Fraction(value)
            self.amount *= self.quantity
        elif step == "Panier repas, part du prix":
            self.amount *= number(value.removesuffix("\u00a0%")) / 100
        elif step == "Prix avec un panier repas":
            self.amount = centimes(value) * self.quantity
        elif step.endswith("au plus"):
            self.amount = min(self.amount, centimes(value) * self.quantity)
        elif value[0] in "+−":
            self.change(value)
        elif step.endswith("de la ligne"):
            self.amount = centimes(value)

    def change(self, value: str) -> None:
        sign = 1 if value[0] == "+" else -1
        told = value[2:]
        by = self.amount * number(told[:-2]) / 100 if told.endswith("%") else centimes(told)
        self.amount = max(Fraction(0), self.amount + sign * by)


REDUCTIONS = st.one_of(
    st.builds(Reduction, centimes=st.integers(1, 500)),
    st.builds(Reduction, percent_hundredths=st.integers(1, 10_000)),
    st.builds(Reduction, price=st.integers(0, 500)),
)
SURCHARGES = st.one_of(
    st.builds(Surcharge, centimes=st.integers(1, 500)),
    st.builds(Surcharge, percent_hundredths=st.integers(1, 20_000)),
)
MEALS = st.one_of(
    st.builds(PackedMeal, price=st.integers(0, 300)), st.builds(PackedMeal, percent_hundredths=st.integers(1, 10_000))
)
VERSIONS = st.builds(
    TariffVersion,
    span=st.just(SPAN),
    grid=st.sampled_from(GRIDS),
    outside=st.one_of(st.none(), st.sampled_from(GRIDS)),
    late=st.one_of(st.none(), SURCHARGES),
    unbooked=st.one_of(st.none(), SURCHARGES),
    unit=st.sampled_from(["act", "hour", "half_hour", "session", "month"]),
    step_minutes=st.sampled_from([1, 7, 15, 30, 60]),
    outside_surcharge=st.one_of(st.none(), SURCHARGES),
    siblings=st.one_of(
        st.none(),
        st.builds(
            Siblings,
            by=st.sampled_from(["rank", "count"]),
            steps=st.tuples(
                st.builds(SiblingStep, st.just(2), REDUCTIONS), st.builds(SiblingStep, st.just(3), REDUCTIONS)
            ),
        ),
    ),
    packed_meal=st.one_of(st.none(), MEALS),
    minimum=st.one_of(st.none(), st.integers(0, 200)),
    maximum=st.one_of(st.none(), st.integers(200, 2000)),
)
REQUESTS = st.builds(
    PriceRequest,
    quotient_familial_centimes=st.one_of(st.none(), st.integers(0, 400_000)),
    resources_centimes=st.one_of(st.none(), st.integers(0, 1_500_000)),
    children_count=st.integers(1, 9),
    aeeh_children=st.integers(0, 3),
    sibling_rank=st.integers(1, 5),
    resident=st.booleans(),
    late=st.booleans(),
    unbooked=st.booleans(),
    packed_meal=st.booleans(),
    minutes=st.one_of(st.none(), st.integers(0, 700)),
    quantity=st.integers(1, 12),
)


@given(VERSIONS, REQUESTS)
def test_the_price_is_found_again_from_its_steps_alone(version: TariffVersion, request_: PriceRequest) -> None:
    found = price_of(version, request_)

    assert Reader().count(found) == found.centimes
    assert centimes(found.trace[-1].value) == found.centimes >= 0
