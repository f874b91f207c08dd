"""A small HTTP client that behaves as the portal's own pages do: our header, an idempotency key, cookies kept."""

import http.client
import json
import uuid
from http.cookies import SimpleCookie
from typing import Any

from functions.console.failures import Failure


class Browser:
    """Speaks to the portal that this machine serves. Each call raises Failure, with the portal's own words."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._cookies: dict[str, str] = {}

    def post(self, path: str, body: object, *, robots: bool = False) -> Any:
        """POST JSON; return the JSON answered (None when there is none). `robots`: past the control against them."""
        headers = {
            "Content-Type": "application/json",
            "X-Parvis": "1",
            "Idempotency-Key": str(uuid.uuid4()),
            **({"X-Parvis-Proof": self._proof()} if robots else {}),
        }
        return self._call("POST", path, json.dumps(body), headers)

    def _proof(self) -> str:
        import altcha

        challenge = altcha.Challenge.from_dict(self._call("GET", "/api/accounts/robot-challenge", None, {}))
        solution = altcha.solve_challenge(challenge)
        if solution is None:
            raise Failure("Le contrôle contre les robots n’a pas pu être passé.")
        return altcha.Payload(challenge, solution).to_base64()

    def _call(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Any:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        except OSError as error:
            raise Failure(f"Le portail ne répond pas sur le port {self.port} ({error}).") from error
        finally:
            connection.close()
        self._keep(answer.headers.get_all("Set-Cookie") or [])
        value = json.loads(content) if content else None
        if answer.status >= 400:  # noqa: PLR2004 - HTTP
            detail = value.get("detail") if isinstance(value, dict) else ""
            raise Failure(f"Le portail refuse {path} ({answer.status}) : {detail}")
        return value

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                self._cookies[name] = morsel.value
