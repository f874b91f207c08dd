"""What can be wrong with one dated grid: its days, its unit, what it adds and takes off. Keys relative to the grid."""

from collections.abc import Iterator

from functions.domain.spans import Span
from functions.reglement import grid_checks, national_psu, scales
from functions.reglement.grids import kinds
from functions.reglement.words import hundredths, minutes
from functions.reglement.yaml_tariffs import OutsideYaml, PackedMealYaml, SiblingsYaml, SurchargeYaml, TariffVersionYaml

Wrong = tuple[str, str]
_WHOLE = 10_000
_BY_TIME = ("heure", "demi_heure")
_TWO_WAYS = "Une majoration est soit un « montant », soit un « pourcentage »."


def check(version: TariffVersionYaml) -> Iterator[Wrong]:
    if version.au < version.du:
        yield "au", "Cette date est avant le premier jour de la grille (« du »)."
    yield from grid_checks.check(version)
    yield from _check_psu(version)
    yield from _check_unit(version)
    if version.hors_commune is not None:
        for key, message in _check_outside(version.hors_commune):
            yield f"hors_commune/{key}".rstrip("/"), message
    for key in ("majoration_retard", "majoration_sans_reservation"):
        surcharge: SurchargeYaml | None = getattr(version, key)
        if surcharge is not None and not _one(surcharge.montant, surcharge.pourcentage):
            yield key, _TWO_WAYS
    if version.fratrie is not None:
        for key, message in _check_siblings(version.fratrie):
            yield f"fratrie/{key}", message
    yield from _check_meal(version.panier_repas)
    least, most = version.minimum, version.maximum
    if least is not None and most is not None and hundredths(least) > hundredths(most):
        yield "minimum", "Le minimum est au-dessus du maximum."


def _check_meal(meal: PackedMealYaml | None) -> Iterator[Wrong]:
    if meal is not None and not _one(meal.prix, meal.pourcentage):
        yield "panier_repas", "Le panier repas a soit un « prix », soit un « pourcentage » du prix du repas."
    if meal is not None and hundredths(meal.pourcentage or "0") > _WHOLE:
        yield "panier_repas/pourcentage", "Le panier repas coûte au plus 100 % du prix du repas."


def _check_psu(version: TariffVersionYaml) -> Iterator[Wrong]:
    outside = version.hors_commune
    for where, psu in (("psu", version.psu), ("hors_commune/psu", outside.psu if outside else None)):
        if psu is None:
            continue
        if version.unite != "heure":
            yield "unite", "Le barème PSU donne le prix d’une heure : écrivez « unite: heure » et son « pas »."
        for key, message in national_psu.unknown(psu, Span(version.du, version.au)):
            yield f"{where}/{key}", message


def _check_unit(version: TariffVersionYaml) -> Iterator[Wrong]:
    if version.unite not in _BY_TIME:
        if version.pas is not None:
            yield "pas", "Cette clé ne sert à rien : elle va avec « unite: heure » ou « unite: demi_heure »."
    elif version.pas is None:
        yield "pas", "Dites à combien les durées s’arrondissent : « 30 minutes » si toute demi-heure commencée est due."
    elif minutes(version.pas) == 0:
        yield "pas", "Le pas compte au moins une minute."


def _check_outside(outside: OutsideYaml) -> Iterator[Wrong]:
    if outside.majoration is None:
        yield from grid_checks.check(outside)
    elif kinds(outside):
        yield "majoration", "Hors commune, le prix est soit une grille, soit une « majoration » de celle de la commune."
    elif not _one(outside.majoration.montant, outside.majoration.pourcentage):
        yield "majoration", _TWO_WAYS
    else:
        for key in grid_checks.COMMON:
            if getattr(outside, key) is not None:
                yield key, "Cette clé ne sert à rien avec une « majoration »."


def _check_siblings(siblings: SiblingsYaml) -> Iterator[Wrong]:
    if not siblings.reductions:
        yield "reductions", "Écrivez ici au moins une réduction, par exemple « 2 et plus »."
    for step, message in scales.check(siblings.reductions, first=None) if siblings.reductions else ():
        yield f"reductions/{step}", message
    for step, reduction in siblings.reductions.items():
        if not _one(reduction.montant, reduction.pourcentage, reduction.prix):
            yield (
                f"reductions/{step}",
                "Une réduction est soit un « montant », soit un « pourcentage », soit un « prix ».",
            )
        if hundredths(reduction.pourcentage or "0") > _WHOLE:
            yield f"reductions/{step}/pourcentage", "Une réduction va jusqu’à 100 %."


def _one(*values: str | None) -> bool:
    return sum(value is not None for value in values) == 1
