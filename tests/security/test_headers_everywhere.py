"""Every address of the portal, whatever it answers, carries what protects the person who reads it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import factories
from support.client import FUNCTIONS, Portal, app_of
from support.engine import ROOT
from werkzeug.test import Client
from werkzeug.wrappers import Response

from functions import local_server
from functions.kit import app as kit_app
from functions.kit import headers, known_devices, sessions
from functions.kit.endpoint import Route
from functions.store.transactions import Busy

WWW = ROOT / "build/www"
PAGES: dict[str, str] = json.loads((ROOT / "infra/headers.json").read_text())
ROUTES: list[Route] = [route for name in FUNCTIONS for route in app_of(name).extensions["parvis_routes"]]
WRITES = {"X-Parvis": "1", "Idempotency-Key": "00000000-0000-4000-8000-000000000000", "If-Match": '"1"'}


@pytest.fixture
def origin(portal: Portal, tmp_path: Path) -> Client:
    """The pages, the API and the local mailbox together, as one machine serves them."""
    assert portal.settings.origin
    return Client(local_server.make_app(WWW, tmp_path / "boite"), Response)


def ask(origin: Client, path: str, method: str = "GET", **more: Any) -> Response:
    sent = {**WRITES, **more.pop("headers", {})} if method != "GET" else more.pop("headers", {})
    answer = origin.open(path, method=method, base_url="https://localhost:8000", headers=sent, **more)
    if answer.status_code == 405:
        assert answer.headers.get("Allow"), f"{method} {path} does not say what is allowed"
    return answer


def missing(answer: Response, expected: dict[str, str]) -> dict[str, str | None]:
    return {name: answer.headers.get(name) for name, value in expected.items() if answer.headers.get(name) != value}


def addresses() -> Iterator[str]:
    """What the site holds: every file, every folder with and without its slash (/api is the functions')."""
    for path in sorted(set(WWW.rglob("*")) - {WWW / "api"}):
        relative = f"/{path.relative_to(WWW)}"
        if path.is_dir():
            yield from (relative, f"{relative}/")
        else:
            yield relative


def filled(route: Route) -> str:
    return re.sub(r"<\w+>", "0" * 32, route.path)


def test_the_policy_of_the_pages_is_strict() -> None:
    policy = dict(part.strip().split(" ", 1) for part in PAGES["Content-Security-Policy"].split(";"))

    assert "unsafe" not in PAGES["Content-Security-Policy"]
    assert (policy["default-src"], policy["frame-ancestors"], policy["base-uri"]) == ("'none'",) * 3
    assert re.fullmatch(r"max-age=\d{8,}; includeSubDomains", PAGES["Strict-Transport-Security"])
    assert PAGES["X-Content-Type-Options"] == "nosniff"
    assert PAGES["Referrer-Policy"] in {"no-referrer", "same-origin", "strict-origin-when-cross-origin"}
    assert PAGES["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in PAGES["Permissions-Policy"]


def test_the_api_says_what_the_pages_say_and_keeps_nothing() -> None:
    own = {"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}

    assert dict(headers.ALWAYS) == {**PAGES, **own}


def test_every_address_of_the_built_site_is_protected(origin: Client) -> None:
    found = [(path, ask(origin, path)) for path in addresses()]

    statuses = {answer.status_code for _, answer in found}
    assert len(found) > 100, "make build first"
    assert {200, 301} <= statuses <= {200, 301, 404}
    assert {path: missing(answer, PAGES) for path, answer in found if missing(answer, PAGES)} == {}
    assert not [path for path, answer in found if "Set-Cookie" in answer.headers]


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/nulle-part/", "GET", 404),
        ("/..%2f..%2fetc/passwd", "GET", 404),
        ("/connexion/", "POST", 405),
        ("/connexion/", "TRACE", 405),
        ("/boite-mail/", "GET", 200),
        ("/boite-mail/rien", "GET", 404),
        ("/boite-mail/", "POST", 405),
    ],
)
def test_what_the_site_refuses_is_protected_too(origin: Client, path: str, method: str, status: int) -> None:
    answer = ask(origin, path, method)

    assert answer.status_code == status
    assert missing(answer, PAGES) == {}


def test_a_page_that_has_not_changed_is_protected(origin: Client) -> None:
    etag = ask(origin, "/connexion/").headers["ETag"]

    again = ask(origin, "/connexion/", headers={"If-None-Match": etag})

    assert again.status_code == 304
    assert missing(again, PAGES) == {}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_route_is_protected_whoever_asks_and_however(origin: Client, route: Route) -> None:
    """Without a session, with a body that is none, by a method that is not its own, from another site."""
    wrong = next(name for name in ("PATCH", "PUT") if name != route.method)
    answers = [
        ask(origin, filled(route), route.method),
        ask(origin, filled(route), route.method, data=b"{", content_type="application/json"),
        ask(origin, filled(route), wrong),
        ask(origin, f"{filled(route)}/rien", route.method),
        ask(origin, filled(route), route.method, headers={"Origin": "https://piege.exemple"}),
    ]

    assert answers[2].status_code == 405
    assert route.method in answers[2].headers["Allow"]
    assert all(answer.status_code < 500 for answer in answers)
    assert [missing(answer, dict(headers.ALWAYS)) for answer in answers] == [{}] * len(answers)
    assert not [answer for answer in answers if "Location" in answer.headers]


@pytest.mark.parametrize("path", ["/api/", "/api/rien", "/api/accounts", "/api/accounts/nulle-part", "/api"])
def test_an_address_that_is_no_route_is_protected(origin: Client, path: str) -> None:
    answer = ask(origin, path)

    assert answer.status_code in {404, 405}
    assert missing(answer, dict(headers.ALWAYS)) == {}


def test_another_name_of_this_machine_is_refused_with_the_same_headers(origin: Client) -> None:
    answer = origin.get("/", base_url="https://piege.exemple")

    assert answer.status_code == 421
    assert missing(answer, dict(headers.ALWAYS)) == {}


@pytest.mark.parametrize(("breakdown", "status"), [(RuntimeError("panne"), 500), (Busy(), 503)])
def test_a_breakdown_is_protected(
    origin: Client, monkeypatch: pytest.MonkeyPatch, breakdown: Exception, status: int
) -> None:
    def broken() -> None:
        raise breakdown

    monkeypatch.setattr(kit_app, "prepare", broken)
    for route in ROUTES:
        answer = ask(origin, filled(route), route.method)

        assert answer.status_code == status
        assert missing(answer, dict(headers.ALWAYS)) == {}


def test_what_a_family_reads_is_kept_by_no_cache(portal: Portal) -> None:
    family = factories.signed_in(portal, factories.family(factories.child()).foyer_id)
    read = [route for route in ROUTES if route.method == "GET" and "<" not in route.path]

    answers = {route.path: family.get(route.path) for route in read}

    assert [path for path, answer in answers.items() if missing(answer, dict(headers.ALWAYS))] == []
    assert answers["/api/family/dashboard"].status_code == 200
    assert answers["/api/accounts/me"].status_code == 200


def test_the_three_cookies_and_no_other_are_host_only(portal: Portal) -> None:
    """What a whole sign-in sets, word for word but for the values and the dates."""
    from support import sign_up
    from support.sign_up import Parent

    browser = sign_up.sign_up(portal, Parent())

    lines = sign_up.sign_in(browser, Parent()).headers.getlist("Set-Cookie")

    seen = sorted(re.sub(r"=[^;]+", "", line, count=1) for line in lines)
    plain = [re.sub(r" Expires=[^;]+;", "", line) for line in seen]
    assert plain == sorted(
        f"{name}; Max-Age={life}; Secure; HttpOnly; Path=/; SameSite=Lax"
        for name, life in (
            (sessions.SESSION_COOKIE, 43200),
            (sessions.REFRESH_COOKIE, 43200),
            (known_devices.COOKIE, 31_536_000),
        )
    )
