"""The lines of « Pourquoi ce prix ? » and the small words they are made of."""

from dataclasses import dataclass
from fractions import Fraction

from functions.domain.french import decimal_comma, euros, thousands
from functions.domain.tariffs import Band

_FIXED = "\u00a0"
_MOST_DECIMALS = 8
_PER_PERCENT = 1_000_000


@dataclass(frozen=True, slots=True)
class Step:
    """One line of « Pourquoi ce prix ? », both halves in French."""

    step: str
    value: str


@dataclass(frozen=True, slots=True)
class PriceRequest:
    """Who comes, and how. Every default means « not concerned ».

    quotient_familial_centimes, resources_centimes (a month's)  None: not known
    children_count, aeeh_children  the family's dependent children, and those of them with an AEEH
    sibling_rank                   1: the first child
    minutes                        how long, for tariffs by the hour; None: the price of one unit
    quantity                       how many units, for the others
    """

    quotient_familial_centimes: int | None = None
    resources_centimes: int | None = None
    children_count: int = 1
    aeeh_children: int = 0
    sibling_rank: int = 1
    resident: bool = True
    late: bool = False
    unbooked: bool = False
    packed_meal: bool = False
    minutes: int | None = None
    quantity: int = 1


def band_in_words(band: Band) -> str:
    """« de 400,01 à 600 », « 1 500,01 et plus »."""
    low = short(band.low)
    return f"{low} et plus" if band.high is None else f"de {low} à {short(band.high)}"


def short(hundredths: int) -> str:
    """« 600 » rather than « 600,00 »."""
    return decimal_comma(hundredths).removesuffix(",00")


def percent(hundredths: int) -> str:
    """« 12,5 % »."""
    return f"{_decimals(Fraction(hundredths, 100), least=0)}{_FIXED}%"


def rate_in_words(rate: int) -> str:
    """« 0,0516 % »."""
    return f"{_decimals(Fraction(rate, _PER_PERCENT), least=0)}{_FIXED}%"


def exact_euros(centimes: Fraction) -> str:
    """« 1,548 € »: every decimal there is, up to eight."""
    if centimes.denominator == 1:
        return euros(centimes.numerator)
    return f"{_decimals(centimes / 100, least=2)}{_FIXED}€"


def _decimals(number: Fraction, *, least: int) -> str:
    """A number at or above zero. What eight decimals cannot hold is cut: the steps before it say it exactly."""
    whole, rest = divmod(number.numerator * 10**_MOST_DECIMALS // number.denominator, 10**_MOST_DECIMALS)
    decimals = f"{rest:0{_MOST_DECIMALS}d}".rstrip("0").ljust(least, "0")
    return f"{thousands(whole)},{decimals}" if decimals else thousands(whole)
