"""« conservation »: checked against what the nation accepts, and compiled to the domain's rules, each length with its
source. What a town does not say is in national/conservation.yml.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from functions.domain.keeping import Category, Keeping
from functions.reglement import yaml_reader
from functions.reglement.town import Item
from functions.reglement.words import kept
from functions.reglement.yaml_basics import Label, Shape
from functions.reglement.yaml_reader import Problem
from functions.reglement.yaml_retention import Kept, RetentionYaml

_FILE = Path(__file__).with_name("national") / "conservation.yml"
_ANY_DAY = date(2001, 1, 1)


class LengthYaml(Shape):
    cle: Category
    nom: Label
    depuis: Label
    duree: Kept
    minimum: Kept
    maximum: Kept
    source: Label


class NationalYaml(Shape):
    durees: list[LengthYaml]


def check(item: Item[RetentionYaml]) -> Iterator[Problem]:
    written = False
    for known in _national():
        given = getattr(item.value, known.cle)
        if given is None:
            continue
        written = True
        if not _day(known.minimum) <= _day(given) <= _day(known.maximum):
            message = f"Cette durée va de {known.minimum} à {known.maximum}\u202f: {known.source.strip()}"
            yield item.problem(known.cle, message)
    if not written:
        keys = ", ".join(known.cle for known in _national())
        yield item.problem("", f"Cette rubrique ne dit aucune durée\u202f: écrivez-en une ({keys}), ou ôtez-la.")


def build(given: RetentionYaml | None) -> tuple[Keeping, ...]:
    return tuple(_keeping(known, given) for known in _national())


def _keeping(known: LengthYaml, given: RetentionYaml | None) -> Keeping:
    own = getattr(given, known.cle) if given else None
    months, days = kept(own or known.duree)
    keeping = Keeping(known.cle, known.nom, known.depuis, months, days, known.source.strip())
    if given is None or own is None:
        return keeping
    return replace(keeping, source=given.source or "", choice=given.choix or "", town=True)


def _day(length: str) -> date:
    months, days = kept(length)
    return Keeping("dossier_famille", "", "", months, days).last_day(_ANY_DAY)


@cache
def _national() -> tuple[LengthYaml, ...]:
    return tuple(msgspec.convert(yaml_reader.read(_FILE, _FILE.name).value, NationalYaml).durees)
