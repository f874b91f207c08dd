"""The control against robots: a small computation that the visitor's device makes, with nothing to read or recognise.

ALTCHA, version 2: to find which of a few numbers gives the announced key takes the device about a second, for each
sending; checking it takes nothing. A solution serves once, for one request: it is spent together with the
address, the Idempotency-Key and the body, so that the same request may be sent again after an answer was lost.
"""

import base64
import hashlib
import hmac
import json
import secrets
from datetime import datetime, timedelta
from typing import Any

import msgspec

from functions.domain.errors import Invalid
from functions.kit import config, log
from functions.store import ephemeral

HEADER = "X-Parvis-Proof"
LONGEST = 2000
LIFE = timedelta(minutes=20)  # more than the last step of the longest form takes
_ALGORITHM = "PBKDF2/SHA-256"
_NUMBERS = 200


class Challenge(msgspec.Struct):
    """What the device has to solve, and our signature of it."""

    parameters: dict[str, Any]
    signature: str


def challenge(now: datetime) -> Challenge:
    """Nothing is stored."""
    from altcha import create_challenge

    made = create_challenge(
        _ALGORITHM,
        config.current().robot_cost,
        counter=secrets.randbelow(_NUMBERS),
        data={"ends": int((now + LIFE).timestamp())},  # by our clock: the library reads the machine's
        hmac_secret=_secret("challenge"),
        hmac_key_secret=_secret("solution"),
    )
    return Challenge(made.parameters.to_dict(), made.signature or "")


def check(solution: str, request: str, now: datetime) -> None:
    """Spend a solution on this request. Raises Invalid "robot_check": the page then solves another challenge."""
    parameters = _solved(solution)
    if parameters is None:
        raise _refused("missing" if not solution else "wrong")
    ends = int(parameters["data"]["ends"])
    if ends <= now.timestamp():
        raise _refused("expired")
    if not ephemeral.spend(f"PREUVE#{parameters['nonce']}", _digest(request), ends):
        raise _refused("spent")


def _solved(solution: str) -> dict[str, Any] | None:
    """The parameters of the challenge, ours and solved; None otherwise."""
    from altcha import verify_solution

    if not solution or len(solution) > LONGEST:
        return None
    verified = verify_solution(solution, _secret("challenge"), hmac_key_secret=_secret("solution"))
    if not verified.verified:
        return None
    parameters: dict[str, Any] = json.loads(base64.b64decode(solution))["challenge"]["parameters"]
    return parameters


def _refused(why: str) -> Invalid:
    log.event("robot_check_refused", reason=why)
    return Invalid(
        "robot_check",
        "La vérification de sécurité n’a pas abouti. Réessayez\u202f: rien de ce que vous avez saisi n’est perdu.",
    )


def _secret(purpose: str) -> bytes:
    return hmac.new(config.current().pepper, f"robots|{purpose}".encode(), hashlib.sha256).digest()


def _digest(request: str) -> str:
    return hashlib.sha256(request.encode()).hexdigest()
