"""An authenticator without a device: makes passkeys and signs with them for real (ES256), and lies when a test asks.

`register` and `sign_in` go through the portal's routes; `made` and `signed` are the answers they send.
"""

import base64
import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from werkzeug.wrappers import Response

from support import sign_up
from support.client import Browser, Portal

PATH = "/api/passkeys"
_PRESENT, _VERIFIED, _MAY_SYNC, _SYNCED, _NEW_KEY = 0x01, 0x04, 0x08, 0x10, 0x40


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def raw(words: str) -> bytes:
    return base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))


@dataclass
class Authenticator:
    """One passkey. `counts`: it counts its signatures, as a security key does; synchronised ones always say 0."""

    origin: str = "http://localhost:8000"
    rp_id: str = "localhost"
    verified: bool = True
    synced: bool = False
    counts: bool = True
    count: int = 0
    credential_id: bytes = field(default_factory=lambda: os.urandom(32))
    handle: str = ""
    on_curve: bool = True
    _key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def made(self, options: dict[str, Any], **more: Any) -> dict[str, Any]:
        """The answer to the options of create()."""
        self.handle = options["user"]["id"]
        statement = {"fmt": "none", "attStmt": {}, "authData": self._data(new=True)}
        return {
            "credential_id": text(self.credential_id),
            "client_data": self._client_data("webauthn.create", options["challenge"]),
            "attestation": text(cbor2.dumps(statement)),
            "transports": ["internal"],
            **more,
        }

    def signed(self, options: dict[str, Any], **more: Any) -> dict[str, Any]:
        """The answer to the options of get()."""
        if self.counts:
            self.count += 1
        client_data = self._client_data("webauthn.get", options["challenge"])
        data = self._data()
        signature = self._key.sign(data + hashlib.sha256(raw(client_data)).digest(), ec.ECDSA(hashes.SHA256()))
        return {
            "credential_id": text(self.credential_id),
            "client_data": client_data,
            "authenticator_data": text(data),
            "signature": text(signature),
            "user_handle": self.handle,
            **more,
        }

    def _client_data(self, kind: str, challenge: str) -> str:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return text(json.dumps(said).encode())

    def _data(self, *, new: bool = False) -> bytes:
        flags = _PRESENT | (_VERIFIED if self.verified else 0) | (_MAY_SYNC | _SYNCED if self.synced else 0)
        head = hashlib.sha256(self.rp_id.encode()).digest()
        start = head + bytes([flags | (_NEW_KEY if new else 0)]) + self.count.to_bytes(4, "big")
        if not new:
            return start
        numbers = self._key.public_key().public_numbers()
        y = numbers.y if self.on_curve else 1
        key = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: y.to_bytes(32, "big")}
        return start + bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + cbor2.dumps(key)


def ask(browser: Browser, password: str = sign_up.PASSWORD) -> Response:
    return browser.post(f"{PATH}/options", {"current_password": password})


def options_of(answer: Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()["public_key"]
    return found


def register(browser: Browser, device: Authenticator | None = None, **more: Any) -> tuple[Authenticator, Response]:
    """The whole registration of a parent of support.sign_up."""
    device = device or Authenticator()
    return device, browser.post(PATH, device.made(options_of(ask(browser)), **more))


def sign_in_options(browser: Browser) -> dict[str, Any]:
    return options_of(browser.post(f"{PATH}/sign-in/options"))


def sign_in(browser: Browser, device: Authenticator, **more: Any) -> Response:
    return browser.post(f"{PATH}/sign-in", device.signed(sign_in_options(browser), **more))


def listed(browser: Browser) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = browser.get(PATH).get_json()["passkeys"]
    return found


def told(portal: Portal, email: str) -> list[str]:
    """The subjects of the letters about passkeys sent to this address."""
    sign_up.run_jobs()
    subjects = (str(letter["Subject"]) for letter in sign_up.letters(portal, email))
    return [subject for subject in subjects if "clé d’accès" in subject]
