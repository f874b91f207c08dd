"""Codes and secrets of a second factor, made from a name and the pepper: the database alone gives none of them back.

A code sent by mail: six digits. The secret of an application: 160 bits (RFC 4226 §4). Recovery codes: fifty bits each.
"""

import base64
from datetime import timedelta

from functions.actions import keyed

MAIL_LIFE = timedelta(minutes=10)
MAIL_TEMPLATE = "code-de-connexion"
RECOVERY_CODES = 10
_DIGITS = 10**6
_SECRET_BYTES = 20
_HALF = 5


def mailed(code_id: str) -> str:
    return f"{int(keyed.digest('sign-in-code', code_id), 16) % _DIGITS:06}"


def totp_secret(account_id: str, seed: str) -> str:
    """32 characters of base 32."""
    whole = bytes.fromhex(keyed.digest("totp", f"{account_id}|{seed}"))
    return base64.b32encode(whole[:_SECRET_BYTES]).decode()


def recovery(account_id: str, batch: str) -> list[str]:
    """« abcde-fghij », ten of them."""
    return [_recovery(account_id, batch, number) for number in range(RECOVERY_CODES)]


def _recovery(account_id: str, batch: str, number: int) -> str:
    whole = bytes.fromhex(keyed.digest("recovery", f"{account_id}|{batch}|{number}"))
    text = base64.b32encode(whole).decode().lower()
    return f"{text[:_HALF]}-{text[_HALF : 2 * _HALF]}"
