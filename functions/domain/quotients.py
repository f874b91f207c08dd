"""The quotient familial: the one a family has on a day, and the one a town computes when there is none.

QFs, incomes and benefits are centimes. The CAF's own: (a year's taxable income of N-2 / 12 + the family benefits of the
month) / parts. A town's rule may differ in each of these, and says so in `quotient_familial`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from functions.domain.french import euros, plain_day
from functions.domain.price_steps import Step, exact_euros, short
from functions.domain.quotient_rule import QuotientRule

_MONTHS = 12
_PART = 100
_EURO = 100


@dataclass(frozen=True, slots=True)
class FamilyIncome:
    """What a family gives to have its QF computed. `disabled_children` are among the `children`."""

    annual_centimes: int
    monthly_benefits_centimes: int = 0
    couple: bool = False
    children: int = 1
    disabled_children: int = 0


@dataclass(frozen=True, slots=True)
class Quotient:
    centimes: int
    trace: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class DatedQuotient:
    """A QF of the day `dated` (« QF du 31/03 »). `received`: when the town was told; None: that same day."""

    dated: date
    centimes: int
    received: date | None = None


def compute(rule: QuotientRule, family: FamilyIncome) -> Quotient:
    """The QF by the town's rule, and how it was found. A negative income counts as none."""
    name = "Revenu fiscal de référence" if rule.income == "tax_reference" else "Ressources de l’année"
    annual = max(0, family.annual_centimes)
    monthly = Fraction(annual, _MONTHS)
    steps = [Step(name, euros(annual)), Step("Par mois", exact_euros(monthly))]
    if rule.benefits:
        monthly += max(0, family.monthly_benefits_centimes)
        steps.append(Step("Prestations du mois", euros(max(0, family.monthly_benefits_centimes))))
    parts = _parts(rule, family)
    found = monthly * _PART / parts
    centimes = _rounded(rule, found)
    steps += [Step("Parts", short(parts)), Step("Quotient familial", short(centimes))]
    return Quotient(centimes, tuple(steps))


def quotient_on(history: Iterable[DatedQuotient], day: date, rule: QuotientRule) -> int | None:
    """The QF that holds on the day; None when none does: the grid then says what is paid."""
    holding = [item for item in history if _holds(item, day, rule)]
    latest = max(holding, key=lambda item: (effect_of(item, rule), item.dated), default=None)
    return None if latest is None else latest.centimes


def effect_of(quotient: DatedQuotient, rule: QuotientRule) -> date:
    """The first day it holds."""
    told = quotient.received or quotient.dated
    start = quotient.dated if rule.retroactive else max(quotient.dated, told)
    return start if rule.effect == "day" else _months_after(start.replace(day=1), 1)


def effect_in_words(quotient: DatedQuotient, rule: QuotientRule) -> str:
    """« à partir du 1er avril 2027 »."""
    return f"à partir du {plain_day(effect_of(quotient, rule))}"


def _holds(quotient: DatedQuotient, day: date, rule: QuotientRule) -> bool:
    first = effect_of(quotient, rule)
    return first <= day and (rule.months is None or day < _months_after(first, rule.months))


def _months_after(day: date, months: int) -> date:
    """The same day, months later; the 1st that follows where that month is too short."""
    years, month = divmod(day.month - 1 + months, _MONTHS)
    try:
        return day.replace(year=day.year + years, month=month + 1)
    except ValueError:
        return date(day.year + years, month + 2, 1)


def _parts(rule: QuotientRule, family: FamilyIncome) -> int:
    parts = rule.couple if family.couple else rule.single
    for rank in range(1, family.children + 1):
        parts += next((part.hundredths for part in reversed(rule.children) if part.least <= rank), 0)
    return parts + rule.disabled_child * min(family.disabled_children, family.children)


def _rounded(rule: QuotientRule, amount: Fraction) -> int:
    unit = _EURO if rule.precision == "euro" else 1
    units = amount / unit
    if rule.rounding == "down":
        return units.numerator // units.denominator * unit
    if rule.rounding == "up":
        return -(-units.numerator // units.denominator) * unit
    return (2 * units.numerator + units.denominator) // (2 * units.denominator) * unit
