"""Tariffs: dated grids, checked for gaps and overlaps, compiled to centimes."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise

from functions.domain.french import decimal_comma, long_day
from functions.domain.spans import Span
from functions.domain.tariffs import Band, Grid, Surcharge, Tariff, TariffVersion
from functions.reglement.town import Item
from functions.reglement.words import hundredths
from functions.reglement.yaml_reader import Problem
from functions.reglement.yaml_tariffs import BandYaml, GridYaml, SurchargeYaml, TariffVersionYaml, TariffYaml

_ONE_DAY = timedelta(days=1)
Wrong = tuple[str, str]  # (key relative to the grid, message)


def check(item: Item[TariffYaml]) -> Iterator[Problem]:
    versions = item.value.grilles
    for rank, version in enumerate(versions):
        for key, message in _check_version(version):
            yield item.problem(f"grilles/{rank}/{key}", message)
    for rank, (earlier, later) in enumerate(pairwise(versions), start=1):
        wanted = earlier.au + _ONE_DAY
        if later.du != wanted:
            fault = "chevauche la grille précédente" if later.du < wanted else "laisse des jours sans prix"
            message = f"Cette grille {fault} : elle devrait commencer le {long_day(wanted)} ({wanted})."
            yield item.problem(f"grilles/{rank}/du", message)


def build(tariff: TariffYaml) -> Tariff:
    return Tariff(tariff.id, tariff.nom, tuple(_version(version) for version in tariff.grilles))


def covered(tariff: TariffYaml) -> Span:
    return Span(tariff.grilles[0].du, tariff.grilles[-1].au)


def _version(version: TariffVersionYaml) -> TariffVersion:
    return TariffVersion(
        span=Span(version.du, version.au),
        grid=_grid(version),
        outside=_grid(version.hors_commune) if version.hors_commune else None,
        late=_surcharge(version.majoration_retard),
        unbooked=_surcharge(version.majoration_sans_reservation),
        source=version.source or "",
        choice=version.choix or "",
    )


def _grid(grid: GridYaml | TariffVersionYaml) -> Grid:
    if grid.prix is not None:
        return Grid("fixed", centimes=hundredths(grid.prix))
    names = [band.nom for band in grid.tranches]
    return Grid(
        "bands",
        bands=tuple(_band(band) for band in grid.tranches),
        precision=grid.precision_qf or "centime",
        missing_band=names.index(grid.sans_qf),
    )


def _band(band: BandYaml) -> Band:
    high = None if band.a is None else hundredths(band.a)
    return Band(hundredths(band.de), high, hundredths(band.prix), band.nom or "")


def _surcharge(surcharge: SurchargeYaml | None) -> Surcharge | None:
    if surcharge is None:
        return None
    return Surcharge(
        centimes=hundredths(surcharge.montant or "0"),
        percent_hundredths=hundredths(surcharge.pourcentage or "0"),
    )


def _check_version(version: TariffVersionYaml) -> Iterator[Wrong]:
    if version.au < version.du:
        yield "au", "Cette date est avant le premier jour de la grille (« du »)."
    yield from _check_grid(version)
    if version.hors_commune is not None:
        for key, message in _check_grid(version.hors_commune):
            yield f"hors_commune/{key}", message
    for key in ("majoration_retard", "majoration_sans_reservation"):
        surcharge: SurchargeYaml | None = getattr(version, key)
        if surcharge is not None and (surcharge.montant is None) == (surcharge.pourcentage is None):
            yield key, "Une majoration est soit un « montant », soit un « pourcentage »."


def _check_grid(grid: GridYaml | TariffVersionYaml) -> Iterator[Wrong]:
    if (grid.prix is None) == (not grid.tranches):
        yield "prix", "Une grille a soit un « prix », soit des « tranches »."
        return
    if not grid.tranches:
        for key in ("precision_qf", "sans_qf"):
            if getattr(grid, key) is not None:
                yield key, "Cette clé ne sert à rien avec un prix unique : elle va avec des « tranches »."
        return
    names = [band.nom for band in grid.tranches]
    if grid.precision_qf is None:
        yield "precision_qf", "Dites si les bornes se lisent à l’« euro » ou au « centime » près."
    if grid.sans_qf is None or grid.sans_qf not in names:
        yield "sans_qf", "Donnez ici le « nom » de la tranche d’une famille dont le quotient familial n’est pas connu."
    for rank, name in enumerate(names):
        if name is not None and name in names[:rank]:
            yield f"tranches/{rank}/nom", f"Deux tranches portent le nom « {name} »."
    if grid.precision_qf is not None:
        yield from _check_bands(grid.tranches, euro=grid.precision_qf == "euro")


def _check_bands(bands: Sequence[BandYaml], *, euro: bool) -> Iterator[Wrong]:
    step = 100 if euro else 1
    wanted: int | None = 0
    for rank, band in enumerate(bands):
        low = hundredths(band.de)
        where = f"tranches/{rank}"
        if euro and (low % 100 or (band.a is not None and hundredths(band.a) % 100)):
            yield where, "Les bornes ont des centimes alors que « precision_qf » dit « euro »."
        if wanted is None:
            yield where, "Cette tranche ne peut jamais servir : la précédente n’a pas de borne haute."
            return
        if low != wanted:
            fault = "chevauche la précédente" if low < wanted else "laisse un trou avant elle"
            yield f"{where}/de", f"Cette tranche {fault} : elle devrait commencer à {_bound(wanted, euro=euro)}."
        if band.a is None:
            wanted = None
        elif (high := hundredths(band.a)) < low:
            yield f"{where}/a", "La borne haute est plus petite que la borne basse."
            wanted = low + step
        else:
            wanted = high + step
    if wanted is not None:
        message = "La dernière tranche ne doit pas avoir de borne haute (« a ») : sinon des familles n’ont pas de prix."
        yield f"tranches/{len(bands) - 1}/a", message


def _bound(centimes: int, *, euro: bool) -> str:
    return decimal_comma(centimes).removesuffix(",00") if euro else decimal_comma(centimes)
