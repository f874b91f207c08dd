"""Chatou's leaflet, sentence by sentence: a table written from the paper, with pencil and calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from support.engine import ROOT

from functions.domain.decisions import ChildFacts, DayDecision, FamilyFacts, decide_day
from functions.domain.reglement import Reglement
from functions.domain.tariffs import Surcharge
from functions.reglement.compiled import loads
from functions.reglement.source import compile_directory


@pytest.fixture(scope="module")
def chatou() -> Reglement:
    return loads(compile_directory(ROOT / "tests/communes/chatou"))


def decide(town: Reglement, activity: str, day: date, now: datetime) -> DayDecision:
    return decide_day(town, activity, day, now, ChildFacts(school="jean-rostand", level="CE1"), FamilyFacts())


THURSDAY = date(2026, 12, 10)
# « 24h : garderie, TAP, étude surveillée » « 48h : accueil de loisirs (mercredi après-midi) »
# « 7 jours : restauration scolaire » « 2 semaines : accueil de loisirs (vacances scolaires) »
CANCELLING = [
    ("garderie", THURSDAY, datetime(2026, 12, 9, 15, 30, tzinfo=UTC)),  # Wednesday 16:30 in Paris
    ("etude-surveillee", THURSDAY, datetime(2026, 12, 9, 15, 30, tzinfo=UTC)),
    ("tap", date(2026, 12, 11), datetime(2026, 12, 10, 14, 0, tzinfo=UTC)),
    ("loisirs-mercredi", date(2026, 12, 9), datetime(2026, 12, 7, 12, 30, tzinfo=UTC)),
    ("loisirs-mercredi", date(2027, 3, 31), datetime(2027, 3, 29, 11, 30, tzinfo=UTC)),
    ("restauration", THURSDAY, datetime(2026, 12, 3, 22, 59, 59, tzinfo=UTC)),
    ("restauration", date(2027, 4, 1), datetime(2027, 3, 25, 22, 59, 59, tzinfo=UTC)),  # across the change of hour
    ("loisirs-vacances", date(2027, 2, 10), datetime(2027, 1, 27, 22, 59, 59, tzinfo=UTC)),
]


@pytest.mark.parametrize(("activity", "day", "until"), CANCELLING)
def test_the_last_moment_to_cancel(chatou: Reglement, activity: str, day: date, until: datetime) -> None:
    found = decide(chatou, activity, day, until)

    assert found.open
    assert found.cancelling.until == until
    assert (found.cancelling.allowed, found.cancelling.late) == (True, False)


@pytest.mark.parametrize(("activity", "day", "until"), CANCELLING)
def test_late_cancelling_is_billed(chatou: Reglement, activity: str, day: date, until: datetime) -> None:
    """« En cas de défaut d'annulation dans les délais, les jours réservés seront facturés. »"""
    late = decide(chatou, activity, day, until + timedelta(seconds=1))

    assert (late.cancelling.late, late.cancelling.after) == (True, "billed")


def test_a_certificate_within_72_hours(chatou: Reglement) -> None:
    """« un certificat médical dans les 72h qui suivent le 1er jour d'absence »"""
    for activity in chatou.activities.values():
        assert activity.absence is not None
        assert (activity.absence.certificate_hours, activity.absence.starts) == (72, "end_of_first_day")
        assert "72h" in activity.absence.source


def test_presence_without_booking_costs_more(chatou: Reglement) -> None:
    """« En cas de présence sans réservation, le coût de la prestation sera majoré. »"""
    for tariff in chatou.tariffs.values():
        for version in tariff.versions:
            assert version.unbooked not in (None, Surcharge())
            assert "sans réservation" in version.source


@pytest.mark.parametrize(
    ("activity", "day", "is_open"),
    [
        ("restauration", date(2026, 12, 8), True),
        ("restauration", date(2026, 12, 9), False),  # the leaflet's calendar shows no meal on Wednesdays
        ("restauration", date(2026, 12, 21), False),  # Christmas holidays
        ("restauration", date(2027, 2, 8), False),  # zone C
        ("restauration", date(2027, 2, 22), True),  # zone C is back while zone B is away
        ("loisirs-vacances", date(2027, 2, 8), True),
        ("loisirs-vacances", date(2027, 2, 22), False),
        ("loisirs-mercredi", date(2026, 11, 11), False),  # Armistice
    ],
)
def test_the_days_of_zone_c(chatou: Reglement, activity: str, day: date, is_open: bool) -> None:
    assert decide(chatou, activity, day, datetime(2026, 9, 1, tzinfo=UTC)).open is is_open


def test_every_rule_says_where_it_comes_from(chatou: Reglement) -> None:
    for activity in chatou.activities.values():
        assert activity.cancelling.source.startswith("«")
        assert activity.cancelling.choice
        assert activity.booking.choice  # the leaflet gives no delay for booking


def test_prices_written_with_a_point_or_a_comma(chatou: Reglement) -> None:
    assert chatou.tariffs["loisirs-mercredi"].versions[0].grid.centimes == 850
    assert chatou.tariffs["garderie"].versions[0].grid.centimes == 310


def test_services_to_call(chatou: Reglement) -> None:
    assert chatou.services["petite-enfance"].phone == "01 34 80 49 98"
    assert chatou.services["education"].email == "scolaire@mairie-chatou.fr"
