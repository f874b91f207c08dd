"""The entourage: added, changed, taken out; two parents at once lose nothing (fault 26)."""

from typing import Any

import pytest
from support.client import Browser, Portal
from support.leaflet import town
from support.own_file import DETAILS, Family, family, made, ruled_by, see
from support.sign_up import at_once, errors, killed, letters, run_jobs
from werkzeug.wrappers import Response

from functions.domain.contact_details import MOST_CONTACTS
from functions.store import events, foyers

__all__ = ["family"]

CONTACTS = f"{DETAILS}/contacts"
ANNE = {
    "usual_name": "d’Aÿ",
    "given_name": "Anne-Lise",
    "relationship": "grand-mère",
    "phones": ["06 12 34 56 78"],
    "may_collect": True,
}


def add(browser: Browser, **changed: Any) -> Response:
    key = changed.pop("key", "")
    return browser.post(CONTACTS, {**ANNE, **changed}, key=key)


def added(browser: Browser, **changed: Any) -> Any:
    answer = add(browser, **changed)
    assert answer.status_code == 200, answer.text
    return answer.get_json()["contacts"][-1]


def change(browser: Browser, contact: Any, **changed: Any) -> Response:
    headers = {"If-Match": str(contact["version"])}
    return browser.post(f"{CONTACTS}/{contact['person_id']}", {**ANNE, **changed}, headers=headers)


def remove(browser: Browser, contact: Any) -> Response:
    headers = {"If-Match": str(contact["version"])}
    return browser.post(f"{CONTACTS}/{contact['person_id']}/remove", {}, headers=headers)


def test_both_parents_read_whoever_one_adds_and_are_written_to(portal: Portal, family: Family) -> None:
    added(family.camille)
    run_jobs()

    [seen] = see(family.alix)["contacts"]
    assert (seen["usual_name"], seen["given_name"], seen["phones"]) == ("d’Aÿ", "Anne-Lise", ["+33612345678"])
    assert seen["may_collect"] is True
    assert len(letters(portal)) == 3
    assert not [letter for letter in letters(portal) if "Anne" in letter.get_content()]


def test_a_contact_is_changed_then_taken_out_by_the_other_parent(family: Family) -> None:
    contact = added(family.camille)

    changed = change(family.alix, contact, phones=["07 11 22 33 44"], may_collect=False)
    assert changed.get_json()["contacts"][0]["phones"] == ["+33711223344"]
    assert changed.get_json()["contacts"][0]["may_collect"] is False

    assert remove(family.alix, changed.get_json()["contacts"][0]).get_json()["contacts"] == []
    assert family.file.contacts == ()
    names = [event.name for event in events.find_by_prefix("core", foyers.partition(family.foyer_id), "")]
    assert sorted(names) == ["contact.added", "contact.changed", "contact.removed"]


def test_two_parents_who_edit_one_contact_lose_no_field(family: Family) -> None:
    contact = added(family.camille)
    assert change(family.alix, contact, phones=["07 11 22 33 44"]).status_code == 200

    late = change(family.camille, contact, relationship="tante")

    body = late.get_json()
    assert (late.status_code, body["current"]["phones"]) == (412, ["+33711223344"])
    assert {line["pointer"]: (line["yours"], line["current"]) for line in body["differences"]} == {
        "/relationship": ("tante", "grand-mère"),
        "/phones": ("+33612345678", "+33711223344"),
    }
    kept = change(family.camille, body["current"], relationship="tante", phones=body["current"]["phones"])
    assert kept.get_json()["contacts"][0]["phones"] == ["+33711223344"]
    assert kept.get_json()["contacts"][0]["relationship"] == "tante"


def test_of_two_parents_at_once_one_writes_and_the_other_is_shown_what(family: Family) -> None:
    contact = added(family.camille)
    browsers = (family.camille, family.alix)

    answers = at_once(lambda rank: change(browsers[rank], contact, relationship=f"lien {rank}"), 2)

    assert sorted(answer.status_code for answer in answers) == [200, 412]
    winner = next(rank for rank, answer in enumerate(answers) if answer.status_code == 200)
    assert family.file.contacts[0].relationship == f"lien {winner}"


def test_one_who_is_taken_out_meanwhile_is_not_brought_back(family: Family) -> None:
    contact = added(family.camille)
    remove(family.alix, contact)

    late = change(family.camille, contact)

    assert (late.status_code, late.get_json()["code"]) == (404, "contact_unknown")
    assert family.file.contacts == ()


def test_never_more_than_ten_even_when_both_parents_add_at_once(family: Family) -> None:
    for rank in range(MOST_CONTACTS - 1):
        added(family.camille, given_name=f"Anne{chr(97 + rank)}")
    browsers = (family.camille, family.alix, family.dominique)

    answers = at_once(lambda rank: add(browsers[rank]), 3)

    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert {answer.get_json()["code"] for answer in answers if answer.status_code == 409} == {"too_many_contacts"}
    assert len(family.file.contacts) == MOST_CONTACTS


def test_without_its_guard_the_count_would_be_passed(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control of the test above."""
    for rank in range(MOST_CONTACTS - 1):
        added(family.camille, given_name=f"Anne{chr(97 + rank)}")
    monkeypatch.setattr(foyers, "add_contacts_version", lambda *_: None)
    stale_file = family.file
    monkeypatch.setattr(foyers, "load", lambda _: stale_file)  # what two parents read before either wrote

    for browser in (family.camille, family.alix):
        assert add(browser).status_code == 200
    monkeypatch.undo()

    assert len(family.file.contacts) == MOST_CONTACTS + 1


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"usual_name": ""}, "/usual_name"),
        ({"given_name": "12"}, "/given_name"),
        ({"phones": []}, "/phones/0"),
        ({"phones": ["", ""]}, "/phones/0"),
        ({"phones": ["06 12 34 56 78", "0000"]}, "/phones/1"),
        ({"relationship": "🏠"}, "/relationship"),
        ({"person_id": "x"}, "/person_id"),
        ({"version": 9}, "/version"),
    ],
)
def test_what_is_wrong_is_told_by_its_field(family: Family, changed: dict[str, Any], pointer: str) -> None:
    answer = add(family.camille, **changed)

    assert (answer.status_code, list(errors(answer))) == (422, [pointer])
    assert family.file.contacts == ()


def test_a_lost_answer_is_asked_again_and_adds_once(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    key = "2" * 36
    with killed(monkeypatch, after=True):
        assert add(family.camille, key=key).status_code == 500

    assert add(family.camille, key=key).status_code == 200
    assert len(family.file.contacts) == 1
    other = add(family.camille, key=key, given_name="Zoé")
    assert (other.status_code, other.get_json()["code"]) == (422, "idempotency_mismatch")


def test_where_the_service_alone_takes_somebody_out_the_refusal_says_whom_to_call(portal: Portal) -> None:
    """Chalonnes: « Vous pouvez en ajouter, mais la suppression n’est pas possible. »"""
    rules = town("chalonnes")
    with ruled_by(rules):
        family = made(portal, rules.commune.postcode, rules.commune.name)
        contact = added(family.camille)

        answer = remove(family.camille, contact)

    assert (answer.status_code, answer.get_json()["code"]) == (409, "removal_by_service")
    assert "02 41 74 10 81" in answer.get_json()["detail"]
    assert len(family.file.contacts) == 1


def test_too_many_changes_in_an_hour_are_slowed_down(family: Family) -> None:
    answers = [add(family.camille, usual_name="Roche", phones=["06 12 34 56 78"]).status_code for _ in range(61)]

    assert answers[-1] == 429
