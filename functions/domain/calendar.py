"""Civil days and Paris time: the one place that knows Europe/Paris, and why a day is closed.

Wall-clock arithmetic is done on naive local datetimes, then resolved: Python's subtraction inside one zone would
ignore the clock changes anyway, and « 48 h before » means the same hour two days earlier.
"""

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from functions.domain.french import long_day, weekday_name

if TYPE_CHECKING:  # the clock of Paris is needed by functions that read no rule: they do not load the rules' shapes
    from functions.domain.activity import Activity
    from functions.domain.reglement import Calendar

PARIS = ZoneInfo("Europe/Paris")
_LAST_SECOND = time(23, 59, 59)


def whole_second(instant: datetime) -> datetime:
    """The clock read to the second, in UTC. Raises ValueError for a naive datetime."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return instant.astimezone(UTC).replace(microsecond=0)


def resolve(local: datetime) -> datetime:
    """The UTC instant of a naive Paris wall time; the later one when it exists twice or not at all."""
    first = local.replace(tzinfo=PARIS, fold=0).astimezone(UTC)
    second = local.replace(tzinfo=PARIS, fold=1).astimezone(UTC)
    return max(first, second)


def at_paris(day: date, clock: time) -> datetime:
    """The UTC instant of that day and time in Paris."""
    return resolve(datetime.combine(day, clock))


def end_of_day(day: date) -> datetime:
    """The last whole second of the day in Paris, in UTC."""
    return at_paris(day, _LAST_SECOND)


def paris_day(instant: datetime) -> date:
    return instant.astimezone(PARIS).date()


def paris_iso(instant: datetime) -> str:
    """« 2027-03-27T13:30:00+01:00 »."""
    return instant.astimezone(PARIS).isoformat(timespec="seconds")


def closed_reason(
    calendar: "Calendar", activity: "Activity", day: date, school: str | None, *, in_session: bool
) -> str:
    """Why the activity is closed that day for a child of that school, in French; "" when it is open."""
    period = activity.period
    if not (period.holds(day) and calendar.span.holds(day)):
        return (
            "Cette date est en dehors de la période ouverte, qui va du "
            f"{long_day(period.first)} au {long_day(period.last)}."
        )
    if day.weekday() not in activity.weekdays:
        return f"L’activité n’a pas lieu le {weekday_name(day)}."
    if day in calendar.public_holidays:
        return f"Jour férié\u202f: {calendar.public_holidays[day]}."
    reason = _season_reason(calendar, activity, day)
    if reason:
        return reason
    for closure in calendar.closures:
        if (
            closure.first <= day <= closure.last
            and (not closure.activities or activity.id in closure.activities)
            and (not closure.schools or school in closure.schools)
        ):
            return f"Fermeture\u202f: {closure.name}."
    if activity.sessions and not in_session:
        return "Aucune session n’a lieu ce jour-là."
    return ""


def _season_reason(calendar: "Calendar", activity: "Activity", day: date) -> str:
    vacation = calendar.school_holidays.get(day)
    if activity.when == "school":
        if vacation:
            return f"{vacation}."
        bridge = calendar.class_free.get(day)
        if bridge:
            return f"Jour sans classe\u202f: {bridge}."
    if activity.when == "holidays" and not vacation:
        return "L’activité n’a lieu que pendant les vacances scolaires."
    return ""
