"""What every way of signing in answers."""

from typing import Literal

import msgspec


class SignedIn(msgspec.Struct):
    given_name: str
    usual_name: str
    title: str
    previous_sign_in: str | None  # UTC instant, ISO 8601
    has_foyer: bool
    second_factor: Literal["none", "needed"] = "none"  # "needed": the session opens nothing but the second step
