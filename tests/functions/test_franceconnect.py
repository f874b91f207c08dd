"""FranceConnect: off by default, signing in with a linked identity, and everything that must open nothing."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import ANY
from urllib.parse import parse_qs, urlsplit

import pytest
from support import provider as fake
from support import sign_up
from support.client import Browser, Portal
from support.provider import (
    API,
    PARENT,
    Provider,
    account_id,
    code_of,
    come_back,
    is_linked,
    leave,
    link,
    visit,
)
from support.sign_up import PASSWORD

from functions.franceconnect.passing import COOKIE
from functions.kit import clock, config
from functions.store import access as access_store
from functions.store.access import AgentGrant

ME = "/api/accounts/me"
Travel = Callable[..., None]


@pytest.fixture
def provider(settings: config.Config) -> Iterator[Provider]:
    with fake.running() as running, fake.configured(settings, running.issuer):
        yield running


@pytest.fixture
def parent(portal: Portal, provider: Provider) -> Browser:
    assert provider.port
    return sign_up.signed_up_and_in(portal, PARENT)


@pytest.fixture
def linked(parent: Browser, provider: Provider) -> Browser:
    return link(parent, provider)


def test_it_is_off_until_the_town_names_its_issuer(portal: Portal) -> None:
    browser = sign_up.signed_up_and_in(portal, PARENT)
    asked: list[tuple[str, str, Any]] = [
        ("POST", "/start", None),
        ("POST", "/link/start", {"link_password": PASSWORD}),
        ("POST", "/callback", {"state": "x", "code": "y"}),
        ("GET", "/pending", None),
        ("GET", "/link", None),
        ("POST", "/link", {}),
        ("POST", "/unlink", {"unlink_password": PASSWORD}),
        ("POST", "/sign-out", None),
    ]

    answers = [browser.call(method, API + path, body) for method, path, body in asked]

    assert {(answer.status_code, code_of(answer)) for answer in answers} == {(404, "franceconnect_off")}
    assert browser.get(API).get_json() == {"on": False}
    assert browser.get(ME).status_code == 200


def test_the_browser_leaves_with_what_franceconnect_asks_for(portal: Portal, provider: Provider) -> None:
    browser = portal.browser()
    assert browser.get(API).get_json() == {"on": True}

    answer = browser.post(f"{API}/start")

    address = urlsplit(answer.get_json()["address"])
    asked = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{provider.issuer}/authorize"
    assert min(len(asked.pop("state")), len(asked.pop("nonce"))) >= 22
    assert asked == {
        "response_type": "code",
        "client_id": fake.CLIENT,
        "redirect_uri": "http://localhost:8000/franceconnect/",
        "scope": "openid identite_pivot email",
        "acr_values": "eidas1",
    }
    [cookie] = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith(f"{COOKIE}=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=600"} <= set(cookie.split("; "))


def test_a_linked_identity_opens_what_the_password_opens(
    portal: Portal, linked: Browser, provider: Provider, travel: Travel
) -> None:
    assert is_linked(linked)
    travel(clock.now() + timedelta(minutes=1))
    browser = portal.browser()

    answer = visit(browser, provider)

    assert answer.get_json()["outcome"] == "signed_in"
    assert answer.get_json()["account"] == {
        "given_name": "Camille",
        "usual_name": "Martin",
        "title": "Mme",
        "previous_sign_in": ANY,
        "has_foyer": False,
        "second_factor": "none",
    }
    assert browser.get(ME).status_code == 200
    assert browser.post("/api/accounts/sessions/refresh").status_code == 204


@pytest.mark.usefixtures("linked")
def test_it_is_no_second_factor(portal: Portal, provider: Provider) -> None:
    access = access_store.find(account_id())
    assert access is not None
    assert access_store.save(replace(access, second_factor="totp", agent=AgentGrant("Agnès Roux", ("mairie",))))
    browser = portal.browser()

    account = visit(browser, provider).get_json()["account"]

    assert account["second_factor"] == "needed"
    assert account["usual_name"] == ""
    assert code_of(browser.get(ME)) == "second_factor_needed"


LIES: dict[str, dict[str, Any]] = {
    "wrong nonce": {"id_token": {"nonce": "n" * 43}},
    "no nonce": {"id_token": {"nonce": None}},
    "id_token alg none": {"id_token_signed": "none"},
    "id_token HS256 with the secret": {"id_token_signed": "HS256"},
    "id_token of another key": {"id_token_signed": "other key"},
    "unknown kid": {"kid": "unknown"},
    "expired": {"id_token": {"exp": 1}},
    "never expires": {"id_token": {"exp": None}},
    "another audience": {"id_token": {"aud": "someone-else"}},
    "two audiences": {"id_token": {"aud": [fake.CLIENT, "someone-else"]}},
    "another issuer": {"id_token": {"iss": "https://elsewhere.example"}},
    "no acr": {"id_token": {"acr": None}},
    "another acr": {"id_token": {"acr": "eidas0"}},
    "no sub": {"id_token": {"sub": ""}},
    "userinfo of another sub": {"userinfo": {"sub": "somebody-else"}},
    "userinfo not signed": {"userinfo_signed": "not"},
    "userinfo alg none": {"userinfo_signed": "none"},
    "userinfo HS256 with the secret": {"userinfo_signed": "HS256"},
    "userinfo of another key": {"userinfo_signed": "other key"},
    "userinfo for somebody else": {"userinfo": {"aud": "someone-else"}},
}


@pytest.mark.parametrize("lie", LIES)
def test_what_does_not_hold_opens_nothing(portal: Portal, linked: Browser, provider: Provider, lie: str) -> None:
    assert is_linked(linked)
    browser = portal.browser()
    provider.flaws = LIES[lie]
    before = len(sign_up.stored(portal, "ephemeral"))

    answer = visit(browser, provider)

    assert (answer.status_code, code_of(answer)) == (502, "franceconnect_not_trusted")
    assert "autrement" in answer.get_json()["detail"]
    assert not answer.headers.getlist("Set-Cookie")
    items = [item["pk"]["S"] for item in sign_up.stored(portal, "ephemeral")]
    assert not [pk for pk in items if pk.startswith(("FC_ETAT", "FC_IDENTITE"))]
    assert len([pk for pk in items if not pk.startswith("FREIN")]) <= before


BREAKDOWNS: dict[str, tuple[int, str, bytes]] = {
    "error": (500, "application/json", b"{}"),
    "garbage": (200, "application/json", b"\xff<html>"),
    "a list": (200, "application/json", b"[]"),
    "a redirect": (302, "application/json", b""),
    "endless": (200, "application/json", b" " * 200_000),
}


@pytest.mark.parametrize("where", ["token", "userinfo", "jwks"])
@pytest.mark.parametrize("what", BREAKDOWNS)
def test_a_breakdown_there_is_said_and_nothing_is_kept(
    portal: Portal, provider: Provider, where: str, what: str
) -> None:
    browser = portal.browser()
    provider.flaws = {"broken": {where: BREAKDOWNS[what]}}

    answer = visit(browser, provider)

    assert answer.status_code == 502
    assert "autrement" in answer.get_json()["detail"]
    assert not answer.headers.getlist("Set-Cookie")
    assert browser.get(f"{API}/pending").status_code == 404


def test_nobody_there_is_said_before_leaving(portal: Portal, settings: config.Config) -> None:
    with fake.running() as provider:
        issuer = provider.issuer
    with fake.configured(settings, issuer):
        answer = portal.browser().post(f"{API}/start")

    assert (answer.status_code, code_of(answer)) == (502, "franceconnect_unreachable")
    assert answer.get_json()["detail"].startswith("FranceConnect ne répond pas")
    assert not answer.headers.getlist("Set-Cookie")


def test_a_provider_that_says_to_go_elsewhere_is_not_followed(portal: Portal, provider: Provider) -> None:
    for flaw in (
        {"issuer": "https://elsewhere.example"},
        {"authorization_endpoint": "https://elsewhere.example/authorize"},
        {"token_endpoint": provider.issuer.replace("127.0.0.1", "localhost") + "/token"},
        {"jwks_uri": None},
    ):
        provider.flaws = {"discovery": flaw}

        assert code_of(portal.browser().post(f"{API}/start")) == "franceconnect_not_trusted", flaw


def test_new_keys_are_asked_for_once(portal: Portal, linked: Browser, provider: Provider) -> None:
    assert is_linked(linked)
    visit(portal.browser(), provider)
    provider.rotate()
    provider.calls.clear()

    assert visit(portal.browser(), provider).get_json()["outcome"] == "signed_in"

    assert [call.rsplit("/", 1)[-1] for call in provider.calls] == ["token", "jwks", "userinfo"]


def test_a_state_serves_once_in_the_browser_that_left_and_for_ten_minutes(
    portal: Portal, provider: Provider, travel: Travel
) -> None:
    browser, other = portal.browser(), portal.browser()
    leave(other, provider)
    leave(browser, provider)

    refused = [come_back(other, provider), come_back(browser, provider)]  # of another browser; used by that try
    leave(browser, provider)
    assert come_back(browser, provider).status_code == 200
    refused += [come_back(browser, provider), come_back(browser, provider, state="inventé")]
    leave(browser, provider)
    browser.client.delete_cookie(COOKIE, domain="localhost")
    refused.append(come_back(browser, provider))
    leave(browser, provider)
    travel(clock.now() + timedelta(minutes=10))
    refused.append(come_back(browser, provider))

    assert {(answer.status_code, code_of(answer)) for answer in refused} == {(409, "franceconnect_state")}


def test_giving_up_there_comes_back_with_plain_words(portal: Portal, provider: Provider) -> None:
    browser = portal.browser()
    leave(browser, provider)

    answer = come_back(browser, provider, code="", error="access_denied")

    assert (answer.status_code, code_of(answer)) == (409, "franceconnect_denied")
    assert "Rien n’a été enregistré" in answer.get_json()["detail"]
    assert code_of(come_back(browser, provider)) == "franceconnect_state"
