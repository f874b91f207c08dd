"""What the second step of signing in, and choosing a second factor, receive and answer."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from functions.shapes import fields


def _code(hint: str) -> Meta:
    return Meta(
        title="Code",
        description=hint,
        min_length=6,
        max_length=20,
        pattern=r"^[0-9A-Za-z \-]+$",
        extra_json_schema={
            "x-message": "Saisissez les six chiffres du code.",
            "x-input": "text",
            "x-autocomplete": "one-time-code",
        },
    )


class SecondStep(msgspec.Struct, forbid_unknown_fields=True):
    code: Annotated[str, _code("Six chiffres, ou l’un de vos codes de secours.")]


class ConfirmTotp(msgspec.Struct, forbid_unknown_fields=True):
    code: Annotated[str, _code("Les six chiffres que l’application affiche.")]


class ProvePassword(msgspec.Struct, forbid_unknown_fields=True):
    current_password: Annotated[
        str,
        fields.password("Votre mot de passe", "Saisissez votre mot de passe actuel.", autocomplete="current-password"),
    ]


class TakeOff(msgspec.Struct, forbid_unknown_fields=True):
    account_password: Annotated[
        str,
        fields.password(
            "Mot de passe du compte", "Saisissez votre mot de passe actuel.", autocomplete="current-password"
        ),
    ]


class Means(msgspec.Struct):
    """How the session may be proven: with the application, or by a code to send."""

    means: Literal["totp", "mail"]
    proven: bool


class SecondFactor(msgspec.Struct):
    enrolled: bool
    compulsory: bool
    recovery_codes_left: int


class Enrolment(msgspec.Struct):
    """`qr_path` is an SVG path in a square of `qr_size` units."""

    secret: str
    address: str
    qr_size: int
    qr_path: str


class RecoveryCodes(msgspec.Struct):
    """Shown once: each opens the account once, without the application."""

    recovery_codes: list[str]


class Removed(msgspec.Struct):
    status: Literal["removed"]
