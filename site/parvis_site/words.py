"""The rules in French sentences, for the pages. Nothing here decides: it says what the rules hold."""

from datetime import date, datetime, time, timedelta

from functions.domain.activity import Absence, ActionRule, Activity, Delay
from functions.domain.calendar import PARIS, closed_reason
from functions.domain.decisions import session_of
from functions.domain.delays import Moment, last_instant
from functions.domain.french import WEEKDAYS, clock, euros, long_day, plain_day
from functions.domain.prices import surcharge_in_words
from functions.domain.reglement import Calendar, Reglement
from functions.domain.tariffs import Surcharge
from parvis_site.typography import NO_BREAK

_UNITS = {
    "hour": ("heure", "heures"),
    "day": ("jour", "jours"),
    "working_day": ("jour ouvré", "jours ouvrés"),
    "week": ("semaine", "semaines"),
}
_ANCHORS = {
    "day": "le jour réservé",
    "week": "le lundi de la semaine réservée",
    "session": "le premier jour de la session",
    "booking": "le premier jour réservé",
}
_SEASONS = {
    "school": "en période scolaire",
    "holidays": "pendant les vacances scolaires",
    "all": "toute l’année, vacances comprises",
}
_ABSENCE_STARTS = {"end_of_first_day": "la fin du premier jour d’absence"}
_LAST_MINUTE = time(23, 59)
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
    return listing([WEEKDAYS[number] for number in sorted(numbers)])


def season(activity: Activity) -> str:
    return _SEASONS[activity.when]


def rubric(name: str) -> str:
    return _RUBRICS.get(name, name[:1].upper() + name[1:].replace("-", " "))


def deadline(delay: Delay) -> str:
    """« jusqu’à 7 jours avant le jour réservé, à 10 h », « jusqu’à la veille du jour réservé »."""
    return f"jusqu’{_before(delay)}{_precision(delay)}"


def _before(delay: Delay) -> str:
    anchor = _ANCHORS[delay.anchor]
    if delay.unit == "hour":
        start = {"day": "le début de l’activité", "session": "le début de la session"}
        return f"à {_amount(delay)} avant {start.get(delay.anchor, anchor)}"
    if delay.amount == 0:
        return "au jour même" if delay.anchor == "day" else f"au {anchor.removeprefix('le ')} lui-même"
    if delay.amount == 1 and delay.unit == "day":
        return f"à la veille du {anchor.removeprefix('le ')}"
    return f"à {_amount(delay)} avant {anchor}"


def _amount(delay: Delay) -> str:
    one, many = _UNITS[delay.unit]
    return f"{delay.amount} {one if delay.amount <= 1 else many}"


def _precision(delay: Delay) -> str:
    parts = []
    if delay.first_day_counted:
        parts.append(f"{_ANCHORS[delay.anchor]} compris dans le compte")
    if delay.unit == "working_day" and delay.working_weekdays:
        parts.append(f"jours comptés : {weekdays(delay.working_weekdays)}, sauf jours fériés")
    note = f" ({' ; '.join(parts)})" if parts else ""
    return f"{note}, à {clock(delay.cut_off)}" if delay.cut_off else note


def after_booking(rule: ActionRule, late: Surcharge | None) -> str:
    """What happens once the delay to book has passed."""
    if rule.after == "surcharge":
        until = f" {deadline(rule.final)}" if rule.final else ", jusqu’au jour même"
        extra = f" ({surcharge_in_words(late)})" if late else ""
        return f"Ensuite, vous pouvez encore réserver{until}, avec une majoration{extra}."
    if rule.after == "late_request":
        return "Ensuite, demandez au service : il vous répond selon les places."
    return "Ensuite, ce jour ne peut plus être réservé."


def after_cancelling(rule: ActionRule) -> str:
    """What happens once the delay to cancel has passed."""
    if rule.after == "billed":
        until = f" {deadline(rule.final)}" if rule.final else ""
        return f"Ensuite, vous pouvez encore prévenir de l’absence{until}, mais le jour reste facturé."
    return "Ensuite, ce jour ne peut plus être annulé."


def absence(rule: Absence) -> str:
    """What a medical certificate changes; the count starts when the rules say."""
    start = _ABSENCE_STARTS[rule.starts]
    within = f"dans les {rule.certificate_hours} heures qui suivent {start}"
    return f"le jour n’est pas facturé si le service reçoit un certificat médical {within}."


def example(reglement: Reglement, activity: Activity, after: date) -> tuple[str, str, str] | None:
    """Return (an open day from `after` on, until when to book it, until when to cancel it), or None.

    Worked out by the very code that decides.
    """
    day = _open_day(reglement.calendar, activity, after)
    if day is None:
        return None
    held = session_of(activity, day)
    moment = Moment(
        day=day,
        start=activity.start,
        session_start=held.first if held else day,
        booking_start=day,
        public_holidays=reglement.calendar.public_holidays,
    )
    booking, cancelling = (last_instant(rule.delay, moment) for rule in (activity.booking, activity.cancelling))
    return long_day(day), instant(booking), instant(cancelling)


def _open_day(calendar: Calendar, activity: Activity, after: date) -> date | None:
    day = max(after, activity.period.first)
    while day <= activity.period.last:
        in_session = session_of(activity, day) is not None
        if not closed_reason(calendar, activity, day, None, in_session=in_session):
            return day
        day += timedelta(days=1)
    return None


def next_month(instant_now: datetime) -> date:
    """The first day of the month that follows, in Paris: the pages' examples change with the month, not every day."""
    first = instant_now.astimezone(PARIS).date().replace(day=1)
    return (first + timedelta(days=31)).replace(day=1)


def instant(moment: datetime) -> str:
    """« lundi 7 septembre 2026 à 13 h 30 », Paris time."""
    local = moment.astimezone(PARIS)
    return f"{long_day(local.date())} à {clock(local.time())}"


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
