"""Tokens that are nearly right, in every place where one is taken: refused in the same words, and nothing breaks."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import jwt
import msgspec
import pytest
from support import factories, sign_up
from support.client import FUNCTIONS, Browser, Portal, app_of
from support.sign_up import Parent
from werkzeug.test import Client
from werkzeug.wrappers import Response

from functions.kit import clock, config, known_devices, sessions

KEY = b"1" * 32
NEXT_KEY = b"2" * 32
DASHBOARD = "/api/family/dashboard"
REFRESH = "/api/accounts/sessions/refresh"

# What no claim should be, whoever signed it
ODD = [None, "", 0, -1, 1.5, True, "x" * 1500, "\u0000", "🙂", [], ["a"], {}, {"a": 1}, 1e400, 10**30]
CLAIMS = ("iss", "aud", "sub", "sid", "epoch", "iat", "exp", "jti", "nbf")
# Read by nobody, or an end that is far: tokens of ours all the same, as our key signed them
HARMLESS = {"exp": (10**30,), "jti": tuple(ODD), "iat": tuple(ODD), "nbf": tuple(ODD), "epoch": (True,)}


def part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def signed(header: Any, claims: Any, key: bytes = KEY) -> str:
    """By the right algorithm, whatever the header says."""
    message = f"{part(header)}.{part(claims)}"
    mac = hmac.new(key, message.encode(), hashlib.sha256).digest()
    return f"{message}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


HEADER = {"alg": "HS256", "typ": "JWT", "kid": "k1"}


def claims_of(browser: Browser) -> dict[str, Any]:
    token = cookie(browser, sessions.SESSION_COOKIE)
    return dict(jwt.decode(token, options={"verify_signature": False}))


def cookie(browser: Browser, name: str) -> str:
    found = browser.client.get_cookie(name, domain="localhost")
    assert found
    return found.value


def with_cookies(portal: Portal, header: str, method: str = "GET", path: str = DASHBOARD) -> Response:
    """The Cookie header as it is, so that what no browser sends can be sent."""
    browser = portal.browser()
    browser.client = Client(portal.dispatch, Response, use_cookies=False)
    return browser.call(method, path, headers={"Cookie": header})


def as_session(portal: Portal, token: str) -> Response:
    return with_cookies(portal, f"{sessions.SESSION_COOKIE}={token}")


def is_401(answer: Response) -> bool:
    body = answer.get_json() or {}
    return answer.status_code == 401 and (body.get("code"), body.get("detail")) == (
        "not_signed_in",
        "Connectez-vous pour continuer.",
    )


@pytest.fixture
def family(portal: Portal) -> Browser:
    return factories.signed_in(portal, factories.family(factories.child()).foyer_id)


def test_the_token_these_tests_spoil_is_a_good_one(portal: Portal, family: Browser) -> None:
    """Negative control: what follows is refused for what was changed and for nothing else."""
    assert as_session(portal, signed(HEADER, claims_of(family))).status_code == 200


def test_a_claim_of_another_shape_is_no_session_even_well_signed(portal: Portal, family: Browser) -> None:
    claims = claims_of(family)
    spoilt = {
        (name, repr(value)[:20]): signed(HEADER, {**claims, name: value})
        for name in CLAIMS
        for value in ODD
        if not any(value is harmless or value == harmless for harmless in HARMLESS.get(name, ()))
    }

    answers = {case: as_session(portal, token) for case, token in spoilt.items()}

    assert len(answers) > 80
    assert [case for case, answer in answers.items() if not is_401(answer)] == []


def test_no_odd_claim_breaks_anything(portal: Portal, family: Browser) -> None:
    claims = claims_of(family)
    for name, values in HARMLESS.items():
        for value in values:
            answer = as_session(portal, signed(HEADER, {**claims, name: value}))
            assert answer.status_code in {200, 401}, (name, value)


HEADERS: list[Any] = [
    {**HEADER, "alg": "none"},
    {**HEADER, "alg": "HS512"},
    {**HEADER, "alg": "RS256"},
    {**HEADER, "alg": ""},
    {**HEADER, "alg": ["HS256"]},
    {**HEADER, "alg": None},
    {**HEADER, "crit": ["exp"]},
    {**HEADER, "b64": False, "crit": ["b64"]},
    {**HEADER, "kid": "k2"},
    {**HEADER, "kid": ["k1"]},
    {**HEADER, "kid": {"k": 1}},
    {**HEADER, "kid": None},
    {**HEADER, "kid": "../../dev/null"},
    {**HEADER, "kid": "k1\u0000"},
    {"typ": "JWT", "kid": "k1"},
    {"alg": "HS256"},
    [],
    "HS256",
    None,
    1,
]


@pytest.mark.parametrize("claims", [{}, [], None, "sub", 1, {"sub": "0" * 32}])
def test_claims_that_are_none_are_no_session(portal: Portal, claims: Any) -> None:
    assert is_401(as_session(portal, signed(HEADER, claims)))


def test_a_header_that_is_not_ours_is_no_session(portal: Portal, family: Browser) -> None:
    claims = claims_of(family)

    answers = [as_session(portal, signed(header, claims)) for header in HEADERS]

    assert [header for header, answer in zip(HEADERS, answers, strict=True) if not is_401(answer)] == []


def test_the_time_and_the_key_of_a_token_are_judged(portal: Portal, family: Browser) -> None:
    claims, now = claims_of(family), int(clock.now().timestamp())
    tokens = {
        "expired": signed(HEADER, {**claims, "exp": now}),
        "expired for long": signed(HEADER, {**claims, "exp": 0}),
        "another key": signed(HEADER, claims, NEXT_KEY),
        "an empty key": signed(HEADER, claims, b""),
        "the public part as key": signed(HEADER, claims, b"k1"),
        "for another audience": signed(HEADER, {**claims, "aud": ["agents"]}),
        "of another town": signed(HEADER, {**claims, "iss": "https://autre.exemple"}),
        "ours with a slash": signed(HEADER, {**claims, "iss": "http://localhost:8000/"}),
    }

    answers = {name: as_session(portal, token) for name, token in tokens.items()}

    assert [name for name, answer in answers.items() if not is_401(answer)] == []


def texts(token: str) -> list[str]:
    """Spellings that no library makes: cut, stretched, doubled, in other alphabets."""
    head, claims, mac = token.split(".")
    cut = [token[:length] for length in range(0, len(token), 17)]
    return [
        *cut,
        f"{head}.{claims}.",
        f"{head}..{mac}",
        f".{claims}.{mac}",
        f"{token}.{mac}",
        f"{head}.{claims}.{mac}.{mac}.{mac}",
        token + "A",
        token.upper(),
        token[::-1],
        token * 2,
        token * 60,
        "." * 5000,
        "é" * 40,
        "🙂",
        "\ufeff" + token,
        "%00",
        "null",
        "undefined",
        "{}",
        "[object Object]",
        '"' + token,
    ]


def test_a_token_cut_or_stretched_is_no_session(portal: Portal, family: Browser) -> None:
    token = cookie(family, sessions.SESSION_COOKIE)
    for text in texts(token):
        header = f"{sessions.SESSION_COOKIE}={text}".encode().decode("latin-1")
        assert is_401(with_cookies(portal, header)), text[:80]


@pytest.mark.parametrize("separator", ["; ", ";", ", "])
def test_of_two_cookies_of_one_name_a_bad_one_first_opens_nothing(
    portal: Portal, family: Browser, separator: str
) -> None:
    good = f"{sessions.SESSION_COOKIE}={cookie(family, sessions.SESSION_COOKIE)}"

    answer = with_cookies(portal, separator.join([f"{sessions.SESSION_COOKIE}=x", good]))

    assert is_401(answer)


@pytest.mark.parametrize("name", ["__host-parvis", "parvis", "__Secure-parvis", "__Host-parvis-refresh"])
def test_a_good_token_under_another_name_opens_nothing(portal: Portal, family: Browser, name: str) -> None:
    token = cookie(family, sessions.SESSION_COOKIE)

    assert is_401(with_cookies(portal, f"{name}={token}"))


# Refresh tokens


def test_a_refresh_token_that_is_nearly_right_opens_nothing(portal: Portal, family: Browser) -> None:
    good, session = cookie(family, sessions.REFRESH_COOKIE), cookie(family, sessions.SESSION_COOKIE)
    bad = [
        "",
        good[:-1],
        good + "A",
        good[::-1],
        good.swapcase(),
        session,
        hashlib.sha256(good.encode()).hexdigest(),
        good * 90,
        "é" * 43,
        "🙂",
        "\ufffd",
        "%00",
    ]
    for token in bad:
        header = f"{sessions.REFRESH_COOKIE}={token}".encode().decode("latin-1")
        assert is_401(with_cookies(portal, header, "POST", REFRESH)), token[:80]

    good_one = with_cookies(portal, f"{sessions.REFRESH_COOKIE}={good}", "POST", REFRESH)
    assert good_one.status_code == 204


def test_bytes_that_are_no_text_are_refused_in_every_cookie(portal: Portal) -> None:
    for name in (sessions.SESSION_COOKIE, sessions.REFRESH_COOKIE, known_devices.COOKIE):
        for raw in ("\xff\xfe", "\xed\xa0\x80", "\xc3", "\xf0\x9f"):
            header = f"{name}={raw}"
            assert is_401(with_cookies(portal, header))
            assert is_401(with_cookies(portal, header, "POST", REFRESH))


def test_two_tabs_that_refresh_with_one_token_at_once_never_open_two_families(portal: Portal, family: Browser) -> None:
    """Fault 33: at most one is answered; a copy that is used closes the session, whoever holds it."""
    token = cookie(family, sessions.REFRESH_COOKIE)
    answers = sign_up.at_once(
        lambda _: with_cookies(portal, f"{sessions.REFRESH_COOKIE}={token}", "POST", REFRESH).status_code, 4
    )

    assert sorted(answers)[1:] == [401, 401, 401]
    assert family.get(DASHBOARD).status_code == 401


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


# Links sent by mail


TYPED = {
    "username": "camille.neuve",
    "password": "sept hérons traversent la Loire",
    "password_confirmation": "sept hérons traversent la Loire",
}


def _links() -> dict[str, dict[str, str]]:
    """Every route that takes the token of a mail -> the rest of what it asks for."""
    routes = [route for name in FUNCTIONS for route in app_of(name).extensions["parvis_routes"] if route.body]
    asked = {route.path: [field.name for field in msgspec.structs.fields(route.body)] for route in routes}
    return {
        path: {name: TYPED[name] for name in names if name != "token"}
        for path, names in asked.items()
        if "token" in names
    }


LINKS = _links()
RESET = "/api/accounts/password/reset"


def spoilt(token: str) -> list[str]:
    return [token[:-1], token + "A", token[::-1], token.swapcase(), "A" * 20, "A" * 200, "-_" * 20]


def test_a_link_that_is_nearly_right_opens_nothing(portal: Portal) -> None:
    parent = Parent()
    sign_up.create(portal.browser(), parent)
    token = sign_up.last_token(portal, parent.email)
    browser = factories.stranger(portal)  # one of the routes asks to be signed in
    before = sign_up.stored(portal, "credentials")

    seen = {
        (path, body["code"], body["detail"], answer.status_code)
        for path, more in LINKS.items()
        for number, one in enumerate(spoilt(token))
        for answer in [browser.post(path, {"token": one, **more}, address=f"192.0.2.{number}")]
        for body in [answer.get_json()]
    }

    assert {(path, code, status) for path, code, _, status in seen} == {(path, "token_unknown", 404) for path in LINKS}
    assert len(seen) == len(LINKS)  # one sentence a place
    assert sign_up.stored(portal, "credentials") == before


def test_what_could_be_no_token_is_refused_by_its_shape(portal: Portal) -> None:
    bad = [
        "",
        "x",
        "A" * 201,
        "é" * 30,
        "🙂" * 10,
        "A" * 25 + "\n" + "A",
        "A" * 25 + "\u0000",
        "../" * 10,
        None,
        1,
        [],
        {},
    ]
    browser = factories.stranger(portal)
    for path, more in LINKS.items():
        for token in bad:
            answer = browser.post(path, {"token": token, **more})
            assert (answer.status_code, list(sign_up.errors(answer))) == (422, ["/token"]), (path, token)


def test_a_link_opens_only_the_door_it_was_made_for(portal: Portal, travel: Callable[[datetime], None]) -> None:
    parent = Parent()
    sign_up.create(portal.browser(), parent)
    token = sign_up.last_token(portal, parent.email)

    browser, others = factories.stranger(portal), [path for path in LINKS if path != "/api/activation"]

    crossed = {path: browser.post(path, {"token": token, **LINKS[path]}) for path in others}
    travel(clock.now() + timedelta(hours=25))
    late = portal.browser().post("/api/activation", {"token": token})

    assert {path: answer.status_code for path, answer in crossed.items()} == dict.fromkeys(others, 404)
    assert {answer.get_json()["code"] for answer in crossed.values()} == {"token_unknown"}
    assert RESET in crossed
    assert (late.status_code, late.get_json()["code"]) == (410, "token_expired")
