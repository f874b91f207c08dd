"""Tariffs: dated grids, checked for gaps and overlaps, compiled to centimes."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from functions.domain.french import long_day
from functions.domain.spans import Span
from functions.domain.tariffs import (
    PackedMeal,
    Reduction,
    Siblings,
    SiblingStep,
    Surcharge,
    Tariff,
    TariffVersion,
)
from functions.reglement import grids, national_psu, scales, tariff_checks
from functions.reglement.grids import centimes
from functions.reglement.town import Item
from functions.reglement.words import hundredths, minutes
from functions.reglement.yaml_reader import Problem
from functions.reglement.yaml_tariffs import (
    PackedMealYaml,
    PsuYaml,
    ReductionYaml,
    SiblingsYaml,
    SurchargeYaml,
    TariffVersionYaml,
    TariffYaml,
)

_ONE_DAY = timedelta(days=1)
_UNITS = {"acte": "act", "heure": "hour", "demi_heure": "half_hour", "session": "session", "mois": "month"}
_BY = {"rang": "rank", "nombre": "count"}


def check(item: Item[TariffYaml]) -> Iterator[Problem]:
    versions = item.value.grilles
    for rank, version in enumerate(versions):
        for key, message in tariff_checks.check(version):
            yield item.problem(f"grilles/{rank}/{key}", message)
    for rank, (earlier, later) in enumerate(pairwise(versions), start=1):
        if earlier.au == date.max:  # written for « no end »; there is no day after it
            yield item.problem(f"grilles/{rank}/du", "Cette grille chevauche la grille précédente, qui n’a pas de fin.")
            continue
        wanted = earlier.au + _ONE_DAY
        if later.du != wanted:
            fault = "chevauche la grille précédente" if later.du < wanted else "laisse des jours sans prix"
            message = f"Cette grille {fault} : elle devrait commencer le {long_day(wanted)} ({wanted})."
            yield item.problem(f"grilles/{rank}/du", message)


def remarks(item: Item[TariffYaml]) -> Iterator[Problem]:
    """What is worth knowing of sound rules: national figures to be verified, or set aside."""
    for rank, version in enumerate(item.value.grilles):
        for where, psu in _psu(version):
            for key, message in national_psu.remarks(psu, Span(version.du, version.au)):
                yield item.problem(f"grilles/{rank}/{where}/{key}".rstrip("/"), message)


def build(tariff: TariffYaml) -> Tariff:
    return Tariff(tariff.id, tariff.nom, tuple(found for version in tariff.grilles for found in _versions(version)))


def covered(tariff: TariffYaml) -> Span:
    return Span(tariff.grilles[0].du, tariff.grilles[-1].au)


def _psu(version: TariffVersionYaml) -> Iterator[tuple[str, PsuYaml]]:
    if version.psu is not None:
        yield "psu", version.psu
    if version.hors_commune is not None and version.hors_commune.psu is not None:
        yield "hors_commune/psu", version.hors_commune.psu


def _versions(version: TariffVersionYaml) -> Iterator[TariffVersion]:
    """One version, or as many as national figures change during its days."""
    spans = [Span(version.du, version.au)]
    for _, psu in _psu(version):
        spans = [part for span in spans for part in national_psu.spans(psu, span)]
    for span in spans:
        yield _version(version, span)


def _version(version: TariffVersionYaml, span: Span) -> TariffVersion:
    outside = version.hors_commune
    return TariffVersion(
        span=span,
        grid=grids.build(version, span.first),
        outside=grids.build(outside, span.first) if outside and outside.majoration is None else None,
        late=_surcharge(version.majoration_retard),
        unbooked=_surcharge(version.majoration_sans_reservation),
        source=version.source or "",
        choice=version.choix or "",
        unit=_UNITS[version.unite],
        step_minutes=minutes(version.pas) if version.pas else 1,
        outside_surcharge=_surcharge(outside.majoration) if outside else None,
        siblings=_siblings(version.fratrie),
        packed_meal=_packed_meal(version.panier_repas),
        minimum=centimes(version.minimum),
        maximum=centimes(version.maximum),
    )


def _surcharge(surcharge: SurchargeYaml | None) -> Surcharge | None:
    if surcharge is None:
        return None
    return Surcharge(
        centimes=hundredths(surcharge.montant or "0"),
        percent_hundredths=hundredths(surcharge.pourcentage or "0"),
    )


def _siblings(siblings: SiblingsYaml | None) -> Siblings | None:
    if siblings is None:
        return None
    reductions = map(_reduction, siblings.reductions.values())
    steps = zip(scales.leasts(siblings.reductions), reductions, strict=True)
    return Siblings(_BY[siblings.selon], tuple(SiblingStep(least, reduction) for least, reduction in steps))


def _reduction(reduction: ReductionYaml) -> Reduction:
    return Reduction(
        centimes=hundredths(reduction.montant or "0"),
        percent_hundredths=hundredths(reduction.pourcentage or "0"),
        price=centimes(reduction.prix),
    )


def _packed_meal(meal: PackedMealYaml | None) -> PackedMeal | None:
    if meal is None:
        return None
    return PackedMeal(price=centimes(meal.prix), percent_hundredths=hundredths(meal.pourcentage or "0"))
