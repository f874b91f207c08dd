"""What is booked at once: a day, the open days of a week (Monday to Sunday), or those of a session."""

from collections.abc import Iterable
from datetime import date, timedelta

from functions.domain.activity import Activity
from functions.domain.calendar import closed_reason
from functions.domain.months import days_of, month_of
from functions.domain.reglement import Reglement
from functions.domain.spans import Span

_ONE_DAY = timedelta(days=1)


def span_of(activity: Activity, day: date) -> Span:
    """From the first to the last day booked together with this one, open or not."""
    if activity.unit == "week":
        monday = day - timedelta(days=day.weekday())
        return Span(monday, monday + timedelta(days=6))
    if activity.unit == "session":
        session = activity.session_on(day)
        if session is not None:
            return Span(session.first, session.last)
    return Span(day, day)


def together(reglement: Reglement, activity: Activity, school: str, day: date) -> tuple[date, ...]:
    """The open days that are booked and cancelled with this one, itself included if it is open."""
    return tuple(each for each in _each_day(span_of(activity, day)) if not _closed(reglement, activity, school, each))


def months_shown(activity: Activity, month: str) -> tuple[str, ...]:
    """The months that hold days booked together with a day of this one, in order; most often this one alone."""
    months = {month}
    for day in days_of(month):
        span = span_of(activity, day)
        months |= {month_of(span.first), month_of(span.last)}
    return _without_gap(months)


def months_concerned(activity: Activity, month: str) -> tuple[str, ...]:
    """The months that a change of this one may depend on: those shown, and those of the sessions whose places are
    counted, for a child holds one seat of a session that goes over from one month to the next.
    """
    months = set(months_shown(activity, month))
    if counts_sessions(activity):
        for session in activity.sessions:
            if month_of(session.first) <= max(months) and month_of(session.last) >= min(months):
                months |= {month_of(session.first), month_of(session.last)}
    return _without_gap(months)


def months_of_session(activity: Activity, day: date) -> tuple[str, ...]:
    """The months over which the session that holds this day goes."""
    session = activity.session_on(day)
    return _without_gap({month_of(session.first), month_of(session.last)} if session else {month_of(day)})


def counts_sessions(activity: Activity) -> bool:
    capacity = activity.capacity
    return capacity is not None and (
        capacity.per_session is not None or any(group.per_session is not None for group in capacity.groups)
    )


def belongs(activity: Activity, day: date, month: str) -> bool:
    """Whether a change of this month may hold that day: it is of the month, or booked with a day of it."""
    span = span_of(activity, day)
    return month_of(span.first) <= month <= month_of(span.last)


def _closed(reglement: Reglement, activity: Activity, school: str, day: date) -> bool:
    in_session = activity.session_on(day) is not None
    return bool(closed_reason(reglement.calendar, activity, day, school, in_session=in_session))


def _each_day(span: Span) -> Iterable[date]:
    day = span.first
    while day <= span.last:
        yield day
        day += _ONE_DAY


def _without_gap(months: Iterable[str]) -> tuple[str, ...]:
    """A session of the summer may begin in one month and end two months later."""
    known = sorted(months)
    found = [known[0]]
    while found[-1] < known[-1]:
        found.append(month_of(list(days_of(found[-1]))[-1] + _ONE_DAY))
    return tuple(found)
