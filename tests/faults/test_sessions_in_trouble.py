"""Faults 32 to 34 and 44: a key of the sessions that is retired, a refresh token used twice, another password while a
request is under way, a mail scanner that opens links.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import jwt
import pytest
from support import factories, sign_up
from support.client import Browser, Portal
from support.mail_links import LINKS
from support.sign_up import PASSWORD, Parent, signed_up_and_in
from support.tokens import DASHBOARD, KEY, NEXT_KEY, REFRESH, cookie, is_401, with_cookies

from functions.kit import clock, config, sessions
from functions.store import ephemeral

NEW = "sept hérons traversent la Loire"


@pytest.fixture
def family(portal: Portal) -> Browser:
    return factories.signed_in(portal, factories.family(factories.child()).foyer_id)


def key_of(browser: Browser) -> str:
    return str(jwt.get_unverified_header(cookie(browser, sessions.SESSION_COOKIE))["kid"])


def copy_of(browser: Browser, name: str = sessions.SESSION_COOKIE) -> str:
    return f"{name}={cookie(browser, name)}"


def test_what_an_old_key_signed_is_good_to_its_end_then_one_refresh_takes_the_new_key(
    portal: Portal, family: Browser, travel: Callable[[datetime], None]
) -> None:
    """Fault 32: the key signs no more but verifies, to the last second of what it signed."""
    start = clock.now()
    config.use(replace(portal.settings, session_keys={"k2": NEXT_KEY, "k1": KEY}))

    travel(start + sessions.ACCESS_LIFE - timedelta(seconds=1))
    at_its_end = family.get(DASHBOARD).status_code
    travel(start + sessions.ACCESS_LIFE)
    after = family.get(DASHBOARD)
    signed_by, refreshed = key_of(family), family.post(REFRESH).status_code

    assert (at_its_end, is_401(after), signed_by, refreshed) == (200, True, "k1", 204)
    assert (key_of(family), family.get(DASHBOARD).status_code) == ("k2", 200)


def test_a_refresh_token_seen_again_after_several_turns_closes_the_whole_family_of_tokens(
    portal: Portal, family: Browser
) -> None:
    """Fault 33: whichever of the tokens comes back; another device of the same account stays."""
    elsewhere = factories.open_browser(portal, family.account_id)
    first = copy_of(family, sessions.REFRESH_COOKIE)
    assert [family.post(REFRESH).status_code for _ in range(3)] == [204, 204, 204]

    thief = with_cookies(portal, first, "POST", REFRESH)

    assert is_401(thief)
    assert is_401(family.get(DASHBOARD))
    assert is_401(family.post(REFRESH))
    assert elsewhere.get(DASHBOARD).status_code == 200


@pytest.mark.parametrize(("guarded", "answers"), [(True, [204, 401]), (False, [204, 204])])
def test_a_refresh_token_used_twice_at_the_same_instant_opens_at_most_once(
    portal: Portal, family: Browser, monkeypatch: pytest.MonkeyPatch, *, guarded: bool, answers: list[int]
) -> None:
    """Fault 33, and its negative control: without the guard both holders would be let in."""
    held, real = copy_of(family, sessions.REFRESH_COOKIE), ephemeral.rotate_refresh
    second: list[int] = []

    def meanwhile(digest: str) -> bool:
        if not second:
            second.append(0)
            second[0] = with_cookies(portal, held, "POST", REFRESH).status_code
        return real(digest) or not guarded

    monkeypatch.setattr(ephemeral, "rotate_refresh", meanwhile)
    first = with_cookies(portal, held, "POST", REFRESH).status_code

    assert sorted([first, *second]) == answers
    assert is_401(family.get(DASHBOARD)) is guarded


def change_password(portal: Portal, cookies: str) -> int:
    body = {"current_password": PASSWORD, "password": NEW, "password_confirmation": NEW}
    browser = portal.browser()
    for part in cookies.split("; "):
        name, _, value = part.partition("=")
        browser.client.set_cookie(name, value, domain="localhost", secure=True)
    return int(browser.post("/api/accounts/password/change", body).status_code)


@pytest.mark.parametrize("guarded", [True, False])
def test_the_request_after_another_password_chosen_during_one_is_refused(
    portal: Portal, monkeypatch: pytest.MonkeyPatch, *, guarded: bool
) -> None:
    """Fault 34, and its negative control: a change that left the sessions open would be seen."""
    from functions.family import service

    phone = signed_up_and_in(portal, Parent())
    laptop = portal.browser()
    assert sign_up.sign_in(laptop, Parent()).status_code == 200
    if not guarded:
        monkeypatch.setattr(sessions, "left_open", lambda access, _: access)
    real, changed = service.dashboard, []

    def slow(*arguments: Any, **named: Any) -> Any:
        changed.append(change_password(portal, copy_of(laptop)))
        return real(*arguments, **named)

    with monkeypatch.context() as during:
        during.setattr(service, "dashboard", slow)
        under_way = phone.get(DASHBOARD).status_code

    assert (changed, under_way) == ([200], 200)
    assert is_401(phone.get(DASHBOARD)) is guarded
    assert is_401(phone.post(REFRESH)) is guarded
    assert laptop.get(DASHBOARD).status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_mail_scanner_that_opens_any_link_changes_nothing(portal: Portal, method: str) -> None:
    """Fault 44: for every route that takes the token of a mail, in each of the places a scanner may put it."""
    parent = Parent()
    sign_up.create(portal.browser(), parent)
    token = sign_up.last_token(portal, parent.email)
    before = [sign_up.stored(portal, table) for table in ("core", "credentials")]
    scanner = portal.browser()

    asked = [place for path in LINKS for place in (path, f"{path}?token={token}", f"{path}/{token}")]
    answers = {place: scanner.call(method, place, None).status_code for place in asked}

    assert len(LINKS) > 4
    assert {status for status in answers.values() if status not in {404, 405}} == set(), answers
    assert [sign_up.stored(portal, table) for table in ("core", "credentials")] == before
    assert portal.browser().post("/api/activation", {"token": token}).status_code == 200, "the link was a good one"
