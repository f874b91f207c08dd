"""Another e-mail address: the password, then both addresses, in any order; until both, nothing changes."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from support import sign_up
from support.client import Browser, Portal
from support.sign_up import Parent, errors, letters, run_jobs, sign_in
from werkzeug.wrappers import Response

from functions.kit import clock

OLD, NEW = "camille@exemple.fr", "camille.nouvelle@exemple.fr"
KEY = "5c1b7d1e-1111-4222-8333-444455556666"


def ask(browser: Browser, email: Any = NEW, password: str = sign_up.PASSWORD, **more: Any) -> Response:
    return browser.post("/api/accounts/email", {"email": email, "account_password": password}, **more)


def confirm(browser: Browser, token: str, **more: Any) -> Response:
    return browser.post("/api/accounts/email/confirm", {"token": token}, **more)


def link_at(portal: Portal, email: str) -> str:
    run_jobs()
    found = re.search(r"/confirmer-adresse/#([A-Za-z0-9_-]+)", letters(portal, email)[-1].get_content())
    assert found
    return found[1]


def address_shown(browser: Browser) -> str:
    return str(browser.get("/api/accounts/me").get_json()["email"])


@pytest.fixture
def camille(portal: Portal) -> Browser:
    return sign_up.signed_up_and_in(portal, Parent())


@pytest.mark.parametrize("order", [(OLD, NEW), (NEW, OLD)])
def test_the_address_changes_once_both_have_answered(portal: Portal, camille: Browser, order: tuple[str, str]) -> None:
    assert ask(camille).status_code == 202
    links = {address: link_at(portal, address) for address in order}
    mailbox = portal.browser()  # links are followed on any device, signed in or not

    assert confirm(mailbox, links[order[0]]).get_json() == {"status": "half"}
    assert address_shown(camille) == OLD
    assert confirm(mailbox, links[order[1]]).get_json() == {"status": "changed"}
    run_jobs()

    assert address_shown(camille) == NEW
    assert sign_in(portal.browser(), Parent(username=NEW)).status_code == 200
    assert sign_in(portal.browser(), Parent(username=OLD)).status_code == 401
    assert "a été changée" in str(letters(portal, NEW)[-1]["Subject"])


def test_the_old_address_is_free_for_somebody_else_and_the_new_one_is_not(portal: Portal, camille: Browser) -> None:
    ask(camille)
    for address in (OLD, NEW):
        confirm(camille, link_at(portal, address))

    other = sign_up.sign_up(portal, Parent("autre.parent", OLD))

    assert sign_in(other, Parent("autre.parent", OLD)).status_code == 200
    assert sign_in(other, Parent(username=OLD)).status_code == 200


def test_an_identifiant_that_is_the_address_follows_it(portal: Portal) -> None:
    browser = sign_up.signed_up_and_in(portal, Parent(username=OLD))
    ask(browser)
    for address in (OLD, NEW):
        confirm(browser, link_at(portal, address))

    assert browser.get("/api/accounts/me").get_json()["username"] == NEW
    assert sign_in(portal.browser(), Parent(username=NEW)).status_code == 200


def test_asking_needs_the_password_and_an_address_and_says_all_at_once(portal: Portal, camille: Browser) -> None:
    run_jobs()
    before = len(letters(portal))

    wrong = ask(camille, "pas une adresse@x.fr ", "pas le bon")
    same = ask(camille, "Camille@Exemple.fr")
    run_jobs()

    assert set(errors(wrong)) <= {"/email", "/account_password"}
    assert "/account_password" in errors(ask(camille, NEW, "pas le bon"))
    assert set(errors(same)) == {"/email"}
    assert len(letters(portal)) == before


def test_the_same_link_twice_does_not_stand_for_both_addresses(portal: Portal, camille: Browser) -> None:
    ask(camille)
    new = link_at(portal, NEW)

    assert confirm(camille, new, key=KEY).status_code == 200
    assert confirm(camille, new, key=KEY).get_json() == {"status": "half"}
    assert confirm(camille, new).status_code == 410
    assert address_shown(camille) == OLD


def test_asking_again_makes_the_earlier_links_worthless(portal: Portal, camille: Browser) -> None:
    ask(camille)
    earlier = {address: link_at(portal, address) for address in (OLD, NEW)}
    ask(camille, "encore@exemple.fr")

    assert [confirm(camille, link).status_code for link in earlier.values()] == [410, 410]
    confirm(camille, link_at(portal, OLD))
    assert confirm(camille, link_at(portal, "encore@exemple.fr")).get_json() == {"status": "changed"}
    assert address_shown(camille) == "encore@exemple.fr"


def test_the_links_run_out_after_a_day(portal: Portal, camille: Browser, travel: Callable[[datetime], None]) -> None:
    ask(camille)
    link = link_at(portal, NEW)
    travel(clock.now() + timedelta(hours=24))

    assert confirm(portal.browser(), link).status_code == 410


def test_an_address_taken_meanwhile_is_refused_and_nothing_moves(portal: Portal, camille: Browser) -> None:
    ask(camille)
    links = [link_at(portal, address) for address in (OLD, NEW)]
    sign_up.sign_up(portal, Parent("plus.rapide", NEW))

    assert confirm(camille, links[0]).status_code == 200
    refused = confirm(camille, links[1])

    assert (refused.status_code, refused.get_json()["code"]) == (409, "email_taken")
    assert address_shown(camille) == OLD


def test_an_address_that_has_an_account_is_asked_for_alike(portal: Portal, camille: Browser) -> None:
    sign_up.sign_up(portal, Parent("deja.la", NEW))

    assert ask(camille).get_json() == {"status": "sent"}


def test_both_links_at_once_change_the_address_once(portal: Portal, camille: Browser) -> None:
    ask(camille)
    links = [link_at(portal, address) for address in (OLD, NEW)]

    answers = sign_up.at_once(lambda n: confirm(portal.browser(), links[n]).get_json(), 2)
    run_jobs()

    assert sorted(answer["status"] for answer in answers) == ["changed", "half"]
    assert address_shown(camille) == NEW
    assert len([letter for letter in letters(portal) if "a été changée" in str(letter["Subject"])]) == 1


@pytest.mark.parametrize("token", ["x" * 43, "court", ""])
def test_a_made_up_link_confirms_nothing(portal: Portal, token: str) -> None:
    assert confirm(portal.browser(), token).status_code in {404, 422}
