"""FranceConnect against a real OpenID provider (tests/oidc): the whole way of a person."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from support import oidc, sign_up
from support import provider as fake
from support.client import Browser, Portal
from support.oidc import Walker
from support.provider import API
from support.sign_up import PASSWORD, Parent

from functions.kit import config

PARENT = (
    Parent("marc", "marc@exemple.fr").typed("/identity/usual_name", "Lefèvre").typed("/identity/given_names", "Marc")
)


@pytest.fixture
def walker(settings: config.Config) -> Iterator[Walker]:
    with (
        oidc.running(settings.origin) as issuer,
        fake.configured(settings, issuer, oidc.CLIENT, oidc.SECRET),
    ):
        yield Walker(issuer)


def back_with(browser: Browser, ended: str) -> dict[str, object]:
    """What the page of return sends."""
    assert ended.startswith("http://localhost:8000/franceconnect/?")
    brought = {name: values[0] for name, values in parse_qs(urlsplit(ended).query).items()}
    body = {name: brought[name] for name in ("state", "code", "error") if name in brought}
    answer = browser.post(f"{API}/callback", body)
    return {"status": answer.status_code, **answer.get_json()}


def test_a_person_links_leaves_signs_in_and_gives_up(portal: Portal, walker: Walker) -> None:
    parent = sign_up.signed_up_and_in(portal, PARENT)
    address = parent.post(f"{API}/link/start", {"link_password": PASSWORD}).get_json()["address"]
    assert back_with(parent, walker.go(address, "marc"))["outcome"] == "unknown"
    identity = parent.get(f"{API}/pending").get_json()
    assert (identity["family_name"], identity["given_names"]) == ("LEFEVRE", ["Marc", "Olivier"])
    assert parent.post(f"{API}/link", {"sure": True}).status_code == 204

    leaving = parent.post(f"{API}/sign-out").get_json()["address"]
    ended = urlsplit(walker.go(leaving, ""))
    assert (ended.path, list(parse_qs(ended.query))) == ("/connexion/", ["state"])

    browser = portal.browser()
    address = browser.post(f"{API}/start").get_json()["address"]
    denied = back_with(browser, walker.go(address, ""))  # it asks who again: its own session was closed
    assert (denied["status"], denied["code"]) == (409, "franceconnect_denied")
    address = browser.post(f"{API}/start").get_json()["address"]
    assert back_with(browser, walker.go(address, "marc"))["outcome"] == "signed_in"
    assert browser.get("/api/accounts/me").status_code == 200
