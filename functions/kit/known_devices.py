"""Devices on which an account has signed in before: whoever guesses passwords elsewhere does not lock them out.

A cookie of a year holds a random number and, for each account that signed in here, a keyed digest of both. It names
nobody, opens nothing, and only chooses which counter of tries this sign-in falls under.
"""

import hmac
import secrets
from hashlib import sha256

from functions.kit import config
from functions.kit.sessions import Cookie

COOKIE = "__Host-parvis-appareil"
_LIFE = 365 * 86_400
_MOST = 4  # a family's tablet
_NUMBER = 32
_DIGEST = 32


def recognise(value: str, account_id: str) -> str:
    """The device's number when this account has signed in on it; "" otherwise."""
    number, digests = _read(value)
    return number if number and any(hmac.compare_digest(_digest(number, account_id), each) for each in digests) else ""


def remember(value: str, account_id: str) -> Cookie:
    """The cookie once this account has signed in here; the accounts seen the longest ago give way."""
    number, digests = _read(value)
    number = number or secrets.token_hex(_NUMBER // 2)
    own = _digest(number, account_id)
    kept = [own, *(each for each in digests if each != own)][:_MOST]
    return Cookie(COOKIE, ".".join([number, *kept]), _LIFE)


def _read(value: str) -> tuple[str, list[str]]:
    number, *digests = value.split(".")
    whole = len(number) == _NUMBER and number.isascii() and number.isalnum()
    sound = [each for each in digests if len(each) == _DIGEST and each.isascii()]
    return (number, sound[:_MOST]) if whole else ("", [])


def _digest(number: str, account_id: str) -> str:
    text = f"device|{number}|{account_id}".encode()
    return hmac.new(config.current().pepper, text, sha256).hexdigest()[:_DIGEST]
