"""What a line costs, and how that was found.

In this order, which docs/decisions/0010-prices.md argues: the unit price times the quantity; a packed meal in its
place; brothers and sisters; another town; a late booking or none; the line's minimum and maximum; one half-up rounding.

Amounts are exact Fractions of centimes until that rounding: a third of an hour has no exact Decimal.
"""

from dataclasses import dataclass
from fractions import Fraction

from functions.domain.french import duration, euros, plain_day
from functions.domain.price_steps import PriceRequest, Step, exact_euros, percent
from functions.domain.tariffs import Reduction, Siblings, Surcharge, TariffVersion
from functions.domain.unit_prices import unit_price

__all__ = ["Price", "PriceRequest", "Step", "price_of", "surcharge_in_words"]

_FIXED = "\u00a0"
_WHOLE = 10_000  # hundredths of a percent
_MINUTES = {"hour": 60, "half_hour": 30}
_BY_TIME = {"hour": "l’heure", "half_hour": "la demi-heure"}


@dataclass(frozen=True, slots=True)
class Price:
    centimes: int
    trace: tuple[Step, ...]


def price_of(version: TariffVersion, request: PriceRequest) -> Price:
    """The price of one line; its trace is enough to find it again by hand."""
    span = version.span
    steps = [Step("Tarif applicable", f"du {plain_day(span.first)} au {plain_day(span.last)}")]
    grid = version.grid
    if not request.resident and version.outside is not None:
        grid = version.outside
        steps.append(Step("Résidence", "hors commune"))
    unit, found = unit_price(grid, request)
    steps += found
    quantity = _quantity(version, request, steps)
    amount = _packed_meal(version, request, unit * quantity, quantity, steps)
    amount = _siblings(version.siblings, request, amount, quantity, steps)
    for name, surcharge in _surcharges(version, request):
        amount += surcharge.centimes + amount * Fraction(surcharge.percent_hundredths, _WHOLE)
        steps.append(Step(name, surcharge_in_words(surcharge)))
    centimes = _half_up(_within(version, amount, steps))
    steps.append(Step("Prix", euros(centimes)))
    return Price(centimes, tuple(steps))


def surcharge_in_words(surcharge: Surcharge) -> str:
    """« + 1,50 € », « + 20 % »."""
    if surcharge.percent_hundredths:
        return f"+{_FIXED}{percent(surcharge.percent_hundredths)}"
    return f"+{_FIXED}{euros(surcharge.centimes)}"


def _quantity(version: TariffVersion, request: PriceRequest, steps: list[Step]) -> Fraction:
    """How many units: durations count up to the next step, « toute demi-heure commencée est due »."""
    if version.unit not in _MINUTES:
        if request.quantity != 1:
            steps.append(Step("Quantité", str(request.quantity)))
        return Fraction(request.quantity)
    minutes = _MINUTES[version.unit] if request.minutes is None else request.minutes
    counted = -(-minutes // version.step_minutes) * version.step_minutes
    steps.append(Step(f"Durée, au prix de {_BY_TIME[version.unit]}", duration(minutes)))
    if counted != minutes:
        steps.append(Step(f"Durée comptée, par {duration(version.step_minutes)}", duration(counted)))
    return Fraction(counted, _MINUTES[version.unit])


def _packed_meal(
    version: TariffVersion, request: PriceRequest, amount: Fraction, quantity: Fraction, steps: list[Step]
) -> Fraction:
    meal = version.packed_meal
    if meal is None or not request.packed_meal:
        return amount
    if meal.price is None:
        steps.append(Step("Panier repas, part du prix", percent(meal.percent_hundredths)))
        return amount * Fraction(meal.percent_hundredths, _WHOLE)
    steps.append(Step("Prix avec un panier repas", euros(meal.price)))
    return meal.price * quantity


def _siblings(
    siblings: Siblings | None, request: PriceRequest, amount: Fraction, quantity: Fraction, steps: list[Step]
) -> Fraction:
    """A reduction gives no money back, and a price of its own is taken only where it is the lower one."""
    if siblings is None:
        return amount
    by_rank = siblings.by == "rank"
    place = request.sibling_rank if by_rank else request.children_count
    reduction = next((step.reduction for step in reversed(siblings.steps) if step.least <= place), None)
    if reduction is None or reduction == Reduction():
        return amount
    what = f"Fratrie, enfant de rang {place}" if by_rank else f"Fratrie, {place} enfants à charge"
    if reduction.price is not None:
        steps.append(Step(f"{what}, au plus", euros(reduction.price)))
        return min(amount, reduction.price * quantity)
    less = percent(reduction.percent_hundredths) if reduction.percent_hundredths else euros(reduction.centimes)
    steps.append(Step(what, f"−{_FIXED}{less}"))
    return max(Fraction(0), amount - reduction.centimes - amount * Fraction(reduction.percent_hundredths, _WHOLE))


def _surcharges(version: TariffVersion, request: PriceRequest) -> list[tuple[str, Surcharge]]:
    """Those that apply, in order. Coming without a booking is not booking late: one of the two, never both."""
    found: list[tuple[str, Surcharge | None]] = []
    if not request.resident:
        found.append(("Majoration hors commune", version.outside_surcharge))
    if request.unbooked:
        found.append(("Majoration pour présence sans réservation", version.unbooked))
    elif request.late:
        found.append(("Majoration pour réservation après le délai", version.late))
    return [(name, surcharge) for name, surcharge in found if surcharge is not None]


def _within(version: TariffVersion, amount: Fraction, steps: list[Step]) -> Fraction:
    if version.minimum is not None and amount < version.minimum:
        steps.append(Step("Minimum de la ligne", euros(version.minimum)))
        return Fraction(version.minimum)
    if version.maximum is not None and amount > version.maximum:
        steps.append(Step("Maximum de la ligne", euros(version.maximum)))
        return Fraction(version.maximum)
    if amount.denominator != 1:
        steps.append(Step("Montant avant arrondi", exact_euros(amount)))
    return amount


def _half_up(amount: Fraction) -> int:
    """To the nearest centime, half a centime upwards. Amounts are never below zero."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)
