"""What changes for families between two règlements: what, for whom, from when. Pure: two values in, changes out.

    compare(old, new) -> list[Change], in the order of the rules; empty when nothing changes for anybody

Every field is looked at, so that nothing changes in silence; prices are compared by what families pay.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from functions.domain.activity import Activity
from functions.domain.reglement import Reglement
from functions.domain.tariffs import Tariff
from functions.reglement.difference_change import Change, Thing
from functions.reglement.difference_fields import fields_of, value_of
from functions.reglement.difference_special import same_tariff
from functions.reglement.difference_words import Names, label_of

__all__ = ["Change", "compare"]

_SECTIONS = (
    ("service", "services", "service"),
    ("school", "schools", "école"),
    ("document", "documents", "justificatif"),
    ("activity", "activities", "activité"),
    ("tariff", "tariffs", "tarif"),
)
_RUBRICS = (
    ("custody", "Garde alternée"),
    ("quotient", "Quotient familial"),
    ("details", "Coordonnées"),
    ("retention", "Conservation"),
)
_FEMININE = ("école", "activité")


def compare(old: Reglement, new: Reglement) -> list[Change]:
    names = Names(old, new)
    found: list[Change] = []
    commune = Thing("commune", "", new.commune.name, names)
    found += fields_of(commune, old.commune, new.commune, "")
    found += _calendar(Thing("calendar", "", "Calendrier", names), old, new)
    for scope, section, word in _SECTIONS:
        found += _section(scope, word, getattr(old, section), getattr(new, section), names)
    for scope, name in _RUBRICS:
        before, after = getattr(old, scope), getattr(new, scope)
        whole = "ajout" if before is None else "retrait" if after is None else ""
        found += value_of(Thing(scope, "", name, names), f"Reglement.{scope}", before, after, whole)
    return found


def _section(scope: str, word: str, old: Mapping[str, Any], new: Mapping[str, Any], names: Names) -> Iterator[Change]:
    e = "e" if word in _FEMININE else ""
    for name, item in new.items():
        thing = Thing(scope, name, item.name, names)
        first = item.period.first if isinstance(item, Activity) else None
        if name not in old:
            yield thing.change(f"{word} ajouté{e}", None, item.name, first=first)
        elif item == old[name]:
            continue
        elif isinstance(item, Tariff):
            yield from same_tariff(thing, old[name], item)
        else:
            yield from fields_of(thing, old[name], item, "")
    for name, item in old.items():
        if name not in new:
            yield Thing(scope, name, item.name, names).change(f"{word} retiré{e}", item.name, None)


def _calendar(thing: Thing, old: Reglement, new: Reglement) -> Iterator[Change]:
    """Days of one kind that follow one another are told together; vacations are told by their days."""
    days = ("public_holidays", "school_holidays", "class_free")
    for field in fields(old.calendar):
        before, after = getattr(old.calendar, field.name), getattr(new.calendar, field.name)
        key = f"Calendar.{field.name}"
        if field.name in days:
            yield from _days(thing, label_of(key), _known(before, old, new), _known(after, old, new))
        elif field.name != "vacations" or old.calendar.school_holidays == new.calendar.school_holidays:
            yield from value_of(thing, key, before, after, "")


def _known(days: Mapping[date, str], old: Reglement, new: Reglement) -> Mapping[date, str]:
    """Those that both calendars know: that one goes further is told once."""
    return {day: name for day, name in days.items() if old.calendar.span.holds(day) and new.calendar.span.holds(day)}


def _days(thing: Thing, what: str, old: Mapping[date, str], new: Mapping[date, str]) -> Iterator[Change]:
    pairs = {day: (old.get(day), new.get(day)) for day in sorted({*old, *new}) if old.get(day) != new.get(day)}
    runs: list[list[date]] = []
    for day, pair in pairs.items():
        follows = bool(runs) and runs[-1][-1] == day - timedelta(days=1) and pairs[runs[-1][-1]] == pair
        if follows:
            runs[-1].append(day)
        else:
            runs.append([day])
    for run in runs:
        before, after = pairs[run[0]]
        yield thing.change(what, before, after, first=run[0], last=run[-1])
