"""Days, delays and their examples in French, for the pages. Nothing here decides: it says what the rules hold.

What an activity asks for is in parvis_site.activity_words, its prices in price_words, its places in the domain's
capacity_words.
"""

from datetime import date, datetime, time, timedelta

from functions.domain.activity import Activity, Delay
from functions.domain.calendar import PARIS, at_paris
from functions.domain.decisions import ChildFacts, FamilyFacts, decide_day
from functions.domain.delay_words import amount
from functions.domain.french import WEEKDAYS, clock, euros, long_day, plain_day
from functions.domain.open_days import open_days
from functions.domain.reglement import Reglement
from functions.domain.spans import Span
from functions.domain.town_calendar import RegistrationPeriod
from parvis_site.typography import NO_BREAK

ANCHORS = {
    "day": "le jour réservé",
    "week": "le lundi de la semaine réservée",
    "month": "le 1er du mois réservé",
    "session": "le premier jour de la session",
    "period": "le premier jour de la période réservée",
    "booking": "le premier jour réservé",
}
# Hours count back from the time the activity begins on the anchor's day.
_STARTS = {"day": "le début de l’activité", "session": "le début de la session"}
SEASONS = {
    "school": "en période scolaire",
    "holidays": "pendant les vacances scolaires",
    "all": "toute l’année, vacances comprises",
}
_LAST_MINUTE = time(23, 59)
ALREADY_OPEN = "dès maintenant"
BY_DAY = "selon le jour"
_A_RUN = 3  # days in a row that are said by the first and the last
# The offer of a commune, as its rubrics are named everywhere; a rubric of another name is shown as it is written.
_RUBRICS = {
    "petite-enfance": "Petite enfance",
    "periscolaire": "Périscolaire",
    "extrascolaire": "Extrascolaire",
    "restauration": "Restauration",
    "jeunesse": "Jeunesse",
    "sports": "Sports",
}


def listing(items: list[str]) -> str:
    """« a », « a et b », « a, b et c »."""
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + f" et {items[-1]}" if items else ""


def weekdays(numbers: tuple[int, ...]) -> str:
    """« lundi, mardi, jeudi et vendredi », « du lundi au vendredi »."""
    days = sorted(set(numbers))
    if len(days) >= _A_RUN and days[-1] - days[0] == len(days) - 1:
        return f"du {WEEKDAYS[days[0]]} au {WEEKDAYS[days[-1]]}"
    return listing([WEEKDAYS[day] for day in days])


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def season(activity: Activity) -> str:
    return SEASONS[activity.when]


def rubric(name: str) -> str:
    return _RUBRICS.get(name, capital(name).replace("-", " "))


def rubric_order(name: str) -> int:
    """The order in which a commune presents its offer; rubrics of another name come last."""
    return [*_RUBRICS, name].index(name)


def deadline(delay: Delay) -> str:
    """« jusqu’à 7 jours avant le jour réservé, à 10 h », « jusqu’à la veille du jour réservé »."""
    return f"jusqu’{_before(delay)}{_precision(delay)}"


def opening(delay: Delay) -> str:
    """« à partir de 4 semaines avant le lundi de la semaine réservée, à 9 h »."""
    before = _before(delay).removeprefix("à ").removeprefix("au ")
    article = "du" if delay.amount == 0 else "de"
    return f"à partir {article} {before}{_precision(delay)}"


def _before(delay: Delay) -> str:
    anchor = ANCHORS[delay.anchor]
    if delay.unit == "hour":
        return f"à {amount(delay)} avant {_STARTS.get(delay.anchor, anchor)}"
    if delay.amount == 0:
        return "au jour même" if delay.anchor == "day" else f"au {anchor.removeprefix('le ')} lui-même"
    if delay.amount == 1 and delay.unit == "day":
        return f"à la veille du {anchor.removeprefix('le ')}"
    return f"à {amount(delay)} avant {anchor}"


def _precision(delay: Delay) -> str:
    parts = []
    if delay.first_day_counted:
        parts.append(f"{ANCHORS[delay.anchor]} compris dans le compte")
    if delay.unit == "working_day" and delay.working_weekdays:
        parts.append(f"jours comptés : {weekdays(delay.working_weekdays)}, sauf jours fériés")
    note = f" ({' ; '.join(parts)})" if parts else ""
    return f"{note}, à {clock(delay.cut_off)}" if delay.cut_off else note


def example(reglement: Reglement, activity: Activity, after: date) -> tuple[str, str, str] | None:
    """Return (an open day from `after` on, until when to book it, until when to cancel it), or None.

    Worked out by the very code that decides.
    """
    days = open_days(reglement.calendar, activity, Span(after, activity.period.last), None)
    day = next(days, None)
    if day is None:
        return None
    decision = decide_day(reglement, activity.id, day, at_paris(after, time.min), ChildFacts(), FamilyFacts())
    booking, cancelling = decision.booking.until, decision.cancelling.until
    return (long_day(day), until_instant(booking), until_instant(cancelling)) if booking and cancelling else None


def next_month(instant_now: datetime) -> date:
    """The first day of the month that follows, in Paris: the pages' examples change with the month, not every day."""
    first = instant_now.astimezone(PARIS).date().replace(day=1)
    return (first + timedelta(days=31)).replace(day=1)


def instant(moment: datetime) -> str:
    """« lundi 7 septembre 2026 à 13 h 30 », Paris time."""
    local = moment.astimezone(PARIS)
    return f"{long_day(local.date())} à {clock(local.time())}"


def opens(period: RegistrationPeriod) -> str:
    """From when places are asked for."""
    return from_instant(period.opens) if period.opens else ALREADY_OPEN


def closes(period: RegistrationPeriod) -> str:
    """Until when; bookings without a date of their own have one per day, enrolments none."""
    if period.closes:
        return until_instant(period.closes)
    return BY_DAY if period.held else "sans date de fin"


def from_instant(moment: datetime) -> str:
    """« lundi 4 janvier 2027 », with its hour when it is not the start of the day."""
    local = moment.astimezone(PARIS)
    return long_day(local.date()) if local.time() == time.min else instant(moment)


def until_instant(moment: datetime) -> str:
    """« vendredi 22 janvier 2027 », with its hour when it is not the end of the day."""
    local = moment.astimezone(PARIS)
    return long_day(local.date()) if local.time() >= _LAST_MINUTE else instant(moment)


def span(first: date, last: date) -> str:
    """« du 1er septembre 2026 au 2 juillet 2027 », « du 3 au 18 avril 2027 », « le 14 juillet 2027 »."""
    if first == last:
        return f"le {plain_day(first)}"
    said = plain_day(first)
    if first.year == last.year:  # what both days share is said once
        parts = said.split(NO_BREAK)
        said = NO_BREAK.join(parts[:1] if first.month == last.month else parts[:2])
    return f"du {said} au {plain_day(last)}"


def quotient(centimes: int) -> str:
    """A quotient familial: « 400 € », « 400,01 € »."""
    return euros(centimes).replace(",00", "")
