"""Chambly's leaflet, sentence by sentence: a table written from the paper, with pencil and calendar."""

from datetime import UTC, date, datetime

import pytest
from support.engine import ROOT

from functions.domain.decisions import ChildFacts, DayDecision, FamilyFacts, decide_day
from functions.domain.reglement import Reglement
from functions.reglement.compiled import loads
from functions.reglement.source import check, compile_directory

TOWN = ROOT / "tests/communes/chambly"
EARLY = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def chambly() -> Reglement:
    return loads(compile_directory(TOWN))


def decide(town: Reglement, activity: str, day: date, quotient: int | None = None) -> DayDecision:
    family = FamilyFacts(quotient_familial_centimes=quotient)
    return decide_day(town, activity, day, EARLY, ChildFacts(), family)


def test_the_rules_are_coherent() -> None:
    assert check(TOWN) == []


@pytest.mark.parametrize(
    ("activity", "rubric", "day"),
    [
        # « Gérez vos réservations à l'ALSH et à la Maison de la Petite Enfance »
        ("alsh-mercredi", "extrascolaire", date(2026, 12, 9)),
        ("alsh-vacances", "extrascolaire", date(2026, 12, 22)),
        ("maison-de-la-petite-enfance", "petite-enfance", date(2026, 12, 10)),
        # « Remplissez en ligne les dossiers administratifs pour le Périscolaire »
        ("periscolaire", "periscolaire", date(2026, 12, 10)),
        # « réservations liées aux différents services (petite enfance, enfance, jeunesse, restauration scolaire,...) »
        ("restauration", "restauration", date(2026, 12, 10)),
    ],
)
def test_what_can_be_booked_and_cancelled(chambly: Reglement, activity: str, rubric: str, day: date) -> None:
    """« Gérer vos démarches d'inscriptions / réservations ou annulation, liées aux structures d'accueils »"""
    found = decide(chambly, activity, day)

    assert chambly.activities[activity].rubric == rubric
    assert (found.open, found.eligible) == (True, True)
    assert (found.booking.allowed, found.cancelling.allowed) == (True, True)


def test_prices_follow_the_quotient_familial(chambly: Reglement) -> None:
    """« Simulez les tarifs en fonction de votre quotient familial. »"""
    assert {activity.tariff for activity in chambly.activities.values()} == set(chambly.tariffs)
    for tariff in chambly.tariffs.values():
        for version in tariff.versions:
            prices = [band.centimes for band in version.grid.bands]
            assert len(prices) > 1
            assert prices == sorted(set(prices))
            assert "quotient familial" in version.source


def test_a_lower_quotient_never_pays_more(chambly: Reglement) -> None:
    day = date(2026, 12, 10)

    low, high, unknown = (decide(chambly, "restauration", day, quotient).price for quotient in (0, 500_000, None))

    assert low is not None
    assert high is not None
    assert unknown is not None
    assert low.centimes < high.centimes
    assert unknown.centimes == high.centimes


@pytest.mark.parametrize(
    ("activity", "day", "is_open"),
    [
        ("restauration", date(2027, 2, 8), True),  # zone C is away, not zone B
        ("restauration", date(2027, 2, 22), False),  # zone B
        ("alsh-vacances", date(2027, 2, 22), True),
        ("alsh-vacances", date(2027, 2, 8), False),
        ("alsh-mercredi", date(2027, 2, 24), False),
        ("periscolaire", date(2027, 4, 20), False),  # spring of zone B
    ],
)
def test_the_days_of_zone_b(chambly: Reglement, activity: str, day: date, is_open: bool) -> None:
    assert decide(chambly, activity, day).open is is_open


def test_contacts_as_printed(chambly: Reglement) -> None:
    """« Contactez votre structure enfance de référence au 01 39 37 44 00 »"""
    assert chambly.services[chambly.commune.desk].phone == "01 39 37 44 00"
    for activity in chambly.activities.values():
        assert chambly.services[activity.service].phone == "01 39 37 44 00"
    assert chambly.services["espace-citoyens"].email == "espacecitoyens@ville-chambly.fr"


def test_what_the_leaflet_leaves_open_is_said(chambly: Reglement) -> None:
    for activity in chambly.activities.values():
        assert activity.booking.source.startswith("«")
        assert activity.booking.choice
        assert activity.cancelling.choice
    for tariff in chambly.tariffs.values():
        assert all(version.choice for version in tariff.versions)
