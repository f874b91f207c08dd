"""What every route inherits from the kit: the token of a session, and its cookies."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import jwt
import pytest
from support import factories
from support.small_app import SESSION_KEY, app, problem, reglement_file, small_app
from werkzeug.test import Client
from werkzeug.wrappers import Response

from functions.kit import clock, config, sessions
from functions.kit.app import create_app
from functions.kit.endpoint import Call, Reply, Routes

__all__ = ["app", "reglement_file"]


@pytest.fixture
def session(settings: config.Config) -> sessions.Session:
    assert settings.origin
    return sessions.open_session(factories.account().account_id, clock.now())[0]


def claims_of(session: sessions.Session, **changed: Any) -> dict[str, Any]:
    now = clock.now()
    claims = {
        "iss": "http://localhost:8000",
        "aud": "parvis",
        "sub": session.account_id,
        "sid": session.session_id,
        "epoch": 1,
        "iat": now,
        "exp": now + timedelta(minutes=15),
        "jti": "0011",
    }
    return {name: value for name, value in {**claims, **changed}.items() if value is not None}


def token_of(claims: dict[str, Any], key: bytes = SESSION_KEY, algorithm: str = "HS256", kid: str = "k1") -> str:
    return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": kid})


def unsigned(claims: dict[str, Any], algorithm: str) -> str:
    """What no library agrees to write: a header naming no algorithm, and no signature."""
    header = {"alg": algorithm, "typ": "JWT", "kid": "k1"}
    body = {name: int(value.timestamp()) if isinstance(value, datetime) else value for name, value in claims.items()}
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (header, body)]
    return ".".join([*parts, ""])


LONG_KEY = b"2" * 64
MUTATIONS: dict[str, Callable[[dict[str, Any]], str]] = {
    "alg none": lambda claims: unsigned(claims, "none"),
    "alg None": lambda claims: unsigned(claims, "None"),
    "no signature": lambda claims: token_of(claims).rsplit(".", 1)[0] + ".",
    "another key": lambda claims: token_of(claims, LONG_KEY),
    "another algorithm": lambda claims: token_of(claims, SESSION_KEY * 2, "HS512"),
    "another key id": lambda claims: token_of(claims, kid="k2"),
    "no key id": lambda claims: jwt.encode(claims, SESSION_KEY, algorithm="HS256"),
    "another audience": lambda claims: token_of({**claims, "aud": "agents"}),
    "another issuer": lambda claims: token_of({**claims, "iss": "https://piege.exemple"}),
    "expired": lambda claims: token_of({**claims, "exp": clock.now()}),
    "another epoch": lambda claims: token_of({**claims, "epoch": 2}),
    "another session": lambda claims: token_of({**claims, "sid": "0" * 32}),
    "another account": lambda claims: token_of({**claims, "sub": "f" * 32}),
    "truncated": lambda claims: token_of(claims)[:-4],
    "one letter changed": lambda claims: token_of(claims).replace("e", "f", 1),
    "payload of another": lambda claims: ".".join(
        [token_of(claims).split(".")[0], token_of({**claims, "epoch": 9}).split(".")[1], token_of(claims).split(".")[2]]
    ),
    "not a token": lambda _: "bonjour",
    "empty": lambda _: "",
    **{
        f"without {name}": lambda claims, name=name: token_of({k: v for k, v in claims.items() if k != name})
        for name in ("exp", "iat", "sub", "aud", "iss", "jti", "sid", "epoch")
    },
}


def with_token(client: Client, token: str) -> Response:
    client.set_cookie(sessions.SESSION_COOKIE, token, domain="localhost", secure=True)
    return client.get("/api/essai/mine", base_url="https://localhost")


def test_a_good_token_opens(app: tuple[Client, list[Call[Any]]], session: sessions.Session) -> None:
    client, _ = app

    answer = with_token(client, token_of(claims_of(session)))

    assert answer.get_json() == {"account_id": session.account_id}


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_mutated_token_is_no_session(
    app: tuple[Client, list[Call[Any]]], session: sessions.Session, mutation: str
) -> None:
    client, seen = app

    answer = with_token(client, MUTATIONS[mutation](claims_of(session)))

    assert (answer.status_code, problem(answer)["code"]) == (401, "not_signed_in")
    assert seen == []


def test_a_rotated_key_still_verifies_what_it_signed(settings: config.Config, session: sessions.Session) -> None:
    client, _ = small_app()
    old = token_of(claims_of(session))

    config.use(replace(settings, session_keys={"k2": LONG_KEY[:32], "k1": SESSION_KEY}))
    during = with_token(client, old)
    config.use(replace(settings, session_keys={"k2": LONG_KEY[:32]}))
    after = with_token(client, old)

    assert during.status_code == 200
    assert after.status_code == 401


def test_the_session_ends_with_the_token_and_with_signing_out(
    app: tuple[Client, list[Call[Any]]], session: sessions.Session, travel: Callable[[datetime], None]
) -> None:
    client, _ = app
    token = token_of(claims_of(session))

    start = clock.now()

    before = with_token(client, token)
    travel(start + timedelta(minutes=15))
    late = with_token(client, token)
    travel(start)
    sessions.close(session.account_id, session.session_id)
    closed = with_token(client, token)

    assert [before.status_code, late.status_code, closed.status_code] == [200, 401, 401]


def test_cookies_are_host_only_secure_and_out_of_reach_of_scripts(settings: config.Config) -> None:
    routes = Routes("essai")
    account_id = factories.account().account_id

    @routes.add("GET", "/open", access="public", summary="")
    def opened(call: Call[Any]) -> Reply:
        return Reply(status=204, cookies=sessions.open_session(account_id, call.now)[1])

    @routes.add("GET", "/forget", access="public", summary="")
    def forgotten(_call: Call[Any]) -> Reply:
        return Reply(status=204, cookies=sessions.forget_cookies())

    client = Client(create_app(routes), Response)

    set_, deleted = client.get("/api/essai/open"), client.get("/api/essai/forget")

    assert settings.origin
    names = ("__Host-parvis", "__Host-parvis-refresh")
    for name, cookie in zip(names, set_.headers.getlist("Set-Cookie"), strict=True):
        value, *attributes = cookie.split("; ")
        assert value.startswith(f"{name}=")
        assert set(attributes) - {a for a in attributes if a.startswith("Expires=")} == {
            "Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200",
        }  # fmt: skip
    assert all("Max-Age=0" in cookie for cookie in deleted.headers.getlist("Set-Cookie"))
    assert len(deleted.headers.getlist("Set-Cookie")) == 2
