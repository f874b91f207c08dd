"""Days, times and amounts as a French reader writes them (narrow no-break spaces included)."""

from datetime import date, time

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_NARROW = "\u202f"
_FIXED = "\u00a0"


def weekday_name(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def plain_day(day: date) -> str:
    """« 1er décembre 2026 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{_FIXED}{MONTHS[day.month - 1]}{_FIXED}{day.year}"


def long_day(day: date) -> str:
    """« mardi 1er décembre 2026 »."""
    return f"{weekday_name(day)} {plain_day(day)}"


def clock(moment: time) -> str:
    """« 13 h 30 », « 9 h »."""
    minutes = f"{_FIXED}{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour}{_FIXED}h{minutes}"


def duration(minutes: int) -> str:
    """« 30 minutes », « 2 heures », « 1 h 30 »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{_FIXED}minute{'s' if rest > 1 else ''}"
    if not rest:
        return f"{hours}{_FIXED}heure{'s' if hours > 1 else ''}"
    return f"{hours}{_FIXED}h{_FIXED}{rest:02d}"


def thousands(number: int) -> str:
    return f"{number:,}".replace(",", _NARROW)


def decimal_comma(hundredths: int) -> str:
    """Hundredths as « 1 102,50 » (two decimals, always)."""
    sign = "-" if hundredths < 0 else ""
    whole, rest = divmod(abs(hundredths), 100)
    return f"{sign}{thousands(whole)},{rest:02d}"


def euros(centimes: int) -> str:
    """« 3,40 € »."""
    return f"{decimal_comma(centimes)}{_FIXED}€"
