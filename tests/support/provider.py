"""A provider of identities that lies on demand: what FranceConnect answers over HTTP, with one thing wrong at a time.

Signs with keys of its own (ES256). `flaws` changes what the next answers say; tests/oidc has a real provider beside it.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm
from werkzeug.wrappers import Response

from functions.franceconnect import metadata
from functions.kit import app as kit_app
from functions.kit import clock, config
from functions.kit.config import FranceConnect
from functions.store import accounts
from support import iam
from support.client import Browser
from support.sign_up import PASSWORD, Parent

SECRET = "un secret que la mairie a reçu de la plateforme"
CLIENT = "parvis-essai"
API = "/api/franceconnect"
PARENT = Parent().typed("/identity/birth_date", "1985-04-12")
CAMILLE = {
    "sub": "camille-chez-nous",
    "family_name": "MARTIN",
    "given_name": "Camille Rose",
    "given_name_array": ["Camille", "Rose"],
    "birthdate": "1985-04-12",
    "gender": "female",
    "email": "camille@exemple.fr",
}


def _pair(kid: str) -> tuple[Any, dict[str, Any]]:
    private = ec.generate_private_key(ec.SECP256R1())
    public = json.loads(ECAlgorithm.to_jwk(private.public_key()))
    return private, {**public, "kid": kid, "use": "sig", "alg": "ES256"}


@dataclass
class Provider:
    """`person` is who signs in; `asked` the parameters of the last authorize, `calls` the paths asked of it."""

    port: int = 0
    person: dict[str, Any] = field(default_factory=lambda: dict(CAMILLE))
    flaws: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    kid: str = "k1"

    def __post_init__(self) -> None:
        self.private, self.jwk = _pair(self.kid)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v2"

    def rotate(self) -> None:
        self.kid += "+"
        self.private, self.jwk = _pair(self.kid)

    def discovery(self) -> dict[str, Any]:
        paths = {"authorization": "authorize", "token": "token", "userinfo": "userinfo", "end_session": "session/end"}
        found = {f"{name}_endpoint": f"{self.issuer}/{path}" for name, path in paths.items()}
        return {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/jwks", **found, **self.flaws.get("discovery", {})}

    def sign(self, claims: dict[str, Any], which: str) -> str:
        how = self.flaws.get(f"{which}_signed", "ES256")
        headers = {"kid": self.flaws.get("kid", self.kid)}
        if how == "none":
            return jwt.encode(claims, None, algorithm="none", headers=headers)
        if how == "HS256":
            return jwt.encode(claims, SECRET, algorithm="HS256", headers=headers)
        key = _pair("other")[0] if how == "other key" else self.private
        return jwt.encode(claims, key, algorithm="ES256", headers=headers)

    def tokens(self) -> dict[str, Any]:
        now = int(clock.now().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": self.person["sub"],
            "iat": now,
            "exp": now + 60,
            "nonce": self.asked.get("nonce", ""),
            "acr": "eidas1",
            **self.flaws.get("id_token", {}),
        }
        return {"access_token": "jeton", "token_type": "Bearer", "id_token": self.sign(claims, "id_token")}

    def userinfo(self) -> tuple[str, bytes]:
        claims = {"iss": self.issuer, "aud": CLIENT, **self.person, **self.flaws.get("userinfo", {})}
        if self.flaws.get("userinfo_signed") == "not":
            return "application/json", json.dumps(claims).encode()
        return "application/jwt", self.sign(claims, "userinfo").encode()

    def answer(self, method: str, path: str, body: str) -> tuple[int, str, bytes]:
        self.calls.append(path)
        name = path.rsplit("/", 1)[-1]
        time.sleep(self.flaws.get("slow", {}).get(name, 0))
        if name in self.flaws.get("broken", {}):
            return self.flaws["broken"][name]  # type: ignore[no-any-return]
        if name == "openid-configuration":
            return 200, "application/json", json.dumps(self.discovery()).encode()
        if name == "jwks":
            return 200, "application/json", json.dumps({"keys": [self.jwk]}).encode()
        if name == "token" and method == "POST":
            sent = dict(parse_qsl(body))
            known = sent.get("client_secret") == SECRET and sent.get("code") == "code"
            known = known and sent.get("redirect_uri") == self.asked.get("redirect_uri")
            return (200 if known else 400), "application/json", json.dumps(self.tokens() if known else {}).encode()
        if name == "userinfo":
            return (200, *self.userinfo())
        return 404, "text/plain", b""


@contextmanager
def running() -> Iterator[Provider]:
    """Answering on a free port of this machine."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            status, kind, content = provider.answer(self.command, self.path, self.rfile.read(length).decode())
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            if 300 <= status < 400:
                self.send_header("Location", f"{provider.issuer}/jwks")
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815 - the name that http.server asks for

        def log_message(self, *_: Any) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.port = server.server_address[1]
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def configured(settings: config.Config, issuer: str, client: str = CLIENT, secret: str = SECRET) -> Iterator[None]:
    """The portal with FranceConnect, at this issuer."""
    _use(replace(settings, franceconnect=FranceConnect(issuer, client, secret)))
    try:
        yield
    finally:
        _use(settings)


def _use(settings: config.Config) -> None:
    metadata.forget()
    config.use(settings)
    kit_app.prepare()  # another client of the store, which must be watched too
    iam.enforce(settings.table_prefix)


def leave(browser: Browser, provider: Provider, start: Callable[[], Response] | None = None) -> dict[str, str]:
    """Go to the provider; return what it was asked."""
    answer = start() if start else browser.post(f"{API}/start")
    assert answer.status_code == 200, answer.text
    query = parse_qs(urlsplit(answer.get_json()["address"]).query)
    provider.asked = {name: values[0] for name, values in query.items()}
    return provider.asked


def come_back(browser: Browser, provider: Provider, **changed: str) -> Response:
    return browser.post(f"{API}/callback", {"state": provider.asked["state"], "code": "code", **changed})


def visit(browser: Browser, provider: Provider) -> Response:
    """Leave to sign in, and come back."""
    leave(browser, provider)
    return come_back(browser, provider)


def link(browser: Browser, provider: Provider, password: str = PASSWORD) -> Browser:
    """From « Mes identifiants »: the password, FranceConnect, and back."""
    leave(browser, provider, lambda: browser.post(f"{API}/link/start", {"link_password": password}))
    assert come_back(browser, provider).get_json() == {"outcome": "unknown", "account": None}
    answer = browser.post(f"{API}/link", {})
    assert answer.status_code == 204, answer.text
    return browser


def account_id() -> str:
    return accounts.find_claim("COURRIEL", PARENT.email, clock.now()) or ""


def code_of(answer: Response) -> str:
    return str(answer.get_json()["code"])


def is_linked(browser: Browser) -> bool:
    return bool(browser.get(f"{API}/link").get_json()["linked"])
