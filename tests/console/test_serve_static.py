"""The built site as a folder: indexes, types, validators, and nothing outside of it."""

import json
from pathlib import Path
from typing import Any

import pytest
from support.engine import ROOT
from werkzeug.test import Client, TestResponse

from functions.console.static_site import StaticSite
from functions.local_server import Origin

HEADERS: dict[str, str] = json.loads((ROOT / "infra/headers.json").read_text())


@pytest.fixture
def www(tmp_path: Path) -> Path:
    root = tmp_path / "www"
    for name, content in {
        "index.html": "<h1>Accueil</h1>",
        "404.html": "<h1>Introuvable</h1>",
        "guides/index.html": "<h1>Guides</h1>",
        "activités/index.html": "<h1>Activités</h1>",
        "assets/app/shell.js": "export {};",
        "assets/parvis.css": "a{}",
        "manifest.webmanifest": "{}",
        "api/docs/index.html": "<h1>API</h1>",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    (tmp_path / "secret.txt").write_text("à ne pas servir")
    (root / ".cache").write_text("à ne pas servir")
    (root / "lien.txt").symlink_to(tmp_path / "secret.txt")
    return root


@pytest.fixture
def client(www: Path) -> Client:
    return Client(StaticSite(www, HEADERS))


def _get(client: Client, path: str, **options: Any) -> TestResponse:
    return client.get(path, **options)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/guides/", "text/html; charset=utf-8"),
        ("/activit%C3%A9s/", "text/html; charset=utf-8"),
        ("/assets/app/shell.js", "text/javascript; charset=utf-8"),
        ("/assets/parvis.css", "text/css; charset=utf-8"),
        ("/manifest.webmanifest", "application/manifest+json; charset=utf-8"),
    ],
)
def test_each_file_has_its_type_its_validator_and_the_security_headers(client: Client, path: str, kind: str) -> None:
    answer = _get(client, path)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Cache-Control"] == "no-cache"
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert _get(client, path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_a_changed_file_has_another_validator(client: Client, www: Path) -> None:
    before = _get(client, "/").headers["ETag"]

    (www / "index.html").write_text("<h1>Nouvel accueil</h1>")

    answer = _get(client, "/", headers={"If-None-Match": before})
    assert (answer.status_code, answer.text) == (200, "<h1>Nouvel accueil</h1>")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/guides/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%5csecret.txt",
        "/.cache",
        "/lien.txt",
        "/index.html/",
        "/rien/",
        "/assets/",
        "/a%00b",
    ],
)
def test_what_is_not_a_page_answers_the_404_page_with_its_headers(client: Client, path: str) -> None:
    answer = _get(client, path)

    assert (answer.status_code, answer.text) == (404, "<h1>Introuvable</h1>")
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


def test_a_folder_without_its_slash_is_redirected_within_the_site(client: Client) -> None:
    answer = _get(client, "/guides?a=1")

    assert (answer.status_code, answer.headers["Location"]) == (301, "/guides/?a=1")
    assert _get(client, "/", environ_overrides={"PATH_INFO": "//guides"}).headers["Location"] == "/guides/"


def test_pages_are_only_read(client: Client) -> None:
    assert client.post("/").status_code == 405
    head = client.head("/")
    assert (head.status_code, head.text, head.headers["Content-Length"]) == (200, "", "16")


def test_one_origin_sends_each_path_where_it_belongs(www: Path) -> None:
    def function(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [str(environ["PATH_INFO"]).encode()]

    origin = Client(Origin({"accounts": function}, StaticSite(www, HEADERS)))

    assert _get(origin, "/api/accounts/sessions").text == "/api/accounts/sessions"
    assert _get(origin, "/api/docs/").text == "<h1>API</h1>"
    assert _get(origin, "/guides/").text == "<h1>Guides</h1>"
    unknown = _get(origin, "/api/nothing/here")
    assert (unknown.status_code, unknown.json["code"]) == (404, "http_404") if unknown.json else pytest.fail("no JSON")
    assert _get(origin, "/boite-mail/").status_code == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "localhost.evil.example", "", "[::1", "10.0.0.1"]
)
def test_a_foreign_name_is_refused_by_the_local_origin(www: Path, host: str) -> None:
    client = Client(Origin({}, StaticSite(www, HEADERS)))

    answer = client.get("/", headers={"Host": host})

    assert answer.status_code == 421
    assert "Accueil" not in answer.text


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "portail.example"])
def test_its_own_names_are_answered(www: Path, host: str) -> None:
    client = Client(Origin({}, StaticSite(www, HEADERS), host="portail.example"))

    assert "Accueil" in client.get("/", headers={"Host": host}).text
