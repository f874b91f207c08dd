"""Real grids, to the centime. Towns print them on their sites; the source of each is cited beside it."""

from datetime import date

import pytest

from functions.domain.prices import PriceRequest, price_of
from functions.domain.spans import Span
from functions.domain.tariffs import Band, ChildrenRate, Grid, TariffVersion

SPAN = Span(date(2026, 9, 1), date(2027, 8, 31))

# champcevinel.fr, meals: 1 € (0-622), 3,30 € (623-1000), 3,40 € (1001-1500), 3,50 € (1501 and above).
CHAMPCEVINEL = Grid(
    "bands",
    bands=(Band(0, 62200, 100), Band(62300, 100000, 330), Band(100100, 150000, 340), Band(150100, None, 350)),
    precision="euro",
    missing_band=3,
)
# talloires.fr, meals: 0,99 € « < 1100 », 3,80 € « 1101 à 1500 », 4,30 €, 4,80 € « > 2001 ». Exactly 1100 is printed
# nowhere: whoever writes it as data must say, here in the first band.
TALLOIRES = Grid(
    "bands",
    bands=(Band(0, 110000, 99), Band(110100, 150000, 380), Band(150100, 200000, 430), Band(200100, None, 480)),
    precision="euro",
    missing_band=3,
)
# 94.citoyens.com, meals: eleven bands whose bounds end with « ,01 », from 0,40 € to 5,95 € above 2225,01. The band in
# between is made up.
CITOYENS_94 = Grid(
    "bands",
    bands=(Band(0, 22500, 40), Band(22501, 222500, 310), Band(222501, None, 595)),
    missing_band=2,
)
# mairie-fayauxloges.fr, meals: 0,36 % of the QF, from 2,60 € to 4,50 €.
FAY = Grid("linear", rates=(ChildrenRate(1, 360_000),), floor=260, cap=450, missing="cap")
# sene.bzh, meals: taux d'effort, 1 € to 5,97 €; « QF 700 : 2,01 € » makes it 0,2871 % of the QF.
SENE = Grid("effort", rates=(ChildrenRate(1, 287_100),), floor=100, cap=597, missing="cap")
# Issy (monecolevoltaire.org): a share of the month's resources, capped; the rates here are made up.
ISSY = Grid(
    "effort",
    basis="resources",
    rates=(ChildrenRate(1, 200_000), ChildrenRate(2, 160_000), ChildrenRate(3, 120_000)),
    cap=520,
    missing="cap",
)
# « 1 € jusqu’à 400, puis 0,36 % du QF », at most 4,50 €.
MIXED = Grid("bands", bands=(Band(0, 40000, 100, "A"), Band(40001, None, 0, "B", rate=360_000)), missing="cap", cap=450)


def cost(grid: Grid, **facts: object) -> int:
    return price_of(TariffVersion(SPAN, grid), PriceRequest(**facts)).centimes  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("grid", "quotient", "expected"),
    [
        (CHAMPCEVINEL, 0, 100),
        (CHAMPCEVINEL, 62200, 100),
        (CHAMPCEVINEL, 62299, 100),  # read to the euro: 622,99 is 622
        (CHAMPCEVINEL, 62300, 330),
        (CHAMPCEVINEL, 100000, 330),
        (CHAMPCEVINEL, 100100, 340),
        (CHAMPCEVINEL, 150099, 340),
        (CHAMPCEVINEL, 150100, 350),
        (TALLOIRES, 109999, 99),
        (TALLOIRES, 110000, 99),
        (TALLOIRES, 110099, 99),
        (TALLOIRES, 110100, 380),
        (TALLOIRES, 150000, 380),
        (TALLOIRES, 150100, 430),
        (TALLOIRES, 200100, 480),
        (CITOYENS_94, 22500, 40),
        (CITOYENS_94, 22501, 310),
        (CITOYENS_94, 222500, 310),
        (CITOYENS_94, 222501, 595),
        (CITOYENS_94, 10**12, 595),
        (CITOYENS_94, -1, 40),
        (CITOYENS_94, None, 595),
        (FAY, 0, 260),
        (FAY, -50_000, 260),
        (FAY, 72_222, 260),  # 2,599992 €: under the floor
        (FAY, 72_361, 260),  # 2,604996 €
        (FAY, 72_363, 261),  # 2,605068 €
        (FAY, 81_250, 293),  # 812,50 × 0,36 % = 2,925 €: half a centime goes up
        (FAY, 81_249, 292),  # 2,924964 €
        (FAY, 125_000, 450),
        (FAY, 125_200, 450),  # 4,5072 €: over the cap by less than a centime
        (FAY, 200_000, 450),
        (FAY, None, 450),
        (SENE, 70_000, 201),  # as printed
        (SENE, 0, 100),
        (SENE, 300_000, 597),
        (MIXED, 40_000, 100),
        (MIXED, 40_001, 144),  # 1,440036 €
        (MIXED, 125_001, 450),
        (MIXED, None, 450),
    ],
)
def test_the_price_of_a_quotient(grid: Grid, quotient: int | None, expected: int) -> None:
    assert cost(grid, quotient_familial_centimes=quotient) == expected


@pytest.mark.parametrize(
    ("resources", "children", "expected"),
    [
        (150_000, 1, 300),
        (150_000, 2, 240),
        (150_000, 3, 180),
        (150_000, 7, 180),  # « 3 et plus »
        (150_000, 0, 300),  # the child who comes is one
        (400_000, 1, 520),
        (0, 1, 0),
        (None, 3, 520),
    ],
)
def test_the_effort_of_a_month_of_resources(resources: int | None, children: int, expected: int) -> None:
    assert cost(ISSY, resources_centimes=resources, children_count=children) == expected


def test_a_family_without_quotient_pays_the_floor_or_an_amount_where_the_town_says_so() -> None:
    floor = Grid("linear", rates=(ChildrenRate(1, 360_000),), floor=260, missing="floor")
    amount = Grid("linear", rates=(ChildrenRate(1, 360_000),), missing="amount", missing_centimes=399)

    assert (cost(floor), cost(amount)) == (260, 399)


def test_a_negative_quotient_counts_as_zero_where_there_is_no_floor() -> None:
    assert cost(Grid("linear", rates=(ChildrenRate(1, 360_000),)), quotient_familial_centimes=-100_000) == 0


def test_a_linear_price_may_drop_the_centimes_of_the_quotient_first() -> None:
    to_the_euro = Grid("linear", rates=(ChildrenRate(1, 1_000_000),), precision="euro", missing="amount")

    assert cost(to_the_euro, quotient_familial_centimes=10_099) == 100
    assert cost(Grid("linear", rates=to_the_euro.rates, missing="amount"), quotient_familial_centimes=10_099) == 101
