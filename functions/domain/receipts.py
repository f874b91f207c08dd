"""Receipt numbers: « R-2612-7K3QF9AB », short enough to read out at the desk.

The number holds the first 40 bits of the action's Idempotency-Key (a random UUID), so that the receipt is found by
one query and needs no item of its own; it means something only inside the family that holds the event.
"""

import re
import uuid
from datetime import datetime

from functions.domain.calendar import paris_day
from functions.domain.errors import Invalid

# Crockford's base 32: no I, L, O nor U, which people misread.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LETTERS = 8
_BITS = 5
_SHAPE = re.compile(rf"^R-\d{{4}}-([{_ALPHABET}]{{{_LETTERS}}})$")
_MISREAD = str.maketrans("OIL", "011")


def canonical_key(key: str) -> str:
    """The Idempotency-Key as stored; raises Invalid when it is no UUID, for a number could not be made of it."""
    try:
        return str(uuid.UUID(key))
    except ValueError as error:
        raise Invalid("idempotency_key_malformed", "L’en-tête Idempotency-Key doit être un UUID.") from error


def receipt_number(key: str, at: datetime) -> str:
    """`key` is canonical; the four digits are the year and month of the receipt, in Paris."""
    value = int(key.replace("-", "")[:10], 16)
    letters = "".join(_ALPHABET[value >> shift & 31] for shift in range(_BITS * (_LETTERS - 1), -1, -_BITS))
    return f"R-{paris_day(at):%y%m}-{letters}"


def read_number(text: str) -> str:
    """The number as written, whatever the case and the letters misread; "" when it is none."""
    head, _, tail = text.strip().upper().rpartition("-")
    number = f"{head}-{tail.translate(_MISREAD)}"
    return number if _SHAPE.match(number) else ""


def key_prefix(number: str) -> str:
    """How the key begins: « 3f2a9c1e-7b »."""
    value = 0
    for letter in number.rpartition("-")[2]:
        value = value << _BITS | _ALPHABET.index(letter)
    digits = f"{value:010x}"
    return f"{digits[:8]}-{digits[8:]}"
