"""What a person chooses to sign in with: the fields of every form that makes an account."""

from typing import Annotated

from msgspec import Meta

from functions.shapes import fields

Username = Annotated[
    str,
    Meta(
        title="Identifiant",
        description="De 4 à 60 caractères : lettres, chiffres, point, tiret. Votre e-mail convient aussi.",
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
Password = Annotated[
    str,
    fields.password(
        "Mot de passe",
        "Choisissez un mot de passe d’au moins 12 caractères.",
        autocomplete="new-password",
        hint="Au moins 12 caractères. Une phrase que vous retenez convient très bien.",
    ),
]
PasswordAgain = Annotated[
    str,
    fields.password(
        "Confirmation du mot de passe",
        "Saisissez une seconde fois le même mot de passe.",
        autocomplete="new-password",
    ),
]
