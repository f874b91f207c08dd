"""Signing in and out: by username or address, and over at the next request once signed out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from support import sign_up
from support.client import Browser, Portal
from support.sign_up import Parent, sign_in

from functions.gateways import hashing
from functions.kit import clock, sessions
from functions.store import access as access_store
from functions.store import accounts
from functions.store.transactions import Transaction

DASHBOARD = "/api/family/dashboard"
REFRESH = "/api/accounts/sessions/refresh"
CURRENT = "/api/accounts/sessions/current"


@pytest.fixture
def camille(portal: Portal) -> Browser:
    return sign_up.signed_up_and_in(portal, Parent())


def cookie(browser: Browser, name: str) -> str:
    found = browser.client.get_cookie(name, domain="localhost")
    return found.value if found else ""


def put_cookie(browser: Browser, name: str, value: str) -> None:
    browser.client.set_cookie(name, value, domain="localhost", secure=True)


def account_id() -> str:
    found = accounts.find_claim("IDENTIFIANT", "camille.martin", clock.now())
    assert found
    return found


@pytest.mark.parametrize(
    "name", ["camille.martin", "Camille.MARTIN", " camille.martin ", "camille@exemple.fr", "Camille@EXEMPLE.fr"]
)
def test_one_signs_in_by_username_or_address(portal: Portal, name: str) -> None:
    browser = sign_up.sign_up(portal, Parent())

    answer = sign_in(browser, Parent(username=name))

    assert answer.status_code == 200
    assert browser.get(DASHBOARD).status_code == 200


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(portal: Portal) -> None:
    answer = sign_in(sign_up.sign_up(portal, Parent()), Parent())

    lines = answer.headers.getlist("Set-Cookie")
    assert [line.partition("=")[0] for line in lines] == [
        "__Host-parvis",
        "__Host-parvis-refresh",
        "__Host-parvis-appareil",
    ]
    for line in lines:
        attributes = {part.strip().partition("=")[0] for part in line.split(";")[1:]}
        assert {"Secure", "HttpOnly", "SameSite", "Path"} <= attributes
        assert "Domain" not in attributes
        assert "SameSite=Lax" in line
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_previous_sign_in_is_shown(portal: Portal, travel: Callable[[datetime], None]) -> None:
    browser = sign_up.sign_up(portal, Parent())
    first_at = clock.now() + timedelta(days=1)

    travel(first_at)
    first = sign_in(browser, Parent())
    travel(first_at + timedelta(days=3))
    second = sign_in(browser, Parent())

    assert first.get_json()["previous_sign_in"] is None
    shown = datetime.fromisoformat(second.get_json()["previous_sign_in"])
    assert timedelta() <= shown - first_at < timedelta(seconds=30)


def test_wrong_password_unknown_name_and_closed_account_say_the_same(portal: Portal) -> None:
    browser = sign_up.sign_up(portal, Parent())
    wrong = sign_in(browser, Parent(password="pas le bon mot de passe"))
    unknown = sign_in(browser, Parent(username="personne"))
    unknown_address = sign_in(browser, Parent(username="personne@exemple.fr"))
    account = accounts.find(account_id())
    assert account
    transaction = Transaction()
    accounts.add(transaction, replace(account, status="closed"))
    transaction.commit()
    closed = sign_in(browser, Parent())

    assert {answer.status_code for answer in (wrong, unknown, unknown_address, closed)} == {401}
    assert len({answer.data for answer in (wrong, unknown, unknown_address, closed)}) == 1
    assert wrong.get_json()["code"] == "bad_credentials"
    assert "Set-Cookie" not in wrong.headers


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({"username": "", "password": ""}, ["/username", "/password"]),
        ({"username": "a" * 121, "password": "b" * 129}, ["/username", "/password"]),
        ({"username": ["a"], "password": 12}, ["/username", "/password"]),
        ({"username": "<b>", "password": "x", "admin": True}, ["/username", "/admin"]),
        ({}, ["/username", "/password"]),
    ],
)
def test_a_sign_in_that_is_no_sign_in_is_refused(portal: Portal, body: Any, pointers: list[str]) -> None:
    answer = portal.browser().post("/api/accounts/sessions", body)

    assert answer.status_code == 422
    assert list(sign_up.errors(answer)) == pointers


def test_sign_out_is_felt_at_the_next_request(camille: Browser) -> None:
    kept = cookie(camille, sessions.SESSION_COOKIE), cookie(camille, sessions.REFRESH_COOKIE)

    out = camille.call("DELETE", CURRENT)
    forgotten = cookie(camille, sessions.SESSION_COOKIE)
    put_cookie(camille, sessions.SESSION_COOKIE, kept[0])
    put_cookie(camille, sessions.REFRESH_COOKIE, kept[1])

    assert out.status_code == 204
    assert forgotten == ""
    assert camille.get(DASHBOARD).status_code == 401
    assert camille.post(REFRESH).status_code == 401
    assert camille.call("DELETE", CURRENT).status_code == 401


def test_sign_out_leaves_the_other_devices_alone(portal: Portal, camille: Browser) -> None:
    phone = portal.browser()
    sign_in(phone, Parent())

    camille.call("DELETE", CURRENT)

    assert camille.get(DASHBOARD).status_code == 401
    assert phone.get(DASHBOARD).status_code == 200


def test_each_sign_in_is_a_new_session(portal: Portal, camille: Browser) -> None:
    planted = cookie(camille, sessions.SESSION_COOKIE)
    victim = portal.browser()
    put_cookie(victim, sessions.SESSION_COOKIE, planted)

    sign_in(victim, Parent())

    assert cookie(victim, sessions.SESSION_COOKIE) != planted


def test_refresh_brings_back_an_expired_session(camille: Browser, travel: Callable[[datetime], None]) -> None:
    travel(clock.now() + timedelta(minutes=16))

    expired = camille.get(DASHBOARD)
    refreshed = camille.post(REFRESH)
    back = camille.get(DASHBOARD)

    assert expired.status_code == 401
    assert refreshed.status_code == 204
    assert back.status_code == 200


def test_refresh_rotates_and_its_reuse_closes_the_session(camille: Browser) -> None:
    old = cookie(camille, sessions.REFRESH_COOKIE)
    assert camille.post(REFRESH).status_code == 204
    new = cookie(camille, sessions.REFRESH_COOKIE)

    put_cookie(camille, sessions.REFRESH_COOKIE, old)
    stolen = camille.post(REFRESH)
    put_cookie(camille, sessions.REFRESH_COOKIE, new)
    owner = camille.post(REFRESH)

    assert old != new
    assert (stolen.status_code, owner.status_code) == (401, 401)
    assert camille.get(DASHBOARD).status_code == 401


def test_refresh_tokens_are_not_stored_in_clear(portal: Portal, camille: Browser) -> None:
    token = cookie(camille, sessions.REFRESH_COOKIE)

    assert len(token) > 40
    assert token not in repr(sign_up.stored(portal, "ephemeral"))


@pytest.mark.parametrize("token", ["", "x", "🙂", "a" * 3000])
def test_refresh_with_anything_else_is_refused(portal: Portal, token: str) -> None:
    browser = portal.browser()
    put_cookie(browser, sessions.REFRESH_COOKIE, token)

    assert browser.post(REFRESH).status_code == 401


def test_a_session_idle_for_half_a_day_is_over(camille: Browser, travel: Callable[[datetime], None]) -> None:
    travel(clock.now() + timedelta(hours=12, minutes=1))

    assert camille.post(REFRESH).status_code == 401


def test_a_session_ends_after_a_week_however_busy(camille: Browser, travel: Callable[[datetime], None]) -> None:
    start = clock.now()
    answers = []
    for hours in range(10, 190, 10):
        travel(start + timedelta(hours=hours))
        answers.append(camille.post(REFRESH).status_code)

    assert answers == [204] * 16 + [401] * 2


def test_closing_all_sessions_of_an_account_is_felt_at_once(camille: Browser) -> None:
    access = access_store.find(account_id())
    assert access
    assert access_store.save(replace(access, epoch=access.epoch + 1))

    assert camille.get(DASHBOARD).status_code == 401
    assert camille.post(REFRESH).status_code == 401


def test_a_hash_with_yesterdays_parameters_is_made_again_at_sign_in(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    from argon2 import PasswordHasher

    with monkeypatch.context() as yesterday:
        old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)
        yesterday.setattr(hashing, "hash_secret", old.hash)
        browser = sign_up.sign_up(portal, Parent())
    before = accounts.find(account_id())

    answer = sign_in(browser, Parent())

    after = accounts.find(account_id())
    assert before
    assert after
    assert "m=8192,t=1" in before.password_hash
    assert "m=19456,t=2,p=1" in after.password_hash
    assert answer.status_code == 200
    assert sign_in(browser, Parent()).status_code == 200


def test_many_sign_ins_at_once_all_open_a_session_that_works(portal: Portal) -> None:
    sign_up.sign_up(portal, Parent())

    def one(_: int) -> tuple[int, int]:
        browser = portal.browser()
        return sign_in(browser, Parent()).status_code, browser.get(DASHBOARD).status_code

    assert sign_up.at_once(one, 4) == [(200, 200)] * 4
