"""Until when: tables written from the calendar on the wall, then properties over years of days."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.activity import Delay
from functions.domain.calendar import PARIS, at_paris, end_of_day, resolve
from functions.domain.delays import Moment, last_instant

HOLIDAYS = {date(2027, 3, 29): "Lundi de Pâques", date(2027, 5, 6): "Ascension", date(2027, 1, 1): "Jour de l’an"}
WEEK = (0, 1, 2, 3, 4)


def until(delay: Delay, day: date, start: time = time(13, 30), **anchors: date) -> str:
    moment = Moment(
        day,
        start,
        session_start=anchors.get("session", day),
        booking_start=anchors.get("booking", day),
        public_holidays=HOLIDAYS,
    )
    return last_instant(delay, moment).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.parametrize(
    ("delay", "day", "expected"),
    [
        # 48 h across the change to summer time (28 March) and to winter time (31 October): the same hour on the wall
        (Delay(48, "hour"), date(2027, 3, 29), "2027-03-27T12:30:00Z"),
        (Delay(48, "hour"), date(2027, 11, 1), "2027-10-30T11:30:00Z"),
        (Delay(24, "hour"), date(2026, 12, 10), "2026-12-09T12:30:00Z"),
        (Delay(0, "hour"), date(2026, 12, 10), "2026-12-10T12:30:00Z"),
        # 15 days before 15 October, the first day counted: all of 1 October; not counted: all of 30 September
        (Delay(15, "day", first_day_counted=True), date(2027, 10, 15), "2027-10-01T21:59:59Z"),
        (Delay(15, "day"), date(2027, 10, 15), "2027-09-30T21:59:59Z"),
        (Delay(7, "day"), date(2027, 3, 29), "2027-03-22T22:59:59Z"),
        (Delay(7, "day"), date(2027, 4, 1), "2027-03-25T22:59:59Z"),
        (Delay(1, "day", cut_off=time(18)), date(2027, 1, 1), "2026-12-31T17:00:00Z"),
        (Delay(2, "day", cut_off=time(12)), date(2028, 3, 1), "2028-02-28T11:00:00Z"),
        (Delay(2, "week"), date(2027, 2, 22), "2027-02-08T22:59:59Z"),
        (Delay(0, "day", cut_off=time(9)), date(2026, 12, 10), "2026-12-10T08:00:00Z"),
        # working days: neither the week-end nor Easter Monday count
        (Delay(2, "working_day", cut_off=time(12), working_weekdays=WEEK), date(2027, 3, 30), "2027-03-25T11:00:00Z"),
        (Delay(1, "working_day", working_weekdays=(*WEEK, 5)), date(2027, 3, 30), "2027-03-27T22:59:59Z"),
        (Delay(3, "working_day", working_weekdays=WEEK), date(2026, 12, 10), "2026-12-07T22:59:59Z"),
        (
            Delay(3, "working_day", first_day_counted=True, working_weekdays=WEEK),
            date(2026, 12, 10),
            "2026-12-08T22:59:59Z",
        ),
        # « le jeudi 12 h pour la semaine suivante »: four days before its Monday
        (Delay(4, "day", anchor="week", cut_off=time(12)), date(2026, 12, 11), "2026-12-03T11:00:00Z"),
    ],
)
def test_the_last_instant_in_time(delay: Delay, day: date, expected: str) -> None:
    assert until(delay, day) == expected


def test_a_session_delay_counts_from_its_first_day() -> None:
    found = until(Delay(4, "week", anchor="session"), date(2027, 2, 25), session=date(2027, 2, 22))

    assert found == "2027-01-25T22:59:59Z"


def test_a_booking_delay_counts_from_the_first_day_booked() -> None:
    delay = Delay(15, "day", anchor="booking", first_day_counted=True)

    assert until(delay, date(2027, 10, 22), booking=date(2027, 10, 15)) == "2027-10-01T21:59:59Z"


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        (datetime(2027, 3, 28, 2, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),  # noqa: DTZ001 - does not exist
        (datetime(2027, 10, 31, 2, 30), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)),  # noqa: DTZ001 - exists twice
        (datetime(2027, 7, 1, 2, 30), datetime(2027, 7, 1, 0, 30, tzinfo=UTC)),  # noqa: DTZ001 - an ordinary night
    ],
)
def test_a_doubtful_hour_is_read_in_favour_of_the_family(local: datetime, expected: datetime) -> None:
    assert resolve(local) == expected


DAYS = st.dates(date(2025, 9, 1), date(2029, 3, 5))  # two leap-year boundaries, eight clock changes
CLOCKS = st.times().map(lambda found: found.replace(second=0, microsecond=0))


@given(DAYS, CLOCKS, st.integers(0, 30))
def test_days_in_hours_keep_the_hour_on_the_wall(day: date, start: time, days: int) -> None:
    moment = Moment(day, start, day, day, HOLIDAYS)
    found = last_instant(Delay(24 * days, "hour"), moment).astimezone(PARIS)

    wanted = datetime.combine(day - timedelta(days=days), start)
    doubtful = wanted.replace(tzinfo=PARIS).astimezone(UTC).astimezone(PARIS).replace(tzinfo=None) != wanted
    assert doubtful or found.replace(tzinfo=None) == wanted


@given(DAYS, st.sampled_from(["day", "week", "working_day"]), st.integers(0, 40), st.booleans(), CLOCKS)
def test_a_longer_delay_never_ends_later(day: date, unit: str, amount: int, counted: bool, cut_off: time) -> None:
    moment = Moment(day, time(13, 30), day, day, HOLIDAYS)

    def last(wanted: int) -> datetime:
        return last_instant(
            Delay(wanted, unit, cut_off=cut_off, first_day_counted=counted, working_weekdays=WEEK), moment
        )

    assert last(amount + 1) <= last(amount) <= at_paris(day, cut_off)


@given(DAYS, st.integers(0, 60))
def test_without_cut_off_the_whole_last_day_is_in_time(day: date, amount: int) -> None:
    moment = Moment(day, time(13, 30), day, day, HOLIDAYS)
    found = last_instant(Delay(amount, "day"), moment)

    assert found == end_of_day(day - timedelta(days=amount))
    assert (found + timedelta(seconds=1)).astimezone(PARIS).time() == time(0)


@given(DAYS, st.integers(1, 30))
def test_working_days_end_on_a_day_that_counts(day: date, amount: int) -> None:
    moment = Moment(day, time(13, 30), day, day, HOLIDAYS)
    last = last_instant(Delay(amount, "working_day", working_weekdays=WEEK), moment).astimezone(PARIS).date()

    between = [last + timedelta(days=offset) for offset in range((day - last).days)]
    counted = [item for item in between if item.weekday() in WEEK and item not in HOLIDAYS]
    assert last in counted
    assert len(counted) == amount
