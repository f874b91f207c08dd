"""The days an activity takes place, for children of a school."""

from collections.abc import Iterator
from datetime import date, timedelta

from functions.domain.activity import Activity
from functions.domain.calendar import closed_reason
from functions.domain.reglement import Calendar
from functions.domain.spans import Span

_ONE_DAY = timedelta(days=1)


def open_days(calendar: Calendar, activity: Activity, span: Span, school: str | None) -> Iterator[date]:
    """In order, those of the span that the activity's period holds too; lazily, for callers that want the first."""
    day = max(span.first, activity.period.first)
    last = min(span.last, activity.period.last)
    while day <= last:
        if not closed_on(calendar, activity, day, school):
            yield day
        day += _ONE_DAY


def closed_on(calendar: Calendar, activity: Activity, day: date, school: str | None) -> str:
    """Why it is closed that day, in French; "" when it is open."""
    in_session = any(session.holds(day) for session in activity.sessions)
    return closed_reason(calendar, activity, day, school, in_session=in_session)
