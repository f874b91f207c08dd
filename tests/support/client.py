"""A browser without a screen: calls the functions' WSGI applications, keeps cookies, sends what our pages send."""

import importlib
import uuid
from typing import Any

from flask import Flask
from werkzeug.test import Client
from werkzeug.wrappers import Response

from functions.kit import robots
from functions.kit.config import Config
from support import iam, proofs

FUNCTIONS = ("accounts", "activation", "agents", "family", "franceconnect", "passkeys", "reservations")


def app_of(function: str) -> Flask:
    """Imported when first called, as a Lambda function would be."""
    if function not in FUNCTIONS:
        raise LookupError(f"no function is called {function}")
    app: Flask = importlib.import_module(f"functions.{function}.app").app
    return app


class Portal:
    def __init__(self, settings: Config) -> None:
        self.settings = settings

    def dispatch(self, environ: dict[str, Any], start_response: Any) -> Any:
        name = environ["PATH_INFO"].split("/")[2]
        with iam.acting_as(name):
            return importlib.import_module(f"functions.{name}.app").app(environ, start_response)

    def browser(self) -> "Browser":
        return Browser(self)


class Browser:
    """`call` returns the response. Writes carry X-Parvis and an Idempotency-Key. `account_id` once signed in by
    support.factories.
    """

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.account_id = ""
        self.client = Client(portal.dispatch, Response)

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        key: str = "",
        headers: dict[str, str] | None = None,
        address: str = "192.0.2.1",
    ) -> Response:
        sent = {"X-Parvis": "1", "Sec-Fetch-Site": "same-origin", **(headers or {})}
        if method != "GET":
            sent.setdefault("Idempotency-Key", key or str(uuid.uuid4()))
            if proofs.is_asked(method, path):
                sent.setdefault(robots.HEADER, proofs.solved())
        return self.client.open(
            path,
            method=method,
            json=body,
            headers=sent,
            base_url="https://localhost",
            environ_overrides={"REMOTE_ADDR": address},
        )

    def get(self, path: str, **more: Any) -> Response:
        return self.call("GET", path, **more)

    def post(self, path: str, body: object = None, **more: Any) -> Response:
        return self.call("POST", path, body, **more)
