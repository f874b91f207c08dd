"""The clé enfance of the town's letters: five digits, a hyphen, five letters (« 12345-ABCDE »).

About 39 bits: safe only because it is bound to a child, used once, expires, and tries are bounded.
"""

import re
import secrets
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

_DIGITS = "0123456789"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # neither I nor O, which a letter on paper confuses with 1 and 0
_HALF = 5
_BARE = re.compile(r"^([0-9]{5})([A-Z]{5})$")
_BETWEEN = re.compile(r"[\s\-‐‑‒–—―−_.]+")


def generate(choose: Callable[[Sequence[str]], Any] = secrets.choice) -> str:
    """A new key, as it is printed in the letter."""
    digits = "".join(choose(_DIGITS) for _ in range(_HALF))
    letters = "".join(choose(_LETTERS) for _ in range(_HALF))
    return f"{digits}-{letters}"


def normalise(typed: str) -> str | None:
    """What a person typed, in the letter's form; None when it cannot be a key."""
    bare = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed)).upper()
    found = _BARE.match(bare)
    return f"{found[1]}-{found[2]}" if found else None
