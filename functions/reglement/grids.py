"""A grid of prices, from the town's words to the domain's values. Checked before: see grid_checks."""

from dataclasses import replace
from datetime import date

from functions.domain.tariffs import Band, ChildrenRate, Grid
from functions.reglement import national_psu
from functions.reglement.words import hundredths, millionths
from functions.reglement.yaml_tariffs import BandYaml, EffortYaml, GridYaml, PsuYaml

KINDS = ("prix", "tranches", "taux", "taux_effort", "psu")
MISSING = {"plafond": "cap", "plancher": "floor"}
_BASIS = {"ressources": "resources", "quotient_familial": "quotient_familial"}


def kinds(grid: GridYaml) -> list[str]:
    """The keys that say how a price is found: a sound grid has exactly one."""
    return [key for key in KINDS if getattr(grid, key) not in (None, [])]


def build(grid: GridYaml, day: date) -> Grid:
    """`day`: the first that the grid holds; national figures are those of that day."""
    if grid.prix is not None:
        return Grid("fixed", centimes=hundredths(grid.prix))
    if grid.psu is not None:
        return _psu(grid, grid.psu, day)
    if grid.taux_effort is not None:
        return _effort(grid, grid.taux_effort)
    if grid.taux is not None:
        rates = (ChildrenRate(1, millionths(grid.taux)),)
        return _with_bounds(Grid("linear", rates=rates, precision=grid.precision_qf or "centime"), grid)
    bands = tuple(_band(band) for band in grid.tranches)
    return _with_bounds(Grid("bands", bands=bands, precision=grid.precision_qf or "centime"), grid)


def centimes(amount: str | None) -> int | None:
    return None if amount is None else hundredths(amount)


def _psu(grid: GridYaml, psu: PsuYaml, day: date) -> Grid:
    figures = national_psu.figures(psu, day)
    found = Grid(
        "psu",
        rates=figures.rates,
        basis="resources",
        least_resources=figures.least_resources,
        most_resources=figures.most_resources,
        aeeh_lowers=True,
    )
    return _with_bounds(found, grid)


def _effort(grid: GridYaml, effort: EffortYaml) -> Grid:
    found = Grid(
        "effort",
        rates=national_psu.rates_of(effort.enfants),
        basis=_BASIS[effort.sur],
        precision=grid.precision_qf or "centime",
        aeeh_lowers=effort.aeeh == "oui",
    )
    return _with_bounds(found, grid)


def _with_bounds(built: Grid, grid: GridYaml) -> Grid:
    """What the kinds have in common: a floor, a cap, what a family pays whose QF or resources are not known."""
    names = [band.nom for band in grid.tranches]
    told = grid.sans_qf or ""
    named = told in names
    return replace(
        built,
        floor=centimes(grid.plancher),
        cap=centimes(grid.plafond),
        missing="band" if named else MISSING.get(told, "amount"),
        missing_band=names.index(told) if named else 0,
        missing_centimes=0 if named or told in MISSING else hundredths(told),
        may_fall=grid.degressif == "oui",
    )


def _band(band: BandYaml) -> Band:
    rate = None if band.taux is None else millionths(band.taux)
    return Band(hundredths(band.de), centimes(band.a), hundredths(band.prix or "0"), band.nom or "", rate)
