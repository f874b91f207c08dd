"""The rules' values in French, for what changes between two of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time
from typing import Any

from functions.domain.activity import Condition, Delay
from functions.domain.delay_words import amount
from functions.domain.french import WEEKDAYS, clock, plain_day
from functions.domain.reglement import Reglement
from functions.domain.spans import Span
from functions.reglement.difference_labels import IDS, LABELS, VALUES

_ANCHORS = {
    "day": "le jour",
    "week": "le lundi de la semaine",
    "month": "le 1er du mois",
    "session": "le premier jour de la session",
    "period": "le premier jour de la période",
    "booking": "le premier jour réservé",
}


@dataclass(frozen=True, slots=True)
class Names:
    """The names that ids have: those of the new rules, and of the old for what is no longer there."""

    old: Reglement
    new: Reglement

    def of(self, section: str, name: str) -> str:
        found = getattr(self.new, section).get(name) or getattr(self.old, section).get(name)
        return name if found is None else f"« {found.name} »"


def label_of(key: str) -> str:
    return LABELS.get(key) or LABELS[key.partition(".")[2]]


def tell(key: str, value: Any, names: Names) -> str | None:
    """`key`: « Forme.champ ». None when there is nothing to say."""
    if value is None or value in ("", ()):
        return None
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, tuple):
        return ", ".join(filter(None, (tell(key, item, names) for item in value)))
    if isinstance(value, Mapping):
        return ", ".join(f"{tell(key, name, names)} : {item}" for name, item in value.items()) or None
    if is_dataclass(value):
        return _struct(value, names)
    if key.endswith(("weekdays", "change_day")):
        return WEEKDAYS[value]
    if isinstance(value, str):
        return VALUES.get(key, {}).get(value) or (names.of(IDS[key], value) if key in IDS else value)
    return next(word(value) for kind, word in _SCALARS if isinstance(value, kind))


def _struct(value: Any, names: Names) -> str:
    if isinstance(value, Delay):
        return delay(value)
    if isinstance(value, Span):
        return span(value.first, value.last)
    dated = hasattr(value, "first") and hasattr(value, "last")
    told = [span(value.first, value.last)] if dated else []
    for field in fields(value):
        key = f"{type(value).__name__}.{field.name}"
        if (
            field.name in ("id", "kind", "first", "last")
            or (words := tell(key, getattr(value, field.name), names)) is None
        ):
            continue
        told.append(words if field.name == "name" else f"{label_of(key)} {words}")
    return ", ".join(told)


def moment(given: datetime) -> str:
    """« 1er décembre 2026 à 9 h »."""
    return f"{plain_day(given.date())} à {clock(given.time())}"


_SCALARS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (datetime, moment),
    (date, plain_day),
    (time, clock),
    (object, str),
)


def span(first: date, last: date) -> str:
    return f"le {plain_day(first)}" if first == last else f"du {plain_day(first)} au {plain_day(last)}"


def delay(given: Delay) -> str:
    """« 3 jours ouvrés avant le jour, à 9 h »."""
    notes = []
    if given.first_day_counted:
        notes.append("premier jour compris")
    if given.cut_off is not None:
        notes.append(f"à {clock(given.cut_off)}")
    return ", ".join([f"{amount(given)} avant {_ANCHORS[given.anchor]}", *notes])


def excluded(condition: Condition, names: Names) -> str:
    """Whom a condition keeps out: « les enfants de moins de 3 ans »."""
    told = tell("Condition.values", condition.values, names)
    if condition.kind == "age":
        unit = "mois" if condition.in_months else "ans"
        parts = [f"de moins de {condition.minimum} {unit}"] if condition.minimum is not None else []
        parts += [f"de plus de {condition.maximum} {unit}"] if condition.maximum is not None else []
        return "les enfants " + " ou ".join(parts)
    return {
        "school_status": f"les enfants qui ne sont pas en {told}",
        "schools": f"les enfants d’une autre école que {told}",
        "levels": f"les enfants d’un autre niveau que {told}",
        "contracts": f"les enfants qui n’ont pas de {told}",
        "residence": f"les familles qui n’habitent pas {told}",
    }[condition.kind]
