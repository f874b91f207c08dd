"""Until when, or from when, something can be done: a delay counted back from its anchor on the clock on the wall."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from functions.domain.activity import Delay
from functions.domain.calendar import at_paris, end_of_day, resolve

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """What a delay can be anchored on. `start` is the time of day the activity begins; `period_start` is None outside
    the booking periods.
    """

    day: date
    start: time
    session_start: date
    booking_start: date
    public_holidays: Mapping[date, str]
    period_start: date | None = None


def anchor_day(delay: Delay, moment: Moment) -> date:
    if delay.anchor == "week":
        return moment.day - timedelta(days=moment.day.weekday())
    if delay.anchor == "month":
        return moment.day.replace(day=1)
    if delay.anchor == "session":
        return moment.session_start
    if delay.anchor == "period":
        return moment.period_start or moment.day
    if delay.anchor == "booking":
        return moment.booking_start
    return moment.day


def last_instant(delay: Delay, moment: Moment) -> datetime:
    """The last instant in time, in UTC, a whole second, itself still in time."""
    last = _counted_back(delay, moment)
    if isinstance(last, datetime):
        return last
    return end_of_day(last) if delay.cut_off is None else at_paris(last, delay.cut_off)


def first_instant(delay: Delay, moment: Moment) -> datetime:
    """The instant, in UTC, from which something is possible that opens so long before its anchor."""
    first = _counted_back(delay, moment)
    return first if isinstance(first, datetime) else at_paris(first, delay.cut_off or time.min)


def _counted_back(delay: Delay, moment: Moment) -> datetime | date:
    """An instant when the delay is in hours, a day otherwise."""
    anchor = anchor_day(delay, moment)
    if delay.unit == "hour":
        return resolve(datetime.combine(anchor, moment.start) - timedelta(hours=delay.amount))
    return _last_day(delay, anchor, moment.public_holidays)


def _last_day(delay: Delay, anchor: date, public_holidays: Mapping[date, str]) -> date:
    if delay.unit == "working_day":
        return _working_days_before(delay, anchor, public_holidays)
    days = delay.amount * (7 if delay.unit == "week" else 1)
    if delay.first_day_counted and days:
        days -= 1
    return anchor - timedelta(days=days)


def _working_days_before(delay: Delay, anchor: date, public_holidays: Mapping[date, str]) -> date:
    def counts(day: date) -> bool:
        return day.weekday() in delay.working_weekdays and day not in public_holidays

    left = delay.amount
    day = anchor
    if delay.first_day_counted and left and counts(anchor):
        left -= 1
    while left > 0:
        day -= _ONE_DAY
        if counts(day):
            left -= 1
    return day
