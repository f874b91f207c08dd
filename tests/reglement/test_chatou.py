"""Chatou's leaflet, sentence by sentence: a table written from the paper, with pencil and calendar."""

from datetime import date, datetime

import pytest
from support.leaflet import COMMUNES, ONE_SECOND, day, paris, town

from functions.domain.decisions import ChildFacts, DayDecision, FamilyFacts, decide_day
from functions.domain.reglement import Reglement
from functions.reglement.source import check


@pytest.fixture(scope="module")
def chatou() -> Reglement:
    return town("chatou")


def decide(rules: Reglement, activity: str, wanted: date, now: datetime) -> DayDecision:
    return decide_day(rules, activity, wanted, now, ChildFacts(school="jean-rostand", level="CE1"), FamilyFacts())


def test_the_rules_are_coherent() -> None:
    assert check(COMMUNES / "chatou") == []


# Activity, day wanted, the last second on the clock of Paris.
LIMITS = [
    # « 24h : garderie, TAP, étude surveillée »
    ("garderie", "2026-12-10", "2026-12-09 16:30:00"),
    ("garderie", "2027-01-04", "2027-01-03 16:30:00"),  # the first day of the year's classes, a Sunday
    ("garderie", "2027-03-30", "2027-03-29 16:30:00"),  # a public holiday counts as any day
    ("garderie", "2027-07-02", "2027-07-01 16:30:00"),  # the last day of class
    ("etude-surveillee", "2026-12-10", "2026-12-09 16:30:00"),
    ("etude-surveillee", "2026-11-02", "2026-11-01 16:30:00"),  # All Saints, the last day of the holidays
    ("tap", "2026-12-11", "2026-12-10 15:00:00"),
    ("tap", "2026-09-01", "2026-08-31 15:00:00"),  # the first day of class
    # « 48h : accueil de loisirs (mercredi après-midi) »
    ("loisirs-mercredi", "2026-12-09", "2026-12-07 13:30:00"),
    ("loisirs-mercredi", "2027-03-31", "2027-03-29 13:30:00"),
    ("loisirs-mercredi", "2027-01-06", "2027-01-04 13:30:00"),
    # « 7 jours : restauration scolaire »
    ("restauration", "2026-12-10", "2026-12-03 23:59:59"),
    ("restauration", "2026-09-01", "2026-08-25 23:59:59"),
    ("restauration", "2026-11-02", "2026-10-26 23:59:59"),
    ("restauration", "2027-01-07", "2026-12-31 23:59:59"),  # the last second of the year
    ("restauration", "2027-01-08", "2027-01-01 23:59:59"),
    ("restauration", "2027-04-01", "2027-03-25 23:59:59"),  # summer time begins between the two
    ("restauration", "2028-02-29", "2028-02-22 23:59:59"),
    ("restauration", "2028-03-07", "2028-02-29 23:59:59"),  # a leap day
    # « 2 semaines : accueil de loisirs (vacances scolaires) »
    ("loisirs-vacances", "2026-10-19", "2026-10-05 23:59:59"),  # the first day of the holidays
    ("loisirs-vacances", "2026-10-30", "2026-10-16 23:59:59"),  # summer time ends between the two
    ("loisirs-vacances", "2026-12-31", "2026-12-17 23:59:59"),
    ("loisirs-vacances", "2027-02-10", "2027-01-27 23:59:59"),
    ("loisirs-vacances", "2027-04-08", "2027-03-25 23:59:59"),  # summer time begins between the two
    ("loisirs-vacances", "2027-08-31", "2027-08-17 23:59:59"),
]


@pytest.mark.parametrize(("activity", "wanted", "until"), LIMITS)
def test_the_last_moment_to_cancel(chatou: Reglement, activity: str, wanted: str, until: str) -> None:
    """« Les réservations peuvent être annulées dans le délai autorisé »"""
    found = decide(chatou, activity, day(wanted), paris(until))

    assert found.open
    assert found.cancelling.until == paris(until)
    assert (found.cancelling.allowed, found.cancelling.late) == (True, False)


@pytest.mark.parametrize(("activity", "wanted", "until"), LIMITS)
def test_late_cancelling_is_billed(chatou: Reglement, activity: str, wanted: str, until: str) -> None:
    """« En cas de défaut d'annulation dans les délais, les jours réservés seront facturés. »"""
    late = decide(chatou, activity, day(wanted), paris(until) + ONE_SECOND)

    assert (late.cancelling.late, late.cancelling.after) == (True, "billed")


@pytest.mark.parametrize(("activity", "wanted", "until"), LIMITS)
def test_the_same_delay_is_chosen_to_book(chatou: Reglement, activity: str, wanted: str, until: str) -> None:
    in_time = decide(chatou, activity, day(wanted), paris(until)).booking
    late = decide(chatou, activity, day(wanted), paris(until) + ONE_SECOND).booking

    assert (in_time.allowed, in_time.late) == (True, False)
    assert (late.allowed, late.late, late.after) == (False, True, "refused")


def test_a_late_cancelling_can_be_said_until_the_end_of_the_day(chatou: Reglement) -> None:
    wanted = day("2026-12-10")

    assert decide(chatou, "garderie", wanted, paris("2026-12-10 23:59:59")).cancelling.allowed
    assert not decide(chatou, "garderie", wanted, paris("2026-12-11 00:00:00")).cancelling.allowed


@pytest.mark.parametrize(
    ("activity", "wanted", "is_open"),
    [
        ("restauration", "2026-12-08", True),
        ("restauration", "2026-12-09", False),  # the leaflet's calendar shows no meal on Wednesdays
        ("restauration", "2026-12-18", True),  # the last day it shows before Christmas was a Friday too
        ("restauration", "2026-12-21", False),  # Christmas holidays
        ("restauration", "2027-02-08", False),  # zone C
        ("restauration", "2027-02-22", True),  # zone C is back while zone B is away
        ("garderie", "2027-03-29", False),  # Easter Monday
        ("tap", "2026-12-10", False),  # a Thursday
        ("loisirs-vacances", "2027-02-08", True),
        ("loisirs-vacances", "2027-02-22", False),
        ("loisirs-mercredi", "2026-11-11", False),  # Armistice
        ("creche", "2026-12-22", True),  # all the year
        ("creche", "2026-12-25", False),
        ("creche", "2026-12-26", False),  # a Saturday
    ],
)
def test_the_days_of_zone_c(chatou: Reglement, activity: str, wanted: str, is_open: bool) -> None:
    assert decide(chatou, activity, day(wanted), paris("2026-09-01 02:00:00")).open is is_open


def test_every_rule_says_where_it_comes_from(chatou: Reglement) -> None:
    for activity in chatou.activities.values():
        assert activity.cancelling.source.startswith("«")
        assert activity.cancelling.choice
        assert activity.booking.source.startswith("«")
        assert activity.booking.choice  # the leaflet gives no delay for booking


def test_services_to_call(chatou: Reglement) -> None:
    """« Service Petite enfance Tél.: 01 34 80 49 98 », « Service Éducation Tél.: 01 34 80 46 62 »"""
    assert chatou.services["petite-enfance"].phone == "01 34 80 49 98"
    assert chatou.services["petite-enfance"].email == "petite-enfance@mairie-chatou.fr"
    assert chatou.services["education"].phone == "01 34 80 46 62"
    assert chatou.services["education"].email == "scolaire@mairie-chatou.fr"
    assert {service.address for service in chatou.services.values()} == {"5 rue Marconi"}
    assert chatou.commune.website == "https://www.chatou.fr"
