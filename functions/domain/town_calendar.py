"""The year of a town as families look it up: days without class, closures, and when places can be asked for.

What stands on the page « Calendrier » and in the calendars to subscribe to. Pure: it reads compiled rules.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from functions.domain.activity import Activity, EnrolmentCampaign, Session
from functions.domain.calendar import end_of_day, resolve
from functions.domain.delays import Moment
from functions.domain.reglement import Calendar, Closure, Reglement
from functions.domain.spans import Span
from functions.domain.windows import window_of

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class DayOff:
    """Days in a row without class. kind: "vacation" | "bridge" (ponts, and the days the town adds) | "public"."""

    kind: str
    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class RegistrationPeriod:
    """When places are asked for, in UTC; None: no such limit is known. `what` names the session or the school year;
    `key` is made of ids and does not change when a name does.
    """

    key: str
    activities: tuple[str, ...]
    what: str
    opens: datetime | None
    closes: datetime | None
    held: Span | None = None


def school_years(calendar: Calendar) -> list[Span]:
    """« 2026-2027 », from 1 September to 31 August."""
    years = range(calendar.span.first.year, calendar.span.last.year)
    return [Span(date(year, 9, 1), date(year + 1, 8, 31), f"{year}-{year + 1}") for year in years]


def days_off(calendar: Calendar) -> list[DayOff]:
    """All of them, in the order of their first day."""
    found = [DayOff("vacation", span.name, span.first, span.last) for span in calendar.vacations]
    found += [DayOff("bridge", *run) for run in _runs(calendar.class_free)]
    found += [DayOff("public", name, day, day) for day, name in calendar.public_holidays.items()]
    return sorted(found, key=lambda off: (off.first, off.last, off.kind))


def back_to_class(calendar: Calendar, last: date) -> date | None:
    """The first day of class after the last day of a vacation; None when the calendar does not go that far."""
    day = last + _ONE_DAY
    while calendar.span.holds(day):
        off = (calendar.school_holidays, calendar.class_free, calendar.public_holidays)
        if day.weekday() < _SATURDAY and not any(day in known for known in off):
            return day
        day += _ONE_DAY
    return None


def closures(calendar: Calendar) -> list[Closure]:
    return sorted(calendar.closures, key=lambda closure: (closure.first, closure.last, closure.name))


def registration_periods(reglement: Reglement) -> list[RegistrationPeriod]:
    """Sessions and booking periods that are opened or closed by dates, then the enrolments of a school year."""
    found = [period for activity in reglement.activities.values() for period in _bookings(reglement, activity)]
    found += _enrolments(reglement)
    return sorted(found, key=lambda period: (_order(period), period.key))


def _order(period: RegistrationPeriod) -> str:
    instant = period.opens or period.closes
    return instant.isoformat() if instant else ""


def _bookings(reglement: Reglement, activity: Activity) -> Iterator[RegistrationPeriod]:
    for anchor, sessions in (("session", activity.sessions), ("period", activity.booking_periods)):
        for session in sessions:
            opens, closes = _limits(reglement, activity, session, anchor)
            if opens or closes:
                yield RegistrationPeriod(
                    key=f"{activity.id}-{session.id}",
                    activities=(activity.id,),
                    what=session.name,
                    opens=opens,
                    closes=closes,
                    held=Span(session.first, session.last, session.name),
                )


def _limits(
    reglement: Reglement, activity: Activity, session: Session, anchor: str
) -> tuple[datetime | None, datetime | None]:
    """From when and until when the whole session is booked; None where each of its days has its own limit."""
    rule = activity.booking
    moment = Moment(
        day=session.first,
        start=activity.start,
        session_start=session.first,
        booking_start=session.first,
        public_holidays=reglement.calendar.public_holidays,
        period_start=session.first,
    )
    window = window_of(rule, moment, _midnight(session.first), may=True, dates=session)
    opened_at_once = session.opens is not None or (rule.opening is not None and rule.opening.anchor == anchor)
    closed_at_once = session.closes is not None or rule.delay.anchor == anchor
    return window.opens if opened_at_once else None, window.until if closed_at_once else None


def _enrolments(reglement: Reglement) -> Iterator[RegistrationPeriod]:
    """One per campaign, whatever the number of activities that share it."""
    shared: defaultdict[EnrolmentCampaign, list[str]] = defaultdict(list)
    for activity in reglement.activities.values():
        for campaign in activity.enrolment.campaigns if activity.enrolment else ():
            shared[campaign].append(activity.id)
    for campaign, activities in shared.items():
        yield RegistrationPeriod(
            key=f"{campaign.school_year}-{'-'.join(activities)}",
            activities=tuple(activities),
            what=campaign.school_year,
            opens=_midnight(campaign.opens),
            closes=end_of_day(campaign.closes) if campaign.closes else None,
        )


def _midnight(day: date) -> datetime:
    return resolve(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - a wall time of Paris, resolved here


def _runs(days: dict[date, str]) -> Iterator[tuple[str, date, date]]:
    """Days of one name that follow one another: (name, first, last)."""
    ordered = sorted(days)
    for rank, day in enumerate(ordered):
        before = ordered[rank - 1] if rank else None
        if before == day - _ONE_DAY and days[before] == days[day]:
            continue
        last = day
        while days.get(last + _ONE_DAY) == days[day]:
            last += _ONE_DAY
        yield days[day], day, last
