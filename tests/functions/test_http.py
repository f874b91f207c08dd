"""What every route inherits from the kit: parsing, refusals of the protocol, sessions, cookies, headers."""

import base64
import json
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import msgspec
import pytest
from support import factories
from werkzeug.test import Client
from werkzeug.wrappers import Response

from functions.domain.errors import Throttled
from functions.kit import clock, config, sessions
from functions.kit.app import create_app
from functions.kit.endpoint import Call, Reply, Routes

SESSION_KEY = b"1" * 32


@pytest.fixture(scope="session")
def reglement_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """No rule is read here."""
    return tmp_path_factory.mktemp("none") / "reglement.json"


class Note(msgspec.Struct, forbid_unknown_fields=True):
    text: str
    day: date | None = None
    amount_centimes: int = 0


def _app() -> tuple[Client, list[Call[Any]]]:
    """A function of three routes, and the calls that reached its handlers."""
    seen: list[Call[Any]] = []
    routes = Routes("essai")

    @routes.add("GET", "/public", access="public", summary="")
    def public(call: Call[Any]) -> Reply:
        seen.append(call)
        return Reply({"address": call.address}, etag="v1")

    @routes.add("GET", "/mine", access="account", summary="")
    def mine(call: Call[Any]) -> Reply:
        seen.append(call)
        return Reply({"account_id": call.session.account_id})

    @routes.add("POST", "/notes", access="public", summary="", body=Note, status=201)
    def write(call: Call[Note]) -> Reply:
        seen.append(call)
        return Reply({"text": call.body.text})

    @routes.add("POST", "/versioned", access="public", summary="", body=Note, if_match=True)
    def versioned(call: Call[Note]) -> Reply:
        seen.append(call)
        return Reply({"version": call.if_match})

    @routes.add("POST", "/broken", access="public", summary="", body=Note)
    def broken(_call: Call[Note]) -> Reply:
        raise ZeroDivisionError("M. Dupont, 06 12 34 56 78")

    @routes.add("POST", "/slow-down", access="public", summary="", body=Note)
    def slow_down(_call: Call[Note]) -> Reply:
        raise Throttled("too_many_tries", "Trop d’essais.", retry_after=42)

    return Client(create_app(routes), Response), seen


@pytest.fixture
def app(settings: config.Config) -> tuple[Client, list[Call[Any]]]:
    assert settings.session_keys == {"k1": SESSION_KEY}
    return _app()


def send(client: Client, path: str, data: bytes = b'{"text":"bonjour"}', **headers: str) -> Response:
    given = {name.replace("_", "-"): value for name, value in headers.items() if value}
    absent = {name.replace("_", "-") for name, value in headers.items() if not value}
    usual = {"X-Parvis": "1", "Idempotency-Key": str(uuid.uuid4()), "Content-Type": "application/json"}
    sent = {name: value for name, value in {**usual, **given}.items() if name not in absent}
    return client.post(f"/api/essai{path}", data=data, headers=sent)


def problem(response: Response) -> dict[str, Any]:
    assert response.mimetype == "application/problem+json"
    body: dict[str, Any] = json.loads(response.data)
    assert body["status"] == response.status_code
    assert body["title"]
    assert body["detail"]
    return body


def test_a_write_reaches_its_handler(app: tuple[Client, list[Call[Any]]]) -> None:
    client, seen = app

    answer = send(client, "/notes", '{"text":"  Léo "}'.encode())

    assert answer.status_code == 201
    assert answer.get_json() == {"text": "Léo"}
    assert len(seen) == 1


UNREADABLE = [
    b"",
    b"{",
    b'{"text":}',
    b"\xff\xfe",
    b'{"text":"\xff"}',
    b'{"text":"a"} {"text":"b"}',
    b'{"text":"\\ud800"}',
    b"[" * 50_000,
    b"[" * 900 + b"]" * 900,
    b'{"text":NaN}',
    b"text=bonjour",
]


@pytest.mark.parametrize("data", UNREADABLE)
def test_what_is_not_json_is_unreadable(app: tuple[Client, list[Call[Any]]], data: bytes) -> None:
    client, seen = app

    answer = send(client, "/notes", data)

    assert answer.status_code == 400
    assert problem(answer)["code"] == "unreadable"
    assert seen == []


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_another_content_type_is_refused(app: tuple[Client, list[Call[Any]]], kind: str) -> None:
    client, seen = app

    answer = send(client, "/notes", Content_Type=kind)

    assert answer.status_code == 415
    assert seen == []


def test_a_body_too_large_is_refused(app: tuple[Client, list[Call[Any]]]) -> None:
    client, seen = app

    answer = send(client, "/notes", b'{"text":"' + b"a" * 300_000 + b'"}')

    assert answer.status_code == 413
    assert problem(answer)["title"] == "Envoi trop volumineux"
    assert seen == []


@pytest.mark.parametrize("key", ["", "court", "a" * 65, "espace interdit ici !", "é" * 20])
def test_a_write_needs_a_well_formed_idempotency_key(app: tuple[Client, list[Call[Any]]], key: str) -> None:
    client, seen = app

    answer = send(client, "/notes", Idempotency_Key=key)

    assert answer.status_code == 400
    assert problem(answer)["code"] == "idempotency_key_missing"
    assert seen == []


def test_a_route_with_a_version_needs_if_match(app: tuple[Client, list[Call[Any]]]) -> None:
    client, _ = app

    without, given = send(client, "/versioned"), send(client, "/versioned", If_Match='"abc"')

    assert without.status_code == 428
    assert problem(without)["code"] == "version_missing"
    assert given.get_json() == {"version": "abc"}


def test_every_wrong_field_is_said_with_its_pointer(app: tuple[Client, list[Call[Any]]]) -> None:
    client, seen = app
    sent = {"day": "2027-02-30", "amount_centimes": "12", "role": "agent"}

    answer = send(client, "/notes", json.dumps(sent).encode())

    assert answer.status_code == 422
    found = {error["pointer"]: error["detail"] for error in problem(answer)["errors"]}
    assert set(found) == {"/text", "/day", "/amount_centimes", "/role"}
    assert all(detail for detail in found.values())
    assert seen == []


@pytest.mark.parametrize("data", [b"null", b"[]", b'"texte"', b"12", b'{"text":null}', b'{"text":["a"]}'])
def test_another_shape_is_answered_field_by_field(app: tuple[Client, list[Call[Any]]], data: bytes) -> None:
    client, seen = app

    answer = send(client, "/notes", data)

    assert answer.status_code == 422
    assert problem(answer)["errors"]
    assert seen == []


def test_an_unknown_address_and_a_wrong_method_are_problems(app: tuple[Client, list[Call[Any]]]) -> None:
    client, seen = app

    unknown, wrong = client.get("/api/essai/nulle-part"), client.delete("/api/essai/notes")
    options = client.options("/api/essai/notes")

    assert (unknown.status_code, problem(unknown)["code"]) == (404, "http_404")
    assert (wrong.status_code, problem(wrong)["code"]) == (405, "http_405")
    assert options.status_code == 405
    assert seen == []


FOREIGN = [
    {"X_Parvis": ""},
    {"X_Parvis": "0"},
    {"Origin": "https://piege.exemple"},
    {"Origin": "http://localhost:8001"},
    {"Origin": "https://localhost:8000"},
    {"Origin": "null"},
    {"Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_write_from_elsewhere_is_refused(app: tuple[Client, list[Call[Any]]], headers: dict[str, str]) -> None:
    client, seen = app

    answer = send(client, "/notes", **headers)

    assert (answer.status_code, problem(answer)["code"]) == (403, "foreign_request")
    assert seen == []


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://localhost:8000"}, {"Sec_Fetch_Site": "same-origin"}, {"Sec_Fetch_Site": "none"}]
)
def test_a_write_of_our_own_pages_is_taken(app: tuple[Client, list[Call[Any]]], headers: dict[str, str]) -> None:
    client, seen = app

    answer = send(client, "/notes", **headers)

    assert answer.status_code == 201
    assert len(seen) == 1


def test_no_answer_is_ever_kept_or_guessed(app: tuple[Client, list[Call[Any]]]) -> None:
    client, _ = app

    for answer in (client.get("/api/essai/public"), client.get("/api/essai/mine"), client.get("/api/essai/x")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert client.get("/api/essai/public").headers["ETag"] == '"v1"'


def test_the_cloudfront_address_counts_only_behind_cloudfront(app: tuple[Client, list[Call[Any]]]) -> None:
    client, _ = app
    forged = {"CloudFront-Viewer-Address": "203.0.113.9:4242"}

    answer = client.get("/api/essai/public", headers=forged, environ_overrides={"REMOTE_ADDR": "192.0.2.7"})

    assert answer.get_json() == {"address": "192.0.2.7"}


def test_an_unexpected_error_says_nothing_of_the_inside(
    app: tuple[Client, list[Call[Any]]], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, _ = app
    lines: list[str] = []
    monkeypatch.setattr("functions.kit.log._logger.log", lambda _level, _format, line: lines.append(line))

    answer = send(client, "/broken")

    assert answer.status_code == 500
    body = problem(answer)
    assert body["incident"] in body["detail"]
    assert "Dupont" not in answer.text
    assert any(body["incident"] in line for line in lines)
    assert not any("Dupont" in line for line in [*lines, caplog.text])


def test_a_throttled_answer_says_when_to_come_back(app: tuple[Client, list[Call[Any]]]) -> None:
    client, _ = app

    answer = send(client, "/slow-down")

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "42"


# Sessions


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
    from dataclasses import replace

    client, _ = _app()
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
