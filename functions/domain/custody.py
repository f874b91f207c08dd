"""Alternating custody (garde alternée): on whose days a child is, and who pays for them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CustodyRule:
    """change_day  the weekday (0 Monday to 6) on which the child changes home; that day is the next parent's
    holidays    "alternate" (weeks go on alternating) or "halves" (the first half to one, the second to the other)
    billing     "holder" (the parent of the day), "halves" (each day split between the two) or "single" (one payer)
    """

    change_day: int
    holidays: str
    billing: str
    source: str = ""
    choice: str = ""
