"""Chambly's leaflet, sentence by sentence: a table written from the paper, with pencil and calendar."""

from datetime import date, datetime

import pytest
from support.leaflet import COMMUNES, ONE_SECOND, day, paris, town

from functions.domain.decisions import ChildFacts, DayDecision, FamilyFacts, decide_day
from functions.domain.reglement import Reglement
from functions.reglement.source import check

EARLY = paris("2026-11-21 09:00:00")


@pytest.fixture(scope="module")
def chambly() -> Reglement:
    return town("chambly")


def decide(
    rules: Reglement, activity: str, wanted: date, quotient: int | None = None, now: datetime = EARLY
) -> DayDecision:
    return decide_day(rules, activity, wanted, now, ChildFacts(), FamilyFacts(quotient_familial_centimes=quotient))


def test_the_rules_are_coherent() -> None:
    assert check(COMMUNES / "chambly") == []


# Aucun délai dans le mode d’emploi: 24 hours before the start are a choice; the last column is for cancelling.
LIMITS = [
    ("alsh-mercredi", "2026-12-09", "2026-12-08 08:00:00", "2026-12-08 08:00:00"),
    ("alsh-vacances", "2026-10-26", "2026-10-25 08:00:00", "2026-10-25 08:00:00"),  # the night of the hour
    ("alsh-vacances", "2026-12-31", "2026-12-30 08:00:00", "2026-12-30 08:00:00"),
    ("periscolaire", "2026-12-10", "2026-12-09 16:30:00", "2026-12-09 16:30:00"),
    ("periscolaire", "2027-01-04", "2027-01-03 16:30:00", "2027-01-03 16:30:00"),
    ("restauration", "2026-12-10", "2026-12-09 11:45:00", "2026-12-09 11:45:00"),
    ("restauration", "2026-11-12", "2026-11-11 11:45:00", "2026-11-11 11:45:00"),  # a public holiday
    ("restauration", "2027-07-02", "2027-07-01 11:45:00", "2027-07-01 11:45:00"),  # the last day of class
    # « Transmettez vos dates de congés pour la Petite Enfance. »: two weeks before, a choice
    ("maison-de-la-petite-enfance", "2026-12-10", "2026-12-09 08:00:00", "2026-11-26 23:59:59"),
    ("maison-de-la-petite-enfance", "2027-01-07", "2027-01-06 08:00:00", "2026-12-24 23:59:59"),
    ("maison-de-la-petite-enfance", "2027-01-14", "2027-01-13 08:00:00", "2026-12-31 23:59:59"),
    ("maison-de-la-petite-enfance", "2027-04-08", "2027-04-07 08:00:00", "2027-03-25 23:59:59"),
]


@pytest.mark.parametrize(("activity", "wanted", "book", "cancel"), LIMITS)
def test_the_last_moments(chambly: Reglement, activity: str, wanted: str, book: str, cancel: str) -> None:
    """« Gérer vos démarches d'inscriptions / réservations ou annulation, liées aux structures d'accueils »"""
    in_time = decide(chambly, activity, day(wanted), now=paris(book))
    late = decide(chambly, activity, day(wanted), now=paris(book) + ONE_SECOND)
    cancelled = decide(chambly, activity, day(wanted), now=paris(cancel))
    billed = decide(chambly, activity, day(wanted), now=paris(cancel) + ONE_SECOND)

    assert (in_time.booking.until, in_time.booking.allowed) == (paris(book), True)
    assert (late.booking.allowed, late.booking.after) == (False, "refused")
    assert (cancelled.cancelling.until, cancelled.cancelling.late) == (paris(cancel), False)
    assert (billed.cancelling.late, billed.cancelling.after) == (True, "billed")


@pytest.mark.parametrize(
    ("activity", "rubric", "wanted"),
    [
        # « Gérez vos réservations à l'ALSH et à la Maison de la Petite Enfance »
        ("alsh-mercredi", "extrascolaire", "2026-12-09"),
        ("alsh-vacances", "extrascolaire", "2026-12-22"),
        ("maison-de-la-petite-enfance", "petite-enfance", "2026-12-10"),
        # « Remplissez en ligne les dossiers administratifs pour le Périscolaire »
        ("periscolaire", "periscolaire", "2026-12-10"),
        # « réservations liées aux différents services (petite enfance, enfance, jeunesse, restauration scolaire,...) »
        ("restauration", "restauration", "2026-12-10"),
    ],
)
def test_what_can_be_booked_and_cancelled(chambly: Reglement, activity: str, rubric: str, wanted: str) -> None:
    """« Gérer vos démarches d'inscriptions / réservations ou annulation, liées aux structures d'accueils »"""
    found = decide(chambly, activity, day(wanted))

    assert chambly.activities[activity].rubric == rubric
    assert (found.open, found.eligible) == (True, True)
    assert (found.booking.allowed, found.cancelling.allowed) == (True, True)


def test_prices_follow_the_quotient_familial(chambly: Reglement) -> None:
    """« Simulez les tarifs en fonction de votre quotient familial. »"""
    assert {activity.tariff for activity in chambly.activities.values()} == set(chambly.tariffs)
    for tariff in chambly.tariffs.values():
        for version in tariff.versions:
            assert version.grid.kind != "fixed"
            assert version.grid.basis == "quotient_familial"
            assert "quotient familial" in version.source


def test_a_lower_quotient_never_pays_more(chambly: Reglement) -> None:
    wanted = day("2026-12-10")

    low, high, unknown = (decide(chambly, "restauration", wanted, quotient).price for quotient in (0, 500_000, None))

    assert low is not None
    assert high is not None
    assert unknown is not None
    assert low.centimes < high.centimes
    assert unknown.centimes == high.centimes


@pytest.mark.parametrize(
    ("activity", "wanted", "is_open"),
    [
        ("restauration", "2027-02-08", True),  # zone C is away, not zone B
        ("restauration", "2027-02-22", False),  # zone B
        ("alsh-vacances", "2027-02-22", True),
        ("alsh-vacances", "2027-02-08", False),
        ("alsh-mercredi", "2027-02-24", False),
        ("periscolaire", "2027-04-20", False),  # spring of zone B
    ],
)
def test_the_days_of_zone_b(chambly: Reglement, activity: str, wanted: str, is_open: bool) -> None:
    assert decide(chambly, activity, day(wanted)).open is is_open


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
