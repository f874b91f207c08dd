"""What a visitor's device sends with the forms that are open to all: a solved challenge."""

from functools import cache

import altcha
import msgspec

from functions.console import openapi
from functions.kit import clock, robots


def solved(challenge: robots.Challenge | None = None) -> str:
    """The solution of this challenge, or of a fresh one, as the page writes it."""
    given = altcha.Challenge.from_dict(msgspec.to_builtins(challenge or robots.challenge(clock.now())))
    solution = altcha.solve_challenge(given)
    assert solution is not None
    return altcha.Payload(given, solution).to_base64()


@cache
def _guarded() -> frozenset[str]:
    return frozenset(f"{route.method} {route.path}" for route in openapi.routes() if route.robots)


def is_asked(method: str, path: str) -> bool:
    return f"{method} {path}" in _guarded()
