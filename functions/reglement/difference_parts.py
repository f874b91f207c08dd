"""What is added to a price or taken off it: how it is told, and which bookings it may touch."""

from typing import Any

from functions.domain.french import euros
from functions.domain.price_steps import percent
from functions.domain.prices import surcharge_in_words
from functions.domain.tariffs import Grid, PackedMeal, Reduction, Siblings, Surcharge, TariffVersion


def _steps(siblings: Siblings | None) -> tuple[Any, ...]:
    return () if siblings is None else siblings.steps


def _surcharge(surcharge: Surcharge | None) -> str:
    if surcharge is None:
        return "aucune"
    if surcharge.centimes and surcharge.percent_hundredths:
        return f"{surcharge_in_words(surcharge)} et {euros(surcharge.centimes)}"
    return surcharge_in_words(surcharge)


def _siblings(siblings: Siblings | None) -> str:
    if siblings is None:
        return "aucune"
    word = "rang" if siblings.by == "rank" else "nombre d’enfants"
    return f"selon le {word} : " + ", ".join(
        f"{step.least} et plus, {_reduction(step.reduction)}" for step in siblings.steps
    )


def _reduction(given: Reduction) -> str:
    told = [] if given.price is None else [f"prix de {euros(given.price)}"]
    told += [f"− {percent(given.percent_hundredths)}"] if given.percent_hundredths else []
    told += [f"− {euros(given.centimes)}"] if given.centimes else []
    return " et ".join(told) or "rien"


def _packed_meal(meal: PackedMeal | None) -> str:
    if meal is None:
        return "aucun"
    part = f"{percent(meal.percent_hundredths)} du prix"
    return part if meal.price is None else euros(meal.price)


def _bound(centimes: int | None) -> str:
    return "aucun" if centimes is None else euros(centimes)


def _step(version: TariffVersion) -> str:
    return f"{version.step_minutes} min"


def _any(old: TariffVersion, new: TariffVersion) -> tuple[dict[str, Any], ...]:
    """Bookings of every sort: a bound of the whole line may only be met by some of them."""
    minutes = sorted({1, 59, 60, 61, *(each.step_minutes + more for each in (old, new) for more in (0, 1))})
    ranks = sorted({step.least for each in (old, new) for step in _steps(each.siblings)} | {2, 9})
    return (
        {},
        {"quantity": 3},
        {"late": True},
        {"unbooked": True},
        {"packed_meal": True},
        {"resident": False},
        {"aeeh_children": 1},
        *({"minutes": number} for number in minutes),
        *({"sibling_rank": rank} for rank in ranks),
        *({"children_count": rank} for rank in ranks),
        *({"children_count": rank, "aeeh_children": 1} for rank in ranks),
    )


def _with(**given: Any) -> Any:
    return lambda old, new: tuple({**each, **given} for each in _any(old, new))


# (what it is called, the fields it holds, the bookings it may touch, what it says)
PARTS: tuple[tuple[str, tuple[str, ...], Any, Any], ...] = (
    ("majoration après le délai", ("late",), _with(late=True), lambda each: _surcharge(each.late)),
    ("majoration sans réservation", ("unbooked",), _with(unbooked=True), lambda each: _surcharge(each.unbooked)),
    ("réduction des fratries", ("siblings",), _any, lambda each: _siblings(each.siblings)),
    ("panier repas", ("packed_meal",), _with(packed_meal=True), lambda each: _packed_meal(each.packed_meal)),
    ("minimum", ("minimum",), _any, lambda each: _bound(each.minimum)),
    ("maximum", ("maximum",), _any, lambda each: _bound(each.maximum)),
    ("durées comptées par", ("step_minutes",), _any, _step),
    ("enfant bénéficiaire de l’AEEH", ("grid",), _with(aeeh_children=1), lambda each: _aeeh(each.grid)),
)


def _aeeh(grid: Grid) -> str:
    return "taux inférieur" if grid.aeeh_lowers else "même taux"
