"""What each kind of request does once it is decided.

A kind adds its own writes to the transaction of the decision and returns the effects (mails) that jobs will do. It may
refuse by raising a DomainError: nothing is then decided. To add one: a module of `actions` with the two functions, and
a line in KINDS.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from functions.actions import activation_requests, address_requests
from functions.domain.requests import Decision, Request
from functions.store.transactions import Transaction

Effects = tuple[dict[str, Any], ...]
Doing = Callable[[Transaction, Request, Decision, datetime], Effects]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing an agent answers when accepting: a line of text, a box to tick ("oui") that a refusal asks for, or one
    of several `options`, (value, label), none chosen beforehand.
    """

    name: str
    label: str
    hint: str = ""
    box: bool = False
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """`label` is what an agent reads. `accept` and `refuse` are called again when the transaction is tried again.
    `asks` tells the requests that need the choices from those that do not.
    """

    label: str
    accept: Doing
    refuse: Doing
    choices: tuple[Choice, ...] = ()
    asks: Callable[[Request], bool] = lambda _: True


KINDS: dict[str, Kind] = {
    activation_requests.KIND: Kind(
        "Demande d’activation d’un espace",
        activation_requests.accept,
        activation_requests.refuse,
        (
            Choice("reference", "Numéro du dossier famille", "Celui de votre logiciel, par exemple F00123."),
            Choice("replace", "J’ai vérifié auprès de la famille\u202f: remplacer l’adresse du dossier", box=True),
        ),
    ),
    address_requests.KIND: Kind(
        address_requests.LABEL,
        address_requests.accept,
        address_requests.refuse,
        (
            Choice(
                address_requests.RESIDENT,
                "Après ce changement, la famille habite-t-elle la commune ?",
                "Les prix des prochaines réservations en dépendent ; celles qui sont faites gardent le leur.",
                options=((address_requests.YES, "Oui, dans la commune"), (address_requests.NO, "Non, hors commune")),
            ),
        ),
        asks=address_requests.asks_residence,
    ),
}


def label(kind: str) -> str:
    """A request may outlive its kind, when a version of the portal is taken back."""
    known = KINDS.get(kind)
    return known.label if known else kind


def choices(request: Request) -> tuple[Choice, ...]:
    known = KINDS.get(request.kind)
    return known.choices if known and known.asks(request) else ()
