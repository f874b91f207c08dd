"""« Demander l’activation de mon compte »: asked without an account, answered by an agent."""

import uuid
from dataclasses import replace
from typing import Any

import pytest
from support import factories
from support.client import Browser, Portal
from support.sign_up import letters, run_jobs
from werkzeug.wrappers import Response

from functions.actions import activation_requests
from functions.domain.foyer import FoyerFile, Guardian
from functions.store import foyers
from functions.store import requests as store

ASK = "/api/activation/requests"
DESK = "/api/agents/requests"
EMAIL = "camille.neuve@exemple.fr"
TYPED = {
    "usual_name": "MARTIN",
    "given_names": "camille",
    "postal_address": "12 rue des Tilleuls, 49290 Villeparvis",
    "email": EMAIL,
    "children": "Léo, Inès",
    "structure": "guichet-unique",
}


@pytest.fixture
def file(portal: Portal) -> FoyerFile:
    """A family of which the town has no e-mail address."""
    assert portal
    return family("")


def family(email: str) -> FoyerFile:
    mother = replace(factories.guardian("Camille"), email=email)
    return factories.family(factories.child("Léo"), guardians=(mother,))


def ask(portal: Portal, **more: Any) -> Response:
    key = more.pop("key", str(uuid.uuid4()))
    return portal.browser().post(ASK, {**TYPED, **more}, key=key)


def waiting(agent: Browser) -> Any:
    [line] = agent.get(f"{DESK}?service=guichet-unique").get_json()["requests"]
    return line


def accept(agent: Browser, **choice: str) -> Response:
    return agent.post(f"{DESK}/{waiting(agent)['request_id']}/accept", {"choice": choice})


def box(agent: Browser, file: FoyerFile) -> str:
    """What the box to tick sends, as the page is told when the address differs."""
    value: str = accept(agent, reference=file.reference).get_json()["values"]["replace"]
    return value


def wrong(answer: Response) -> tuple[int, str, str]:
    [error] = answer.get_json()["errors"]
    return answer.status_code, error["pointer"], error["detail"]


def email_of(file: FoyerFile) -> str:
    found = foyers.load(file.foyer_id)
    assert found is not None
    return found.guardians[0].email


def test_a_request_reaches_its_service_with_all_that_was_typed(portal: Portal) -> None:
    answer = ask(portal)
    agent = factories.agent(portal, "guichet-unique")

    assert answer.status_code == 202
    shown = agent.get(f"{DESK}/{waiting(agent)['request_id']}").get_json()
    assert shown["summary"] == "camille MARTIN"
    assert shown["data"]["Numéro de la demande"] == answer.get_json()["number"]
    assert shown["data"]["Enfants"] == "Léo, Inès"
    assert shown["data"]["Adresse postale"] == TYPED["postal_address"]
    assert [choice["name"] for choice in shown["choices"]] == ["reference", "replace"]


def test_accepting_sends_the_invitation_to_the_address_that_was_given(portal: Portal, file: FoyerFile) -> None:
    ask(portal)

    done = accept(factories.agent(portal, "guichet-unique"), reference=file.reference)
    run_jobs()

    assert (done.status_code, done.get_json()["status"]) == (200, "accepted")
    assert email_of(file) == EMAIL
    [letter] = letters(portal, EMAIL)
    token = letter.get_content().split("/invitation/#")[1].split()[0]
    shown = portal.browser().post("/api/activation/invitation/shown", {"token": token})
    assert (shown.status_code, shown.get_json()["email"]) == (200, EMAIL)


def test_another_address_of_the_file_is_replaced_only_after_a_box_is_ticked(portal: Portal) -> None:
    file = family("ancienne@exemple.fr")
    ask(portal)
    agent = factories.agent(portal, "guichet-unique")

    status, pointer, detail = wrong(accept(agent, reference=file.reference))
    assert (status, pointer) == (422, "/choice/replace")
    assert "ancienne@exemple.fr" in detail
    assert email_of(file) == "ancienne@exemple.fr"

    assert accept(agent, reference=file.reference, replace=box(agent, file)).status_code == 200
    assert email_of(file) == EMAIL


def test_a_box_ticked_for_one_address_replaces_no_other(portal: Portal) -> None:
    """Neither another file's, typed after the box was ticked, nor the one that a colleague wrote meanwhile."""
    seen, other = family("ancienne@exemple.fr"), family("autre@exemple.fr")
    ask(portal)
    agent = factories.agent(portal, "guichet-unique")
    ticked = box(agent, seen)

    for value in (ticked, "oui", ""):
        assert wrong(accept(agent, reference=other.reference, replace=value))[1] == "/choice/replace"
    known = foyers.load(seen.foyer_id)
    assert known
    changed = replace(known.guardians[0], email="nouvelle@exemple.fr")
    foyers.write(replace(known, guardians=(changed,)), known)
    _, pointer, detail = wrong(accept(agent, reference=seen.reference, replace=ticked))
    assert (pointer, "nouvelle@exemple.fr" in detail) == ("/choice/replace", True)
    assert email_of(other) == "autre@exemple.fr"


def test_of_two_guardians_of_one_name_the_one_without_a_space_is_invited(portal: Portal) -> None:
    first = replace(factories.guardian("Camille"), account_id="a" * 32, email="premiere@exemple.fr")
    second = replace(factories.guardian("Camille"), email="")
    file = factories.family(factories.child("Léo"), guardians=(first, second))
    ask(portal)

    assert accept(factories.agent(portal, "guichet-unique"), reference=file.reference).status_code == 200

    stored = foyers.load(file.foyer_id)
    assert stored
    assert {one.email for one in stored.guardians} == {"premiere@exemple.fr", EMAIL}


def test_two_guardians_of_one_name_without_a_space_are_not_guessed_between(portal: Portal) -> None:
    both = tuple(replace(factories.guardian("Camille"), email="") for _ in range(2))
    file = factories.family(factories.child("Léo"), guardians=both)
    ask(portal)

    _, pointer, detail = wrong(accept(factories.agent(portal, "guichet-unique"), reference=file.reference))

    assert (pointer, "Deux responsables" in detail) == ("/choice/reference", True)


def test_a_space_opened_while_the_agent_accepts_is_not_invited_to_again(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = family(EMAIL)
    ask(portal)
    agent = factories.agent(portal, "guichet-unique")
    identifier = waiting(agent)["request_id"]
    free = activation_requests._check_free

    def opened_meanwhile(known: FoyerFile, guardian: Guardian) -> None:
        free(known, guardian)
        monkeypatch.setattr(activation_requests, "_check_free", free)
        linked = replace(known.guardians[0], account_id="a" * 32)
        foyers.write(replace(known, guardians=(linked,)), known)

    monkeypatch.setattr(activation_requests, "_check_free", opened_meanwhile)
    answer = agent.post(f"{DESK}/{identifier}/accept", {"choice": {"reference": file.reference}})

    assert "déjà un espace" in wrong(answer)[2]
    run_jobs()
    assert letters(portal, EMAIL) == []


def test_letters_that_only_look_like_an_address_are_refused(portal: Portal) -> None:
    answer = ask(portal, email="camille.neuve@e\u212aemple.fr", given_names="Camille, L\u202eéo")

    assert {error["pointer"] for error in answer.get_json()["errors"]} == {"/email", "/given_names"}


def test_the_address_of_the_file_in_other_letters_changes_nothing(portal: Portal) -> None:
    file = family("Camille.Neuve@Exemple.fr")
    ask(portal)

    assert accept(factories.agent(portal, "guichet-unique"), reference=file.reference).status_code == 200
    assert email_of(file) == "Camille.Neuve@Exemple.fr"


@pytest.mark.parametrize(("reference", "said"), [("", "Saisissez le numéro"), ("F99999", "Aucun dossier")])
def test_a_file_that_cannot_be_found_leaves_the_request_open(portal: Portal, reference: str, said: str) -> None:
    ask(portal)
    agent = factories.agent(portal, "guichet-unique")

    status, pointer, detail = wrong(accept(agent, reference=reference))

    assert (status, pointer) == (422, "/choice/reference")
    assert said in detail
    assert waiting(agent)


def test_somebody_who_is_not_in_the_file_is_not_invited(portal: Portal, file: FoyerFile) -> None:
    ask(portal, given_names="Dominique")
    agent = factories.agent(portal, "guichet-unique")

    _, _, detail = wrong(accept(agent, reference=file.reference))

    assert "Responsables connus\u202f: Camille Martin." in detail
    assert email_of(file) == ""


def test_the_address_of_the_other_guardian_serves_one_person_only(portal: Portal) -> None:
    other = replace(factories.guardian("Dominique", title="M."), email=EMAIL)
    file = factories.family(factories.child("Léo"), guardians=(other, replace(factories.guardian("Camille"), email="")))
    ask(portal)

    _, _, detail = wrong(accept(factories.agent(portal, "guichet-unique"), reference=file.reference))

    assert "chacun doit avoir la sienne" in detail


def test_somebody_who_has_an_account_already_is_told_to_the_agent(portal: Portal) -> None:
    has_one = replace(factories.guardian("Camille"), account_id="a" * 32, email=EMAIL)
    file = factories.family(factories.child("Léo"), guardians=(has_one,))
    ask(portal)

    _, _, detail = wrong(accept(factories.agent(portal, "guichet-unique"), reference=file.reference))

    assert "a déjà un espace" in detail


def test_a_refusal_is_written_to_whoever_asked(portal: Portal) -> None:
    ask(portal)
    agent = factories.agent(portal, "guichet-unique")

    agent.post(f"{DESK}/{waiting(agent)['request_id']}/refuse", {"reason": "Aucun enfant de ce nom."})
    run_jobs()

    [letter] = letters(portal, EMAIL)
    assert "Votre demande d’activation" in str(letter["Subject"])
    assert "Aucun enfant de ce nom." in letter.get_content()


def test_the_answer_is_the_same_whoever_is_known(portal: Portal, file: FoyerFile) -> None:
    assert file
    known, unknown = ask(portal), ask(portal, usual_name="Personne", email="personne@exemple.fr")

    assert (known.status_code, known.get_json().keys()) == (unknown.status_code, unknown.get_json().keys())


def test_everything_that_is_wrong_is_said_at_once(portal: Portal) -> None:
    empty = ask(portal, email="camille@exemple", children="  ")
    assert empty.status_code == 422
    assert {error["pointer"] for error in empty.get_json()["errors"]} == {"/email", "/children"}

    answer = ask(portal, usual_name="1234", structure="piscine")
    assert {error["pointer"] for error in answer.get_json()["errors"]} == {"/usual_name", "/structure"}


def test_a_request_sent_again_is_one_request(portal: Portal) -> None:
    key = str(uuid.uuid4())
    first, second = ask(portal, key=key), ask(portal, key=key)
    other = ask(portal, key=key, children="Noé")

    assert first.get_json() == second.get_json()
    assert (other.status_code, other.get_json()["code"]) == (422, "idempotency_mismatch")
    assert len(store.to_do("guichet-unique")) == 1


def test_one_address_is_not_used_to_send_many(portal: Portal) -> None:
    statuses = [ask(portal).status_code for _ in range(4)]

    assert statuses == [202, 202, 202, 429]
