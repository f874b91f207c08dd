"""What every route inherits from the kit: parsing, refusals of the protocol, headers."""

import gc
import json
import weakref
from dataclasses import replace
from typing import Any

import pytest
from support.small_app import app, problem, reglement_file, send
from werkzeug.test import Client

from functions.kit import app as kit_app
from functions.kit import config
from functions.kit.config import Config
from functions.kit.endpoint import Call
from functions.store import connection

__all__ = ["app", "reglement_file"]


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


def test_settings_that_change_let_go_of_the_client_of_those_before(settings: Config) -> None:
    """Ten megabytes each: a process that serves from many places would fill the machine."""
    clients = []
    for number in (1, 2, 3):
        config.use(replace(settings, region=f"eu-west-{number}"))
        kit_app.prepare()
        clients.append(weakref.ref(connection.shared()))

    gc.collect()

    assert clients[1]() is None
    assert clients[2]() is connection.shared()
