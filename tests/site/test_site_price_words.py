"""Every shape of grid reads as a table, with what goes with it; its examples come from the code that makes prices."""

from datetime import date

import pytest
from parvis_site import price_words

from functions.domain.prices import PriceRequest, price_of
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
from functions.reglement import grids

YEAR = Span(date(2026, 9, 1), date(2027, 7, 2))
RATES = (ChildrenRate(1, 61_900), ChildrenRate(2, 51_600), ChildrenRate(4, 31_000), ChildrenRate(8, 20_600))
GRIDS = {
    "fixed": Grid("fixed", 340),
    "bands": Grid("bands", bands=(Band(0, 40_000, 120, "A"), Band(40_001, None, 0, "B", rate=360_000)), missing_band=1),
    "linear": Grid("linear", rates=(ChildrenRate(1, 360_000),), missing="cap", floor=120, cap=540),
    "effort": Grid("effort", rates=RATES, basis="resources", missing="amount", missing_centimes=450, aeeh_lowers=True),
    "psu": Grid("psu", rates=RATES, basis="resources", missing="floor", least_resources=80_100, most_resources=700_000),
}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def table(kind: str, unit: str = "act") -> price_words.Table:
    (found,) = price_words.tables(TariffVersion(YEAR, GRIDS[kind], unit=unit))
    return found


def test_every_kind_of_grid_has_an_example_here() -> None:
    assert set(GRIDS) == set(price_words.KINDS)
    assert len(price_words.KINDS) == len(grids.KINDS)


@pytest.mark.parametrize("unit", price_words.UNITS)
@pytest.mark.parametrize("kind", GRIDS)
def test_every_grid_in_every_unit_is_a_table_of_two_columns(kind: str, unit: str) -> None:
    found = table(kind, unit)

    assert len(found.rows) >= 1
    assert all(label and price for label, price in found.rows)
    assert all(price.endswith(price_words.UNITS[unit]) or kind == "bands" for _, price in found.rows)
    assert not [note for note in found.notes if "{" in note or "None" in note]


def test_a_share_of_the_quotient_says_its_bounds_its_missing_price_and_examples() -> None:
    found = table("linear")

    assert plain(found.rows[0][1]) == "0,36 % du quotient familial"
    assert [plain(note) for note in found.notes] == [
        "Le prix est de 1,20 € à 5,40 €.",
        "Sans quotient familial connu, c’est le prix plafond qui s’applique.",
        (
            "Par exemple, avec un quotient de 400 €, 1,44 € ; avec un quotient de 800 €, 2,88 € ; "
            "avec un quotient de 1 200 €, 4,32 €."
        ),
    ]


def test_an_example_is_what_the_family_would_pay() -> None:
    version = TariffVersion(YEAR, GRIDS["psu"], unit="hour")
    price = price_of(version, PriceRequest(resources_centimes=300_000))

    assert f"{price.centimes // 100},{price.centimes % 100:02d}" in table("psu", "hour").notes[-1]


def test_rates_go_by_the_number_of_children() -> None:
    found = table("psu", "hour")

    assert [plain(label) for label, _ in found.rows] == [
        "1 enfant",
        "2 à 3 enfants",
        "4 à 7 enfants",
        "8 enfants et plus",
    ]
    assert plain(found.rows[0][1]) == "0,0619 % des ressources du mois par heure"
    assert plain(found.notes[0]) == "Ressources retenues par mois : de 801,00 € à 7 000,00 €."
    assert "le plancher de ressources est retenu" in found.notes[1]
    assert "AEEH" in table("effort").notes[0]
    assert plain(table("effort").notes[1]) == "Sans ressources connues, le prix est de 4,50 €."


def test_a_band_may_be_a_rate() -> None:
    rows = table("bands").rows

    assert [(plain(label), plain(price)) for label, price in rows] == [
        ("Tranche A : jusqu’à 400 €", "1,20 €"),
        ("Tranche B : à partir de 400,01 €", "0,36 % du quotient familial"),
    ]
    assert table("bands").notes == ("Sans quotient familial connu, le prix est celui de la tranche B.",)


def test_what_else_changes_a_price_is_said_in_the_order_prices_are_made() -> None:
    version = TariffVersion(
        YEAR,
        GRIDS["fixed"],
        late=Surcharge(100),
        unbooked=Surcharge(percent_hundredths=5000),
        unit="hour",
        step_minutes=30,
        outside_surcharge=Surcharge(percent_hundredths=2000),
        siblings=Siblings(
            "rank",
            (
                SiblingStep(1, Reduction()),
                SiblingStep(2, Reduction(percent_hundredths=1000)),
                SiblingStep(3, Reduction(price=200)),
            ),
        ),
        packed_meal=PackedMeal(price=120),
        minimum=100,
    )

    assert [plain(note) for note in price_words.notes(version)] == [
        "Le temps est compté par 30 minutes : ce qui est commencé est dû.",
        "Enfant qui apporte son repas (projet d’accueil individualisé) : 1,20 €.",
        "À partir du 2e enfant : − 10 %.",
        "À partir du 3e enfant : 2,00 € au plus.",
        "Familles d’une autre commune : + 20 %.",
        "Réservation après le délai : + 1,00 €.",
        "Présence sans réservation : + 50 %.",
        "En tout : au moins 1,00 €.",
    ]


def test_brothers_and_sisters_can_be_counted_and_a_packed_meal_be_a_share() -> None:
    version = TariffVersion(
        Span(YEAR.first, YEAR.last),
        GRIDS["fixed"],
        siblings=Siblings("count", (SiblingStep(2, Reduction(centimes=50)),)),
        packed_meal=PackedMeal(percent_hundredths=5000),
        maximum=1000,
    )

    assert [plain(note) for note in price_words.notes(version)] == [
        "Enfant qui apporte son repas (projet d’accueil individualisé) : 50 % du prix.",
        "À partir de 2 enfants à charge : − 0,50 €.",
        "En tout : au plus 10,00 €.",
    ]


def test_another_grid_for_other_towns_is_a_table_of_its_own_with_its_own_examples() -> None:
    own, outside = price_words.tables(TariffVersion(YEAR, GRIDS["fixed"], outside=GRIDS["linear"]))

    assert (own.who, outside.who) == ("Familles de la commune", "Familles d’une autre commune")
    assert "avec un quotient de 400 €, 1,44 €" in plain(outside.notes[-1])
