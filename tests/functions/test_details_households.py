"""Households that meet at one address by somebody's typing, and households that empty: nothing leaks, nothing is left."""

from typing import Any

from support import factories
from support.client import Browser, Portal
from support.own_file import DESK, ELSEWHERE, Family, family, move, see

from functions.domain.foyer import Address

__all__ = ["family"]

ONE = Address("1 rue Basse", "49100", "Angers")
TWO = Address("2 rue Haute", "49100", "Angers")


def accepted(agent: Browser, request_id: str, resident: str = "") -> Any:
    return agent.post(f"{DESK}/{request_id}/accept", {"choice": {"resident": resident} if resident else {}})


def asked(browser: Browser, address: Address, *, together: bool) -> str:
    answer = move(browser, address, together=together)
    assert answer.status_code == 200, answer.text
    return str(answer.get_json()["address"]["request"]["request_id"])


def test_a_household_that_types_the_address_of_somebody_else_learns_nothing_and_takes_nobody_along(
    portal: Portal, family: Family
) -> None:
    agent = factories.agent(portal, "guichet-unique")
    assert accepted(agent, asked(family.camille, ELSEWHERE, together=True), "non").status_code == 200

    assert see(family.camille)["address"]["companions"] == ["Dominique"]
    assert not see(family.alix)["address"]["at_home"]

    assert accepted(agent, asked(family.camille, ONE, together=True), "non").status_code == 200
    assert see(family.alix)["address"]["address"]["line1"] == ELSEWHERE.line1
    assert family.guardian("Alix").address == ELSEWHERE


def test_the_last_of_a_household_to_leave_is_not_accepted_as_one_who_leaves_it(portal: Portal, family: Family) -> None:
    agent = factories.agent(portal, "guichet-unique")
    first, second = asked(family.camille, ONE, together=False), asked(family.dominique, TWO, together=False)

    assert accepted(agent, first).status_code == 200
    late = accepted(agent, second)

    assert (late.status_code, late.get_json()["code"]) == (409, "file_moved"), late.text
    assert see(family.dominique)["address"]["at_home"]


def test_what_the_other_household_does_is_not_seen_from_elsewhere(portal: Portal, family: Family) -> None:
    agent = factories.agent(portal, "guichet-unique")
    before = see(family.alix)["address"]["version"]
    dashboard = family.alix.get("/api/family/dashboard").get_json()
    assert accepted(agent, asked(family.camille, ONE, together=True), "non").status_code == 200

    assert see(family.alix)["address"]["version"] == before
    assert family.alix.get("/api/family/dashboard").get_json() == dashboard
