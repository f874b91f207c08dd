"""One change between two règlements, and how it reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from functions.domain.french import plain_day
from functions.reglement.difference_words import Names, span, tell

# How the name of a change ends when the other side is empty for good reason.
_ONE_SIDED = ("ajout", "ajouté", "ajoutée", "retrait", "retiré", "retirée")


@dataclass(frozen=True, slots=True)
class Change:
    """`scope`: "commune", "calendar", "service", "school", "document", "activity", "tariff", "custody", "quotient",
    "details" or "retention"; `id` and `name`: which one. `before` None: there was none; `after` None: there is none any
    more. `first`: the first day it concerns, None: as soon as the rules are in force; `last`: the last, None: no end.
    `whom` "": everybody.
    """

    scope: str
    id: str
    name: str
    what: str
    before: str | None
    after: str | None
    first: date | None = None
    last: date | None = None
    whom: str = ""

    def sentence(self) -> str:
        """« Repas, QF de 400,01 à 600 : 2,25 € → 2,40 €, à partir du 1er septembre 2026 »."""
        price = self.what == "prix"
        subject = ", ".join(filter(None, (self.name, "" if price else self.what, self.whom if price else "")))
        told = f"{subject} : {self._values()}".removesuffix(" : ")
        if self.first is not None:
            days = f"à partir du {plain_day(self.first)}" if self.last is None else span(self.first, self.last)
            told += f", {days}"
        return f"{told} ({self.whom})" if self.whom and not price else told

    def _values(self) -> str:
        if self.what.endswith(_ONE_SIDED):
            return "" if self.name in (self.before, self.after) else self.before or self.after or ""
        return f"{self.before or 'rien'} → {self.after or 'rien'}"


@dataclass(frozen=True, slots=True)
class Thing:
    """What is being compared, and in which rules."""

    scope: str
    id: str
    name: str
    names: Names

    def change(self, what: str, before: str | None, after: str | None, **more: Any) -> Change:
        return Change(self.scope, self.id, self.name, what, before, after, **more)


def leaf(thing: Thing, key: str, before: Any, after: Any, what: str, **more: Any) -> Iterator[Change]:
    if before == after:
        return
    told = tell(key, before, thing.names), tell(key, after, thing.names)
    if told[0] == told[1]:  # two things of one name, or a difference words do not show
        told = str(before), str(after)
    yield thing.change(what, *told, **more)
