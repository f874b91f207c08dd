"""What each kind of request does once it is decided.

A kind adds its own writes to the transaction of the decision and returns the effects (mails) that jobs will do. It may
refuse by raising a DomainError: nothing is then decided. To add one: a module of `actions` with the two functions, and
a line in KINDS.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from functions.actions import activation_requests
from functions.domain.requests import Decision, Request
from functions.store.transactions import Transaction

Effects = tuple[dict[str, Any], ...]
Doing = Callable[[Transaction, Request, Decision, datetime], Effects]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing an agent answers when accepting: a line of text, or a box to tick ("oui") that a refusal asks for."""

    name: str
    label: str
    hint: str = ""
    box: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """`label` is what an agent reads. `accept` and `refuse` are called again when the transaction is tried again."""

    label: str
    accept: Doing
    refuse: Doing
    choices: tuple[Choice, ...] = ()


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
}


def label(kind: str) -> str:
    """A request may outlive its kind, when a version of the portal is taken back."""
    known = KINDS.get(kind)
    return known.label if known else kind


def choices(kind: str) -> tuple[Choice, ...]:
    known = KINDS.get(kind)
    return known.choices if known else ()
