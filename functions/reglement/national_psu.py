"""The national scale of the PSU, as dated data: national/psu.yml, beside this module because it belongs to no town."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from functions.domain.french import plain_day
from functions.domain.spans import Span
from functions.domain.tariffs import ChildrenRate
from functions.reglement import scales, yaml_reader
from functions.reglement.words import hundredths, millionths
from functions.reglement.yaml_basics import Day, Label, Money, Shape
from functions.reglement.yaml_tariffs import PsuYaml, RateScale

_FILE = Path(__file__).with_name("national") / "psu.yml"
_NAMES = {"enfants": "taux", "plancher_ressources": "plancher", "plafond_ressources": "plafond"}


class DatedYaml(Shape, kw_only=True):
    """Holds from `du` until the next one."""

    du: Day
    source: Label
    a_verifier: Label | None = None


class RatesYaml(DatedYaml, kw_only=True):
    structure: Literal["collectif", "familial"]
    enfants: RateScale


class AmountYaml(DatedYaml, kw_only=True):
    montant: Money


class NationalYaml(Shape):
    connu_jusqu_au: Day
    taux: list[RatesYaml]
    plancher: list[AmountYaml]
    plafond: list[AmountYaml]


Dated = TypeVar("Dated", bound=DatedYaml)


@dataclass(frozen=True, slots=True)
class Figures:
    """What governs one day. Resources in centimes a month."""

    rates: tuple[ChildrenRate, ...]
    least_resources: int
    most_resources: int


def rates_of(scale: RateScale) -> tuple[ChildrenRate, ...]:
    values = [millionths(rate) for rate in scale.values()]
    return tuple(ChildrenRate(least, rate) for least, rate in zip(scales.leasts(scale), values, strict=True))


def figures(psu: PsuYaml, day: date) -> Figures:
    """The town's own figures where it has some, the nation's elsewhere. Raises LookupError on a day without figures."""
    national = _national()
    return Figures(
        rates_of(psu.enfants or _on(_rates(psu), day).enfants),
        hundredths(psu.plancher_ressources or _on(national.plancher, day).montant),
        hundredths(psu.plafond_ressources or _on(national.plafond, day).montant),
    )


def spans(psu: PsuYaml, span: Span) -> Iterator[Span]:
    """The span, cut where a national figure that this town follows changes."""
    starts = {item.du for name in _NAMES if getattr(psu, name) is None for item in _dated(psu, name)}
    cuts = sorted(day for day in starts if span.first < day <= span.last)
    firsts = [span.first, *cuts]
    for first, after in zip(firsts, [*cuts, None], strict=True):
        yield Span(first, span.last if after is None else date.fromordinal(after.toordinal() - 1))


def unknown(psu: PsuYaml, span: Span) -> Iterator[tuple[str, str]]:
    """Figures that nobody gives for the first days: (the key the town may write, message)."""
    for key, name in _NAMES.items():
        first = min(item.du for item in _dated(psu, key))
        if getattr(psu, key) is None and span.first < first:
            yield (
                key,
                f"Le barème national ne donne pas de {name} avant le {plain_day(first)} : écrivez « {key} » ici.",
            )


def remarks(psu: PsuYaml, span: Span) -> Iterator[tuple[str, str]]:
    """What a town should know of the figures it follows, or does not follow."""
    national = _national()
    for key, name in _NAMES.items():
        if getattr(psu, key) is not None:
            yield key, f"Cette grille a son propre {name}, à la place du barème national."
            continue
        used = {_on(_dated(psu, key), part.first).a_verifier: None for part in spans(psu, span)}
        for doubt in used:
            if doubt is not None:
                yield "", f"Barème national, {name} à vérifier : {doubt}"
    followed = any(getattr(psu, key) is None for key in _NAMES)
    if followed and span.last > national.connu_jusqu_au:
        message = (
            f"Le barème national est connu jusqu’au {plain_day(national.connu_jusqu_au)} : au-delà, ses derniers "
            "chiffres s’appliquent, tant qu’il n’est pas mis à jour."
        )
        yield "", message


def _rates(psu: PsuYaml) -> list[RatesYaml]:
    return [item for item in _national().taux if item.structure == psu.structure]


def _dated(psu: PsuYaml, key: str) -> Sequence[DatedYaml]:
    if key == "enfants":
        return _rates(psu)
    return _national().plancher if key == "plancher_ressources" else _national().plafond


def _on(dated: Sequence[Dated], day: date) -> Dated:
    found = [item for item in dated if item.du <= day]
    if not found:
        raise LookupError(day)
    return found[-1]


@cache
def _national() -> NationalYaml:
    return msgspec.convert(yaml_reader.read(_FILE, _FILE.name).value, NationalYaml)
