"""Chalonnes' two leaflets, sentence by sentence: a table written from the paper, with pencil and calendar."""

from datetime import date, datetime

import pytest
from support.leaflet import COMMUNES, ONE_SECOND, day, paris, town

from functions.domain.decisions import ChildFacts, DayDecision, FamilyFacts, decide_day
from functions.domain.reglement import Reglement
from functions.reglement.source import check

THURSDAY = day("2026-12-10")
EARLY = paris("2026-11-21 09:00:00")


@pytest.fixture(scope="module")
def chalonnes() -> Reglement:
    return town("chalonnes")


def decide(
    rules: Reglement,
    activity: str,
    child: ChildFacts,
    wanted: date = THURSDAY,
    now: datetime = EARLY,
    slot: str | None = None,
) -> DayDecision:
    return decide_day(rules, activity, wanted, now, child, FamilyFacts(), slot=slot)


def test_the_rules_are_coherent() -> None:
    assert check(COMMUNES / "chalonnes") == []


PRIVATE = ChildFacts(school="saint-joseph", level="CE1")
PUBLIC = ChildFacts(school="ecole-publique", level="CE1")


@pytest.mark.parametrize(
    ("activity", "child", "eligible"),
    [
        # « Pour les enfants de l'école privée : les repas doivent être réservés directement auprès de l'école. »
        ("restauration", PRIVATE, False),
        ("restauration", PUBLIC, True),
        # only « la restauration collective de l'école privée » is the OGEC's
        ("accueil-periscolaire", PRIVATE, True),
        ("accueil-periscolaire", PUBLIC, True),
        # « seuls les enfants accueillis de manière occasionnelle doivent réserver leurs créneaux »
        ("multi-accueil", ChildFacts(school="", contract="occasional"), True),
        # « Les familles sous contrat régulier n'ont aucune démarche à effectuer. »
        ("multi-accueil", ChildFacts(school="", contract="regular"), False),
    ],
)
def test_who_may_book(chalonnes: Reglement, activity: str, child: ChildFacts, eligible: bool) -> None:
    found = decide(chalonnes, activity, child)

    assert found.open
    assert found.eligible is eligible
    assert found.booking.allowed is eligible


def test_the_private_school_is_told_to_ask_its_school(chalonnes: Reglement) -> None:
    """« La restauration collective de l'école privée est gérée directement par l'organisme de gestion des écoles
    catholiques (OGEC). »
    """
    found = decide(chalonnes, "restauration", PRIVATE)

    assert "les repas doivent être réservés directement auprès de l’école" in found.ineligible_reason
    assert chalonnes.services[found.contact].name == "Organisme de gestion des écoles catholiques (OGEC)"
    assert not chalonnes.services[found.contact].listed


def test_a_regular_contract_has_nothing_to_do(chalonnes: Reglement) -> None:
    found = decide(chalonnes, "multi-accueil", ChildFacts(contract="regular"))

    assert found.ineligible_reason == "Les familles sous contrat régulier n’ont aucune démarche à effectuer."
    assert chalonnes.services[found.contact].phone == "02 41 78 19 82"


# Neither leaflet gives a delay: 24 hours before the start, of the slot where there is one, are a choice.
LIMITS = [
    ("restauration", "2026-12-10", None, "2026-12-09 11:45:00"),
    ("restauration", "2027-01-04", None, "2027-01-03 11:45:00"),  # the eve of the first day of class
    ("restauration", "2026-09-01", None, "2026-08-31 11:45:00"),
    ("accueil-periscolaire", "2026-11-12", None, "2026-11-11 16:30:00"),  # a public holiday
    ("accueil-extrascolaire", "2026-10-26", None, "2026-10-25 08:00:00"),  # summer time ended that night
    ("espace-jeunesse", "2026-12-09", None, "2026-12-08 14:00:00"),
    ("multi-accueil", "2026-12-10", "matin", "2026-12-09 08:00:00"),
    ("multi-accueil", "2026-12-10", "matin-repas", "2026-12-09 08:00:00"),
    ("multi-accueil", "2026-12-10", "apres-midi", "2026-12-09 13:30:00"),
    ("multi-accueil", "2027-03-29", "journee", None),  # Easter Monday
    ("multi-accueil", "2027-03-30", "journee", "2027-03-29 08:00:00"),
]


@pytest.mark.parametrize(("activity", "wanted", "slot", "until"), LIMITS)
def test_the_last_moment_to_book_and_to_cancel(
    chalonnes: Reglement, activity: str, wanted: str, slot: str | None, until: str | None
) -> None:
    """« Réservez, modifiez ou annulez vos réservations aux activités. »"""
    child = ChildFacts(school="ecole-publique", contract="occasional")
    if until is None:
        assert not decide(chalonnes, activity, child, day(wanted), slot=slot).open
        return
    in_time = decide(chalonnes, activity, child, day(wanted), paris(until), slot=slot)
    late = decide(chalonnes, activity, child, day(wanted), paris(until) + ONE_SECOND, slot=slot)

    assert in_time.booking.until == in_time.cancelling.until == paris(until)
    assert (in_time.booking.allowed, in_time.cancelling.late) == (True, False)
    assert (late.booking.allowed, late.booking.after) == (False, "refused")
    assert (late.cancelling.late, late.cancelling.after) == (True, "billed")


@pytest.mark.parametrize(
    ("name", "phone"),
    [
        ("Mairie", "02 41 74 10 81"),
        ("Multi accueil", "02 41 78 19 82"),
        ("Accueil périscolaire", "02 41 78 51 11"),
        ("Accueil extrascolaire «\u202fLes Goulidons\u202f»", "02 41 78 03 58"),
        ("L’espace jeunesse «\u202fLe Spot\u202f»", "02 41 44 85 69"),
    ],
)
def test_services_as_printed(chalonnes: Reglement, name: str, phone: str) -> None:
    assert {service.name: service.phone for service in chalonnes.services.values()}[name] == phone


@pytest.mark.parametrize(
    ("activity", "wanted", "is_open"),
    [
        ("restauration", "2026-12-08", True),
        ("restauration", "2026-12-21", False),  # Christmas holidays
        ("restauration", "2027-02-08", True),  # zone C is away, not zone B
        ("restauration", "2027-02-22", False),  # zone B
        ("accueil-extrascolaire", "2027-02-22", True),
        ("accueil-extrascolaire", "2027-02-08", False),
    ],
)
def test_the_days_of_zone_b(chalonnes: Reglement, activity: str, wanted: str, is_open: bool) -> None:
    assert decide(chalonnes, activity, PUBLIC, day(wanted)).open is is_open


def test_what_the_leaflets_leave_open_is_said(chalonnes: Reglement) -> None:
    for activity in chalonnes.activities.values():
        assert activity.booking.source.startswith("«")
        assert activity.booking.choice
        assert activity.cancelling.choice
    for tariff in chalonnes.tariffs.values():
        assert all(version.choice for version in tariff.versions)
