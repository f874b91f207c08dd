"""argon2id for passwords and clés enfance (19 MiB, 2 passes, 1 lane: OWASP's first choice). Imported where it is used.

Checking against DUMMY costs what checking against a real hash costs: an answer's delay tells nothing.
"""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

DUMMY = "$argon2id$v=19$m=19456,t=2,p=1$0kHNKRJd32TEacLmLijOSw$JI4sMGCQX/euMyUdKgeqwLzCRr0xSoQ5O4WnW9UWYSw"


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_secret(secret: str) -> str:
    return _hasher().hash(secret)


def matches(hashed: str | None, secret: str) -> bool:
    """Whether `secret` is the one hashed; with None, the same work and False."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        _hasher().verify(hashed or DUMMY, secret)
    except (VerificationError, InvalidHashError):
        return False
    return hashed is not None


def outdated(hashed: str) -> bool:
    """Whether it was made with other parameters than today's."""
    return _hasher().check_needs_rehash(hashed)
