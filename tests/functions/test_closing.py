"""Closing one's account: what is undone at once, what stays the town's, and nobody signs in afterwards."""

from dataclasses import replace
from typing import Any

import pytest
from support import factories, key_letters, sign_up
from support.client import Browser, Portal
from support.key_letters import Family
from support.sign_up import Parent, errors, letters, run_jobs, sign_in
from werkzeug.wrappers import Response

from functions.accounts import service
from functions.actions import linking
from functions.domain.preferences import Preferences
from functions.kit import sessions
from functions.store import access as access_store
from functions.store import accounts, cles, foyers, preferences
from functions.store.access import Access, AgentGrant
from functions.store.transactions import Transaction

PATH = "/api/accounts/close"
DASHBOARD = "/api/family/dashboard"
KEY = "2b1b7d1e-1111-4222-8333-444455556666"


@pytest.fixture
def family(portal: Portal) -> Family:
    assert portal
    return key_letters.with_keys()


@pytest.fixture
def camille(portal: Portal, family: Family) -> Browser:
    browser = sign_up.signed_up_and_in(portal, Parent())
    assert key_letters.link(browser, family.proof()).status_code == 200
    return browser


def close(browser: Browser, password: str = sign_up.PASSWORD, **more: Any) -> Response:
    return browser.post(PATH, {"current_password": password}, **more)


def account_id(portal: Portal) -> str:
    found = [item for item in sign_up.stored(portal, "credentials") if item["sk"]["S"] == "COMPTE"]
    return str(found[0]["pk"]["S"].removeprefix("COMPTE#"))


def test_nobody_signs_in_to_a_closed_account_nor_stays_signed_in(portal: Portal, camille: Browser) -> None:
    phone = portal.browser()
    assert sign_in(phone, Parent()).status_code == 200

    assert close(camille).get_json() == {"status": "closed"}

    assert [browser.get(DASHBOARD).status_code for browser in (camille, phone)] == [401, 401]
    assert phone.post("/api/accounts/sessions/refresh").status_code == 401
    unknown = sign_in(portal.browser(), Parent(username="personne.ici"))
    for name in ("camille.martin", "camille@exemple.fr"):
        refused = sign_in(portal.browser(), Parent(username=name))
        assert (refused.status_code, refused.get_json()) == (unknown.status_code, unknown.get_json())


def test_the_person_is_told_by_mail_once(portal: Portal, camille: Browser) -> None:
    close(camille)
    run_jobs()

    told = [letter for letter in letters(portal, "camille@exemple.fr") if "est fermé" in str(letter["Subject"])]
    assert len(told) == 1
    assert "Camille" in told[0].get_content()


def test_what_was_typed_and_chosen_is_forgotten(portal: Portal, camille: Browser) -> None:
    chosen = {"invoice": "electronic", "deadline_reminders": True, "gap_alerts": True, "news": []}
    camille.post("/api/accounts/preferences", chosen, headers={"If-Match": "0"})

    close(camille)

    account = accounts.find(account_id(portal))
    assert account is not None
    assert (account.status, account.password_hash) == ("closed", "")
    assert set(account.profile) == {"title", "given_names", "usual_name"}
    assert replace(preferences.find(account.account_id), version=0) == Preferences()


def test_the_family_file_stays_and_can_be_linked_again(family: Family, camille: Browser) -> None:
    before = foyers.load(family.file.foyer_id)
    assert before
    linked = next(one for one in before.guardians if one.account_id)
    cle = cles.find(before.foyer_id, linked.person_id)
    assert cle
    assert linking.add(Transaction(), cle, "another") is None

    close(camille)

    after = foyers.load(family.file.foyer_id)
    assert after
    assert key_letters.accounts_in_file(family) == []
    assert linking.add(Transaction(), cle, "another") is not None
    assert [child.given_names for child in after.children] == [child.given_names for child in before.children]
    assert after.address == before.address


def test_the_other_parent_notices_nothing(portal: Portal, family: Family, camille: Browser) -> None:
    paul = sign_up.signed_up_and_in(portal, Parent("paul.martin", "paul@exemple.fr"))
    assert key_letters.link(paul, family.proof(family.keys[1])).status_code == 200

    close(camille)

    assert paul.get(DASHBOARD).get_json()["foyer"]["reference"] == family.file.reference
    assert len(key_letters.accounts_in_file(family)) == 1


def test_the_identifiant_and_the_address_are_free_again(portal: Portal, camille: Browser) -> None:
    close(camille)
    run_jobs()  # the mail of the closing leaves first

    assert sign_up.signed_up_and_in(portal, Parent()).get(DASHBOARD).get_json()["foyer"] is None


def test_a_wrong_password_closes_nothing_and_guessing_is_bounded(camille: Browser) -> None:
    answers = [close(camille, f"essai numéro {number}") for number in range(11)]

    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert set(errors(answers[0])) == {"/current_password"}
    assert camille.get(DASHBOARD).status_code == 200


def test_a_lost_answer_asked_again_finds_it_closed_and_tells_once(portal: Portal, camille: Browser) -> None:
    again = portal.browser()
    for name in (sessions.SESSION_COOKIE, sessions.REFRESH_COOKIE):  # the answer that forgets them never came
        cookie = camille.client.get_cookie(name, domain="localhost")
        assert cookie is not None
        again.client.set_cookie(name, cookie.value, domain="localhost", secure=True)

    answers = [close(camille, key=KEY).status_code, close(again, key=KEY).status_code]
    run_jobs()

    assert answers == [200, 401]
    assert len([letter for letter in letters(portal) if "est fermé" in str(letter["Subject"])]) == 1


def test_two_requests_at_once_close_it_once(portal: Portal, camille: Browser) -> None:
    phone = portal.browser()
    assert sign_in(phone, Parent()).status_code == 200
    browsers = [camille, phone]

    answers = sign_up.at_once(lambda number: close(browsers[number]).status_code, 2)

    assert sorted(answers) == [200, 401]
    closed = [item for item in sign_up.stored(portal, "credentials") if "account.closed" in str(item)]
    assert len(closed) == 1


@pytest.mark.parametrize("guarded", [True, False])
def test_a_sign_in_under_way_while_it_closes_opens_nothing(
    portal: Portal, camille: Browser, monkeypatch: pytest.MonkeyPatch, *, guarded: bool
) -> None:
    """The password was right a moment before. With the guard off, the closed account would open."""
    open_session = sessions.open_session

    def closing_first(*given: Any) -> Any:
        assert close(camille).status_code == 200
        if not guarded:
            _reopen(account_id(portal))
        return open_session(*given)

    monkeypatch.setattr(service.sessions, "open_session", closing_first)

    assert sign_in(portal.browser(), Parent()).status_code == (401 if guarded else 200)


def _reopen(known: str) -> None:
    from functions.store.documents import dump, load
    from functions.store.models import Core

    item = Core.get(f"COMPTE#{known}", "ACCES")
    item.doc = dump(replace(load(item.doc or "", Access), closed=False))
    item.save()


def test_an_agent_is_told_to_give_back_the_rights_first(portal: Portal, camille: Browser) -> None:
    access = access_store.find(account_id(portal))
    assert access is not None
    proven = {key: replace(device, second_factor="totp") for key, device in access.devices.items()}
    access_store.save(replace(access, agent=AgentGrant("Camille Martin", ("all",)), devices=proven))

    refused = close(camille)

    assert refused.get_json()["code"] == "agent_account"
    assert camille.get(DASHBOARD).status_code == 200


def test_a_stranger_without_a_family_closes_too(portal: Portal) -> None:
    browser = sign_up.signed_up_and_in(portal, Parent())

    assert close(browser).status_code == 200
    assert factories.stranger(portal).get(DASHBOARD).status_code == 200
