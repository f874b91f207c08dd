"""Days, instants, hours and amounts as typed: « 10/12/2026 » as well as « 2026-12-10 », « 9 h 30 », « 840,50 »."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TypeVar

from functions.domain.calendar import resolve

T = TypeVar("T")
Read = Callable[[str], T]

_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_FRENCH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_HOUR = re.compile(r"(\d{1,2})(?::| ?h ?)(\d{2})|(\d{1,2}) ?h")
_SECONDS = re.compile(r"(.*:\d{2}):(\d{2})")
_AMOUNT = re.compile(r"\d{1,7}([.,]\d{1,2})?")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_SPACES = re.compile("[ \u00a0\u202f]+")


class Unreadable(ValueError):
    """What was typed cannot be read; the message is a French sentence that says how to write it."""


@dataclass(frozen=True, slots=True)
class Named:
    """« L’activité … est inconnue »: the article and the gender of what has an id."""

    noun: str
    adjective: str

    def unknown(self, text: str, known: Collection[str]) -> str:
        choices = f" (au choix : {', '.join(sorted(known))})" if known else ""
        return f"{self.noun} « {text} » est {self.adjective}{choices}."


ACTIVITY = Named("L’activité", "inconnue")
SCHOOL = Named("L’école", "inconnue")
LEVEL = Named("Le niveau", "inconnu")
CONTRACT = Named("Le contrat", "inconnu")
SESSION = Named("La session", "inconnue")
SLOT = Named("Le créneau", "inconnu")
DOCUMENT = Named("Le document", "inconnu")
MISSING = {
    "activity": "Choisissez une activité.",
    "day": "Donnez le jour d’accueil.",
    "now": "Donnez l’instant de la demande.",
}


def day(text: str) -> date:
    iso, french = _ISO_DAY.fullmatch(text), _FRENCH_DAY.fullmatch(text)
    try:
        if iso:
            return _of_our_time(date(int(iso[1]), int(iso[2]), int(iso[3])))
        if french:
            return _of_our_time(date(int(french[3]), int(french[2]), int(french[1])))
    except ValueError:
        pass
    raise Unreadable(
        f"La date « {text} » n’existe pas ou ne se lit pas : écrivez par exemple 2026-12-10 ou 10/12/2026."
    )


def _of_our_time(found: date) -> date:
    """Delays are counted from it, and school years: a year of four wrong digits must not reach the calendar's ends."""
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise ValueError(found)
    return found


def instant(text: str) -> datetime:
    """In UTC. An instant without offset is read on the clock of Paris."""
    try:
        found = _french_instant(text) or datetime.fromisoformat(text)
        _of_our_time(found.date())
        return resolve(found) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unreadable(
            f"L’instant « {text} » ne se lit pas : écrivez par exemple 01/12/2026 8:30 ou 2026-12-01T08:30:00+01:00."
        ) from None


def _french_instant(text: str) -> datetime | None:
    """« 1/12/2026 8:30 », « 01/12/2026 à 8 h 30 », « 01/12/2026 08:30:15 »; the hour left out is midnight."""
    typed, _, rest = _SPACES.sub(" ", text).partition(" ")
    if not _FRENCH_DAY.fullmatch(typed):
        return None
    of_day = rest.removeprefix("à ").strip()
    exact = _SECONDS.fullmatch(of_day)
    if exact:
        return datetime.combine(day(typed), hour(exact[1])).replace(second=int(exact[2]))
    return datetime.combine(day(typed), hour(of_day) if of_day else time.min)


def hour(text: str) -> time:
    """« 08:30 », « 8 h 30 », « 8 h »."""
    found = _HOUR.fullmatch(_SPACES.sub(" ", text))
    if found:
        try:
            return time(int(found[1] or found[3]), int(found[2] or 0))
        except ValueError:
            pass
    raise Unreadable(f"L’heure « {text} » ne se lit pas : écrivez par exemple 08:30.")


def amount(text: str) -> int:
    """Euros, as centimes."""
    bare = _SPACES.sub("", text).removesuffix("€")
    if not _AMOUNT.fullmatch(bare):
        raise Unreadable(f"« {text} » n’est pas un montant : écrivez par exemple 840 ou 840,50.")
    whole, _, rest = bare.replace(",", ".").partition(".")
    return int(whole) * 100 + int(rest.ljust(2, "0"))


def count(text: str, least: int, what: str) -> int:
    if not re.fullmatch(r"\d{1,2}", text) or int(text) < least:
        raise Unreadable(f"« {text} » n’est pas {what}.")
    return int(text)
