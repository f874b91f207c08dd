"""A function of a few routes, for what every route inherits from the kit."""

import json
import uuid
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from functions.domain.errors import Throttled
from functions.kit import config
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


def small_app() -> tuple[Client, list[Call[Any]]]:
    """The function, and the calls that reached its handlers."""
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
    return small_app()


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
