"""The small words of the town's YAML: « 7 jours », « 3,40 », « lundi », « 11:45 ». Shapes are checked before."""

import re
from datetime import date, datetime, time

WEEKDAYS = {
    name: rank for rank, name in enumerate(("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"))
}
# Digits are those of ASCII: the class of all digits would take every alphabet's.
DELAY = r"^([0-9]{1,3}) ?(heures?|h|jours? ouvr[ée]s?|jours? ouvrables?|jours?|semaines?)$"
MONEY = r"^[0-9]{1,6}([.,][0-9]{1,2})?$"
RATE = r"^[0-9]{1,3}([.,][0-9]{1,6})? ?%$"
STEP = r"^[0-9]{1,2}( à [0-9]{1,2}| et plus)?$"
PERCENT = r"^[0-9]{1,3}([.,][0-9]{1,2})? ?%$"
CLOCK = r"^([01]?[0-9]|2[0-3])[:h][0-5][0-9]$"
COUNT = r"^[0-9]{1,6}$"
YEARS = r"^[0-9]{1,3}( ans?| mois)?$"
HOURS = r"^[0-9]{1,3} ?(heures?|h)$"
MINUTES = r"^[0-9]{1,3} ?(minutes?|min|heures?|h)$"
KEPT = r"^[1-9][0-9]{0,3} ?(jours?|mois|ans?)$"
MOMENT = r"^20[0-9][0-9]-[0-9][0-9]-[0-9][0-9]( ([01]?[0-9]|2[0-3])[:h][0-5][0-9])?$"
SCHOOL_YEAR = r"^20[0-9][0-9]-20[0-9][0-9]$"

_HIGH_SIGNS = re.compile(r" (»|[:;!?](?=\s|$))")
_OPENING = re.compile("« ")
WORKING_DAYS = (0, 1, 2, 3, 4)
WORKABLE_DAYS = (0, 1, 2, 3, 4, 5)


def typography(text: str) -> str:
    """French typography for what staff type with plain spaces: « Attention : » gets its narrow no-break spaces."""
    return _OPENING.sub("«\u202f", _HIGH_SIGNS.sub("\u202f\\1", text))


def hundredths(text: str) -> int:
    """« 3,40 » or « 3.40 » -> 340; « 20 % » -> 2000."""
    whole, _, rest = text.rstrip("% \n").replace(",", ".").partition(".")
    return int(whole) * 100 + int(rest.ljust(2, "0") or 0)


def millionths(text: str) -> int:
    """« 0,36 % » -> 360 000, in millionths of a percent."""
    whole, _, rest = text.rstrip("% \n").replace(",", ".").partition(".")
    return int(whole) * 1_000_000 + int(rest.ljust(6, "0") or 0)


def has_centimes(text: str) -> bool:
    return hundredths(text) % 100 != 0


def clock(text: str) -> time:
    hours, minutes = re.split("[:h]", text)
    return time(int(hours), int(minutes))


def kept(text: str) -> tuple[int, int]:
    """« 2 ans » -> (24, 0), « 18 mois » -> (18, 0), « 90 jours » -> (0, 90): months and days."""
    if "jour" in text:
        return 0, number(text)
    return number(text) * (12 if "an" in text else 1), 0


def number(text: str) -> int:
    """The number a text begins with: « 3 ans » -> 3."""
    found = re.match("[0-9]+", text)
    return int(found.group()) if found else 0


def in_months(text: str) -> bool:
    """Whether an age is given in months: « 30 mois »."""
    return text.endswith("mois")


def minutes(text: str) -> int:
    """« 2 heures » -> 120, « 30 minutes » -> 30."""
    return number(text) * (60 if "h" in text else 1)


def moment(text: str, without_hour: time) -> datetime:
    """« 2026-12-01 09:00 », as a wall time of Paris. Raises ValueError for a day that does not exist."""
    day, _, hour = text.partition(" ")
    return datetime.combine(date.fromisoformat(day), clock(hour) if hour else without_hour)


def delay_parts(text: str) -> tuple[int, str, tuple[int, ...]]:
    """« 3 jours ouvrés » -> (3, "working_day", Monday to Friday)."""
    amount = number(text)
    unit = text.lstrip("0123456789 ")
    if unit.startswith("h"):
        return amount, "hour", ()
    if unit.startswith("s"):
        return amount, "week", ()
    if "ouvrable" in unit:
        return amount, "working_day", WORKABLE_DAYS
    if "ouvr" in unit:
        return amount, "working_day", WORKING_DAYS
    return amount, "day", ()
