"""What changes while a family is signed in: the keys of the sessions, a sign-out during another request."""

from dataclasses import replace
from typing import Any

import jwt
import pytest
from support import factories
from support.client import Browser, Portal
from support.tokens import (
    DASHBOARD,
    HEADER,
    KEY,
    NEXT_KEY,
    REFRESH,
    as_session,
    claims_of,
    cookie,
    is_401,
    signed,
    with_cookies,
)

from functions.kit import config, sessions


@pytest.fixture
def family(portal: Portal) -> Browser:
    return factories.signed_in(portal, factories.family(factories.child()).foyer_id)


# Keys of the sessions that are changed while families are signed in (fault 32)


def test_a_family_lives_through_a_change_of_keys_with_one_silent_refresh(portal: Portal, family: Browser) -> None:
    settings, old = portal.settings, cookie(family, sessions.SESSION_COOKIE)

    config.use(replace(settings, session_keys={"k2": NEXT_KEY, "k1": KEY}))
    during = family.get(DASHBOARD).status_code
    config.use(replace(settings, session_keys={"k2": NEXT_KEY}))
    after = family.get(DASHBOARD).status_code
    refreshed = family.post(REFRESH).status_code
    back = family.get(DASHBOARD).status_code

    assert (during, after, refreshed, back) == (200, 401, 204, 200)
    assert jwt.get_unverified_header(old)["kid"] == "k1"
    assert jwt.get_unverified_header(cookie(family, sessions.SESSION_COOKIE))["kid"] == "k2"


def test_the_first_key_signs_and_a_later_one_only_verifies(portal: Portal, family: Browser) -> None:
    config.use(replace(portal.settings, session_keys={"k2": NEXT_KEY, "k1": KEY}))

    assert family.post(REFRESH).status_code == 204
    assert jwt.get_unverified_header(cookie(family, sessions.SESSION_COOKIE))["kid"] == "k2"


def test_a_key_under_the_name_of_another_opens_nothing(portal: Portal, family: Browser) -> None:
    claims = claims_of(family)
    config.use(replace(portal.settings, session_keys={"k2": NEXT_KEY, "k1": KEY}))

    assert is_401(as_session(portal, signed({**HEADER, "kid": "k2"}, claims, KEY)))
    assert is_401(as_session(portal, signed({**HEADER, "kid": "k1"}, claims, NEXT_KEY)))
    assert as_session(portal, signed({**HEADER, "kid": "k2"}, claims, NEXT_KEY)).status_code == 200


# Leaving while a request is under way (fault 34)


@pytest.mark.parametrize("path", ["/api/accounts/sessions/current", "/api/accounts/sessions"])
def test_the_request_after_a_sign_out_made_during_another_is_refused(
    portal: Portal, family: Browser, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    from functions.family import service

    copy = f"{sessions.SESSION_COOKIE}={cookie(family, sessions.SESSION_COOKIE)}"
    real, left = service.dashboard, []

    def slow(*arguments: Any, **named: Any) -> Any:
        left.append(with_cookies(portal, copy, "DELETE", path).status_code)
        return real(*arguments, **named)

    with monkeypatch.context() as during:
        during.setattr(service, "dashboard", slow)
        under_way = with_cookies(portal, copy)

    assert (left, under_way.status_code) == ([204], 200)
    assert is_401(with_cookies(portal, copy))


def test_a_refresh_under_way_while_its_owner_leaves_opens_nothing_for_long(
    family: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from functions.store import ephemeral

    real = ephemeral.rotate_refresh

    def leaves_meanwhile(digest: str) -> bool:
        done = real(digest)
        sessions.close_all(family.account_id)
        return done

    with monkeypatch.context() as during:
        during.setattr(ephemeral, "rotate_refresh", leaves_meanwhile)
        answer = family.post(REFRESH)

    assert is_401(answer)
    assert is_401(family.get(DASHBOARD))
