"""The postal address that a person types, the same wherever it is asked for."""

from typing import Annotated

import msgspec
from msgspec import Meta

from functions.shapes import fields


class PostalAddress(msgspec.Struct, forbid_unknown_fields=True):
    line1: Annotated[
        str,
        fields.line("Numéro et voie", "Saisissez le numéro et le nom de la voie.", autocomplete="address-line1"),
    ]
    postcode: Annotated[
        str,
        Meta(
            title="Code postal",
            pattern=r"^[0-9]{5}$",
            max_length=5,
            extra_json_schema={
                "x-message": "Saisissez un code postal de cinq chiffres.",
                "x-input": "text",
                "x-inputmode": "numeric",
                "x-autocomplete": "postal-code",
            },
        ),
    ]
    town: Annotated[str, fields.line("Commune", "Saisissez votre commune.", autocomplete="address-level2")]
    line2: Annotated[
        str,
        fields.line(
            "Complément d’adresse",
            "Ce complément ne peut pas être lu.",
            autocomplete="address-line2",
            low=0,
            hint="Bâtiment, étage, résidence.",
        ),
    ] = ""
