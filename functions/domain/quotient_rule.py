"""How a town finds a quotient familial: plain data, compiled from its rules. functions.domain.quotients reads it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChildPart:
    """The hundredths of a part that the `least`th child brings, and those after it until the next."""

    least: int
    hundredths: int


@dataclass(frozen=True, slots=True)
class QuotientRule:
    """How the town finds a QF.

    income     what is asked for: "tax_reference" (revenu fiscal de référence) | "resources" (a year's)
    benefits   a month's family benefits are added
    couple, single, disabled_child   hundredths of a part; `disabled_child` is added to the child's own
    precision, rounding  to the "euro" or "centime"; "down" | "nearest" (half goes up) | "up"
    effect     when a QF begins to hold: "day" (its own) | "next_month" (the 1st of the month after)
    retroactive  false: never before the town was told (the same `effect`, counted from that day)
    months     how long it holds from then on; None: until the next one
    """

    income: str
    benefits: bool
    couple: int
    single: int
    children: tuple[ChildPart, ...]
    disabled_child: int = 0
    precision: str = "euro"
    rounding: str = "nearest"
    effect: str = "next_month"
    retroactive: bool = False
    months: int | None = None
    source: str = ""
    choice: str = ""
