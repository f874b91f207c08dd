"""The options of `parvis rules explain`, read into a question. A wrong one is one French sentence, exit 2."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from functions.console.failures import Failure
from functions.domain.errors import FieldError, Invalid
from functions.domain.reglement import Reglement
from functions.domain.trial_question import Question, read

_OPTIONS: tuple[tuple[str, str, str], ...] = (
    ("--school", "ID", "L’école de l’enfant."),
    ("--level", "ID", "Son niveau (CP, CE1…)."),
    ("--birth", "AAAA-MM-JJ", "Sa date de naissance."),
    ("--contract", "regular|occasional", "Son contrat d’accueil, régulier ou occasionnel."),
    ("--session", "ID", "La session dont il s’agit."),
    ("--slot", "ID", "Le créneau dont il s’agit."),
    ("--from-hour", "HH:MM", "L’heure d’arrivée, quand la famille choisit ses heures."),
    ("--to-hour", "HH:MM", "L’heure de départ."),
    ("--booking-start", "AAAA-MM-JJ", "Le premier jour de la réservation faite (par défaut, le jour d’accueil)."),
    ("--qf", "N", "Le quotient familial, en euros."),
    ("--resources", "N", "Les ressources mensuelles du foyer, en euros."),
    ("--children", "N", "Le nombre d’enfants à charge."),
    ("--aeeh", "N", "Ceux d’entre eux qui ont une AEEH."),
    ("--rank", "N", "Le rang de l’enfant parmi ceux de la famille (1 : le premier)."),
    ("--custody", "AAAA-MM-JJ", "Un jour d’une semaine du premier parent, en garde alternée."),
    ("--booked-on", "ISO", "L’instant où la réservation a été faite (le prix est alors celui de cet instant)."),
)
_FLAGS: tuple[tuple[str, str], ...] = (
    ("--no-document", "Aucun document n’a été reçu."),
    ("--unbooked", "L’enfant vient sans réservation : le prix est alors celui-là."),
    ("--packed-meal", "L’enfant apporte son repas (PAI)."),
)


def explain_options(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("--resident/--outside", default=True, help="Habite la commune, ou non.")(command)
    for name, help_ in reversed(_FLAGS):
        command = click.option(name, is_flag=True, help=help_)(command)
    received = "Un document reçu, et sa date (à répéter)."
    command = click.option("--document", metavar="ID=AAAA-MM-JJ", multiple=True, help=received)(command)
    for name, metavar, help_ in reversed(_OPTIONS):
        command = click.option(name, metavar=metavar, help=help_)(command)
    command = click.option("--now", metavar="ISO", required=True, help="L’instant de la demande.")(command)
    command = click.option("--day", metavar="AAAA-MM-JJ", required=True, help="Le jour d’accueil.")(command)
    return click.option("--activity", metavar="ID", required=True, help="L’activité.")(command)


def question_of(reglement: Reglement, given: Mapping[str, Any]) -> Question:
    """Raise Failure for the first option that means nothing in these rules."""
    typed = {**given, "outside": not given["resident"], "documents": _documents(given["document"])}
    try:
        return read(reglement, typed)
    except Invalid as refusal:
        raise Failure(_told(refusal.errors[0])) from refusal


def _documents(texts: Sequence[str]) -> dict[str, str]:
    found = {}
    for text in texts:
        name, equals, dated = text.partition("=")
        if not equals or not dated:
            raise Failure(f"« {text} » ne se lit pas : écrivez --document ID=AAAA-MM-JJ.")
        found[name] = dated
    return found


def _told(error: FieldError) -> str:
    """The sentence, and the option that it is about."""
    name = error.pointer.split("/")[1].replace("_", "-").replace("documents", "document")
    return f"{error.detail.removesuffix('.')} (--{name})."
