"""Tokens of a session made by hand, and requests whose Cookie header is whatever a test wants."""

import base64
import hashlib
import hmac
import json
from typing import Any

import jwt
from werkzeug.test import Client
from werkzeug.wrappers import Response

from functions.kit import sessions
from support.client import Browser, Portal

KEY = b"1" * 32
NEXT_KEY = b"2" * 32
DASHBOARD = "/api/family/dashboard"
REFRESH = "/api/accounts/sessions/refresh"


def part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def signed(header: Any, claims: Any, key: bytes = KEY) -> str:
    """By the right algorithm, whatever the header says."""
    message = f"{part(header)}.{part(claims)}"
    mac = hmac.new(key, message.encode(), hashlib.sha256).digest()
    return f"{message}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


HEADER = {"alg": "HS256", "typ": "JWT", "kid": "k1"}


def claims_of(browser: Browser) -> dict[str, Any]:
    token = cookie(browser, sessions.SESSION_COOKIE)
    return dict(jwt.decode(token, options={"verify_signature": False}))


def cookie(browser: Browser, name: str) -> str:
    found = browser.client.get_cookie(name, domain="localhost")
    assert found
    return found.value


def with_cookies(portal: Portal, header: str, method: str = "GET", path: str = DASHBOARD) -> Response:
    """The Cookie header as it is, so that what no browser sends can be sent."""
    browser = portal.browser()
    browser.client = Client(portal.dispatch, Response, use_cookies=False)
    return browser.call(method, path, headers={"Cookie": header})


def as_session(portal: Portal, token: str) -> Response:
    return with_cookies(portal, f"{sessions.SESSION_COOKIE}={token}")


def is_401(answer: Response) -> bool:
    body = answer.get_json() or {}
    return answer.status_code == 401 and (body.get("code"), body.get("detail")) == (
        "not_signed_in",
        "Connectez-vous pour continuer.",
    )
