"""The link of an invitation: read, accepted once, never somebody else's, and linked to the right guardian."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from support import factories, sign_up
from support.client import Browser, Portal
from support.sign_up import Parent, errors, letters, run_jobs
from werkzeug.wrappers import Response

from functions.actions import invitations
from functions.domain.foyer import FoyerFile, Guardian
from functions.kit import clock
from functions.store import foyers
from functions.store import invitations as store

KEY = "9f1b7d1e-1111-4222-8333-444455556666"
PASSWORD = "sept hérons traversent la Loire"


@pytest.fixture
def family(portal: Portal) -> FoyerFile:
    assert portal
    return factories.family(factories.child("Léo"), guardians=parents())


def parents() -> tuple[Guardian, ...]:
    """Anne, then Marc: a file gives its people in the order of their ids."""
    found = sorted((factories.guardian(), factories.guardian()), key=lambda one: one.person_id)
    return tuple(replace(one, given_names=(name,)) for one, name in zip(found, ("Anne", "Marc"), strict=True))


def invited(portal: Portal, file: FoyerFile, number: int = 0) -> str:
    """The token that this guardian receives."""
    file = foyers.load(file.foyer_id) or file
    guardian = file.guardians[number]
    assert invitations.send(file, guardian, store.of_foyer(file.foyer_id), by="agnes", now=clock.now())
    run_jobs()
    found = re.search(r"/invitation/#([A-Za-z0-9_-]+)", letters(portal, guardian.email)[-1].get_content())
    assert found
    return found[1]


def shown(browser: Browser, token: str) -> Response:
    return browser.post("/api/activation/invitation/shown", {"token": token})


def accept(browser: Browser, token: str, username: str = "anne.martin", **more: Any) -> Response:
    body = {"token": token, "username": username, "password": PASSWORD, "password_confirmation": PASSWORD}
    key = {"key": more.pop("key")} if "key" in more else {}
    return browser.post("/api/activation/invitation", {**body, **more}, **key)


def link(browser: Browser, token: str, **more: Any) -> Response:
    return browser.post("/api/activation/invitation/link", {"token": token}, **more)


def signs_in(portal: Portal, username: str = "anne.martin") -> Browser:
    browser = portal.browser()
    body = {"username": username, "password": PASSWORD}
    assert browser.post("/api/accounts/sessions", body).status_code == 200
    return browser


def linked(file: FoyerFile) -> list[bool]:
    found = foyers.load(file.foyer_id)
    assert found
    return [bool(one.account_id) for one in found.guardians]


def test_the_link_shows_who_is_invited_and_changes_nothing(portal: Portal, family: FoyerFile) -> None:
    token = invited(portal, family)
    anne = family.guardians[0]

    answers = [shown(portal.browser(), token) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].get_json() == {
        "given_name": "Anne",
        "usual_name": "Martin",
        "email": anne.email,
        "has_account": False,
    }
    assert linked(family) == [False, False]


def test_accepting_opens_an_active_account_that_reaches_the_children(portal: Portal, family: FoyerFile) -> None:
    answer = accept(portal.browser(), invited(portal, family))

    assert (answer.status_code, answer.get_json()) == (200, {"status": "linked", "given_name": "Anne"})
    assert linked(family) == [True, False]
    dashboard = signs_in(portal).get("/api/family/dashboard").get_json()
    assert [child["given_name"] for child in dashboard["children"]] == ["Léo"]
    assert [one["is_me"] for one in dashboard["guardians"]] == [True, False]
    me = signs_in(portal, family.guardians[0].email).get("/api/accounts/me").get_json()
    assert (me["username"], me["email"]) == ("anne.martin", family.guardians[0].email)


def test_an_address_may_be_the_identifiant(portal: Portal, family: FoyerFile) -> None:
    email = family.guardians[0].email

    assert accept(portal.browser(), invited(portal, family), username=email).status_code == 200
    assert signs_in(portal, email)


def test_the_link_works_once_and_a_retry_is_answered_alike(portal: Portal, family: FoyerFile) -> None:
    token = invited(portal, family)

    assert [accept(portal.browser(), token, key=KEY).status_code for _ in range(2)] == [200, 200]
    again = accept(portal.browser(), token, "autre.nom")
    assert (again.status_code, again.get_json()["code"]) == (409, "already_linked")
    assert shown(portal.browser(), token).status_code == 409
    assert accept(portal.browser(), token, "autre.nom", key=KEY).status_code == 422


def test_two_links_at_once_make_one_account(portal: Portal, family: FoyerFile) -> None:
    first = invited(portal, family)
    second = invited(portal, family)
    names = ("anne.martin", "anne.deux")

    answers = sign_up.at_once(lambda n: accept(portal.browser(), (first, second)[n], names[n]).status_code, 2)

    assert sorted(answers) == [200, 409]
    assert signs_in(portal, names[answers.index(200)])
    body = {"username": names[answers.index(409)], "password": PASSWORD}
    assert portal.browser().post("/api/accounts/sessions", body).status_code == 401
    claimed = [item for item in sign_up.stored(portal, "credentials") if item["pk"]["S"].startswith("IDENTIFIANT#")]
    assert len(claimed) == 1


def test_the_same_link_twice_at_once_makes_one_account(portal: Portal, family: FoyerFile) -> None:
    token = invited(portal, family)

    answers = sign_up.at_once(lambda n: accept(portal.browser(), token, f"anne.{n}x").status_code, 3)

    assert sorted(answers) == [200, 409, 409]


def test_each_parent_has_an_invitation_of_their_own(portal: Portal, family: FoyerFile) -> None:
    for number, username in enumerate(("anne.martin", "marc.martin")):
        assert accept(portal.browser(), invited(portal, family, number), username).status_code == 200
        dashboard = signs_in(portal, username).get("/api/family/dashboard").get_json()
        assert [one["is_me"] for one in dashboard["guardians"]].index(True) == number


def test_it_runs_out_after_fourteen_days(portal: Portal, family: FoyerFile, travel: Callable[[datetime], None]) -> None:
    token = invited(portal, family)
    start = clock.now()

    travel(start + timedelta(days=14, seconds=-1))
    assert shown(portal.browser(), token).status_code == 200
    travel(start + timedelta(days=14))

    assert shown(portal.browser(), token).status_code == 410
    assert accept(portal.browser(), token).status_code == 410
    assert linked(family) == [False, False]


def test_a_link_sent_to_an_address_that_the_town_has_replaced_opens_nothing(portal: Portal, family: FoyerFile) -> None:
    token = invited(portal, family)
    moved = replace(family.guardians[0], email="nouvelle@exemple.fr")
    foyers.write(replace(family, guardians=(moved, *family.guardians[1:])), family)

    assert accept(portal.browser(), token).status_code == 410
    assert accept(portal.browser(), invited(portal, family)).status_code == 200


@pytest.mark.parametrize("token", ["", "court", "x" * 43, "é" * 43, "../" * 15])
def test_a_made_up_link_opens_nothing(portal: Portal, family: FoyerFile, token: str) -> None:
    assert shown(portal.browser(), token).status_code in {404, 422}
    assert accept(portal.browser(), token).status_code in {404, 422}
    assert link(portal.browser(), token).status_code in {404, 422}
    assert linked(family) == [False, False]


def test_a_link_of_another_kind_opens_nothing_nor_the_reverse(portal: Portal, family: FoyerFile) -> None:
    sign_up.create(portal.browser(), Parent())
    activation = sign_up.last_token(portal, "camille@exemple.fr")
    token = invited(portal, family)

    assert accept(portal.browser(), activation).status_code == 404
    assert portal.browser().post("/api/activation", {"token": token}).status_code == 404
    reset = {"token": token, "password": PASSWORD, "password_confirmation": PASSWORD}
    assert portal.browser().post("/api/accounts/password/reset", reset).status_code == 404
    assert linked(family) == [False, False]


def test_what_will_not_do_is_said_at_once_and_the_link_stays_good(portal: Portal, family: FoyerFile) -> None:
    sign_up.sign_up(portal, Parent())
    token = invited(portal, family)

    refused = accept(portal.browser(), token, "Camille.Martin", password="camille.martin", password_confirmation="x")

    assert refused.status_code == 422
    assert set(errors(refused)) == {"/username", "/password", "/password_confirmation"}
    assert accept(portal.browser(), token, "a@b.fr").status_code == 422
    assert accept(portal.browser(), token).status_code == 200


def test_an_address_that_has_an_account_links_it_by_a_button(portal: Portal, family: FoyerFile) -> None:
    email = family.guardians[0].email
    browser = sign_up.signed_up_and_in(portal, Parent(email=email))
    token = invited(portal, family)

    assert shown(portal.browser(), token).get_json()["has_account"] is True
    assert accept(portal.browser(), token).get_json()["code"] == "email_taken"
    assert [link(portal.browser(), token, key=KEY).status_code for _ in range(2)] == [200, 200]
    assert link(portal.browser(), token).status_code == 409
    children = browser.get("/api/family/dashboard").get_json()["children"]
    assert [child["given_name"] for child in children] == ["Léo"]


def test_an_account_stands_for_one_guardian_of_a_file(portal: Portal) -> None:
    file = factories.family(factories.child(), guardians=parents())
    first = invited(portal, file)
    assert accept(portal.browser(), first).status_code == 200
    now = foyers.load(file.foyer_id)
    assert now
    same = replace(now.guardians[1], email=now.guardians[0].email)
    foyers.write(replace(now, guardians=(now.guardians[0], same)), now)
    token = invited(portal, file, 1)

    refused = link(portal.browser(), token)

    assert (refused.status_code, refused.get_json()["code"]) == (409, "already_linked")
    assert linked(file) == [True, False]


def test_without_an_account_at_the_address_there_is_nothing_to_link(portal: Portal, family: FoyerFile) -> None:
    refused = link(portal.browser(), invited(portal, family))

    assert (refused.status_code, refused.get_json()["code"]) == (409, "no_account")
    assert linked(family) == [False, False]


def test_tokens_are_stored_hashed_and_tries_are_bounded(portal: Portal, family: FoyerFile) -> None:
    token = invited(portal, family)
    browser = portal.browser()

    assert token not in str(sign_up.stored(portal, "credentials")) + str(sign_up.stored(portal, "core"))
    assert {shown(browser, "x" * 43).status_code for _ in range(31)} == {404, 429}


def test_the_audit_has_the_invitation_and_its_acceptance(portal: Portal, family: FoyerFile) -> None:
    accept(portal.browser(), invited(portal, family))
    run_jobs()

    lines = [item for item in sign_up.stored(portal, "audit") if item["pk"]["S"] == f"FOYER#{family.foyer_id}"]
    said = " ".join(item["doc"]["S"] for item in lines)
    assert "invitation.sent" in said
    assert "invitation.accepted" in said
    assert family.guardians[0].email not in said
