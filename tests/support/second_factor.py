"""What the tests of second factors share: an application that gives codes, a parent who has one, a page of agents."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pyotp
import pytest

from functions.kit import clock
from functions.kit.app import create_app
from functions.kit.endpoint import Call, Reply, Routes
from functions.store import access as access_store
from functions.store import accounts
from functions.store.access import AgentGrant
from support import sign_up
from support.client import Browser, Portal
from support.sign_up import Parent

STEP = "/api/accounts/sessions/second-step"
FACTOR = "/api/accounts/second-factor"
ME = "/api/accounts/me"
PARENT = Parent()
Travel = Callable[..., None]


def later(travel: Travel, seconds: int = 30) -> None:
    travel(clock.now() + timedelta(seconds=seconds))


def code(secret: str, steps: int = 0) -> str:
    return str(pyotp.TOTP(secret).at(clock.now() + timedelta(seconds=30 * steps)))


def begin(browser: Browser, password: str = sign_up.PASSWORD) -> Any:
    return browser.post(FACTOR, {"current_password": password})


def confirm(browser: Browser, typed: str, **more: Any) -> Any:
    return browser.post(f"{FACTOR}/confirm", {"code": typed}, **more)


def prove(browser: Browser, typed: str, **more: Any) -> Any:
    return browser.post(STEP, {"code": typed}, **more)


@pytest.fixture
def parent(portal: Portal) -> Browser:
    return sign_up.signed_up_and_in(portal, PARENT)


@pytest.fixture
def enrolled(parent: Browser) -> tuple[str, list[str]]:
    """The secret of the application, and the recovery codes."""
    secret = begin(parent).get_json()["secret"]
    answer = confirm(parent, code(secret))
    assert answer.status_code == 200, answer.text
    return secret, answer.get_json()["recovery_codes"]


@pytest.fixture
def half(portal: Portal, enrolled: tuple[str, list[str]], travel: Travel) -> Browser:
    """After the password, before the code, in another browser, at the next step of time."""
    assert enrolled
    later(travel)
    browser = portal.browser()
    answer = sign_up.sign_in(browser, PARENT)
    assert answer.get_json()["second_factor"] == "needed"
    return browser


def make_agent() -> None:
    account_id = accounts.find_claim("COURRIEL", PARENT.email, clock.now())
    access = access_store.find(account_id or "")
    assert access is not None
    assert access_store.save(replace(access, agent=AgentGrant("Agnès Roux", ("mairie",))))


def desk(browser: Browser) -> Any:
    """A page of agents, in a function of this test."""
    routes = Routes("desk")

    @routes.add("GET", "", access="agent", summary="")
    def show(call: Call[None]) -> Reply:
        assert call.session.access.agent is not None
        return Reply({"name": call.session.access.agent.name})

    client = create_app(routes).test_client()
    cookie = browser.client.get_cookie("__Host-parvis", domain="localhost")
    if cookie:
        client.set_cookie(cookie.key, cookie.value, domain="localhost", secure=True)
    return client.get("/api/desk", base_url="https://localhost")
