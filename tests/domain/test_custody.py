"""With whom a child is, and who pays: weeks counted on a paper calendar, vacations cut in two, centimes shared."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.custody import (
    Custody,
    CustodyRule,
    from_iso_weeks,
    holder_on,
    parity_breaks,
    payer_shares,
)
from functions.domain.reglement import Calendar
from functions.domain.spans import Span

MONDAY, FRIDAY = 0, 4
CALENDAR = Calendar(
    Span(date(2026, 9, 1), date(2028, 8, 31)),
    public_holidays={},
    school_holidays={},
    class_free={},
    vacations=(
        Span(date(2026, 10, 17), date(2026, 11, 1), "Toussaint"),  # 16 days
        Span(date(2026, 12, 19), date(2027, 1, 3), "Noël"),  # 16 days, two civil years
        Span(date(2027, 5, 5), date(2027, 5, 8), "Mai"),  # 4 days: too short to be cut
        Span(date(2027, 7, 4), date(2027, 8, 31), "Été"),  # 59 days
        Span(date(2028, 2, 7), date(2028, 2, 11), "Hiver"),  # 5 days: the shortest that is cut
    ),
)
# Monday 7 September 2026 is in one of Mum's weeks.
CUSTODY = Custody("mum", "dad", date(2026, 9, 7))
WEEKS = CustodyRule(MONDAY, "alternate", "holder")
HALVES = CustodyRule(MONDAY, "halves", "holder")


def holder(rule: CustodyRule, day: date, custody: Custody = CUSTODY) -> str:
    return holder_on(rule, custody, day, CALENDAR)


@pytest.mark.parametrize(
    ("change_day", "day", "who"),
    [
        (MONDAY, date(2026, 9, 7), "mum"),
        (MONDAY, date(2026, 9, 13), "mum"),  # Sunday
        (MONDAY, date(2026, 9, 14), "dad"),
        (MONDAY, date(2026, 9, 6), "dad"),  # before the reference too
        (MONDAY, date(2026, 8, 31), "dad"),
        (MONDAY, date(2026, 8, 30), "mum"),
        (FRIDAY, date(2026, 9, 4), "mum"),  # the Friday on which the week of the reference began
        (FRIDAY, date(2026, 9, 3), "dad"),
        (FRIDAY, date(2026, 9, 10), "mum"),
        (FRIDAY, date(2026, 9, 11), "dad"),  # the day of the change is the next parent's
        (FRIDAY, date(2026, 9, 18), "mum"),
        (6, date(2026, 9, 7), "mum"),
        (6, date(2026, 9, 13), "dad"),
    ],
)
def test_weeks_alternate_from_the_day_of_the_change(change_day: int, day: date, who: str) -> None:
    assert holder(CustodyRule(change_day, "alternate", "holder"), day) == who


def test_any_day_of_the_week_is_as_good_a_reference() -> None:
    for offset in range(7):
        custody = Custody("mum", "dad", date(2026, 9, 7) + timedelta(days=offset))
        assert holder(WEEKS, date(2026, 9, 21), custody) == "mum"


def test_the_trap_of_week_53() -> None:
    """2026 has 53 weeks: counted by parity, one parent would have weeks 53 and 1, two in a row."""
    last, first = date(2026, 12, 28), date(2027, 1, 4)
    assert (last.isocalendar().week, first.isocalendar().week) == (53, 1)
    odd = from_iso_weeks("odd", "mum", "dad", date(2026, 9, 1))

    assert [holder(WEEKS, day, odd) for day in (date(2026, 12, 21), last, first, date(2027, 1, 11))] == [
        "dad",  # week 52
        "mum",  # week 53
        "dad",  # week 1: still alternating, though the parity says otherwise
        "mum",  # week 2
    ]
    assert list(parity_breaks(date(2026, 9, 1), date(2033, 8, 31))) == [first, date(2033, 1, 3)]
    assert list(parity_breaks(first, first)) == [first]
    assert list(parity_breaks(date(2026, 9, 1), date(2027, 1, 3))) == []
    assert list(parity_breaks(date(2027, 1, 5), date(2032, 8, 31))) == []


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.sampled_from(["even", "odd"]))
def test_weeks_told_by_their_parity_hold_for_their_year(day: date, parity: str) -> None:
    found = holder(WEEKS, day, from_iso_weeks(parity, "here", "elsewhere", day))

    assert (found == "here") == ((day.isocalendar().week % 2 == 0) == (parity == "even"))


def test_told_by_their_parity_the_week_of_the_monday_counts_whatever_the_day_of_the_change() -> None:
    even = from_iso_weeks("even", "mum", "dad", date(2026, 9, 9))  # week 37
    by_friday = CustodyRule(FRIDAY, "alternate", "holder")

    assert [holder(by_friday, date(2026, 8, 31) + timedelta(days=offset), even) for offset in range(-3, 5)] == [
        *["mum"] * 7,  # from Friday 28 August to Thursday 3 September, week 36
        "dad",
    ]


@pytest.mark.parametrize(
    ("day", "who"),
    [
        (date(2026, 10, 16), "dad"),  # a week of class
        (date(2026, 10, 17), "mum"),  # 2026 is even: the first half is the first parent's
        (date(2026, 10, 24), "mum"),  # the eighth day of sixteen
        (date(2026, 10, 25), "dad"),
        (date(2026, 11, 1), "dad"),
        (date(2026, 11, 2), "mum"),  # weeks go on as if the vacation had not been
        (date(2026, 12, 26), "mum"),
        (date(2026, 12, 27), "dad"),
        (date(2027, 1, 3), "dad"),  # a vacation is of the year in which it begins
        (date(2027, 5, 5), "mum"),  # four days are not cut in two: the 35th week from the reference
        (date(2027, 7, 4), "dad"),  # 2027 is odd: the other way round
        (date(2027, 8, 2), "dad"),  # the thirtieth day of fifty-nine
        (date(2027, 8, 3), "mum"),
        (date(2028, 2, 9), "mum"),  # the third day of five, in an even year
        (date(2028, 2, 10), "dad"),
        (date(2028, 2, 12), "mum"),
    ],
)
def test_vacations_are_cut_in_two(day: date, who: str) -> None:
    assert holder(HALVES, day) == who


def test_the_first_parent_may_have_the_first_halves_of_odd_years() -> None:
    odd_years = Custody("mum", "dad", date(2026, 9, 7), first_halves="odd")

    assert holder(HALVES, date(2026, 10, 17), odd_years) == "dad"
    assert holder(HALVES, date(2027, 7, 4), odd_years) == "mum"


def test_where_weeks_go_on_alternating_vacations_change_nothing() -> None:
    days = [date(2026, 10, 12) + timedelta(weeks=number) for number in range(6)]

    assert [holder(WEEKS, day) for day in days] == ["dad", "mum", "dad", "mum", "dad", "mum"]


DAYS = st.dates(date(2026, 9, 1), date(2028, 8, 31))
CUSTODIES = st.builds(Custody, st.just("mum"), st.just("dad"), DAYS, st.sampled_from(["even", "odd"]))


@given(CUSTODIES, DAYS, st.integers(0, 6))
def test_the_child_is_a_week_with_each(custody: Custody, day: date, change_day: int) -> None:
    rule = CustodyRule(change_day, "alternate", "holder")
    fortnight = [holder(rule, day + timedelta(days=offset), custody) for offset in range(15)]

    assert fortnight[:7] == [custody.other(who) for who in fortnight[7:14]]
    changes = [offset for offset, (one, next_one) in enumerate(pairwise(fortnight), 1) if one != next_one]
    assert {(day + timedelta(days=offset)).weekday() for offset in changes} == {change_day}
    assert holder(rule, custody.reference, custody) == "mum"


@given(CUSTODIES, st.sampled_from([vacation for vacation in CALENDAR.vacations if vacation.name != "Mai"]))
def test_each_half_of_a_vacation_is_of_one_parent(custody: Custody, vacation: Span) -> None:
    length = (vacation.last - vacation.first).days + 1
    found = [holder(HALVES, vacation.first + timedelta(days=offset), custody) for offset in range(length)]

    half = (length + 1) // 2
    assert found == [found[0]] * half + [custody.other(found[0])] * (length - half)


DAY = date(2026, 9, 7)  # Mum's


@pytest.mark.parametrize(
    ("billing", "payer", "centimes", "shares"),
    [
        ("holder", "", 341, [("mum", 341)]),
        ("halves", "", 340, [("mum", 170), ("dad", 170)]),
        ("halves", "", 341, [("mum", 171), ("dad", 170)]),
        ("halves", "", -341, [("mum", -171), ("dad", -170)]),
        ("halves", "", 1, [("mum", 1), ("dad", 0)]),
        ("halves", "", 0, [("mum", 0), ("dad", 0)]),
        ("single", "", 341, [("mum", 341)]),
        ("single", "dad", 341, [("dad", 341)]),
    ],
)
def test_who_pays_a_day(billing: str, payer: str, centimes: int, shares: list[tuple[str, int]]) -> None:
    custody = Custody("mum", "dad", DAY, payer=payer)

    assert payer_shares(CustodyRule(MONDAY, "alternate", billing), custody, DAY, CALENDAR, centimes) == shares


def test_the_odd_centime_follows_the_child() -> None:
    rule = CustodyRule(MONDAY, "alternate", "halves")

    assert payer_shares(rule, CUSTODY, date(2026, 9, 14), CALENDAR, 341) == [("dad", 171), ("mum", 170)]


@given(
    st.builds(
        CustodyRule,
        st.integers(0, 6),
        st.sampled_from(["alternate", "halves"]),
        st.sampled_from(["holder", "halves", "single"]),
    ),
    CUSTODIES,
    DAYS,
    st.integers(-100_000, 100_000),
)
def test_shares_always_add_up(rule: CustodyRule, custody: Custody, day: date, centimes: int) -> None:
    shares = payer_shares(rule, custody, day, CALENDAR, centimes)
    back = payer_shares(rule, custody, day, CALENDAR, -centimes)

    assert sum(share for _, share in shares) == centimes
    assert back == [(who, -share) for who, share in shares]  # what is given back undoes what was paid
    assert len({who for who, _ in shares}) == len(shares)
    if rule.billing == "halves":
        assert abs(abs(shares[0][1]) - abs(shares[1][1])) <= 1
