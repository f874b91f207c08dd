"""How long a delay is, in French: on the pages, and in what changes between two sets of rules."""

from functions.domain.activity import Delay

UNITS = {
    "hour": ("heure", "heures"),
    "day": ("jour", "jours"),
    "working_day": ("jour ouvré", "jours ouvrés"),
    "week": ("semaine", "semaines"),
}
_SATURDAY = 5


def amount(delay: Delay) -> str:
    """« 7 jours », « 1 semaine », « 3 jours ouvrés »; « ouvrables » when Saturday is one of them."""
    told = f"{delay.amount} {UNITS[delay.unit][delay.amount > 1]}"
    by_saturday = delay.unit == "working_day" and _SATURDAY in delay.working_weekdays
    return told.replace("ouvré", "ouvrable") if by_saturday else told
