"""What a day costs, and how that was found. Decimal lives here only; everything that leaves is integer centimes."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from functions.domain.french import decimal_comma, euros, plain_day
from functions.domain.tariffs import Band, Grid, Surcharge, TariffVersion


@dataclass(frozen=True, slots=True)
class Step:
    """One line of « Pourquoi ce prix ? », both halves in French."""

    step: str
    value: str


@dataclass(frozen=True, slots=True)
class Price:
    centimes: int
    trace: tuple[Step, ...]


def price_of(
    version: TariffVersion,
    *,
    quotient_familial_centimes: int | None,
    resident: bool,
    late: bool,
) -> Price:
    """The price of one line, surcharge included when `late`; rounded half-up once, at the end."""
    span = version.span
    steps = [Step("Tarif applicable", f"du {plain_day(span.first)} au {plain_day(span.last)}")]
    grid = version.grid
    if not resident and version.outside is not None:
        grid = version.outside
        steps.append(Step("Résidence", "hors commune"))
    amount, found = _base(grid, quotient_familial_centimes)
    steps += found
    if late and version.late is not None:
        extra = _extra(version.late, amount)
        steps.append(Step("Majoration pour réservation après le délai", surcharge_in_words(version.late)))
        amount += extra
    centimes = int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    steps.append(Step("Prix", euros(centimes)))
    return Price(centimes, tuple(steps))


def band_of(grid: Grid, quotient_familial_centimes: int | None) -> Band:
    """The band of a QF; the town's stated band when there is no QF. A QF below zero counts as zero."""
    if quotient_familial_centimes is None:
        return grid.bands[grid.missing_band]
    value = max(0, quotient_familial_centimes)
    if grid.precision == "euro":
        value -= value % 100
    for band in grid.bands:
        if band.high is None or value <= band.high:
            return band
    return grid.bands[-1]


def band_in_words(band: Band) -> str:
    """« de 400,01 à 600 », « 1 500,01 et plus »."""
    low = _short(band.low)
    return f"{low} et plus" if band.high is None else f"de {low} à {_short(band.high)}"


def surcharge_in_words(surcharge: Surcharge) -> str:
    """« + 1,50 € », « + 20 % »."""
    if surcharge.percent_hundredths:
        return f"+\u00a0{_short(surcharge.percent_hundredths)}\u00a0%"
    return f"+\u00a0{euros(surcharge.centimes)}"


def _base(grid: Grid, quotient: int | None) -> tuple[Decimal, list[Step]]:
    if grid.kind == "fixed":
        return Decimal(grid.centimes), [Step("Prix unique", euros(grid.centimes))]
    band = band_of(grid, quotient)
    told = "non connu" if quotient is None else _short(quotient)
    where = band_in_words(band) if not band.name else f"{band.name} ({band_in_words(band)})"
    steps = [
        Step("Quotient familial", told),
        Step("Tranche sans quotient familial" if quotient is None else "Tranche", where),
        Step("Prix de la tranche", euros(band.centimes)),
    ]
    return Decimal(band.centimes), steps


def _extra(surcharge: Surcharge, amount: Decimal) -> Decimal:
    return surcharge.centimes + amount * surcharge.percent_hundredths / Decimal(10_000)


def _short(hundredths: int) -> str:
    """« 600 » rather than « 600,00 »."""
    return decimal_comma(hundredths).removesuffix(",00")
