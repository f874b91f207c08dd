"""What can be wrong with one grid of prices taken alone. Every fault is (key relative to the grid, message)."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from functions.domain.french import decimal_comma
from functions.domain.unit_prices import share
from functions.reglement import scales
from functions.reglement.grids import KINDS, MISSING, kinds
from functions.reglement.words import MONEY, hundredths, millionths
from functions.reglement.yaml_tariffs import BandYaml, GridYaml

Wrong = tuple[str, str]
_USEFUL = {
    "prix": (),
    "tranches": ("precision_qf", "sans_qf", "plancher", "plafond", "degressif"),
    "taux": ("precision_qf", "sans_qf", "plancher", "plafond"),
    "taux_effort": ("precision_qf", "sans_qf", "plancher", "plafond"),
    "psu": ("sans_qf",),
}
COMMON = ("precision_qf", "sans_qf", "plancher", "plafond", "degressif")


def check(grid: GridYaml) -> Iterator[Wrong]:
    found = kinds(grid)
    if len(found) != 1:
        yield (
            found[0] if found else KINDS[0],
            "Une grille a soit un « prix », soit des « tranches », soit un « taux », un « taux_effort » ou « psu ».",
        )
        return
    kind = found[0]
    for key in COMMON:
        if getattr(grid, key) is not None and key not in _USEFUL[kind]:
            yield key, f"Cette clé ne sert à rien avec « {kind} »."
    if grid.plancher is not None and grid.plafond is not None and hundredths(grid.plancher) > hundredths(grid.plafond):
        yield "plancher", "Le plancher est au-dessus du plafond."
    if kind != "prix":
        yield from _check_missing(grid)
    yield from _check_kind(grid)


def _check_kind(grid: GridYaml) -> Iterator[Wrong]:
    if grid.tranches:
        yield from _check_tranches(grid)
    if grid.taux_effort is not None:
        for step, message in scales.check(grid.taux_effort.enfants, first=1):
            yield f"taux_effort/enfants/{step}".rstrip("/"), message
        if grid.precision_qf is not None and grid.taux_effort.sur == "ressources":
            yield "precision_qf", "Cette clé ne sert à rien quand le taux porte sur les ressources."
    if grid.psu is None:
        return
    if grid.psu.enfants is not None:
        for step, message in scales.check(grid.psu.enfants, first=1):
            yield f"psu/enfants/{step}".rstrip("/"), message
    least, most = grid.psu.plancher_ressources, grid.psu.plafond_ressources
    if least is not None and most is not None and hundredths(least) > hundredths(most):
        yield "psu/plancher_ressources", "Le plancher est au-dessus du plafond."


def _check_missing(grid: GridYaml) -> Iterator[Wrong]:
    """« sans_qf »: the band of that name, or « plafond », « plancher », or an amount."""
    told = grid.sans_qf or ""
    band = next((band for band in grid.tranches if band.nom is not None and band.nom == told), None)
    if band is not None:
        if band.taux is not None:
            message = f"La tranche « {told} » est un taux : sans quotient familial elle ne donne pas de prix."
            yield "sans_qf", message
    elif told in MISSING:
        if grid.psu is None and getattr(grid, told) is None:
            yield "sans_qf", f"Cette grille n’a pas de « {told} »."
    elif re.search(MONEY, told) is None:
        what = "le « nom » de la tranche, " if grid.tranches else ""
        message = (
            f"Donnez ici {what}« plafond », « plancher » ou le montant que paie une famille dont le quotient familial "
            "(ou les ressources) n’est pas connu."
        )
        yield "sans_qf", message


def _check_tranches(grid: GridYaml) -> Iterator[Wrong]:
    names = [band.nom for band in grid.tranches]
    if grid.precision_qf is None:
        yield "precision_qf", "Dites si les bornes se lisent à l’« euro » ou au « centime » près."
    for rank, name in enumerate(names):
        if name is not None and name in names[:rank]:
            yield f"tranches/{rank}/nom", f"Deux tranches portent le nom « {name} »."
    wrong = [
        (f"tranches/{rank}/prix", "Une tranche a soit un « prix », soit un « taux ».")
        for rank, band in enumerate(grid.tranches)
        if (band.prix is None) == (band.taux is None)
    ]
    if grid.precision_qf is not None:
        wrong += _check_bounds(grid.tranches, euro=grid.precision_qf == "euro")
    yield from wrong
    if not wrong:
        yield from _check_direction(grid)
    if all(band.taux is None for band in grid.tranches):
        for key in ("plancher", "plafond"):
            if getattr(grid, key) is not None and grid.sans_qf != key:
                yield key, "Cette clé ne sert à rien : aucune tranche n’a de « taux »."


def _check_direction(grid: GridYaml) -> Iterator[Wrong]:
    """A price that falls when the QF rises is told, unless the town says it means it."""
    falls = False
    for rank, (band, after) in enumerate(zip(grid.tranches, grid.tranches[1:], strict=False), start=1):
        if band.a is not None and _price(grid, after, after.de) < _price(grid, band, band.a):
            falls = True
            if grid.degressif != "oui":
                message = (
                    "Le prix baisse quand le quotient familial augmente. Si c’est voulu, écrivez « degressif: oui » "
                    "dans la grille."
                )
                yield f"tranches/{rank}/{'prix' if after.taux is None else 'taux'}", message
    if grid.degressif is not None and not falls and grid.degressif == "oui":
        yield "degressif", "Cette clé ne sert à rien : le prix ne baisse jamais."


def _price(grid: GridYaml, band: BandYaml, quotient: str) -> Fraction:
    if band.taux is None:
        amount = Fraction(hundredths(band.prix or "0"))
    else:
        amount = share(hundredths(quotient), millionths(band.taux))
    low = hundredths(grid.plancher) if grid.plancher is not None else amount
    high = hundredths(grid.plafond) if grid.plafond is not None else amount
    return min(max(amount, Fraction(low)), max(Fraction(high), Fraction(low)))


def _check_bounds(bands: Sequence[BandYaml], *, euro: bool) -> Iterator[Wrong]:
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
