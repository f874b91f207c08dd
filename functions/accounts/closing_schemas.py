"""What closing an account receives and answers."""

from typing import Annotated, Literal

import msgspec

from functions.shapes import fields


class CloseAccount(msgspec.Struct, forbid_unknown_fields=True):
    current_password: Annotated[
        str,
        fields.password("Votre mot de passe", "Saisissez votre mot de passe actuel.", autocomplete="current-password"),
    ]


class AccountClosed(msgspec.Struct):
    status: Literal["closed"]
