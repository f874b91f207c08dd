"""Households that meet at an address somebody typed, households that empty: nothing leaks, nothing is left."""

from dataclasses import replace
from typing import Any

from support import factories
from support.client import Browser, Portal
from support.leaflet import town
from support.own_file import DESK, ELSEWHERE, Family, family, made, move, ruled_by, see, within
from support.sign_up import at_once, letters, run_jobs

from functions.domain.contact_details import at_home
from functions.domain.foyer import Address
from functions.store import access as access_store
from functions.store import accounts, foyers
from functions.store.transactions import Transaction

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


def test_of_two_who_leave_one_home_at_once_the_second_is_shown_that_they_are_alone(portal: Portal) -> None:
    rules = town("chambly")
    with ruled_by(rules):
        family = made(portal, rules.commune.postcode, rules.commune.name)
        movers = ((family.camille, within(rules)), (family.dominique, replace(within(rules), line1="9 place Neuve")))
        seen = [see(browser)["address"]["version"] for browser, _ in movers]

        answers = at_once(lambda rank: move(*movers[rank], together=False, seen=seen[rank]), 2)

    assert sorted(answer.status_code for answer in answers) == [200, 412]
    assert len([name for name in ("Camille", "Dominique") if at_home(family.file, family.guardian(name))]) == 1
    last = next(rank for rank, answer in enumerate(answers) if answer.status_code == 412)
    with ruled_by(rules):
        assert move(*movers[last], together=False).status_code == 200
    assert family.file.address == movers[last][1]


def test_who_comes_back_with_another_account_reads_the_answer_there(portal: Portal, family: Family) -> None:
    agent = factories.agent(portal, "guichet-unique")
    request_id = asked(family.camille, ONE, together=False)
    before = family.guardian("Camille")
    account = accounts.find(before.account_id)
    assert account is not None
    transaction = Transaction()
    accounts.add(transaction, replace(account, status="closed"))
    foyers.add_person(transaction, family.foyer_id, replace(before, account_id=""), before.version)
    transaction.commit()
    factories.signed_in(portal, family.foyer_id, before.person_id)

    assert accepted(agent, request_id).status_code == 200
    run_jobs()

    access = access_store.find(family.guardian("Camille").account_id)
    assert access is not None
    assert access.account_id != before.account_id
    assert [letter["To"] for letter in letters(portal)] == [access.email]
