"""A fifth, made-up town: the limits that the four leaflets do not have, written with pencil and calendar.

Its rules are those of its « règlement intérieur », quoted beside each in tests/communes/cinquieme.
"""

from datetime import datetime, time

import pytest
from support.leaflet import COMMUNES, ONE_SECOND, day, paris, town

from functions.domain.decisions import ChildFacts, DayDecision, FamilyFacts, decide_day
from functions.domain.reglement import Reglement
from functions.reglement.source import check


@pytest.fixture(scope="module")
def fontbrune() -> Reglement:
    return town("cinquieme")


def decide(rules: Reglement, activity: str, wanted: str, now: datetime, slot: str | None = None) -> DayDecision:
    return decide_day(rules, activity, day(wanted), now, ChildFacts(), FamilyFacts(), slot=slot)


def test_the_rules_are_coherent() -> None:
    assert check(COMMUNES / "cinquieme") == []


# Activity, day, slot, the last second to book, what comes after.
BOOKING = [
    # « Le jeudi midi pour la semaine suivante »
    ("restauration", "2026-12-14", None, "2026-12-10 12:00:00", "refused"),  # the Monday
    ("restauration", "2026-12-15", None, "2026-12-10 12:00:00", "refused"),
    ("restauration", "2026-12-18", None, "2026-12-10 12:00:00", "refused"),  # the Friday
    ("restauration", "2026-09-01", None, "2026-08-27 12:00:00", "refused"),  # the first day of class, a Tuesday
    ("restauration", "2026-11-02", None, "2026-10-29 12:00:00", "refused"),  # summer time has ended
    ("restauration", "2026-11-12", None, "2026-11-05 12:00:00", "refused"),  # its Wednesday is a public holiday
    ("restauration", "2027-01-04", None, "2026-12-31 12:00:00", "refused"),  # another year
    ("restauration", "2027-03-30", None, "2027-03-25 12:00:00", "refused"),  # its Monday is Easter's
    # « La veille avant 18 h ; au-delà, jusqu’à 7 h, le prix est majoré. »
    ("garderie-matin", "2026-12-10", None, "2026-12-09 18:00:00", "surcharge"),
    ("garderie-matin", "2026-12-14", None, "2026-12-13 18:00:00", "surcharge"),  # a Sunday
    ("garderie-matin", "2026-09-01", None, "2026-08-31 18:00:00", "surcharge"),
    ("garderie-matin", "2027-01-04", None, "2027-01-03 18:00:00", "surcharge"),
    ("garderie-matin", "2027-03-30", None, "2027-03-29 18:00:00", "surcharge"),
    # « 24 heures à l’avance, à l’heure du créneau »
    ("garderie-soir", "2026-12-10", "premiere-heure", "2026-12-09 16:30:00", "refused"),
    ("garderie-soir", "2026-12-10", "seconde-heure", "2026-12-09 17:30:00", "refused"),
    # « L’étude se réserve à la semaine, trois jours ouvrés avant son lundi, 17 h »
    ("etude", "2026-12-14", None, "2026-12-09 17:00:00", "refused"),
    ("etude", "2026-12-18", None, "2026-12-09 17:00:00", "refused"),
    ("etude", "2026-11-09", None, "2026-11-04 17:00:00", "refused"),
    ("etude", "2026-11-16", None, "2026-11-10 17:00:00", "refused"),  # 11 November does not count
    ("etude", "2027-01-04", None, "2026-12-29 17:00:00", "refused"),  # nor does 1 January
    ("etude", "2027-03-30", None, "2027-03-24 17:00:00", "refused"),
    # « Le mardi, jusqu’à minuit, pour la semaine suivante. »
    ("atelier", "2026-12-10", None, "2026-12-01 23:59:59", "refused"),
    ("atelier", "2027-01-07", None, "2026-12-29 23:59:59", "refused"),
    ("atelier", "2027-04-01", None, "2027-03-23 23:59:59", "refused"),  # before summer time
    # « Chaque période ouvre un matin à 9 h et ferme au jour et à l’heure dits. »
    ("mercredi", "2026-09-02", "journee", "2026-08-28 12:00:00", "late_request"),
    ("mercredi", "2026-10-14", "matin", "2026-08-28 12:00:00", "late_request"),  # its last Wednesday
    ("mercredi", "2026-11-04", "matin", "2026-10-23 18:00:00", "late_request"),  # its first, in winter time
    ("mercredi", "2026-12-16", "apres-midi", "2026-10-23 18:00:00", "late_request"),
    ("mercredi", "2027-01-06", "journee", "2026-12-23 23:59:59", "late_request"),  # a day without an hour
    ("mercredi", "2027-04-28", "matin-repas", "2027-04-16 12:00:00", "late_request"),
    # « Une session se réserve entière ; ses dates d’ouverture et de clôture sont affichées. »
    ("vacances", "2026-10-19", None, "2026-10-02 18:00:00", "refused"),  # its first day
    ("vacances", "2026-10-23", None, "2026-10-02 18:00:00", "refused"),  # and its last
    ("vacances", "2026-10-26", None, "2026-10-09 18:00:00", "refused"),
    ("vacances", "2026-12-24", None, "2026-12-04 18:00:00", "refused"),
    ("vacances", "2027-04-12", None, "2027-03-26 18:00:00", "refused"),
    ("vacances", "2027-07-05", None, "2027-06-14 23:59:59", "refused"),  # three weeks before July's first day
    ("vacances", "2027-07-30", None, "2027-06-14 23:59:59", "refused"),
    # « avant le 20 du mois précédent »
    ("halte", "2026-12-01", None, "2026-11-19 23:59:59", "late_request"),
    ("halte", "2026-12-31", None, "2026-11-19 23:59:59", "late_request"),
    ("halte", "2027-01-04", None, "2026-12-19 23:59:59", "late_request"),
    ("halte", "2027-02-26", None, "2027-01-19 23:59:59", "late_request"),
    ("halte", "2026-10-30", None, "2026-09-19 23:59:59", "late_request"),
    # « Dix jours avant le premier du mois. »
    ("sports", "2026-12-12", None, "2026-11-21 23:59:59", "refused"),
    ("sports", "2027-01-09", None, "2026-12-22 23:59:59", "refused"),
    ("sports", "2027-03-06", None, "2027-02-19 23:59:59", "refused"),  # February has 28 days
    ("sports", "2027-04-03", None, "2027-03-22 23:59:59", "refused"),  # before summer time
]


@pytest.mark.parametrize(("activity", "wanted", "slot", "until", "after"), BOOKING)
def test_the_last_moment_to_book(
    fontbrune: Reglement, activity: str, wanted: str, slot: str | None, until: str, after: str
) -> None:
    in_time = decide(fontbrune, activity, wanted, paris(until), slot)
    late = decide(fontbrune, activity, wanted, paris(until) + ONE_SECOND, slot)

    assert (in_time.open, in_time.booking.until) == (True, paris(until))
    assert (in_time.booking.allowed, in_time.booking.late) == (True, False)
    assert (late.booking.late, late.booking.after) == (True, after)
    assert late.booking.allowed is (after == "surcharge")


# Activity, day, slot, the last second to cancel, what comes after.
CANCELLING = [
    # « J-2, week-end non compté, avant 12 h. »
    ("restauration", "2026-12-10", None, "2026-12-08 12:00:00", "billed"),
    ("restauration", "2026-12-14", None, "2026-12-10 12:00:00", "billed"),  # a Monday
    ("restauration", "2026-12-15", None, "2026-12-11 12:00:00", "billed"),  # a Tuesday
    ("restauration", "2026-11-12", None, "2026-11-09 12:00:00", "billed"),  # 11 November does not count
    ("restauration", "2027-01-04", None, "2026-12-30 12:00:00", "billed"),  # nor does 1 January
    ("restauration", "2027-03-30", None, "2027-03-25 12:00:00", "billed"),  # nor Easter Monday, nor the clock's hour
    ("restauration", "2027-05-18", None, "2027-05-13 12:00:00", "billed"),  # nor Whit Monday
    # « Trois jours ouvrés avant ; ensuite la réservation est définitive. »
    ("garderie-matin", "2026-12-10", None, "2026-12-07 23:59:59", "refused"),
    ("garderie-matin", "2026-12-14", None, "2026-12-09 23:59:59", "refused"),
    ("garderie-matin", "2026-11-12", None, "2026-11-06 23:59:59", "refused"),
    ("garderie-matin", "2027-01-04", None, "2026-12-29 23:59:59", "refused"),
    # « 24 heures à l’avance ; au-delà, écrivez au guichet, qui décide. »
    ("garderie-soir", "2026-12-10", "seconde-heure", "2026-12-09 17:30:00", "late_request"),
    # « La veille avant midi. »
    ("atelier", "2026-12-10", None, "2026-12-09 12:00:00", "billed"),
    ("atelier", "2026-11-12", None, "2026-11-11 12:00:00", "billed"),  # a public holiday
    # « Elle s’annule dans le même délai. »
    ("etude", "2026-12-17", None, "2026-12-09 17:00:00", "billed"),
    # « On annule huit jours avant le début de la période. »
    ("mercredi", "2026-11-04", "journee", "2026-10-25 23:59:59", "billed"),  # the day with 25 hours
    ("mercredi", "2026-12-16", "matin", "2026-10-25 23:59:59", "billed"),
    ("mercredi", "2027-01-06", "matin", "2026-12-27 23:59:59", "billed"),
    # « On annule une session deux semaines avant ; ensuite elle est due. »
    ("vacances", "2026-10-23", None, "2026-10-05 23:59:59", "refused"),
    ("vacances", "2027-04-16", None, "2027-03-29 23:59:59", "refused"),
    # « Trois jours ouvrables avant. »: Saturdays count
    ("sports", "2026-12-12", None, "2026-12-09 23:59:59", "billed"),
    ("sports", "2026-11-14", None, "2026-11-10 23:59:59", "billed"),  # 11 November does not
]


@pytest.mark.parametrize(("activity", "wanted", "slot", "until", "after"), CANCELLING)
def test_the_last_moment_to_cancel(
    fontbrune: Reglement, activity: str, wanted: str, slot: str | None, until: str, after: str
) -> None:
    in_time = decide(fontbrune, activity, wanted, paris(until), slot)
    late = decide(fontbrune, activity, wanted, paris(until) + ONE_SECOND, slot)

    assert in_time.cancelling.until == paris(until)
    assert (in_time.cancelling.allowed, in_time.cancelling.late) == (True, False)
    assert (late.cancelling.late, late.cancelling.after) == (True, after)
    assert late.cancelling.allowed is (after == "billed")


# Activity, day, slot, the first second at which booking is open.
OPENING = [
    # « et pas plus de quatre semaines à l’avance »
    ("restauration", "2026-12-15", None, "2026-11-16 09:00:00"),
    ("restauration", "2027-01-04", None, "2026-12-07 09:00:00"),
    ("restauration", "2027-03-30", None, "2027-03-01 09:00:00"),  # in winter time, for a day of summer time
    # « Chaque période ouvre un matin à 9 h »
    ("mercredi", "2026-11-04", "matin", "2026-10-05 09:00:00"),
    ("mercredi", "2026-12-16", "matin", "2026-10-05 09:00:00"),
    ("mercredi", "2027-05-05", "journee", "2027-03-29 09:00:00"),  # the first morning of summer time but one
    ("vacances", "2026-10-19", None, "2026-09-14 09:00:00"),
    ("vacances", "2026-12-24", None, "2026-11-16 09:00:00"),
    ("vacances", "2027-07-12", None, "2027-05-10 09:00:00"),  # eight weeks before July's first day
    ("halte", "2027-01-04", None, "2026-12-01 00:00:00"),  # a day without an hour
]


@pytest.mark.parametrize(("activity", "wanted", "slot", "opens"), OPENING)
def test_the_first_moment_to_book(
    fontbrune: Reglement, activity: str, wanted: str, slot: str | None, opens: str
) -> None:
    before = decide(fontbrune, activity, wanted, paris(opens) - ONE_SECOND, slot)
    first = decide(fontbrune, activity, wanted, paris(opens), slot)

    assert first.booking.opens == before.booking.opens == paris(opens)
    assert (before.booking.allowed, first.booking.allowed) == (False, True)


def test_a_late_morning_costs_more_until_seven(fontbrune: Reglement) -> None:
    """« au-delà, jusqu’à 7 h, le prix est majoré »"""
    last = decide(fontbrune, "garderie-matin", "2026-12-10", paris("2026-12-10 07:00:00"))
    too_late = decide(fontbrune, "garderie-matin", "2026-12-10", paris("2026-12-10 07:00:01"))

    assert (last.booking.allowed, last.price and last.price.centimes) == (True, 165 + 80)
    assert not too_late.booking.allowed


def test_free_hours_count_from_the_arrival(fontbrune: Reglement) -> None:
    """« 48 heures à l’avance », counted from the arrival that was chosen."""
    arrival, departure = time(10, 30), time(15)
    until = paris("2026-12-08 10:30:00")
    found = decide_day(
        fontbrune, "halte", day("2026-12-10"), until, ChildFacts(), FamilyFacts(), hours=(arrival, departure)
    )

    assert (found.cancelling.until, found.minutes) == (until, 270)


@pytest.mark.parametrize(
    ("activity", "wanted", "is_open"),
    [
        ("restauration", "2027-02-12", True),  # zone A's last day before the holidays of February
        ("restauration", "2027-02-15", False),
        ("restauration", "2027-03-01", True),
        ("restauration", "2026-11-13", False),  # « Journée pédagogique »
        ("restauration", "2027-05-07", False),  # the bridge of the Ascension
        ("restauration", "2027-03-26", True),  # Good Friday: not in Alsace nor Moselle
        ("halte", "2027-02-15", True),  # all the year
        ("vacances", "2027-02-16", True),
        ("vacances", "2027-02-23", False),  # no session that week
        ("sports", "2026-12-12", True),
        ("sports", "2026-12-26", False),
        ("etude", "2026-09-04", False),  # it begins on 7 September
    ],
)
def test_the_days_of_zone_a(fontbrune: Reglement, activity: str, wanted: str, is_open: bool) -> None:
    assert decide(fontbrune, activity, wanted, paris("2026-06-01 12:00:00")).open is is_open


@pytest.mark.parametrize(
    ("wanted", "slot", "is_open"), [("2026-12-10", "deux-heures", True), ("2026-12-11", "deux-heures", False)]
)
def test_a_slot_has_its_own_days(fontbrune: Reglement, wanted: str, slot: str, is_open: bool) -> None:
    assert decide(fontbrune, "garderie-soir", wanted, paris("2026-12-01 12:00:00"), slot).open is is_open


def test_what_is_booked_at_once_and_who_must_accept(fontbrune: Reglement) -> None:
    units = {name: activity.unit for name, activity in fontbrune.activities.items() if activity.unit != "day"}
    accepted = {name for name, activity in fontbrune.activities.items() if activity.booking.approval}

    assert units == {"etude": "week", "vacances": "session"}
    assert accepted == {"vacances", "halte"}
