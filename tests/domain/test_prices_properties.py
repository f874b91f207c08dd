"""What every grid holds to, whatever its figures."""

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from functions.domain.prices import PriceRequest, price_of
from functions.domain.spans import Span
from functions.domain.tariffs import (
    Band,
    ChildrenRate,
    Grid,
    Reduction,
    Siblings,
    SiblingStep,
    Surcharge,
    TariffVersion,
)
from functions.domain.unit_prices import band_of, unit_price

SPAN = Span(date(2026, 9, 1), date(2027, 8, 31))
QUOTIENTS = st.integers(-10_000, 1_000_000)
RATES = st.integers(1, 5_000_000)


@st.composite
def rising_bands(draw: st.DrawFn) -> Grid:
    """Bands without gap or overlap whose prices rise; read to the euro or to the centime."""
    precision, step = draw(st.sampled_from([("euro", 100), ("centime", 1)]))
    tops = sorted(draw(st.sets(st.integers(1, 3000), min_size=1, max_size=8)))
    prices = sorted(draw(st.lists(st.integers(0, 2000), min_size=len(tops) + 1, max_size=len(tops) + 1)))
    lows = [0, *(top * 100 + step for top in tops)]
    highs = [*(top * 100 for top in tops), None]
    bands = tuple(Band(*found) for found in zip(lows, highs, prices, strict=True))
    return Grid("bands", bands=bands, precision=precision, missing_band=len(tops))


@st.composite
def linear(draw: st.DrawFn) -> Grid:
    floor = draw(st.integers(0, 500))
    cap = floor + draw(st.integers(0, 1000))
    rates = (ChildrenRate(1, draw(RATES)),)
    return Grid("linear", rates=rates, floor=floor, cap=cap, precision=draw(st.sampled_from(["euro", "centime"])))


@st.composite
def psu(draw: st.DrawFn) -> Grid:
    rates = sorted(draw(st.lists(st.integers(1, 100_000), min_size=1, max_size=6, unique=True)), reverse=True)
    least = draw(st.integers(0, 100_000))
    return Grid(
        "psu",
        rates=tuple(ChildrenRate(children, rate) for children, rate in enumerate(rates, start=1)),
        basis="resources",
        least_resources=least,
        most_resources=least + draw(st.integers(0, 1_000_000)),
        aeeh_lowers=True,
    )


def cost(version: TariffVersion, **facts: object) -> int:
    return price_of(version, PriceRequest(**facts)).centimes  # type: ignore[arg-type]


@given(st.one_of(rising_bands(), linear()), QUOTIENTS, QUOTIENTS, st.booleans())
def test_a_price_never_falls_when_the_quotient_rises(grid: Grid, one: int, other: int, late: bool) -> None:
    low, high = sorted((one, other))
    version = TariffVersion(SPAN, grid, late=Surcharge(percent_hundredths=1234))

    assert cost(version, quotient_familial_centimes=low, late=late) <= cost(
        version, quotient_familial_centimes=high, late=late
    )


@given(psu(), st.integers(0, 2_000_000), st.integers(0, 2_000_000), st.integers(1, 9), st.integers(0, 4))
def test_the_psu_rises_with_resources_and_falls_with_children(
    grid: Grid, one: int, other: int, children: int, aeeh: int
) -> None:
    version = TariffVersion(SPAN, grid, unit="hour")
    low, high = sorted((one, other))
    here = cost(version, resources_centimes=low, children_count=children, aeeh_children=aeeh, minutes=600)

    assert here <= cost(version, resources_centimes=high, children_count=children, aeeh_children=aeeh, minutes=600)
    assert here >= cost(version, resources_centimes=low, children_count=children + 1, aeeh_children=aeeh, minutes=600)
    assert here >= cost(version, resources_centimes=low, children_count=children, aeeh_children=aeeh + 1, minutes=600)


@given(linear(), QUOTIENTS)
def test_a_price_stays_between_its_floor_and_its_cap(grid: Grid, quotient: int) -> None:
    assert grid.floor <= cost(TariffVersion(SPAN, grid), quotient_familial_centimes=quotient) <= grid.cap  # type: ignore[operator]


@given(rising_bands(), QUOTIENTS)
def test_each_quotient_falls_in_exactly_one_band(grid: Grid, quotient: int) -> None:
    value = max(0, quotient)
    read = value - value % 100 if grid.precision == "euro" else value
    holders = [band for band in grid.bands if band.low <= read and (band.high is None or read <= band.high)]

    assert holders == [band_of(grid, quotient)]


@given(st.one_of(rising_bands(), linear()), QUOTIENTS, st.integers(0, 10_000), st.integers(0, 20_000))
def test_a_line_is_rounded_half_up_once(grid: Grid, quotient: int, reduction: int, late: int) -> None:
    """Counted again with integers and with fifty decimals: neither uses what the engine uses."""
    siblings = Siblings("rank", (SiblingStep(2, Reduction(percent_hundredths=reduction)),))
    version = TariffVersion(SPAN, grid, siblings=siblings, late=Surcharge(percent_hundredths=late))
    request = PriceRequest(quotient_familial_centimes=quotient, sibling_rank=2, late=True)
    unit, _ = unit_price(grid, request)
    with localcontext() as context:
        context.prec = 50
        exact = Decimal(unit.numerator) / unit.denominator * (10_000 - reduction) * (10_000 + late) / 10**8
        wanted = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))

    assert price_of(version, request).centimes == wanted
    assert abs(Fraction(wanted) - unit * (10_000 - reduction) * (10_000 + late) / 10**8) <= Fraction(1, 2)


@given(st.integers(0, 1000), st.integers(2, 8), st.lists(st.integers(0, 10_000), min_size=1, max_size=5))
def test_a_later_child_never_pays_more_when_reductions_grow(price: int, first: int, percents: list[int]) -> None:
    steps = tuple(
        SiblingStep(first + place, Reduction(percent_hundredths=percent))
        for place, percent in enumerate(sorted(percents))
    )
    version = TariffVersion(SPAN, Grid("fixed", centimes=price), siblings=Siblings("rank", steps))
    prices = [cost(version, sibling_rank=rank) for rank in range(1, first + 8)]

    assert prices[: first - 1] == [price] * (first - 1)
    assert prices == sorted(prices, reverse=True)


@given(st.integers(0, 1000), st.integers(0, 600), st.integers(0, 600), st.sampled_from([1, 15, 30]))
def test_hours_add_up_but_for_the_rounding(price: int, one: int, other: int, step: int) -> None:
    version = TariffVersion(SPAN, Grid("fixed", centimes=price), unit="hour", step_minutes=step)
    assume(one % step == 0)
    together = cost(version, minutes=one + other)

    assert abs(together - cost(version, minutes=one) - cost(version, minutes=other)) <= 1


@given(st.one_of(rising_bands(), linear()), QUOTIENTS, st.integers(0, 500), st.integers(0, 500))
def test_a_line_stays_within_its_minimum_and_maximum(grid: Grid, quotient: int, least: int, more: int) -> None:
    version = replace(TariffVersion(SPAN, grid), minimum=least, maximum=least + more)

    assert least <= cost(version, quotient_familial_centimes=quotient) <= least + more
