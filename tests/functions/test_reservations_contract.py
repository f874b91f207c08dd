"""Chalonnes: « Les familles sous contrat régulier n’ont aucune démarche à effectuer », in the real calendar."""

from dataclasses import replace
from pathlib import Path

import pytest
from support import factories, places_town, town
from support.client import Browser, Portal
from support.reservations import day_of, problem, see, send, ticks

THURSDAY = "2026-12-10"
REASON = "Les familles sous contrat régulier n’ont aucune démarche à effectuer."


@pytest.fixture(scope="session")
def reglement_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("town") / "reglement.json"
    town.publish(path, places_town.reglement())
    return path


def family_of(portal: Portal, contract: str) -> tuple[Browser, str]:
    child = replace(factories.child("Léo", school="tilleuls"), contract=contract)
    return factories.signed_in(portal, factories.family(child).foyer_id), child.person_id


def test_a_child_under_a_regular_contract_has_nothing_to_book(portal: Portal) -> None:
    browser, child = family_of(portal, "regular")
    view = see(browser, "multi-accueil")

    refused = problem(send(browser, view, ticks(child, THURSDAY), total=200), 409, "days_refused")

    assert not view["children"][0]["eligible"]
    assert view["children"][0]["ineligible_reason"] == REASON
    assert refused["errors"][0]["detail"].startswith(f"{REASON} Contact\u202f: Service scolaire")


@pytest.mark.parametrize("contract", ["occasional", ""])
def test_a_child_under_an_occasional_contract_or_of_none_known_books(portal: Portal, contract: str) -> None:
    """What nobody wrote down refuses nothing."""
    browser, child = family_of(portal, contract)

    answer = send(browser, see(browser, "multi-accueil"), ticks(child, THURSDAY))

    assert answer.status_code == 201, answer.text
    assert day_of(see(browser, "multi-accueil"), child, THURSDAY)["state"] == "booked"
