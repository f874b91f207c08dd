"""Requests that no browser of ours sends: each is refused in our own words, and nothing breaks."""

from pathlib import Path
from typing import Any

import pytest
from support import sign_up
from support.client import Portal
from support.sign_up import Parent
from werkzeug.test import Client

from functions.console.static_site import StaticSite
from functions.local_server import Origin

SIGNS = "\ufdfa"  # one sign that folds to eighteen letters


@pytest.mark.parametrize("path", ["/api/family//dashboard", "/api/accounts//sessions", "/api/family/dashboard//"])
def test_the_host_header_never_leads_anywhere(portal: Portal, path: str) -> None:
    answer = portal.browser().client.get(path, base_url="https://evil.example")

    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Location" not in answer.headers
    assert "evil.example" not in answer.text


@pytest.mark.parametrize("origin", ["http://[::1", "null", "http://localhost:8000@evil.example", "http://["])
def test_an_origin_that_is_none_is_foreign(portal: Portal, origin: str) -> None:
    answer = portal.browser().post("/api/accounts/sessions/refresh", headers={"Origin": origin})

    assert (answer.status_code, answer.get_json()["code"]) == (403, "foreign_request")


@pytest.mark.parametrize("name", [SIGNS * 105, SIGNS * 100 + "@exemple.fr"])
def test_a_name_longer_than_a_key_of_the_store_is_nobodys(portal: Portal, name: str) -> None:
    answer = portal.browser().post("/api/accounts/sessions", {"username": name, "password": "x"})

    assert (answer.status_code, answer.get_json()["code"]) == (401, "bad_credentials")


def test_the_longest_username_is_one_that_can_sign_in(portal: Portal) -> None:
    answer = sign_up.create(portal.browser(), Parent(username=SIGNS * 60))

    assert answer.status_code == 202  # 1 980 bytes once folded: still a key
    assert sign_up.sign_in(portal.browser(), Parent(username=SIGNS * 60)).status_code == 403  # waits to be activated


@pytest.mark.parametrize("path", ["/" + "a" * 300, "/" + "é" * 200 + "/", "/guides/" + "a" * 5000])
def test_a_name_longer_than_the_disk_takes_is_not_found(tmp_path: Path, path: str) -> None:
    (tmp_path / "guides").mkdir()

    assert Client(StaticSite(tmp_path, {"X-Content-Type-Options": "nosniff"})).get(path).status_code == 404


def test_an_unknown_function_is_as_closed_as_the_others() -> None:
    def site(*_: Any) -> list[bytes]:
        raise AssertionError("the site answers nothing under /api")

    answer = Client(Origin({}, site)).get("/api/nope")

    assert answer.status_code == 404
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer.headers["Cache-Control"] == "no-store"
