"""Annotated field types that the wire shapes share. The build renders forms from the same annotations:

title                  the label
description            the hint below it
x-message              what to say when the answer is missing or wrong
x-autocomplete         the HTML autocomplete token (WCAG 1.3.5)
x-input                text (default), email, tel, password, date, radio, hidden
x-optional             rendered as « (facultatif) »
"""

from datetime import date
from typing import Annotated, Any

from msgspec import Meta

# No control characters (a line break in a name is never meant), no angle brackets.
_LINE = r"^[^\x00-\x1f\x7f<>]*$"


def _extra(message: str, autocomplete: str = "", kind: str = "text", *, optional: bool = False) -> dict[str, Any]:
    extra: dict[str, Any] = {"x-message": message, "x-input": kind}
    if optional:
        extra["x-optional"] = True
    if autocomplete:
        extra["x-autocomplete"] = autocomplete
    return extra


def line(title: str, message: str, *, autocomplete: str = "", hint: str = "", low: int = 1, high: int = 100) -> Meta:
    """One line of text, required when `low` is 1."""
    return Meta(
        title=title,
        description=hint or None,
        min_length=low,
        max_length=high,
        pattern=_LINE,
        extra_json_schema=_extra(message, autocomplete, optional=not low),
    )


def email(title: str, message: str, *, hint: str = "") -> Meta:
    return Meta(
        title=title,
        description=hint or None,
        min_length=6,
        max_length=120,
        pattern=r"^[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\".]{2,}$",
        extra_json_schema=_extra(message, "email", "email"),
    )


# What an address book or a page puts in or around a number: spaces and hyphens that do not break, marks of direction.
_AROUND = "\u00a0\u202f\u2011\u200e\u202a\u202c\u2066\u2068\u2069"


def phone(title: str, message: str) -> Meta:
    return Meta(
        title=title,
        description="Par exemple 06 12 34 56 78 ou +33 6 12 34 56 78",
        max_length=30,
        pattern=f"^$|^[{_AROUND}]?\\+?[0-9 .()\\-{_AROUND}]{{6,29}}$",
        extra_json_schema=_extra(message, "tel", "tel", optional=True),
    )


def password(title: str, message: str, *, autocomplete: str, hint: str = "") -> Meta:
    return Meta(
        title=title,
        description=hint or None,
        min_length=1,
        max_length=128,
        extra_json_schema=_extra(message, autocomplete, "password"),
    )


def carried(title: str, pattern: str) -> Meta:
    """What the page sends without asking: the token of a link."""
    return Meta(
        title=title,
        pattern=pattern,
        max_length=200,
        extra_json_schema=_extra("Ce lien n’est pas complet : ouvrez-le de nouveau depuis le message.", kind="hidden"),
    )


def civil_date(title: str, message: str, *, autocomplete: str = "", hint: str = "") -> Meta:
    return Meta(
        title=title,
        description=hint or None,
        extra_json_schema=_extra(message, autocomplete, "date"),
    )


EmailAddress = Annotated[
    str,
    email("Adresse e-mail", "Saisissez une adresse e-mail complète, par exemple prenom.nom@exemple.fr."),
]
BirthDate = Annotated[date, civil_date("Date de naissance", "Saisissez une date de naissance qui existe.")]
