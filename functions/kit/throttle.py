"""Bounds on tries, by identity, by address and overall. What is counted is a keyed hash, never the value itself."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from functions.domain.errors import Throttled
from functions.domain.waits import when_in_words
from functions.kit import config, log
from functions.store import ephemeral


@dataclass(frozen=True, slots=True)
class Bound:
    """At most `limit` tries of `value` under `name` in each window of `seconds`."""

    name: str
    value: str
    limit: int
    seconds: int


def check(bounds: list[Bound], now: datetime) -> None:
    """Count one try under each bound, in order; raise Throttled at the first that is passed.

    The later ones do not count that try. The caller's address stands first: one address that insists must not use up
    the tries of a person, nor those of the whole town.
    """
    exceeded = next((bound for bound in bounds if count(bound, now) > bound.limit), None)
    if exceeded:
        wait = exceeded.seconds - int(now.timestamp()) % exceeded.seconds
        log.event("throttled", bound=exceeded.name)
        raise Throttled(
            "too_many_tries",
            f"Trop d’essais. Recommencez {when_in_words(now, wait)}.",
            retry_after=wait,
        )


def count(bound: Bound, now: datetime) -> int:
    """Count one try; return how many the current window has, this one included."""
    return ephemeral.hit(f"{bound.name}#{fingerprint(bound.value)}", bound.seconds, now)


def fingerprint(value: str) -> str:
    return hmac.new(config.current().pepper, value.encode(), hashlib.sha256).hexdigest()[:32]
