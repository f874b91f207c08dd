"""The options of `parvis rules explain`, read into domain values. A wrong one is one French sentence, exit 2."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import click

from functions.console.failures import Failure
from functions.domain.calendar import resolve
from functions.domain.decisions import ChildFacts, FamilyFacts
from functions.domain.reglement import Reglement

_OPTIONS: tuple[tuple[str, str, str], ...] = (
    ("--school", "ID", "L’école de l’enfant."),
    ("--level", "ID", "Son niveau (CP, CE1…)."),
    ("--birth", "AAAA-MM-JJ", "Sa date de naissance."),
    ("--contract", "regular|occasional", "Son contrat d’accueil, régulier ou occasionnel."),
    ("--session", "ID", "La session dont il s’agit."),
    ("--qf", "N", "Le quotient familial, en euros."),
    ("--resources", "N", "Les ressources mensuelles du foyer, en euros."),
    ("--children", "N", "Le nombre d’enfants à charge."),
    ("--booked-on", "ISO", "L’instant où la réservation a été faite (le prix est alors celui de cet instant)."),
)
_AMOUNT = re.compile(r"\d{1,7}([.,]\d{1,2})?")
_CONTRACTS = ("regular", "occasional")


def explain_options(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("--resident/--outside", default=True, help="Habite la commune, ou non.")(command)
    for name, metavar, help_ in reversed(_OPTIONS):
        command = click.option(name, metavar=metavar, help=help_)(command)
    command = click.option("--now", metavar="ISO", required=True, help="L’instant de la demande.")(command)
    command = click.option("--day", metavar="AAAA-MM-JJ", required=True, help="Le jour d’accueil.")(command)
    return click.option("--activity", metavar="ID", required=True, help="L’activité.")(command)


@dataclass(frozen=True, slots=True)
class Question:
    """One day asked about. `now` and `booked_on` are UTC instants."""

    activity: str
    day: date
    now: datetime
    child: ChildFacts
    family: FamilyFacts
    session: str | None
    booked_on: datetime | None

    @classmethod
    def read(cls, reglement: Reglement, given: Mapping[str, Any]) -> "Question":
        """Raise Failure for the first option that means nothing in these rules."""
        activity = _known(given["activity"], reglement.activities, "L’activité", "inconnue")
        levels = {level for school in reglement.schools.values() for level in school.levels}
        session = given["session"]
        _check_session(reglement, activity, session)
        return cls(
            activity=activity,
            day=_day(given["day"], "--day"),
            now=_instant(given["now"], "--now"),
            child=ChildFacts(
                birth_date=None if given["birth"] is None else _day(given["birth"], "--birth"),
                school=_optional(given["school"], reglement.schools, "L’école", "inconnue"),
                level=_optional(given["level"], levels, "Le niveau", "inconnu"),
                contract=_optional(given["contract"], _CONTRACTS, "Le contrat", "inconnu"),
            ),
            family=FamilyFacts(
                quotient_familial_centimes=_amount(given["qf"], "--qf"),
                resident=given["resident"],
                resources_centimes=_amount(given["resources"], "--resources"),
                children_count=_children(given["children"]),
            ),
            session=session if reglement.activities[activity].sessions else None,
            booked_on=None if given["booked_on"] is None else _instant(given["booked_on"], "--booked-on"),
        )


def _check_session(reglement: Reglement, activity: str, session: str | None) -> None:
    """An activity without sessions ignores the option, but its id must exist somewhere."""
    own = reglement.activities[activity].sessions
    others = [item for other in reglement.activities.values() for item in other.sessions]
    _optional(session, {item.id for item in own or others}, "La session", "inconnue")


def _known(name: str, known: Collection[str], what: str, unknown: str) -> str:
    if name not in known:
        choices = f" (au choix : {', '.join(sorted(known))})" if known else ""
        raise Failure(f"{what} « {name} » est {unknown}{choices}.")
    return name


def _optional(name: str | None, known: Collection[str], what: str, unknown: str) -> str | None:
    return None if name is None else _known(name, known, what, unknown)


def _day(text: str, option: str) -> date:
    message = f"La date « {text} » donnée à {option} n’existe pas ou n’est pas écrite AAAA-MM-JJ."
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise Failure(message)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Failure(message) from None


def _instant(text: str, option: str) -> datetime:
    """An instant without offset is read on the clock of Paris."""
    try:
        found = datetime.fromisoformat(text)
        return resolve(found) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Failure(
            f"L’instant « {text} » donné à {option} ne se lit pas : écrivez par exemple 2026-12-01T08:30:00+01:00."
        ) from None


def _amount(text: str | None, option: str) -> int | None:
    if text is None:
        return None
    if not _AMOUNT.fullmatch(text):
        raise Failure(f"« {text} » n’est pas un montant : écrivez {option} 840 ou {option} 840,50.")
    whole, _, rest = text.replace(",", ".").partition(".")
    return int(whole) * 100 + int(rest.ljust(2, "0"))


def _children(text: str | None) -> int:
    if text is None:
        return 1
    if not re.fullmatch(r"\d{1,2}", text) or int(text) == 0:
        raise Failure(f"« {text} » n’est pas un nombre d’enfants.")
    return int(text)
