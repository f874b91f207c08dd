"""The PSU by hand. 2026: 0,0619 % for one child, 0,0516 % for two, 0,0413 % for three, 0,0310 % for four to seven."""

from dataclasses import replace
from datetime import date

import pytest

from functions.domain.prices import Price, PriceRequest, price_of
from functions.domain.spans import Span
from functions.domain.tariffs import ChildrenRate, Grid, TariffVersion

RATES = (
    ChildrenRate(1, 61_900),
    ChildrenRate(2, 51_600),
    ChildrenRate(3, 41_300),
    ChildrenRate(4, 31_000),
    ChildrenRate(8, 20_600),
)
PSU = Grid(
    "psu",
    rates=RATES,
    basis="resources",
    least_resources=81_462,
    most_resources=850_000,
    aeeh_lowers=True,
    missing="cap",
)


def price(grid: Grid = PSU, **facts: object) -> Price:
    version = TariffVersion(Span(date(2026, 1, 1), date(2026, 12, 31)), grid, unit="hour", step_minutes=30)
    return price_of(version, PriceRequest(**facts))  # type: ignore[arg-type]


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("resources", "children", "aeeh", "minutes", "expected"),
    [
        (300_000, 2, 0, 60, 155),  # 3 000 × 0,0516 % = 1,548
        (300_000, 2, 0, 600, 1548),  # ten hours: 15,48, where ten rounded hours would make 15,50
        (300_000, 2, 0, 570, 1471),  # 9 h 30: 14,706
        (300_000, 2, 0, 541, 1471),  # 9 h 01 counts as 9 h 30
        (300_000, 2, 0, 540, 1393),  # 13,932
        (300_000, 1, 0, 60, 186),  # 1,857
        (300_000, 3, 0, 60, 124),  # 1,239
        (300_000, 4, 0, 60, 93),
        (300_000, 7, 0, 60, 93),
        (300_000, 8, 0, 60, 62),  # 0,618
        (300_000, 12, 0, 60, 62),
        (300_000, 2, 1, 60, 124),  # one AEEH: the rate of three children
        (300_000, 2, 2, 60, 93),
        (300_000, 4, 1, 60, 62),  # the next lower rate, not the fifth child's
        (300_000, 8, 3, 60, 62),  # there is nothing below
        (81_461, 1, 0, 60, 50),  # brought up to 814,62: 0,50424978
        (0, 1, 0, 60, 50),
        (81_462, 1, 0, 60, 50),
        (850_000, 1, 0, 60, 526),  # 5,2615
        (2_000_000, 1, 0, 60, 526),
        (None, 1, 0, 60, 526),
        (300_000, 2, 0, 0, 0),
        (300_000, 2, 0, None, 155),
    ],
)
def test_the_participation_of_a_family(
    resources: int | None, children: int, aeeh: int, minutes: int | None, expected: int
) -> None:
    found = price(resources_centimes=resources, children_count=children, aeeh_children=aeeh, minutes=minutes)

    assert found.centimes == expected


@pytest.mark.parametrize(("missing", "expected"), [("cap", 526), ("floor", 50), ("amount", 300)])
def test_without_resources_the_town_says_what_is_paid(missing: str, expected: int) -> None:
    assert price(replace(PSU, missing=missing, missing_centimes=300), minutes=60).centimes == expected


def test_the_trace_names_the_resources_the_rate_and_the_hours() -> None:
    found = price(resources_centimes=300_000, children_count=2, minutes=541)

    assert [(plain(step.step), plain(step.value)) for step in found.trace] == [
        ("Tarif applicable", "du 1er janvier 2026 au 31 décembre 2026"),
        ("Ressources mensuelles", "3 000,00 €"),
        ("Enfants à charge", "2"),
        ("Taux", "0,0516 %"),
        ("Prix calculé", "1,548 €"),
        ("Durée, au prix de l’heure", "9 h 01"),
        ("Durée comptée, par 30 minutes", "9 h 30"),
        ("Montant avant arrondi", "14,706 €"),
        ("Prix", "14,71 €"),
    ]
