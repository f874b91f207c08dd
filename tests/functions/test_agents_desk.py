"""« À traiter »: an agent reads what waits for a service, accepts or refuses; nobody else does."""

from datetime import timedelta
from typing import Any

import pytest
from support import factories
from support.client import Browser, Portal

from functions.actions import request_kinds
from functions.actions.request_kinds import Kind
from functions.domain.requests import Request
from functions.kit import clock
from functions.store import requests as store
from functions.store.transactions import Transaction

LIST = "/api/agents/requests"
FIRST, SECOND, THIRD = "1" * 32, "2" * 32, "3" * 32


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(request_kinds.KINDS, "try", Kind("Demande d’essai", lambda *_: (), lambda *_: ()))


@pytest.fixture
def agent(portal: Portal) -> Browser:
    """Of two services; three requests wait, the last for a service of somebody else's."""
    for number, (identifier, service) in enumerate([(SECOND, "mairie"), (FIRST, "mairie"), (THIRD, "restauration")]):
        at = clock.now() - timedelta(hours=number)
        transaction = Transaction()
        store.add(transaction, Request(identifier, "try", service, "", at, f"Famille {number}", {"Commune": "Chatou"}))
        transaction.commit()
    return factories.agent(portal, "guichet-unique", "mairie")


def listed(browser: Browser, query: str = "?service=mairie") -> Any:
    answer = browser.get(LIST + query)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def test_an_agent_sees_the_services_decided_for_and_what_waits_the_oldest_first(agent: Browser) -> None:
    seen = listed(agent)

    assert [service["id"] for service in seen["services"]] == ["mairie", "guichet-unique"]
    assert seen["services"][0]["name"] == "Mairie"
    assert [line["request_id"] for line in seen["requests"]] == [FIRST, SECOND]
    assert seen["requests"][0]["kind"] == "Demande d’essai"
    assert (seen["agent"], seen["more"]) == ("Agnès Roux", False)


def test_without_a_service_the_first_one_is_shown(agent: Browser) -> None:
    assert listed(agent, "")["service"] == "mairie"


def test_an_administrator_sees_every_service(portal: Portal, agent: Browser) -> None:
    assert agent
    administrator = factories.agent(portal, "all")

    assert len(listed(administrator)["services"]) == 8
    assert [line["request_id"] for line in listed(administrator, "?service=restauration")["requests"]] == [THIRD]


@pytest.mark.parametrize("service", ["restauration", "piscine"])
def test_another_service_is_told_as_no_service(agent: Browser, service: str) -> None:
    assert agent.get(f"{LIST}?service={service}").status_code == 404


def test_a_long_list_says_that_there_is_more(agent: Browser) -> None:
    for number in range(100):
        transaction = Transaction()
        store.add(transaction, Request(f"{number:032x}", "try", "mairie", "", clock.now(), "Famille"))
        transaction.commit()

    seen = listed(agent)
    assert (len(seen["requests"]), seen["more"]) == (100, True)


def test_a_request_is_shown_with_what_the_family_sent(agent: Browser) -> None:
    shown = agent.get(f"{LIST}/{FIRST}").get_json()

    assert (shown["status"], shown["data"], shown["kind"]) == ("open", {"Commune": "Chatou"}, "Demande d’essai")


def test_accepting_leaves_the_list_and_says_who_and_when(agent: Browser) -> None:
    done = agent.post(f"{LIST}/{FIRST}/accept", {})

    assert done.status_code == 200
    assert (done.get_json()["status"], done.get_json()["decided_by"]) == ("accepted", "Agnès Roux")
    assert [line["request_id"] for line in listed(agent)["requests"]] == [SECOND]
    assert agent.get(f"{LIST}/{FIRST}").get_json()["decided_at"].startswith("2026-11-21T09:0")


def test_refusing_keeps_the_reason_and_asks_for_one(agent: Browser) -> None:
    for reason in ("", "   "):
        refused = agent.post(f"{LIST}/{FIRST}/refuse", {"reason": reason})
        assert (refused.status_code, refused.get_json()["errors"][0]["pointer"]) == (422, "/reason")

    assert agent.post(f"{LIST}/{FIRST}/refuse", {"reason": "Il manque une pièce."}).status_code == 200
    assert agent.get(f"{LIST}/{FIRST}").get_json()["reason"] == "Il manque une pièce."


def test_the_second_agent_is_told_who_decided(portal: Portal, agent: Browser) -> None:
    assert agent.post(f"{LIST}/{FIRST}/accept", {}).status_code == 200

    late = factories.agent(portal, "mairie").post(f"{LIST}/{FIRST}/refuse", {"reason": "Non."})

    assert late.status_code == 409
    assert late.get_json()["code"] == "already_decided"
    assert late.get_json()["decided_by"] == "Agnès Roux"


def test_a_request_of_another_service_is_neither_read_nor_decided(agent: Browser) -> None:
    for answer in (agent.get(f"{LIST}/{THIRD}"), agent.post(f"{LIST}/{THIRD}/accept", {})):
        assert (answer.status_code, answer.get_json()["code"]) == (404, "request_unknown")
    found = store.find(THIRD)
    assert found is not None
    assert found.status == "open"


def test_an_answer_lost_on_the_way_is_given_again(agent: Browser) -> None:
    first, second = (agent.post(f"{LIST}/{FIRST}/accept", {}, key="1" * 32) for _ in range(2))

    assert first.get_json() == second.get_json()
