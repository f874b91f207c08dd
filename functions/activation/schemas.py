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


class AskActivation(msgspec.Struct, forbid_unknown_fields=True):
    """POST /api/activation/requests. `structure` is the id of a service of the rules, which will answer."""

    usual_name: Annotated[str, fields.line("Nom", "Saisissez votre nom.", autocomplete="family-name")]
    given_names: Annotated[str, fields.line("Prénom", "Saisissez votre prénom.", autocomplete="given-name")]
    postal_address: Annotated[
        str,
        fields.line(
            "Adresse postale",
            "Saisissez votre adresse\u202f: numéro, voie, code postal et commune.",
            autocomplete="street-address",
            hint="Numéro, voie, code postal et commune.",
            high=200,
        ),
    ]
    email: Annotated[
        str,
        fields.email(
            "Adresse e-mail",
            "Saisissez une adresse e-mail complète, par exemple prenom.nom@exemple.fr.",
            hint="Le service y envoie sa réponse.",
        ),
    ]
    children: Annotated[
        str,
        fields.line(
            "Prénom de vos enfants",
            "Saisissez le prénom de vos enfants.",
            autocomplete="off",
            hint="Séparez plusieurs prénoms par une virgule.",
            high=200,
        ),
    ]
    structure: Annotated[
        str,
        Meta(
            title="Structure ou service qui accueille vos enfants",
            min_length=1,
            max_length=80,
            extra_json_schema={
                "x-message": "Choisissez un service dans la liste.",
                "x-input": "select",
                "x-options": "services",
            },
        ),
    ]


class ActivationAsked(msgspec.Struct):
    """`number` is what to quote when calling the service. The answer says nothing of who is known."""

    status: Literal["asked"]
    number: str


class InvitationSent(msgspec.Struct):
    """`invited_at` is a UTC instant. The address stays unknown to the inviter."""

    invited_at: datetime


class Welcomed(msgspec.Struct):
    status: Literal["linked"]
    given_name: str
