"""Chanteloup's leaflet, sentence by sentence: a table written from the paper, with pencil and calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from support.engine import ROOT

from functions.domain.decisions import ChildFacts, DayDecision, FamilyFacts, decide_day
from functions.domain.reglement import Reglement
from functions.reglement.compiled import loads
from functions.reglement.source import check, compile_directory

TOWN = ROOT / "tests/communes/chanteloup"
FIFTEEN_DAYS = ("apps-matin", "apps-soir", "tram", "mercredi")


@pytest.fixture(scope="module")
def chanteloup() -> Reglement:
    return loads(compile_directory(TOWN))


def decide(town: Reglement, activity: str, day: date, now: datetime, starts: date | None = None) -> DayDecision:
    return decide_day(town, activity, day, now, ChildFacts(level="CE1"), FamilyFacts(), booking_start=starts)


def test_the_rules_are_coherent() -> None:
    assert check(TOWN) == []


# « 15 jours avant le début de la réservation (ex : pour une réservation débutant le 15 octobre, l'inscription doit être
# faite le 1er octobre) »: day wanted, first day of the booking, last instant (the end of that day in Paris).
BOOKING = [
    ("apps-matin", date(2026, 10, 15), date(2026, 10, 15), datetime(2026, 10, 1, 21, 59, 59, tzinfo=UTC)),
    ("apps-soir", date(2026, 10, 15), date(2026, 10, 15), datetime(2026, 10, 1, 21, 59, 59, tzinfo=UTC)),
    ("tram", date(2026, 10, 15), date(2026, 10, 15), datetime(2026, 10, 1, 21, 59, 59, tzinfo=UTC)),
    ("tram", date(2026, 10, 16), date(2026, 10, 15), datetime(2026, 10, 1, 21, 59, 59, tzinfo=UTC)),  # same booking
    ("tram", date(2026, 12, 18), date(2026, 10, 15), datetime(2026, 10, 1, 21, 59, 59, tzinfo=UTC)),  # its last day
    ("mercredi", date(2026, 10, 14), date(2026, 10, 14), datetime(2026, 9, 30, 21, 59, 59, tzinfo=UTC)),
    ("mercredi", date(2026, 11, 4), date(2026, 11, 4), datetime(2026, 10, 21, 21, 59, 59, tzinfo=UTC)),  # hour changes
    ("apps-matin", date(2027, 1, 7), date(2027, 1, 7), datetime(2026, 12, 24, 22, 59, 59, tzinfo=UTC)),  # another year
    ("apps-soir", date(2027, 3, 1), date(2027, 3, 1), datetime(2027, 2, 15, 22, 59, 59, tzinfo=UTC)),
    ("tram", date(2027, 4, 1), date(2027, 4, 1), datetime(2027, 3, 18, 22, 59, 59, tzinfo=UTC)),  # hour changes
    # « 4 semaines avant le premier jour d'accueil de la session »: the same for every day of the session
    ("vacances", date(2026, 10, 19), date(2026, 10, 19), datetime(2026, 9, 21, 21, 59, 59, tzinfo=UTC)),
    ("vacances", date(2026, 10, 30), date(2026, 10, 30), datetime(2026, 9, 21, 21, 59, 59, tzinfo=UTC)),
    ("vacances", date(2026, 12, 31), date(2026, 12, 28), datetime(2026, 11, 23, 22, 59, 59, tzinfo=UTC)),
    ("vacances", date(2027, 2, 10), date(2027, 2, 10), datetime(2027, 1, 11, 22, 59, 59, tzinfo=UTC)),
    ("vacances", date(2027, 4, 5), date(2027, 4, 5), datetime(2027, 3, 8, 22, 59, 59, tzinfo=UTC)),  # hour changes
    ("vacances", date(2027, 7, 30), date(2027, 7, 30), datetime(2027, 6, 7, 21, 59, 59, tzinfo=UTC)),
    ("vacances", date(2027, 8, 27), date(2027, 8, 27), datetime(2027, 7, 5, 21, 59, 59, tzinfo=UTC)),
]


@pytest.mark.parametrize(("activity", "day", "starts", "until"), BOOKING)
def test_the_last_moment_to_book(
    chanteloup: Reglement, activity: str, day: date, starts: date, until: datetime
) -> None:
    found = decide(chanteloup, activity, day, until, starts)

    assert found.open
    assert found.booking.until == until
    assert (found.booking.allowed, found.booking.late) == (True, False)


@pytest.mark.parametrize(("activity", "day", "starts", "until"), BOOKING)
def test_after_the_delay_the_price_is_raised(
    chanteloup: Reglement, activity: str, day: date, starts: date, until: datetime
) -> None:
    """« veillez à bien respecter les délais de réservations sous peine d'une éventuelle majoration »"""
    in_time = decide(chanteloup, activity, day, until, starts)
    late = decide(chanteloup, activity, day, until + timedelta(seconds=1), starts)

    assert (late.booking.allowed, late.booking.late, late.booking.after) == (True, True, "surcharge")
    assert in_time.price is not None
    assert late.price is not None
    assert late.price.centimes > in_time.price.centimes


def test_the_evening_of_1_october_is_in_time_for_15_october(chanteloup: Reglement) -> None:
    """« pour une réservation débutant le 15 octobre, l'inscription doit être faite le 1er octobre »"""
    evening = datetime(2026, 10, 1, 20, 0, tzinfo=UTC)
    next_morning = datetime(2026, 10, 2, 6, 0, tzinfo=UTC)

    for activity in ("apps-matin", "apps-soir", "tram"):
        assert not decide(chanteloup, activity, date(2026, 10, 15), evening).booking.late
        assert decide(chanteloup, activity, date(2026, 10, 15), next_morning).booking.late


@pytest.mark.parametrize(
    ("activity", "day", "is_open"),
    [
        ("mercredi", date(2026, 12, 9), True),
        ("mercredi", date(2026, 12, 23), False),  # « les mercredis en semaine scolaire »
        ("mercredi", date(2027, 2, 10), False),  # zone C
        ("mercredi", date(2026, 12, 10), False),  # a Thursday
        ("tram", date(2027, 2, 8), False),  # zone C
        ("tram", date(2027, 2, 22), True),  # zone C is back while zone B is away
        ("vacances", date(2027, 2, 8), True),  # « lors des vacances scolaires »
        ("vacances", date(2027, 2, 22), False),
        ("vacances", date(2026, 12, 9), False),
        ("vacances", date(2026, 12, 25), False),  # Christmas
    ],
)
def test_the_days_of_zone_c(chanteloup: Reglement, activity: str, day: date, is_open: bool) -> None:
    assert decide(chanteloup, activity, day, datetime(2026, 9, 1, tzinfo=UTC)).open is is_open


def test_every_delay_says_where_it_comes_from(chanteloup: Reglement) -> None:
    assert set(chanteloup.activities) == {*FIFTEEN_DAYS, "vacances"}
    for name in FIFTEEN_DAYS:
        assert "15 jours avant le début de la réservation" in chanteloup.activities[name].booking.source
    assert (
        "4 semaines avant le premier jour d’accueil de la session" in chanteloup.activities["vacances"].booking.source
    )
    for activity in chanteloup.activities.values():
        assert activity.booking.choice
        assert activity.cancelling.choice  # the leaflet gives no delay for cancelling


def test_the_desk_as_printed(chanteloup: Reglement) -> None:
    desk = chanteloup.services[chanteloup.commune.desk]

    assert (desk.name, desk.phone) == ("Guichet unique", "01 39 74 29 12")
    assert desk.email == "inscriptionenfance@chanteloup-les-vignes.fr"
    assert desk.address == "Espace Victor Hugo, 18 avenue de Poissy"
    assert desk.hours == ("Du lundi au vendredi\u202f: 9h-12h / 13h30-18h",)
    assert chanteloup.commune.school_zone == "C"
