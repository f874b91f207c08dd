"""Chanteloup's leaflet, sentence by sentence: a table written from the paper, with pencil and calendar."""

from datetime import date, datetime

import pytest
from support.leaflet import COMMUNES, ONE_SECOND, day, end_of, paris, town

from functions.domain.decisions import ChildFacts, DayDecision, FamilyFacts, decide_day
from functions.domain.reglement import Reglement
from functions.reglement.source import check

FIFTEEN_DAYS = ("apps-matin", "apps-soir", "tram", "mercredi")


@pytest.fixture(scope="module")
def chanteloup() -> Reglement:
    return town("chanteloup")


def decide(rules: Reglement, activity: str, wanted: date, now: datetime, starts: str | None = None) -> DayDecision:
    first = day(starts) if starts else None
    return decide_day(rules, activity, wanted, now, ChildFacts(level="CE1"), FamilyFacts(), booking_start=first)


def test_the_rules_are_coherent() -> None:
    assert check(COMMUNES / "chanteloup") == []


# Activity, day wanted, first day of the booking when it is another one, last day on which one can ask (until midnight).
AFTER_THE_RENTREE = [
    # « 15 jours avant le début de la réservation (ex : pour une réservation débutant le 15 octobre, l'inscription doit
    # être faite le 1er octobre) »
    ("apps-matin", "2026-10-15", None, "2026-10-01"),
    ("apps-soir", "2026-10-15", None, "2026-10-01"),
    ("tram", "2026-10-15", None, "2026-10-01"),
    ("mercredi", "2025-10-15", None, "2025-10-01"),
    # « avant le début de la réservation »: every day of a booking that begins on 15 October
    ("tram", "2026-10-16", "2026-10-15", "2026-10-01"),
    ("tram", "2026-12-18", "2026-10-15", "2026-10-01"),
    ("mercredi", "2026-11-04", None, "2026-10-21"),  # summer time ends between the two
    ("apps-soir", "2026-11-12", None, "2026-10-29"),
    ("mercredi", "2026-11-25", None, "2026-11-11"),  # the Armistice counts as any day
    ("apps-matin", "2027-01-07", None, "2026-12-24"),  # asked for in another year
    ("tram", "2027-01-14", None, "2026-12-31"),  # the year's last second
    ("tram", "2027-01-15", None, "2027-01-01"),
    ("apps-soir", "2027-03-01", None, "2027-02-15"),  # February has 28 days
    ("tram", "2027-04-01", None, "2027-03-18"),  # summer time begins between the two
    ("apps-matin", "2027-07-02", None, "2027-06-18"),  # the last day of class
    # « 4 semaines avant le premier jour d'accueil de la session »: the same for every day of the session
    ("vacances", "2025-10-31", None, "2025-09-22"),
    ("vacances", "2026-01-02", None, "2025-11-24"),  # the last day of a session that crosses the year
    ("vacances", "2026-04-20", None, "2026-03-23"),  # summer time begins between the two
    ("vacances", "2026-10-19", None, "2026-09-21"),  # the first day of a session
    ("vacances", "2026-10-30", None, "2026-09-21"),  # and its last, after the end of summer time
    ("vacances", "2026-12-31", "2026-12-28", "2026-11-23"),
    ("vacances", "2027-02-10", None, "2027-01-11"),
    ("vacances", "2027-04-05", None, "2027-03-08"),
    ("vacances", "2027-07-30", None, "2027-06-07"),
    ("vacances", "2027-08-27", None, "2027-07-05"),
]
# « Toutes les réservations de rentrée sont ouvertes jusqu'au 30 septembre. »: asked for by then and by the eve
AT_THE_RENTREE = [
    ("tram", "2026-09-01", None, "2026-08-31"),  # the first day of class
    ("tram", "2026-09-10", None, "2026-09-09"),
    ("apps-matin", "2026-09-29", None, "2026-09-28"),
    ("apps-soir", "2026-10-01", None, "2026-09-30"),
    ("apps-soir", "2026-10-05", None, "2026-09-30"),
    ("tram", "2026-10-13", None, "2026-09-30"),
    ("mercredi", "2026-09-02", None, "2026-09-01"),
    ("mercredi", "2026-10-07", None, "2026-09-30"),
    ("mercredi", "2026-10-14", None, "2026-09-30"),  # so do the fifteen days
    ("tram", "2026-12-18", "2026-09-28", "2026-09-30"),  # a booking for the months to come, made at the rentrée
    ("tram", "2027-06-28", "2026-10-05", "2026-09-30"),
    ("apps-matin", "2025-09-01", None, "2025-08-31"),  # the rentrée before
    ("mercredi", "2025-09-10", None, "2025-09-09"),
    ("tram", "2025-10-06", None, "2025-09-30"),
]


@pytest.mark.parametrize(("activity", "wanted", "starts", "last"), [*AFTER_THE_RENTREE, *AT_THE_RENTREE])
def test_the_last_moment_to_book(
    chanteloup: Reglement, activity: str, wanted: str, starts: str | None, last: str
) -> None:
    found = decide(chanteloup, activity, day(wanted), end_of(last), starts)

    assert found.open
    assert found.booking.until == end_of(last)
    assert (found.booking.allowed, found.booking.late) == (True, False)


@pytest.mark.parametrize(("activity", "wanted", "starts", "last"), AFTER_THE_RENTREE)
def test_after_the_delay_the_price_is_raised(
    chanteloup: Reglement, activity: str, wanted: str, starts: str | None, last: str
) -> None:
    """« veillez à bien respecter les délais de réservations sous peine d'une éventuelle majoration »"""
    in_time = decide(chanteloup, activity, day(wanted), end_of(last), starts)
    late = decide(chanteloup, activity, day(wanted), end_of(last) + ONE_SECOND, starts)

    assert (late.booking.allowed, late.booking.late, late.booking.after) == (True, True, "surcharge")
    assert in_time.price is not None
    assert late.price is not None
    assert late.price.centimes > in_time.price.centimes


# Activity, day, the clock in Paris, can one still book?, is the price raised?
AROUND_30_SEPTEMBER = [
    ("tram", "2026-09-10", "2026-09-05 12:00:00", True, False),
    ("tram", "2026-09-10", "2026-09-09 23:59:59", True, False),
    ("tram", "2026-09-10", "2026-09-10 00:00:00", False, False),  # the eve has passed
    ("tram", "2026-10-05", "2026-09-30 23:59:59", True, False),
    ("tram", "2026-10-05", "2026-10-01 00:00:00", True, True),
    ("tram", "2026-10-05", "2026-10-04 23:59:59", True, True),
    ("tram", "2026-10-05", "2026-10-05 00:00:00", False, False),
    ("apps-soir", "2026-10-15", "2026-10-01 20:00:00", True, False),  # « l'inscription doit être faite le 1er octobre »
    ("apps-soir", "2026-10-15", "2026-10-02 08:00:00", True, True),
    ("mercredi", "2026-10-07", "2026-10-01 00:00:00", True, True),
    ("apps-matin", "2025-10-06", "2025-09-30 23:59:59", True, False),
    ("apps-matin", "2025-10-06", "2025-10-01 00:00:00", True, True),
    ("vacances", "2026-10-19", "2026-09-22 00:00:00", True, True),  # a session is not « de rentrée »
    ("vacances", "2026-10-19", "2026-10-18 23:59:59", True, True),
    ("vacances", "2026-10-19", "2026-10-19 00:00:00", False, False),
]


@pytest.mark.parametrize(("activity", "wanted", "now", "allowed", "raised"), AROUND_30_SEPTEMBER)
def test_around_30_september(
    chanteloup: Reglement, activity: str, wanted: str, now: str, allowed: bool, raised: bool
) -> None:
    found = decide(chanteloup, activity, day(wanted), paris(now))

    assert found.booking.allowed is allowed
    if allowed:
        assert found.price is not None
        usual = {"apps-matin": 150, "apps-soir": 240, "tram": 400, "mercredi": 900, "vacances": 1200}[activity]
        assert (found.price.centimes > usual) is raised


# « APPS », « TRAM », « les mercredis », « vacances »: the prices are choices; a late one is 20 % more.
@pytest.mark.parametrize(
    ("activity", "wanted", "in_time", "late"),
    [
        ("apps-matin", "2026-11-12", 150, 180),
        ("apps-soir", "2026-11-12", 240, 288),
        ("tram", "2026-11-12", 400, 480),
        ("mercredi", "2026-11-04", 900, 1080),
        ("vacances", "2026-12-21", 1200, 1440),
    ],
)
def test_what_a_day_costs(chanteloup: Reglement, activity: str, wanted: str, in_time: int, late: int) -> None:
    early, last_moment = paris("2026-09-15 10:00:00"), paris("2026-10-31 10:00:00")
    if activity == "vacances":
        last_moment = end_of("2026-12-20")

    prices = [decide(chanteloup, activity, day(wanted), now).price for now in (early, last_moment)]

    assert [price.centimes for price in prices if price] == [in_time, late]


@pytest.mark.parametrize(
    ("activity", "wanted", "is_open"),
    [
        ("mercredi", "2026-12-09", True),
        ("mercredi", "2026-12-23", False),  # « les mercredis en semaine scolaire »
        ("mercredi", "2027-02-10", False),  # zone C
        ("mercredi", "2026-12-10", False),  # a Thursday
        ("mercredi", "2026-11-11", False),  # Armistice
        ("tram", "2027-02-08", False),  # zone C
        ("tram", "2027-02-22", True),  # zone C is back while zone B is away
        ("tram", "2027-05-07", False),  # the bridge of the Ascension
        ("vacances", "2027-02-08", True),  # « lors des vacances scolaires »
        ("vacances", "2027-02-22", False),
        ("vacances", "2026-12-09", False),
        ("vacances", "2026-12-25", False),  # Christmas
        ("vacances", "2026-10-17", False),  # a Saturday
    ],
)
def test_the_days_of_zone_c(chanteloup: Reglement, activity: str, wanted: str, is_open: bool) -> None:
    assert decide(chanteloup, activity, day(wanted), paris("2026-08-01 12:00:00")).open is is_open
