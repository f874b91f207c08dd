"""The prices of a tariff as a page shows them: one table per grid, and what else changes a price, in French."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from functions.domain.french import duration, euros
from functions.domain.price_steps import PriceRequest, percent, rate_in_words
from functions.domain.prices import price_of, surcharge_in_words
from functions.domain.tariffs import Band, Grid, PackedMeal, Reduction, Siblings, TariffVersion
from parvis_site.words import quotient, span

KINDS = ("fixed", "bands", "linear", "effort", "psu")
UNITS = {
    "act": "",
    "hour": " par heure",
    "half_hour": " par demi-heure",
    "session": " par session",
    "month": " par mois",
}
BASES = {"quotient_familial": "du quotient familial", "resources": "des ressources du mois"}
MISSING_AMOUNT = {"cap": "le prix plafond", "floor": "le prix plancher"}
MISSING_RESOURCES = {"cap": "le plafond de ressources est retenu", "floor": "le plancher de ressources est retenu"}
SIBLINGS_BY = {"rank": "À partir du {place}e enfant", "count": "À partir de {place} enfants à charge"}
# What an example is worked out for: nobody's figures, round ones.
_EXAMPLES = {"quotient_familial": (40_000, 80_000, 120_000), "resources": (150_000, 300_000, 450_000)}
_OUTSIDE = "Familles d’une autre commune"


@dataclass(frozen=True, slots=True)
class Table:
    """`rows`: (who or what, the price); `notes`: sentences that go with it."""

    who: str
    head: tuple[str, str]
    rows: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def tables(version: TariffVersion) -> tuple[Table, ...]:
    """One per grid. A single price for other towns is a row of the town's own table."""
    outside = version.outside
    if outside is None:
        return (_table(version, version.grid, ""),)
    if outside.kind == "fixed":
        own = _table(version, version.grid, "")
        row = (_OUTSIDE, euros(outside.centimes) + UNITS[version.unit])
        return (Table(own.who, own.head, (*own.rows, row), own.notes),)
    own = _table(version, version.grid, "Familles de la commune")
    return own, _table(version, outside, _OUTSIDE)


def notes(version: TariffVersion) -> Iterator[str]:
    """What changes the price of a line, in the order the prices are made."""
    if version.step_minutes > 1:
        yield f"Le temps est compté par {duration(version.step_minutes)} : ce qui est commencé est dû."
    if version.packed_meal:
        yield f"Enfant qui apporte son repas (projet d’accueil individualisé) : {_packed_meal(version.packed_meal)}."
    if version.siblings:
        yield from _siblings(version.siblings)
    per = " par jour" if version.unit == "act" else ""
    surcharges = (
        (version.outside_surcharge, f"{_OUTSIDE} : {{}}."),
        (version.late, f"Réservation après le délai : {{}}{per}."),
        (version.unbooked, f"Présence sans réservation : {{}}{per}."),
    )
    for surcharge, sentence in surcharges:
        if surcharge:
            yield sentence.format(surcharge_in_words(surcharge))
    if version.minimum is not None or version.maximum is not None:
        yield f"En tout : {_between(version.minimum, version.maximum)}."


def title(version: TariffVersion) -> str:
    return span(version.span.first, version.span.last)


def _table(version: TariffVersion, grid: Grid, who: str) -> Table:
    if grid.kind not in KINDS:
        raise ValueError(f"a grid of kind {grid.kind} has no words")
    told = tuple(_grid_notes(version, grid, outside=who == _OUTSIDE))
    if grid.kind == "fixed":
        return Table(who, ("Tarif", "Prix"), (("Prix unique", euros(grid.centimes) + UNITS[version.unit]),), told)
    if grid.kind == "bands":
        rows = tuple((_band(band), _band_price(band, version)) for band in grid.bands)
        return Table(who, ("Quotient familial", "Prix"), rows, told)
    share = f" {BASES[grid.basis]}{UNITS[version.unit]}"
    if len(grid.rates) == 1:
        return Table(who, ("Tarif", "Prix"), (("Taux unique", rate_in_words(grid.rates[0].rate) + share),), told)
    rows = tuple((label, rate_in_words(rate) + share) for label, rate in _rates(grid))
    return Table(who, ("Enfants à charge", "Prix"), rows, told)


def _grid_notes(version: TariffVersion, grid: Grid, *, outside: bool) -> Iterator[str]:
    if grid.least_resources is not None or grid.most_resources is not None:
        yield f"Ressources retenues par mois : {_between(grid.least_resources, grid.most_resources)}."
    if grid.floor is not None or grid.cap is not None:
        yield f"Le prix est {_between(grid.floor, grid.cap)}."
    if grid.aeeh_lowers:
        yield "Chaque enfant bénéficiaire de l’AEEH fait passer au taux qui suit."
    missing = _missing(grid)
    if missing:
        yield missing
    if grid.rates:
        yield f"Par exemple, {' ; '.join(_examples(version, grid, outside=outside))}."


def _missing(grid: Grid) -> str:
    """What a family pays whose quotient or resources are not known."""
    if grid.kind == "fixed":
        return ""
    what = "Sans quotient familial connu" if grid.basis == "quotient_familial" else "Sans ressources connues"
    if grid.missing == "amount":
        return f"{what}, le prix est de {euros(grid.missing_centimes)}."
    if grid.kind == "psu":
        return f"{what}, {MISSING_RESOURCES['floor' if grid.missing == 'floor' else 'cap']}."
    if grid.missing == "band":
        band = grid.bands[grid.missing_band]
        return f"{what}, le prix est celui de la tranche {band.name or f'« {_band(band)} »'}."
    return f"{what}, c’est {MISSING_AMOUNT[grid.missing]} qui s’applique."


def _examples(version: TariffVersion, grid: Grid, *, outside: bool) -> Iterator[str]:
    """Worked out by the very code that makes prices, for a family of one child."""
    by_quotient = grid.basis == "quotient_familial"
    for amount in _EXAMPLES[grid.basis]:
        request = PriceRequest(
            quotient_familial_centimes=amount if by_quotient else None,
            resources_centimes=None if by_quotient else amount,
            resident=not outside,
        )
        known = f"un quotient de {quotient(amount)}" if by_quotient else f"{quotient(amount)} de ressources"
        yield f"avec {known}, {euros(price_of(version, request).centimes)}{UNITS[version.unit]}"


def _rates(grid: Grid) -> Iterator[tuple[str, int]]:
    """« 1 enfant », « 4 à 7 enfants », « 8 enfants et plus »."""
    for item, after in pairwise(grid.rates):
        last = after.least - 1
        counted = f"{item.least}" if item.least == last else f"{item.least} à {last}"
        yield f"{counted} enfant{'s' if last > 1 else ''}", item.rate
    least = grid.rates[-1].least
    yield f"{least} enfant{'s' if least > 1 else ''} et plus", grid.rates[-1].rate


def _band(band: Band) -> str:
    name = f"Tranche {band.name} : " if band.name else ""
    low = quotient(band.low)
    if band.high is None:
        return f"{name}à partir de {low}"
    high = quotient(band.high)
    return f"{name}jusqu’à {high}" if band.low == 0 else f"{name}de {low} à {high}"


def _band_price(band: Band, version: TariffVersion) -> str:
    if band.rate is not None:
        return f"{rate_in_words(band.rate)} {BASES['quotient_familial']}"
    return euros(band.centimes) + UNITS[version.unit]


def _siblings(rule: Siblings) -> Iterator[str]:
    for step in rule.steps:
        if step.reduction != Reduction():
            yield f"{SIBLINGS_BY[rule.by].format(place=step.least)} : {_reduction(step.reduction)}."


def _reduction(given: Reduction) -> str:
    if given.price is not None:
        return f"{euros(given.price)} au plus"
    return f"− {percent(given.percent_hundredths) if given.percent_hundredths else euros(given.centimes)}"


def _packed_meal(meal: PackedMeal) -> str:
    return f"{percent(meal.percent_hundredths)} du prix" if meal.price is None else euros(meal.price)


def _between(least: int | None, most: int | None) -> str:
    """« de 1,20 € à 5,40 € », « au moins 1,20 € », « au plus 5,40 € »."""
    if most is None:
        return f"au moins {euros(least or 0)}"
    return f"au plus {euros(most)}" if least is None else f"de {euros(least)} à {euros(most)}"
