"""What the activation function receives and answers."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from functions.shapes import choosing, fields


class Activate(msgspec.Struct, forbid_unknown_fields=True):
    """POST /api/activation: the token of the mail, sent only when the person presses the button."""

    token: Annotated[str, Meta(title="Jeton", min_length=20, max_length=200, pattern=r"^[A-Za-z0-9_\-]+$")]


class Activated(msgspec.Struct):
    """`cle_enfance` says what became of the key given at creation ("refused": used or withdrawn meanwhile)."""

    status: Literal["active"]
    given_name: str
    cle_enfance: Literal["none", "linked", "refused"] = "none"


class Resend(msgspec.Struct, forbid_unknown_fields=True):
    email: Annotated[
        str,
        fields.email(
            "Adresse e-mail",
            "Saisissez une adresse e-mail complète, par exemple prenom.nom@exemple.fr.",
        ),
    ]


class Resent(msgspec.Struct):
    """The same answer whether or not the address is known."""

    status: Literal["sent"]


_Token = Annotated[str, fields.carried("Jeton", r"^[A-Za-z0-9_\-]{20,200}$")]


class InvitationLink(msgspec.Struct, forbid_unknown_fields=True):
    """The token of the mail: opening the link sends it to be read, pressing the button to be used."""

    token: _Token


class Invitation(msgspec.Struct):
    """Whom the link invites. `has_account`: this address has an account already."""

    given_name: str
    usual_name: str
    email: str
    has_account: bool


class AcceptInvitation(msgspec.Struct, forbid_unknown_fields=True):
    token: _Token
    username: choosing.Username
    password: choosing.Password
    password_confirmation: choosing.PasswordAgain


class InvitationSent(msgspec.Struct):
    """`invited_at` is a UTC instant. The address stays unknown to the inviter."""

    invited_at: datetime


class Welcomed(msgspec.Struct):
    status: Literal["linked"]
    given_name: str
