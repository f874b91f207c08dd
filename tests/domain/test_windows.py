"""From when and until when: lenient windows, openings, sessions and booking periods with their own dates."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.activity import ActionRule, Delay, LenientWindow, Session
from functions.domain.calendar import end_of_day
from functions.domain.delays import Moment
from functions.domain.spans import Span
from functions.domain.windows import Window, window_of

HOLIDAYS = {date(2027, 3, 29): "Lundi de Pâques"}
SCHOOL_YEAR = Span(date(2026, 9, 1), date(2027, 7, 2))
EVE = Delay(1, "day")
# « Toutes les réservations de rentrée sont ouvertes jusqu'au 30 septembre. » The 15 days, the first day counted.
BACK_TO_SCHOOL = LenientWindow("Rentrée", date(2026, 9, 30), SCHOOL_YEAR, EVE)
FIFTEEN = ActionRule(Delay(15, "day", first_day_counted=True), "surcharge", final=EVE, windows=(BACK_TO_SCHOOL,))


def ask(rule: ActionRule, day: date, at: datetime, dates: Session | None = None, *, may: bool = True) -> Window:
    period = dates.first if dates else None
    moment = Moment(day, time(8, 30), period or day, day, HOLIDAYS, period)
    return window_of(rule, moment, at, may=may, dates=dates)


@pytest.mark.parametrize(
    ("day", "until", "lenient"),
    [
        # in September the eve of the day, because the window's own delay says so
        (date(2026, 9, 10), datetime(2026, 9, 9, 21, 59, 59, tzinfo=UTC), "Rentrée"),
        (date(2026, 9, 30), datetime(2026, 9, 29, 21, 59, 59, tzinfo=UTC), "Rentrée"),
        # the first days of October: until the end of 30 September
        (date(2026, 10, 1), datetime(2026, 9, 30, 21, 59, 59, tzinfo=UTC), "Rentrée"),
        (date(2026, 10, 5), datetime(2026, 9, 30, 21, 59, 59, tzinfo=UTC), "Rentrée"),
        (date(2026, 10, 13), datetime(2026, 9, 30, 21, 59, 59, tzinfo=UTC), "Rentrée"),
        # 14 October: the 15 days end on 30 September too; 15 October: on 1 October, which is later
        (date(2026, 10, 14), datetime(2026, 9, 30, 21, 59, 59, tzinfo=UTC), ""),
        (date(2026, 10, 15), datetime(2026, 10, 1, 21, 59, 59, tzinfo=UTC), ""),
    ],
)
def test_bookings_of_the_new_school_year_stay_open_until_30_september(day: date, until: datetime, lenient: str) -> None:
    found = ask(FIFTEEN, day, until)

    assert (found.until, found.lenient, found.late, found.allowed) == (until, lenient, False, True)
    assert ask(FIFTEEN, day, until + timedelta(seconds=1)).late


def test_a_day_outside_the_window_keeps_the_usual_delay() -> None:
    rule = ActionRule(
        FIFTEEN.delay,
        "refused",
        windows=(LenientWindow("R", date(2026, 9, 30), Span(date(2026, 9, 1), date(2026, 9, 30)), EVE),),
    )

    found = ask(rule, date(2026, 10, 5), datetime(2026, 9, 25, tzinfo=UTC))

    assert (found.until, found.lenient) == (datetime(2026, 9, 21, 21, 59, 59, tzinfo=UTC), "")
    assert (found.late, found.allowed) == (True, False)


@pytest.mark.parametrize(
    ("opening", "first"),
    [
        (Delay(2, "week"), datetime(2027, 3, 15, 23, 0, tzinfo=UTC)),  # the first second of 16 March in Paris
        (Delay(2, "week", cut_off=time(9)), datetime(2027, 3, 16, 8, 0, tzinfo=UTC)),
        (Delay(72, "hour"), datetime(2027, 3, 27, 7, 30, tzinfo=UTC)),  # 8:30 before the clocks change
        (Delay(0, "day", anchor="month", cut_off=time(9)), datetime(2027, 3, 1, 8, 0, tzinfo=UTC)),
    ],
)
def test_nothing_is_booked_before_the_opening(opening: Delay, first: datetime) -> None:
    rule = ActionRule(Delay(24, "hour"), "refused", opening=opening)
    day = date(2027, 3, 30)

    assert ask(rule, day, first).opens == first
    assert ask(rule, day, first).allowed
    before = ask(rule, day, first - timedelta(seconds=1))
    assert (before.allowed, before.late) == (False, False)


def test_the_dates_of_a_session_stand_in_place_of_the_delay() -> None:
    rule = ActionRule(Delay(4, "week", anchor="session"), "late_request", opening=Delay(90, "day"))
    spring = Session(
        "printemps",
        "Printemps",
        date(2027, 4, 19),
        date(2027, 4, 30),
        opens=datetime(2027, 3, 1, 9, 0),  # noqa: DTZ001 - the wall time of Paris, as the rules hold it
        closes=datetime(2027, 4, 2, 12, 0),  # noqa: DTZ001 - same
    )
    opens, closes = datetime(2027, 3, 1, 8, 0, tzinfo=UTC), datetime(2027, 4, 2, 10, 0, tzinfo=UTC)
    day = date(2027, 4, 22)

    assert (ask(rule, day, opens, spring).opens, ask(rule, day, opens, spring).until) == (opens, closes)
    assert [ask(rule, day, at, spring).allowed for at in (opens - timedelta(seconds=1), opens, closes)] == [
        False,
        True,
        True,
    ]
    assert not ask(rule, day, closes + timedelta(seconds=1), spring).allowed


@pytest.mark.parametrize(
    ("anchor", "until"),
    [
        ("period", datetime(2026, 10, 26, 22, 59, 59, tzinfo=UTC)),  # 7 days before 2 November
        ("month", datetime(2026, 11, 24, 22, 59, 59, tzinfo=UTC)),  # 7 days before 1 December
        ("day", datetime(2026, 12, 8, 22, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_delay_counts_from_the_month_or_from_the_booking_period(anchor: str, until: datetime) -> None:
    autumn = Session("p2", "Novembre et décembre", date(2026, 11, 2), date(2026, 12, 18))
    rule = ActionRule(Delay(7, "day", anchor=anchor), "refused")

    assert ask(rule, date(2026, 12, 15), until, autumn).until == until


def test_a_child_that_may_not_come_is_never_allowed() -> None:
    assert not ask(FIFTEEN, date(2026, 12, 15), datetime(2026, 10, 1, tzinfo=UTC), may=False).allowed


DELAYS = st.builds(
    Delay,
    amount=st.integers(0, 40),
    unit=st.sampled_from(["hour", "day", "working_day", "week"]),
    anchor=st.sampled_from(["day", "week", "month", "session", "period", "booking"]),
    cut_off=st.none() | st.times().map(lambda clock: clock.replace(second=0, microsecond=0)),
    first_day_counted=st.booleans(),
    working_weekdays=st.just((0, 1, 2, 3, 4)),
)
DAYS = st.dates(date(2026, 9, 1), date(2028, 7, 3))  # two changes of clock a year, and a 29 February
RULES = st.builds(
    ActionRule,
    delay=DELAYS,
    after=st.sampled_from(["refused", "surcharge", "late_request", "billed"]),
    final=st.none() | DELAYS,
    opening=st.none() | DELAYS,
    windows=st.lists(st.builds(LenientWindow, st.just("w"), DAYS, st.builds(Span, DAYS, DAYS), DELAYS), max_size=2).map(
        tuple
    ),
)


@given(rule=RULES, day=DAYS, hours=st.lists(st.integers(0, 24 * 90), min_size=3, max_size=6))
def test_no_answer_is_taken_back_as_time_goes_by(rule: ActionRule, day: date, hours: list[int]) -> None:
    """`until` and `opens` do not move, late stays late, and the instants at which one may are in one piece."""
    instants = sorted(end_of_day(day) + timedelta(days=1) - timedelta(hours=hour) for hour in hours)
    found = [ask(rule, day, at) for at in instants]

    assert len({(each.until, each.opens, each.lenient, each.after) for each in found}) == 1
    lates = [each.late for each in found]
    assert lates == sorted(lates)
    allowed = [rank for rank, each in enumerate(found) if each.allowed]
    assert allowed == list(range(allowed[0], allowed[-1] + 1)) if allowed else True


@given(rule=RULES, day=DAYS)
def test_both_ends_of_a_window_are_included_to_the_second(rule: ActionRule, day: date) -> None:
    until = ask(rule, day, datetime(2026, 1, 1, tzinfo=UTC)).until

    assert until is not None
    assert until.microsecond == 0
    assert not ask(rule, day, until).late
    assert ask(rule, day, until + timedelta(seconds=1)).late


@given(rule=RULES, day=DAYS, window=st.builds(LenientWindow, st.just("w"), DAYS, st.builds(Span, DAYS, DAYS), DELAYS))
def test_a_lenient_window_never_takes_time_away(rule: ActionRule, day: date, window: LenientWindow) -> None:
    at = datetime(2027, 1, 1, tzinfo=UTC)
    wider = ask(replace(rule, windows=(*rule.windows, window)), day, at)

    assert wider.until is not None
    assert wider.until >= (ask(rule, day, at).until or wider.until)
