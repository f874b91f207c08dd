"""What « Mes coordonnées » receives; it answers what functions.family.details shows."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from functions.family.details import Details
from functions.shapes import fields
from functions.shapes.addresses import PostalAddress

__all__ = ["ChangeAddress", "Details", "FoyerQuery", "InFoyer", "SaveContact", "SaveOwn"]

_Foyer = Annotated[str, Meta(max_length=64)]
_Phone = Annotated[str, fields.phone("Téléphone", "Saisissez un numéro de téléphone qui existe.")]


class FoyerQuery(msgspec.Struct, forbid_unknown_fields=True):
    """`foyer`: one of the account's families; none means the first."""

    foyer: _Foyer = ""


class InFoyer(msgspec.Struct, forbid_unknown_fields=True):
    foyer: _Foyer = ""


class SaveOwn(msgspec.Struct, forbid_unknown_fields=True):
    title: Annotated[
        Literal["Mme", "M.", ""],
        Meta(title="Civilité", extra_json_schema={"x-message": "Choisissez votre civilité."}),
    ]
    phones: Annotated[list[_Phone], Meta(title="Téléphones", max_length=3)]
    foyer: _Foyer = ""


class ChangeAddress(PostalAddress, forbid_unknown_fields=True, kw_only=True):
    """`together`: everybody who lives at the address of the file moves, not this person alone."""

    together: Annotated[bool, Meta(title="Toute la famille déménage")] = False
    foyer: _Foyer = ""


class SaveContact(msgspec.Struct, forbid_unknown_fields=True):
    usual_name: Annotated[str, fields.line("Nom", "Saisissez le nom de cette personne.")]
    given_name: Annotated[str, fields.line("Prénom", "Saisissez le prénom de cette personne.")]
    phones: Annotated[list[_Phone], Meta(title="Téléphones", max_length=3)]
    relationship: Annotated[
        str, fields.line("Lien avec les enfants", "Ce lien ne peut pas être lu.", low=0, hint="Grand-mère, voisin…")
    ] = ""
    may_collect: Annotated[bool, Meta(title="Peut venir chercher les enfants")] = False
    foyer: _Foyer = ""
