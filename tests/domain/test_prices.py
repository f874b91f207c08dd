"""What a day costs: tables of grids with odd bounds, rounding, and the words that explain."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.prices import PriceRequest, price_of
from functions.domain.spans import Span
from functions.domain.tariffs import Band, Grid, Surcharge, TariffVersion

SPAN = Span(date(2026, 9, 1), date(2027, 8, 31))
EURO_BANDS = Grid(
    "bands",
    bands=(Band(0, 62200, 100), Band(62300, 100000, 330), Band(100100, 150000, 340), Band(150100, None, 350)),
    precision="euro",
    missing_band=3,
)
CENTIME_BANDS = Grid(
    "bands", bands=(Band(0, 40000, 100, "A"), Band(40001, 70000, 225, "B"), Band(70001, None, 485, "C")), missing_band=2
)


def cost(grid: Grid, quotient: int | None = None, **more: object) -> int:
    version = TariffVersion(
        SPAN,
        grid,
        outside=more.get("outside"),  # type: ignore[arg-type]
        late=more.get("surcharge"),  # type: ignore[arg-type]
    )
    request = PriceRequest(
        quotient_familial_centimes=quotient,
        resident=bool(more.get("resident", True)),
        late=bool(more.get("late", False)),
    )
    return price_of(version, request).centimes


@pytest.mark.parametrize(
    ("grid", "quotient", "expected"),
    [
        (EURO_BANDS, 0, 100),
        (EURO_BANDS, 62200, 100),
        (EURO_BANDS, 62299, 100),  # the centimes of the QF are dropped: 622,99 is 622
        (EURO_BANDS, 62300, 330),
        (EURO_BANDS, 150000, 340),
        (EURO_BANDS, 150100, 350),
        (EURO_BANDS, None, 350),
        (CENTIME_BANDS, 40000, 100),
        (CENTIME_BANDS, 40001, 225),
        (CENTIME_BANDS, 70001, 485),
        (CENTIME_BANDS, -500, 100),
        (CENTIME_BANDS, 9_999_999, 485),
        (Grid("fixed", centimes=250), None, 250),
    ],
)
def test_the_band_of_a_quotient(grid: Grid, quotient: int | None, expected: int) -> None:
    assert cost(grid, quotient) == expected


def test_families_of_other_towns_pay_their_own_price() -> None:
    assert cost(CENTIME_BANDS, 0, outside=Grid("fixed", centimes=560), resident=False) == 560
    assert cost(CENTIME_BANDS, 0, outside=Grid("fixed", centimes=560), resident=True) == 100
    assert cost(CENTIME_BANDS, 0, resident=False) == 100


@pytest.mark.parametrize(
    ("price", "surcharge", "expected"),
    [
        (340, Surcharge(centimes=150), 490),
        (340, Surcharge(percent_hundredths=2000), 408),
        (225, Surcharge(percent_hundredths=1000), 248),  # 2,475 rounds up
        (225, Surcharge(percent_hundredths=1250), 253),  # 2,53125
        (1, Surcharge(percent_hundredths=5000), 2),  # 0,015
    ],
)
def test_late_surcharge_is_rounded_half_up_once(price: int, surcharge: Surcharge, expected: int) -> None:
    assert cost(Grid("fixed", centimes=price), surcharge=surcharge, late=True) == expected
    assert cost(Grid("fixed", centimes=price), surcharge=surcharge, late=False) == price


def test_the_trace_tells_a_parent_how_the_price_was_found() -> None:
    version = TariffVersion(SPAN, CENTIME_BANDS, late=Surcharge(centimes=100))
    price = price_of(version, PriceRequest(quotient_familial_centimes=49829, late=True))

    assert [(step.step, step.value.replace("\u202f", " ").replace("\xa0", " ")) for step in price.trace] == [
        ("Tarif applicable", "du 1er septembre 2026 au 31 août 2027"),
        ("Quotient familial", "498,29"),
        ("Tranche", "B (de 400,01 à 700)"),
        ("Prix de la tranche", "2,25 €"),
        ("Majoration pour réservation après le délai", "+ 1,00 €"),
        ("Prix", "3,25 €"),
    ]


@given(st.integers(0, 400_000), st.integers(0, 400_000), st.sampled_from([EURO_BANDS, CENTIME_BANDS]))
def test_a_price_never_falls_when_the_quotient_rises(first: int, second: int, grid: Grid) -> None:
    low, high = sorted((first, second))

    assert cost(grid, low) <= cost(grid, high)
