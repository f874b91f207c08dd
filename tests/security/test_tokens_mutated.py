"""Tokens that are nearly right, in every place where one is taken: refused in the same words, and nothing breaks."""

import hashlib
from typing import Any

import pytest
from support import factories, sign_up
from support.client import Browser, Portal
from support.tokens import (
    DASHBOARD,
    HEADER,
    NEXT_KEY,
    REFRESH,
    as_session,
    claims_of,
    cookie,
    is_401,
    signed,
    with_cookies,
)

from functions.kit import clock, known_devices, sessions

# What no claim should be, whoever signed it
ODD = [None, "", 0, -1, 1.5, True, "x" * 1500, "\u0000", "🙂", [], ["a"], {}, {"a": 1}, 1e400, 10**30]
CLAIMS = ("iss", "aud", "sub", "sid", "epoch", "iat", "exp", "jti", "nbf")
# Read by nobody, or an end that is far: tokens of ours all the same, as our key signed them
HARMLESS = {"exp": (10**30,), "jti": tuple(ODD), "iat": tuple(ODD), "nbf": tuple(ODD), "epoch": (True,)}


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
