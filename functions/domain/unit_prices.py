"""The price of one unit (a meal, an hour), before what the family or the booking adds or takes off. Exact: no rounding.

Every function gives the amount, a Fraction of centimes, and the steps that say how it was found.
"""

from fractions import Fraction

from functions.domain.french import euros
from functions.domain.price_steps import PriceRequest, Step, band_in_words, exact_euros, rate_in_words, short
from functions.domain.tariffs import Band, Grid

_RATE_UNIT = 100_000_000  # a rate is in millionths of a percent
Found = tuple[Fraction, list[Step]]


def unit_price(grid: Grid, request: PriceRequest) -> Found:
    if grid.kind == "fixed":
        return Fraction(grid.centimes), [Step("Prix unique", euros(grid.centimes))]
    quotient = _read(grid, request.quotient_familial_centimes)
    if grid.kind == "bands":
        return _of_bands(grid, quotient)
    return _of_rates(grid, request, quotient if grid.basis == "quotient_familial" else request.resources_centimes)


def band_of(grid: Grid, quotient_familial_centimes: int) -> Band:
    """The band of a QF. A QF below zero counts as zero."""
    value = _read(grid, quotient_familial_centimes) or 0
    return next((band for band in grid.bands if band.high is None or value <= band.high), grid.bands[-1])


def rate_of(grid: Grid, children: int, aeeh_children: int) -> int:
    """The rate of a family. Each child with an AEEH lowers it by one step of the scale, down to the last."""
    index = max(rank for rank, item in enumerate(grid.rates) if item.least <= max(children, grid.rates[0].least))
    if grid.aeeh_lowers:
        index = min(index + max(0, aeeh_children), len(grid.rates) - 1)
    return grid.rates[index].rate


def share(amount: int, rate: int) -> Fraction:
    return Fraction(amount * rate, _RATE_UNIT)


def _read(grid: Grid, quotient: int | None) -> int | None:
    if quotient is None:
        return None
    value = max(0, quotient)
    return value - value % 100 if grid.precision == "euro" else value


def _of_bands(grid: Grid, quotient: int | None) -> Found:
    steps = [Step("Quotient familial", "non connu" if quotient is None else short(quotient))]
    if quotient is None and grid.missing != "band":
        return _without(grid, steps)
    band = grid.bands[grid.missing_band] if quotient is None else band_of(grid, quotient)
    where = f"{band.name} ({band_in_words(band)})" if band.name else band_in_words(band)
    steps.append(Step("Tranche sans quotient familial" if quotient is None else "Tranche", where))
    if band.rate is None or quotient is None:
        steps.append(Step("Prix de la tranche", euros(band.centimes)))
        return _within(Fraction(band.centimes), grid, steps)
    return _at_rate(quotient, band.rate, grid, steps)


def _of_rates(grid: Grid, request: PriceRequest, known: int | None) -> Found:
    by_quotient = grid.basis == "quotient_familial"
    steps: list[Step] = []
    if by_quotient:
        steps.append(Step("Quotient familial", "non connu" if known is None else short(known)))
    else:
        steps.append(Step("Ressources mensuelles", "non connues" if known is None else euros(known)))
    if known is None and (grid.kind != "psu" or grid.missing == "amount"):
        return _without(grid, steps)
    amount = known if by_quotient else _resources_within(grid, known, steps)
    if len(grid.rates) > 1:
        steps.append(Step("Enfants à charge", str(max(1, request.children_count))))
        if grid.aeeh_lowers and request.aeeh_children > 0:
            steps.append(Step("Enfants bénéficiaires de l’AEEH (taux inférieur)", str(request.aeeh_children)))
    return _at_rate(amount or 0, rate_of(grid, request.children_count, request.aeeh_children), grid, steps)


def _resources_within(grid: Grid, known: int | None, steps: list[Step]) -> int:
    """A month's resources, brought within the scale's bounds; unknown ones are at the bound the town says."""
    least, most = grid.least_resources or 0, grid.most_resources
    value = known
    if value is None:
        value = least if grid.missing == "floor" or most is None else most
        steps.append(Step(f"Ressources retenues ({'plancher' if value == least else 'plafond'})", euros(value)))
    elif value < least:
        value = least
        steps.append(Step("Plancher de ressources", euros(value)))
    elif most is not None and value > most:
        value = most
        steps.append(Step("Plafond de ressources", euros(value)))
    return value


def _at_rate(amount: int, rate: int, grid: Grid, steps: list[Step]) -> Found:
    found = share(amount, rate)
    steps += [Step("Taux", rate_in_words(rate)), Step("Prix calculé", exact_euros(found))]
    return _within(found, grid, steps)


def _within(amount: Fraction, grid: Grid, steps: list[Step]) -> Found:
    if grid.floor is not None and amount < grid.floor:
        return Fraction(grid.floor), [*steps, Step("Prix plancher", euros(grid.floor))]
    if grid.cap is not None and amount > grid.cap:
        return Fraction(grid.cap), [*steps, Step("Prix plafond", euros(grid.cap))]
    return amount, steps


def _without(grid: Grid, steps: list[Step]) -> Found:
    """The price of a family whose QF or resources are not known."""
    amounts = {"cap": grid.cap, "floor": grid.floor, "amount": grid.missing_centimes}
    amount = amounts[grid.missing] or 0
    what = "quotient familial" if grid.basis == "quotient_familial" else "ressources"
    return Fraction(amount), [*steps, Step(f"Prix sans {what}", euros(amount))]
