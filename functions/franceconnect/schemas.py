"""What the franceconnect function receives and answers."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from functions.domain.identities import Title
from functions.shapes import fields
from functions.shapes.signed_in import SignedIn


def _carried(title: str, most: int) -> Meta:
    extra = {"x-message": "Le retour de FranceConnect n’a pas pu être lu\u202f: recommencez.", "x-input": "hidden"}
    return Meta(title=title, max_length=most, extra_json_schema=extra)


class Offered(msgspec.Struct):
    on: bool


class Departure(msgspec.Struct):
    """`address`: where the browser goes; "" when there is nowhere to go."""

    address: str


def _password(title: str) -> Meta:
    return fields.password(title, "Saisissez votre mot de passe actuel.", autocomplete="current-password")


class AskLink(msgspec.Struct, forbid_unknown_fields=True):
    """Named apart from the other passwords of « Mes identifiants », where this form stands."""

    link_password: Annotated[str, _password("Votre mot de passe, pour relier FranceConnect")]


class AskUnlink(msgspec.Struct, forbid_unknown_fields=True):
    unlink_password: Annotated[str, _password("Votre mot de passe, pour retirer FranceConnect")]


class Callback(msgspec.Struct, forbid_unknown_fields=True):
    """The parameters that FranceConnect added to the address: a code, or an error."""

    state: Annotated[str, _carried("État", 200)]
    code: Annotated[str, _carried("Code", 2000)] = ""
    error: Annotated[str, _carried("Erreur", 200)] = ""


class Returned(msgspec.Struct):
    """Outcome "unknown": no account is linked to who came back, who is kept for ten minutes (`GET pending`)."""

    outcome: Literal["signed_in", "unknown"]
    account: SignedIn | None = None


class Identity(msgspec.Struct):
    """What FranceConnect said. `birth_date` is a whole date, or "" (it may be partial for somebody born abroad).
    `to_link`: they left to link the account that they were signed in to.
    """

    title: Title
    family_name: str
    usual_name: str
    given_names: list[str]
    birth_date: str
    email: str
    to_link: bool


class Linked(msgspec.Struct):
    linked: bool
    linked_at: str | None = None  # UTC instant, ISO 8601


class LinkMe(msgspec.Struct, forbid_unknown_fields=True):
    """`sure`: the person says that it is them, where too little is known here to tell."""

    sure: bool = False
