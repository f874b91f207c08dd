"""What can be wrong with one activity once its days are known: limits that come too late, windows that never serve,
sessions outside their season. Every open day is tried.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from functions.domain.activity import Activity, Session
from functions.domain.calendar import at_paris
from functions.domain.decisions import session_of
from functions.domain.delays import Moment, last_instant
from functions.domain.french import long_day
from functions.domain.open_days import open_days
from functions.domain.reglement import Calendar
from functions.domain.windows import Window, window_of
from functions.reglement import place_checks

Wrong = tuple[str, str]
_ONE_DAY = timedelta(days=1)
_NAMED = 3
_CLOSED = "Aucun jour de cette session n’est ouvert : vérifiez ses dates et les vacances scolaires."
_IN_HOLIDAYS = (
    "Cette session tombe pendant les vacances scolaires, alors que l’activité n’a lieu que les jours de classe. "
    "Corrigez ses dates, ou « quand »."
)


def check(activity: Activity, calendar: Calendar) -> Iterator[Wrong]:
    span = calendar.span
    if not (span.holds(activity.period.first) and span.holds(activity.period.last)):
        message = (
            f"La période sort du calendrier scolaire connu, qui va du {long_day(span.first)} "
            f"au {long_day(span.last)} : complétez « annees_scolaires »."
        )
        yield "periode", message
        return
    days = list(open_days(calendar, activity, activity.period, None))
    sessions = list(_check_sessions(activity, days, calendar))
    yield from sessions
    if not days:
        if not sessions:
            message = "Aucun jour n’est ouvert : les jours, la période et le calendrier ne se rencontrent jamais."
            yield "jours", message
        return
    yield from place_checks.check_days(activity, days)
    yield from _check_periods(activity, days)
    for found in (_check_limits, _check_openings):
        yield from found(activity, days, calendar)
    yield from _check_windows(activity, days, calendar)


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def _check_sessions(activity: Activity, days: Sequence[date], calendar: Calendar) -> Iterator[Wrong]:
    for rank, session in enumerate(activity.sessions):
        classes = [day for day in _days(session.first, session.last) if _outside_holidays(day, activity, calendar)]
        if not any(session.holds(day) for day in days):
            in_holidays = activity.when == "school" and session.first in calendar.school_holidays
            message = _IN_HOLIDAYS if in_holidays else _CLOSED
            yield f"sessions/{rank}/du", message
        elif classes:
            verb = "ne sont pas des jours" if len(classes) > 1 else "n’est pas un jour"
            message = (
                f"Cette session sort des vacances scolaires : {_named(classes)} {verb} de vacances. "
                "Corrigez ses dates, ou écrivez « quand: toute_annee »."
            )
            yield f"sessions/{rank}/du", message


def _outside_holidays(day: date, activity: Activity, calendar: Calendar) -> bool:
    """A day that the session would hold and that the activity, held in the holidays only, never opens."""
    return (
        activity.when == "holidays"
        and day.weekday() in activity.weekdays
        and day not in calendar.school_holidays
        and day not in calendar.public_holidays
    )


def _named(days: Sequence[date]) -> str:
    told = ["le " + long_day(day) for day in days[:_NAMED]]
    more = len(days) - _NAMED
    if more > 0:
        told.append(f"{more} autre{'s' if more > 1 else ''}")
    return told[0] if len(told) == 1 else ", ".join(told[:-1]) + " et " + told[-1]


def _check_periods(activity: Activity, days: Sequence[date]) -> Iterator[Wrong]:
    for rank, period in enumerate(activity.booking_periods):
        if not any(period.holds(day) for day in days):
            message = "Aucun jour de cette période de réservation n’est ouvert : vérifiez ses dates."
            yield f"periodes_reservation/{rank}/du", message


def _moment(activity: Activity, day: date, calendar: Calendar) -> tuple[Moment, Session | None]:
    """What delays count from, and the session or booking period whose own dates stand in place of the rule's."""
    held = session_of(activity, day)
    period = next((item for item in activity.booking_periods if item.holds(day)), None)
    moment = Moment(
        day=day,
        start=activity.start,
        session_start=held.first if held else day,
        booking_start=day,
        public_holidays=calendar.public_holidays,
        period_start=period.first if period else None,
    )
    return moment, held or period


def _booking(activity: Activity, day: date, calendar: Calendar) -> tuple[Window, Session | None]:
    moment, dates = _moment(activity, day, calendar)
    return window_of(activity.booking, moment, at_paris(day, activity.start), may=True, dates=dates), dates


def _check_limits(activity: Activity, days: Sequence[date], calendar: Calendar) -> Iterator[Wrong]:
    for name in ("reservation", "annulation"):
        wrong = next((found for day in days if (found := _late(activity, name, day, calendar))), None)
        if wrong:
            yield f"{name}/{wrong[0]}", wrong[1]


def _late(activity: Activity, name: str, day: date, calendar: Calendar) -> Wrong | None:
    rule = activity.booking if name == "reservation" else activity.cancelling
    moment, dates = _moment(activity, day, calendar)
    end = at_paris(day, activity.end)
    until = last_instant(rule.delay, moment)
    if until > end:
        return "delai", f"Cette limite tombe après l’activité qu’elle règle (par exemple le {long_day(day)})."
    for rank, window in enumerate(rule.windows):
        if window.days.holds(day) and last_instant(window.delay, moment) > end:
            message = f"Cette limite tombe après l’activité qu’elle règle (par exemple le {long_day(day)})."
            return f"fenetres/{rank}/delai", message
    if rule.final is None or (dates is not None and dates.closes is not None):
        return None
    final = last_instant(rule.final, moment)
    if final <= until:
        return "derniere_limite/delai", f"Cette limite tombe avant le délai (par exemple pour le {long_day(day)})."
    if final > end:
        return "derniere_limite/delai", f"Cette limite tombe après l’activité (par exemple le {long_day(day)})."
    return None


def _check_openings(activity: Activity, days: Sequence[date], calendar: Calendar) -> Iterator[Wrong]:
    """One problem for each opening that leaves a day nobody can book, or no day that can be booked in time."""
    tried: dict[str, list[tuple[date, bool]]] = {}
    for day in days:
        window, dates = _booking(activity, day, calendar)
        if window.opens is not None and window.until is not None:
            key = _opening_key(activity, dates)
            tried.setdefault(key, []).append((day, window.opens > window.until))
    for key, found in tried.items():
        wrong = [day for day, too_late in found if too_late]
        if wrong and (activity.booking.after == "refused" or len(wrong) == len(found)):
            message = (
                "Les réservations s’ouvriraient après la limite qui les ferme : personne ne pourrait réserver à temps, "
                f"par exemple pour le {long_day(wrong[0])}."
            )
            yield key, message


def _opening_key(activity: Activity, dates: Session | None) -> str:
    if dates is None or dates.opens is None:
        return "reservation/ouverture"
    if dates in activity.sessions:
        return f"sessions/{activity.sessions.index(dates)}/ouverture"
    return f"periodes_reservation/{activity.booking_periods.index(dates)}/ouverture"


def _check_windows(activity: Activity, days: Sequence[date], calendar: Calendar) -> Iterator[Wrong]:
    for rank, window in enumerate(activity.booking.windows):
        where = f"reservation/fenetres/{rank}"
        held = [day for day in days if window.days.holds(day)]
        if not held:
            message = "Cette fenêtre ne peut jamais servir : l’activité n’est ouverte aucun de ces jours."
            yield f"{where}/jours", message
        elif all(_booking(activity, day, calendar)[0].lenient != window.name for day in held):
            message = (
                "Cette fenêtre ne peut jamais servir : sans elle, les demandes sont acceptées aussi tard pour chacun "
                "de ses jours. Reculez « demandes_jusqu_au », ou raccourcissez son délai."
            )
            yield f"{where}/demandes_jusqu_au", message
