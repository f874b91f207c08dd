"""A change of address that an agent decides: asked, accepted, refused, taken back, whoever else writes meanwhile."""

from dataclasses import replace
from typing import Any

import pytest
from support import factories
from support.client import Browser, Portal
from support.leaflet import town
from support.own_file import DESK, DETAILS, ELSEWHERE, Family, family, made, move, ruled_by, see, within
from support.sign_up import at_once, letters, run_jobs
from werkzeug.wrappers import Response

from functions.domain.foyer import Address
from functions.store import events, foyers

__all__ = ["family"]

NEW = Address("8 place Neuve", "49290", "Villeparvis-sur-Loire")


@pytest.fixture
def agent(portal: Portal) -> Browser:
    return factories.agent(portal, "guichet-unique")


def ask(browser: Browser, address: Address = NEW, **more: Any) -> str:
    answer = move(browser, address, **more)
    assert answer.status_code == 200, answer.text
    return str(answer.get_json()["address"]["request"]["request_id"])


def accept(agent: Browser, request_id: str, resident: str = "oui") -> Response:
    choice = {"resident": resident} if resident else {}
    return agent.post(f"{DESK}/{request_id}/accept", {"choice": choice})


def refuse(agent: Browser, request_id: str) -> Response:
    return agent.post(f"{DESK}/{request_id}/refuse", {"reason": "Le justificatif est illisible."})


def withdraw(browser: Browser, request_id: str) -> Response:
    return browser.post(f"{DETAILS}/address/requests/{request_id}/withdraw", {})


def test_the_old_address_stays_in_force_and_everybody_who_must_knows_since_when(family: Family, agent: Browser) -> None:
    request_id = ask(family.camille)

    shown = see(family.camille)["address"]
    assert shown["request"]["status"] == "open"
    assert shown["address"]["line1"] == "12 rue des Tilleuls"
    dashboard = family.camille.get("/api/family/dashboard").get_json()
    assert dashboard["foyer"]["address_asked_at"] == shown["request"]["at"]
    [told] = dashboard["last_requests"]
    assert (told["label"], told["status"], told["at"]) == ("Changement d’adresse", "open", shown["request"]["at"])
    assert see(family.dominique)["address"]["request"] is None
    read = agent.get(f"{DESK}/{request_id}").get_json()
    assert read["data"]["Adresse"] == {
        "before": "12 rue des Tilleuls, 49290 Villeparvis-sur-Loire",
        "after": "8 place Neuve, 49290 Villeparvis-sur-Loire",
    }
    assert read["data"]["Dans la commune"]["before"] == "oui"
    assert read["data"]["À vérifier"] == "Justificatif de domicile"
    assert [option["value"] for option in read["choices"][0]["options"]] == ["oui", "non"]


def test_accepting_moves_the_household_and_tells_both_parents(portal: Portal, family: Family, agent: Browser) -> None:
    done = accept(agent, ask(family.camille))
    run_jobs()

    assert (done.status_code, done.get_json()["status"]) == (200, "accepted")
    assert (family.file.address, family.file.resident) == (NEW, True)
    assert see(family.dominique)["address"]["address"]["line1"] == NEW.line1
    assert family.guardian("Alix").address == ELSEWHERE
    texts = [letter.get_content() for letter in letters(portal)]
    assert len(texts) == 2
    assert not [text for text in texts if "habite" in text]


def test_the_agent_says_whether_the_family_still_lives_in_the_commune(
    portal: Portal, family: Family, agent: Browser
) -> None:
    request_id = ask(family.camille, ELSEWHERE)

    silent = accept(agent, request_id, "")
    assert (silent.status_code, silent.get_json()["errors"][0]["pointer"]) == (422, "/choice/resident")
    assert family.file.resident

    assert accept(agent, request_id, "non").status_code == 200
    run_jobs()
    assert not family.file.resident
    assert all("n’habite plus la commune" in letter.get_content() for letter in letters(portal))


def test_nothing_is_asked_of_prices_when_somebody_moves_alone(family: Family, agent: Browser) -> None:
    request_id = ask(family.camille, ELSEWHERE, together=False)

    assert agent.get(f"{DESK}/{request_id}").get_json()["choices"] == []
    assert accept(agent, request_id, "").status_code == 200
    assert family.file.resident
    assert family.file.address.line1 == "12 rue des Tilleuls"
    assert family.guardian("Camille").address == ELSEWHERE


def test_a_refusal_is_told_with_its_reason_and_another_can_be_asked(
    portal: Portal, family: Family, agent: Browser
) -> None:
    assert refuse(agent, ask(family.camille)).status_code == 200
    run_jobs()

    [letter] = letters(portal)
    assert "Le justificatif est illisible." in letter.get_content()
    assert NEW.line1 not in letter.get_content()
    shown = see(family.camille)["address"]["request"]
    assert (shown["status"], shown["reason"]) == ("refused", "Le justificatif est illisible.")
    assert family.file.address.line1 == "12 rue des Tilleuls"
    assert ask(family.camille)


def test_one_request_at_a_time_waits_for_an_answer(family: Family) -> None:
    first = ask(family.camille)

    again = move(family.camille, ELSEWHERE)
    assert (again.status_code, again.get_json()["code"]) == (409, "address_request_open")

    assert withdraw(family.camille, first).get_json()["address"]["request"]["status"] == "withdrawn"
    assert ask(family.camille, ELSEWHERE) != first


def test_a_request_taken_back_leaves_the_desk_and_cannot_be_accepted(family: Family, agent: Browser) -> None:
    request_id = ask(family.camille)
    assert withdraw(family.camille, request_id).status_code == 200

    late = accept(agent, request_id)

    assert (late.status_code, late.get_json()["code"]) == (409, "already_decided")
    assert "annulée par la famille" in late.get_json()["detail"]
    assert agent.get(f"{DESK}?service=guichet-unique").get_json()["requests"] == []
    assert agent.get(f"{DESK}/{request_id}").get_json()["status"] == "withdrawn"


@pytest.mark.parametrize("name", ["dominique", "alix"])
def test_the_request_of_another_guardian_is_as_unknown_as_nobodys(family: Family, name: str) -> None:
    request_id = ask(family.camille)
    other: Browser = getattr(family, name)

    assert withdraw(other, request_id).data == withdraw(other, "0" * 32).data
    assert see(family.camille)["address"]["request"]["status"] == "open"


def test_a_file_that_moved_meanwhile_is_not_written_over(portal: Portal) -> None:
    rules = town("chatou")
    with ruled_by(rules):
        family = made(portal, rules.commune.postcode, rules.commune.name)
        agent = factories.agent(portal, "pole-enfance")
        request_id = ask(family.camille, within(rules))
        foyers.write(replace(family.file, address=replace(within(rules), line1="1 rue du Lac")), family.file)

        late = accept(agent, request_id)

        assert (late.status_code, late.get_json()["code"]) == (409, "file_moved")
        assert "1 rue du Lac" in late.get_json()["detail"]
        assert family.file.address.line1 == "1 rue du Lac"
        assert refuse(agent, request_id).status_code == 200


def test_an_agent_of_another_service_finds_nothing(portal: Portal, family: Family) -> None:
    request_id = ask(family.camille)

    assert factories.agent(portal, "mairie").get(f"{DESK}/{request_id}").status_code == 404


def test_the_same_request_sent_again_opens_one(family: Family, agent: Browser) -> None:
    seen, key = see(family.camille)["address"]["version"], "1" * 36

    answers = [move(family.camille, NEW, key=key, seen=seen) for _ in range(3)]

    assert len({answer.get_json()["address"]["request"]["request_id"] for answer in answers}) == 1
    assert len(agent.get(f"{DESK}?service=guichet-unique").get_json()["requests"]) == 1
    other = move(family.camille, ELSEWHERE, key=key, seen=seen)
    assert (other.status_code, other.get_json()["code"]) == (422, "idempotency_mismatch")


# Races


@pytest.mark.parametrize("_", range(3))
def test_one_of_two_agents_and_of_the_family_wins(portal: Portal, family: Family, _: int) -> None:
    """Whatever wins, the file says the same as the request, and the others are told who was first."""
    request_id = ask(family.camille)
    first, second = (factories.agent(portal, "guichet-unique") for _ in range(2))
    deeds = (
        lambda: accept(first, request_id),
        lambda: refuse(second, request_id),
        lambda: withdraw(family.camille, request_id),
    )

    answers = at_once(lambda rank: deeds[rank](), 3)

    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    status = see(family.camille)["address"]["request"]["status"]
    assert (family.file.address == NEW) is (status == "accepted")


def test_of_two_requests_sent_at_once_one_is_open(family: Family, agent: Browser) -> None:
    seen = see(family.camille)["address"]["version"]
    places = (NEW, ELSEWHERE)

    answers = at_once(lambda rank: move(family.camille, places[rank], seen=seen), 2)

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert len(agent.get(f"{DESK}?service=guichet-unique").get_json()["requests"]) == 1


def test_what_is_kept_of_a_request_in_the_audit_is_no_address(family: Family) -> None:
    ask(family.camille)

    details = [event.details for event in events.find_by_prefix("core", foyers.partition(family.foyer_id), "")]

    assert {"kind": "address_change", "service": "guichet-unique"} in details
    assert "Neuve" not in str(details)
