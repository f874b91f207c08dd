"""Publishing the town's rules: from which instant, until when one may go back, which ones are in force.

A pointer says « from this instant on, these rules ». Every process looks for new pointers at least once a minute;
two minutes of notice make all of them switch at the same instant.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.domain.calendar import PARIS
from functions.domain.errors import Refused
from functions.domain.french import plain_day

NOTICE = timedelta(minutes=2)
USUAL_NOTICE = timedelta(minutes=5)
FARTHEST = timedelta(days=2 * 366)


@dataclass(frozen=True, slots=True)
class Pointer:
    """`since`, `published_at`: UTC, to the second. `hash`: SHA-256 of the compiled rules. `by`: a login name."""

    since: datetime
    hash: str
    published_at: datetime
    by: str
    note: str = ""


def activation(wanted: datetime | None, now: datetime) -> datetime:
    """When rules published now come into force. Raises Refused when processes could not all be told in time, and for
    an instant so far away that it must be a slip of the finger.
    """
    if wanted is None:
        return now + USUAL_NOTICE
    if wanted > now + FARTHEST:
        raise Refused(
            "too_far", f"L’année {wanted.year} est trop lointaine\u202f: publiez deux ans à l’avance au plus."
        )
    if wanted < now + NOTICE:
        detail = (
            f"Des règles se publient deux minutes à l’avance au moins, pour que tout le portail en change au même "
            f"instant. Pas le {paris_words(wanted)}, mais le {paris_words(now + NOTICE)} au plus tôt."
        )
        raise Refused("too_soon", detail)
    return wanted


def check_withdrawal(pointer: Pointer, now: datetime) -> None:
    """Rules in force stay in force, and so do those that some process may already be about to take."""
    since = paris_words(pointer.since)
    if pointer.since <= now:
        detail = (
            f"Les règles publiées pour le {since} sont entrées en vigueur\u202f: elles ne se retirent plus. "
            "Publiez-en d’autres, qui prendront leur suite."
        )
        raise Refused("already_in_force", detail)
    if pointer.since < now + NOTICE:
        detail = (
            f"Les règles publiées pour le {since} entrent en vigueur dans moins de deux minutes\u202f: trop tard pour "
            "les retirer partout au même instant. Publiez-en d’autres, qui prendront leur suite."
        )
        raise Refused("too_late", detail)


def in_force(pointers: Iterable[Pointer], now: datetime) -> Pointer | None:
    """The latest pointer whose instant has come."""
    return max((each for each in pointers if each.since <= now), key=lambda each: each.since, default=None)


def paris_words(instant: datetime) -> str:
    """« 1er décembre 2026 à 8 h 30 (heure de Paris) »; seconds are said when there are some."""
    local = instant.astimezone(PARIS)
    minutes = f"\u00a0{local.minute:02d}" if local.minute or local.second else ""
    seconds = f"\u00a0min\u00a0{local.second:02d}\u00a0s" if local.second else ""
    return f"{plain_day(local.date())} à {local.hour}\u00a0h{minutes}{seconds} (heure de Paris)"
