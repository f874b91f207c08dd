"""A forgotten identifiant or password: one mail that reminds and lets choose, the same words for any name."""

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
from functions.store import accounts

KEY = "7f1b7d1e-1111-4222-8333-444455556666"
NEW = "sept hérons traversent la Loire"


def forgotten(browser: Browser, username: Any = "camille@exemple.fr", **more: Any) -> Response:
    return browser.post("/api/accounts/password/forgotten", {"username": username}, **more)


def reset(browser: Browser, token: str, password: str = NEW, again: str | None = None, **more: Any) -> Response:
    body = {"token": token, "password": password, "password_confirmation": password if again is None else again}
    return browser.post("/api/accounts/password/reset", body, **more)


def last_link(portal: Portal, email: str = "camille@exemple.fr") -> str:
    run_jobs()
    found = re.search(r"/nouveau-mot-de-passe/#([A-Za-z0-9_-]+)", letters(portal, email)[-1].get_content())
    assert found
    return found[1]


@pytest.fixture
def camille(portal: Portal) -> Browser:
    """Signed in on one device."""
    browser = portal.browser()
    sign_up.sign_up(portal, Parent())
    assert sign_in(browser, Parent()).status_code == 200
    return browser


@pytest.mark.parametrize("typed", ["camille@exemple.fr", "CAMILLE@exemple.fr ", "camille.martin", "Camille.Martin"])
def test_the_mail_reminds_the_identifiant_and_its_link_sets_a_new_password(
    portal: Portal, camille: Browser, typed: str
) -> None:
    assert (answer := forgotten(portal.browser(), typed)).status_code == 202
    assert answer.get_json() == {"status": "sent"}
    token = last_link(portal)
    letter = letters(portal, "camille@exemple.fr")[-1]

    assert "camille.martin" in letter.get_content()
    assert sign_in(portal.browser(), Parent()).status_code == 200  # asking changes nothing
    assert reset(portal.browser(), token).status_code == 200
    assert sign_in(portal.browser(), Parent()).status_code == 401
    assert sign_in(portal.browser(), Parent(password=NEW)).status_code == 200
    assert camille


def test_a_new_password_signs_every_device_out_and_says_so_by_mail(portal: Portal, camille: Browser) -> None:
    forgotten(portal.browser())
    assert camille.get("/api/family/dashboard").status_code == 200

    assert reset(portal.browser(), last_link(portal)).status_code == 200
    run_jobs()

    assert camille.get("/api/family/dashboard").status_code == 401
    assert camille.post("/api/accounts/sessions/refresh", None).status_code == 401
    assert "mot de passe a été changé" in str(letters(portal, "camille@exemple.fr")[-1]["Subject"])


def test_the_link_works_once_and_a_retry_is_answered_alike(portal: Portal, camille: Browser) -> None:
    forgotten(portal.browser())
    token = last_link(portal)

    assert [reset(portal.browser(), token, key=KEY).status_code for _ in range(2)] == [200, 200]
    assert reset(portal.browser(), token, "onze cormorans sur le pont").status_code == 410
    assert reset(portal.browser(), token, "onze cormorans sur le pont", key=KEY).status_code == 422
    run_jobs()
    assert len([letter for letter in letters(portal) if "a été changé" in str(letter["Subject"])]) == 1
    assert camille


def test_an_older_link_dies_with_the_password_it_was_for(portal: Portal, camille: Browser) -> None:
    forgotten(portal.browser())
    first = last_link(portal)
    forgotten(portal.browser())
    second = last_link(portal)

    assert first != second
    assert reset(portal.browser(), second).status_code == 200
    assert reset(portal.browser(), first, "onze cormorans sur le pont").status_code == 410
    assert camille


def test_the_link_runs_out_after_two_hours(
    portal: Portal, camille: Browser, travel: Callable[[datetime], None]
) -> None:
    forgotten(portal.browser())
    token = last_link(portal)
    start = clock.now()

    travel(start + timedelta(hours=2))

    assert reset(portal.browser(), token).status_code == 410
    assert camille


def test_an_unknown_name_is_answered_alike_and_gets_no_mail(portal: Portal, camille: Browser) -> None:
    run_jobs()
    before = len(letters(portal))

    names = ("personne@exemple.fr", "personne", "x" * 120, "<script>")
    answers = [forgotten(portal.browser(), name) for name in ("camille.martin", *names[:3])]
    run_jobs()

    assert {(answer.status_code, answer.data) for answer in answers} == {(202, answers[0].data)}
    assert len(letters(portal)) == before + 1
    assert forgotten(portal.browser(), names[3]).status_code == 422
    assert camille


def test_known_and_unknown_names_cost_the_same_writes(portal: Portal, camille: Browser) -> None:
    def written(name: str) -> int:
        before = len(sign_up.stored(portal, "credentials"))
        forgotten(portal.browser(), name)
        return len(sign_up.stored(portal, "credentials")) - before

    assert written("camille.martin") == written("personne") == 2
    assert camille


def test_asking_is_bounded_by_name_alike_for_all(portal: Portal, camille: Browser) -> None:
    known = [forgotten(portal.browser(), address=f"192.0.2.{n}").status_code for n in range(4)]
    unknown = [forgotten(portal.browser(), "p@exemple.fr", address=f"192.0.3.{n}").status_code for n in range(4)]

    assert known == unknown == [202, 202, 202, 429]
    assert camille


def test_a_link_that_activates_does_not_choose_a_password_nor_the_reverse(portal: Portal) -> None:
    waiting = portal.browser()
    sign_up.create(waiting, Parent())
    activation = sign_up.last_token(portal, "camille@exemple.fr")

    assert reset(waiting, activation).status_code == 404
    assert waiting.post("/api/activation", {"token": activation}).status_code == 200
    forgotten(waiting)
    assert waiting.post("/api/activation", {"token": last_link(portal)}).status_code == 404


def test_a_password_that_will_not_do_is_said_and_the_link_stays_good(portal: Portal, camille: Browser) -> None:
    forgotten(portal.browser())
    token = last_link(portal)

    refused = reset(portal.browser(), token, "camille.martin", "autre chose")

    assert refused.status_code == 422
    assert set(errors(refused)) == {"/password", "/password_confirmation"}
    assert reset(portal.browser(), token).status_code == 200
    assert camille


@pytest.mark.parametrize("token", ["", "court", "x" * 43, "é" * 43, "../" * 15])
def test_a_made_up_link_opens_nothing(portal: Portal, token: str) -> None:
    assert reset(portal.browser(), token).status_code in {404, 422}


def test_the_token_is_not_stored_as_it_is(portal: Portal, camille: Browser) -> None:
    forgotten(portal.browser())
    token = last_link(portal)

    assert token not in str(sign_up.stored(portal, "credentials"))
    assert accounts.find_token(token, "OUBLI") is None
    assert camille


def test_one_link_used_twice_at_once_sets_one_password(portal: Portal, camille: Browser) -> None:
    forgotten(portal.browser())
    token = last_link(portal)
    wanted = ("sept hérons traversent la Loire", "onze cormorans sur le pont")

    answers = sign_up.at_once(lambda n: reset(portal.browser(), token, wanted[n]).status_code, 2)

    assert sorted(answers) == [200, 410]
    signed = [sign_in(portal.browser(), Parent(password=password)).status_code for password in wanted]
    assert signed[answers.index(200)] == 200
    assert signed[answers.index(410)] == 401
    assert camille
