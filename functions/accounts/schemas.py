"""What the accounts function receives and answers. The build renders « Créer mon espace » from these shapes:
one step per nested struct, in order; labels, hints and messages come from the annotations.
"""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from functions.shapes import fields
from functions.shapes.addresses import PostalAddress

_HINT = "Au moins 12 caractères. Une phrase que vous retenez convient très bien."
_TOO_SHORT = "Choisissez un mot de passe d’au moins 12 caractères."
NewPasswordText = Annotated[
    str, fields.password("Nouveau mot de passe", _TOO_SHORT, autocomplete="new-password", hint=_HINT)
]
PasswordAgain = Annotated[
    str,
    fields.password(
        "Confirmation du mot de passe",
        "Saisissez une seconde fois le même mot de passe.",
        autocomplete="new-password",
    ),
]


class Identity(msgspec.Struct, forbid_unknown_fields=True):
    title: Annotated[
        Literal["Mme", "M."],
        Meta(
            title="Civilité",
            extra_json_schema={
                "x-message": "Choisissez votre civilité.",
                "x-input": "radio",
                "x-autocomplete": "honorific-prefix",
                "x-labels": {"Mme": "Madame", "M.": "Monsieur"},
            },
        ),
    ]
    usual_name: Annotated[str, fields.line("Nom usuel", "Saisissez votre nom usuel.", autocomplete="family-name")]
    given_names: Annotated[
        str,
        fields.line(
            "Prénoms",
            "Saisissez votre prénom.",
            autocomplete="given-name",
            hint="Séparez plusieurs prénoms par une virgule.",
        ),
    ]
    birth_name: Annotated[
        str,
        fields.line("Nom de naissance", "Ce nom ne peut pas être lu.", low=0, hint="S’il est différent."),
    ] = ""
    birth_date: (
        Annotated[
            date,
            fields.civil_date(
                "Date de naissance",
                "Saisissez une date de naissance qui existe, par exemple 27 3 1985.",
                autocomplete="bday",
                hint="Par exemple 27 3 1985.",
            ),
        ]
        | None
    ) = None
    birth_country: Annotated[str, fields.line("Pays de naissance", "Ce pays ne peut pas être lu.", low=0)] = ""
    birth_department: Annotated[
        str,
        fields.line(
            "Département de naissance",
            "Saisissez le numéro du département.",
            low=0,
            high=30,
            hint="Par exemple 49 ou 2A.",
        ),
    ] = ""
    birth_town: Annotated[str, fields.line("Commune de naissance", "Cette commune ne peut pas être lue.", low=0)] = ""


class ContactDetails(msgspec.Struct, forbid_unknown_fields=True):
    email: Annotated[
        str,
        fields.email(
            "Adresse e-mail",
            "Saisissez une adresse e-mail complète, par exemple prenom.nom@exemple.fr.",
            hint="Nous y envoyons le lien qui active votre espace.",
        ),
    ]
    mobile_phone: Annotated[str, fields.phone("Téléphone mobile", "Saisissez un numéro de téléphone qui existe.")] = ""
    home_phone: Annotated[str, fields.phone("Téléphone fixe", "Saisissez un numéro de téléphone qui existe.")] = ""


class CleEnfance(msgspec.Struct, forbid_unknown_fields=True):
    """The key that the town sent, bound to one child: a stolen letter alone opens nothing."""

    key: Annotated[
        str,
        Meta(
            title="Clé enfance",
            description="Cinq chiffres, un tiret, cinq lettres : elle est dans le courrier de la mairie.",
            pattern=r"^\s*[0-9]{5}\s*[-–—]?\s*[A-Za-z]{5}\s*$",
            max_length=20,
            extra_json_schema={
                "x-message": "La clé s’écrit avec cinq chiffres, un tiret et cinq lettres.",
                "x-input": "text",
                "x-autocomplete": "off",
            },
        ),
    ]
    child_usual_name: Annotated[
        str, fields.line("Nom de l’enfant", "Saisissez le nom de l’enfant.", autocomplete="off")
    ]
    child_given_name: Annotated[
        str, fields.line("Prénom de l’enfant", "Saisissez le prénom de l’enfant.", autocomplete="off")
    ]
    child_birth_date: Annotated[
        date,
        fields.civil_date(
            "Date de naissance de l’enfant",
            "Saisissez la date de naissance de l’enfant, par exemple 27 3 2019.",
            hint="Par exemple 27 3 2019.",
        ),
    ]


class Authentication(msgspec.Struct, forbid_unknown_fields=True):
    username: Annotated[
        str,
        Meta(
            title="Identifiant",
            description="De 4 à 60 caractères : lettres, chiffres, point, tiret. Votre e-mail convient aussi.",
            min_length=4,
            max_length=60,
            pattern=r"^[^\s<>\"'&\x00-\x1f\x7f]+$",
            extra_json_schema={
                "x-message": "Choisissez un identifiant de 4 à 60 caractères, sans espace.",
                "x-input": "text",
                "x-autocomplete": "username",
            },
        ),
    ]
    password: Annotated[
        str,
        fields.password("Mot de passe", _TOO_SHORT, autocomplete="new-password", hint=_HINT),
    ]
    password_confirmation: PasswordAgain


class CreateAccount(msgspec.Struct, forbid_unknown_fields=True):
    """POST /api/accounts. Four steps: identity, address, contact, authentication (with the key, if at hand)."""

    identity: Annotated[Identity, Meta(title="Identité")]
    address: Annotated[PostalAddress, Meta(title="Adresse")]
    contact: Annotated[ContactDetails, Meta(title="Contact")]
    authentication: Annotated[Authentication, Meta(title="Authentification")]
    cle_enfance: Annotated[CleEnfance, Meta(title="Clé enfance")] | None = None


class AccountPending(msgspec.Struct):
    """The same answer whether or not the e-mail already has an account (no enumeration)."""

    status: Literal["activation_sent"]
    email: str


class SignIn(msgspec.Struct, forbid_unknown_fields=True):
    username: Annotated[
        str,
        fields.line(
            "Identifiant ou adresse e-mail",
            "Saisissez votre identifiant ou votre adresse e-mail.",
            autocomplete="username",
            high=120,
        ),
    ]
    password: Annotated[
        str,
        fields.password("Mot de passe", "Saisissez votre mot de passe.", autocomplete="current-password"),
    ]


class Forgotten(msgspec.Struct, forbid_unknown_fields=True):
    username: Annotated[
        str,
        fields.line(
            "Adresse e-mail ou identifiant",
            "Saisissez votre adresse e-mail ou votre identifiant.",
            autocomplete="username",
            high=120,
        ),
    ]


class Sent(msgspec.Struct):
    """The same answer whether or not the name is known."""

    status: Literal["sent"]


class NewPassword(msgspec.Struct, forbid_unknown_fields=True):
    """The token of the mail, and the password chosen."""

    token: Annotated[str, fields.carried("Jeton", r"^[A-Za-z0-9_\-]{20,200}$")]
    password: NewPasswordText
    password_confirmation: PasswordAgain


class ChangePassword(msgspec.Struct, forbid_unknown_fields=True):
    current_password: Annotated[
        str,
        fields.password("Mot de passe actuel", "Saisissez votre mot de passe actuel.", autocomplete="current-password"),
    ]
    password: NewPasswordText
    password_confirmation: PasswordAgain


class ChangeEmail(msgspec.Struct, forbid_unknown_fields=True):
    email: Annotated[
        str,
        fields.email(
            "Nouvelle adresse e-mail", "Saisissez une adresse e-mail complète, par exemple prenom.nom@exemple.fr."
        ),
    ]
    account_password: Annotated[
        str,
        fields.password("Votre mot de passe", "Saisissez votre mot de passe actuel.", autocomplete="current-password"),
    ]


class ConfirmEmail(msgspec.Struct, forbid_unknown_fields=True):
    """The token of one of the two mails, sent only when the person presses the button."""

    token: Annotated[str, fields.carried("Jeton", r"^[A-Za-z0-9_\-]{20,200}$")]


class EmailConfirmed(msgspec.Struct):
    """`half`: the other address has not answered yet."""

    status: Literal["half", "changed"]


class OpenDevice(msgspec.Struct):
    """A device that is signed in. `opened_at` is a UTC instant, ISO 8601."""

    session_id: str
    name: str
    opened_at: str
    current: bool


class Credentials(msgspec.Struct):
    username: str
    email: str
    devices: list[OpenDevice]


class PasswordChanged(msgspec.Struct):
    status: Literal["changed"]


class LinkedFoyer(msgspec.Struct):
    """After a key was accepted: the first names of the children now in reach."""

    children: list[str]
