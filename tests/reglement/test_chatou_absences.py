"""Chatou's leaflet: absences and the certificate, coming without a booking, the nursery."""

import pytest
from support.leaflet import ONE_SECOND, day, paris, town

from functions.domain.absences import decide_absence
from functions.domain.activity import WaitingList
from functions.domain.reglement import Reglement
from functions.domain.tariffs import Surcharge

CARE = ("restauration", "garderie", "tap", "etude-surveillee", "loisirs-mercredi", "loisirs-vacances", "creche")


@pytest.fixture(scope="module")
def chatou() -> Reglement:
    return town("chatou")


# « En cas de maladie, vous ne serez pas facturé si vous transmettez un certificat médical dans les 72h qui suivent le
# 1er jour d'absence »: activity, days missed, the last second for the certificate.
CERTIFICATES = [
    ("restauration", ("2026-12-10",), "2026-12-13 23:59:59"),
    ("restauration", ("2026-12-10", "2026-12-11", "2026-12-14"), "2026-12-13 23:59:59"),  # the first day counts
    ("garderie", ("2027-03-26",), "2027-03-29 23:59:59"),  # the night of 23 hours
    ("loisirs-vacances", ("2026-10-23",), "2026-10-26 23:59:59"),  # the night of 25 hours
    ("loisirs-vacances", ("2026-12-31",), "2027-01-03 23:59:59"),  # another year
    ("tap", ("2028-02-29", "2028-03-03"), "2028-03-03 23:59:59"),  # a leap day
    ("loisirs-mercredi", ("2026-12-09",), "2026-12-12 23:59:59"),
    ("creche", ("2026-12-10",), "2026-12-13 23:59:59"),
]


@pytest.mark.parametrize(("activity", "missed", "until"), CERTIFICATES)
@pytest.mark.parametrize("late", [0, 1, None])
def test_a_certificate_within_72_hours(
    chatou: Reglement, activity: str, missed: tuple[str, ...], until: str, late: int | None
) -> None:
    rules = chatou.activities[activity]
    assert rules.absence is not None
    days = [day(text) for text in missed]
    sent = None if late is None else paris(until) + late * ONE_SECOND
    found = decide_absence(rules.absence, rules, days, None, sent, chatou.calendar.public_holidays)

    assert found.certificate_until == paris(until)
    assert list(found.billed) == ([] if late == 0 else days)


def test_every_activity_says_so(chatou: Reglement) -> None:
    assert set(chatou.activities) == set(CARE)
    for activity in chatou.activities.values():
        assert activity.absence is not None
        assert "72h" in activity.absence.source


@pytest.mark.parametrize("activity", [name for name in CARE if name != "creche"])
def test_presence_without_booking_costs_more(chatou: Reglement, activity: str) -> None:
    """« En cas de présence sans réservation, le coût de la prestation sera majoré. »"""
    rules = chatou.activities[activity]

    assert rules.attendance is not None
    assert rules.attendance.without_booking == "surcharge"
    assert "présence sans réservation" in rules.attendance.source
    for version in chatou.tariffs[rules.tariff].versions:
        assert version.unbooked not in (None, Surcharge())


def test_the_nursery_is_asked_for_and_waited_for(chatou: Reglement) -> None:
    """« Pré-inscription en crèche (liste d'attente) »"""
    nursery = chatou.activities["creche"]

    assert nursery.booking.approval
    assert nursery.enrolment is not None
    assert nursery.capacity is not None
    assert isinstance(nursery.capacity.waiting, WaitingList)
    assert nursery.capacity.waiting.mode == "manual"
    assert chatou.services[nursery.service].phone == "01 34 80 49 98"


def test_the_documents_that_the_leaflet_names(chatou: Reglement) -> None:
    """« vos justificatifs nécessaires à la réalisation de vos démarches (ex : certificat de grossesse, avis
    d'imposition...) »: none is said to block.
    """
    names = [chatou.documents[name].name for name in chatou.activities["creche"].documents]

    assert names == ["Certificat de grossesse", "Avis d’imposition"]
    assert not any(asked.blocking for rules in chatou.activities.values() for asked in rules.required_documents)
