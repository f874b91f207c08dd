"""Chalonnes' two leaflets, sentence by sentence: a table written from the paper, with pencil and calendar."""

from datetime import UTC, date, datetime

import pytest
from support.engine import ROOT

from functions.domain.decisions import ChildFacts, DayDecision, FamilyFacts, decide_day
from functions.domain.reglement import Reglement
from functions.reglement.compiled import loads
from functions.reglement.source import check, compile_directory

TOWN = ROOT / "tests/communes/chalonnes"
THURSDAY = date(2026, 12, 10)
EARLY = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def chalonnes() -> Reglement:
    return loads(compile_directory(TOWN))


def decide(town: Reglement, activity: str, child: ChildFacts, day: date = THURSDAY) -> DayDecision:
    return decide_day(town, activity, day, EARLY, child, FamilyFacts())


def test_the_rules_are_coherent() -> None:
    assert check(TOWN) == []


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


@pytest.mark.parametrize("activity", ["accueil-periscolaire", "restauration"])
def test_the_documents_asked_for(chalonnes: Reglement, activity: str) -> None:
    """« Ces documents sont obligatoires et bloquants au moment de l'inscription »"""
    asked = decide(chalonnes, activity, PUBLIC).documents

    assert [chalonnes.documents[name].name for name in asked] == [
        "Numéro d’allocataire CAF/MSA",
        "Attestation de responsabilité civile individuelle",
        "Copie des vaccins à jour",
    ]


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
    ("activity", "day", "is_open"),
    [
        ("restauration", date(2026, 12, 8), True),
        ("restauration", date(2026, 12, 21), False),  # Christmas holidays
        ("restauration", date(2027, 2, 8), True),  # zone C is away, not zone B
        ("restauration", date(2027, 2, 22), False),  # zone B
        ("accueil-extrascolaire", date(2027, 2, 22), True),
        ("accueil-extrascolaire", date(2027, 2, 8), False),
    ],
)
def test_the_days_of_zone_b(chalonnes: Reglement, activity: str, day: date, is_open: bool) -> None:
    assert decide(chalonnes, activity, PUBLIC, day).open is is_open


def test_what_the_leaflets_leave_open_is_said(chalonnes: Reglement) -> None:
    for activity in chalonnes.activities.values():
        assert activity.booking.source.startswith("«")
        assert activity.booking.choice
        assert activity.cancelling.choice
    for tariff in chalonnes.tariffs.values():
        assert all(version.choice for version in tariff.versions)
