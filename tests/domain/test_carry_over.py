"""Bookings taken over to the next school year: June's week, on the open days of the new year."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.activity import ActionRule, Activity, CarryOver, Condition, Delay
from functions.domain.calendar import closed_reason
from functions.domain.carry_over import CarriedOver, carry_over
from functions.domain.eligibility import ChildFacts, FamilyFacts
from functions.domain.reglement import Calendar, Closure, Commune, Reglement, School
from functions.domain.spans import Span

RULE = ActionRule(Delay(24, "hour"), "refused")
THREE_WEEKS = CarryOver(3)
CANTEEN = Activity(
    "cantine", "Cantine", "s", "r", (0, 1, 3, 4), "school", Span(date(2026, 9, 1), date(2028, 6, 30)),
    time(12), time(13), RULE, RULE, "t", carry_over=THREE_WEEKS,
)  # fmt: skip
CALENDAR = Calendar(
    Span(date(2026, 9, 1), date(2028, 8, 31)),
    public_holidays={date(2027, 5, 17): "Lundi de Pentecôte", date(2027, 11, 11): "Armistice 1918"},
    school_holidays={
        **{date(2027, 7, 3) + timedelta(days=number): "Vacances d’été" for number in range(60)},
        **{date(2027, 10, 23) + timedelta(days=number): "Vacances de la Toussaint" for number in range(16)},
    },
    class_free={},
    closures=(Closure(date(2027, 9, 6), date(2027, 9, 6), "travaux", schools=("ile",)),),
)
SCHOOLS = {
    "ile": School("ile", "Île", public=True, levels=("CP",)),
    "joseph": School("joseph", "Saint-Joseph", public=False, levels=("CP",)),
}
TOWN = Reglement(
    Commune("Ici", "00000", "B", "s"),
    services={}, schools=SCHOOLS, activities={"cantine": CANTEEN}, tariffs={}, documents={}, calendar=CALENDAR,
)  # fmt: skip
# The last three weeks of class: 14-18 June, 21-25 June, 28 June-2 July 2027.
MONDAYS = [date(2027, 6, 14), date(2027, 6, 21), date(2027, 6, 28)]
THURSDAYS = [day + timedelta(days=3) for day in MONDAYS]


def carry(booked: list[date], new: Reglement = TOWN, child: ChildFacts | None = None) -> CarriedOver:
    return carry_over(TOWN, new, "cantine", "2027-2028", booked, child or ChildFacts(school="ile"), FamilyFacts())


def with_canteen(**more: object) -> Reglement:
    return replace(TOWN, activities={"cantine": replace(CANTEEN, **more)})  # type: ignore[arg-type]


def test_the_week_of_june_is_that_of_september() -> None:
    found = carry([*MONDAYS, *THURSDAYS])

    assert (found.weekdays, found.notes, found.refusal) == ((0, 3), (), "")
    assert found.days[:5] == (
        date(2027, 9, 2),  # the first Thursday; Monday 6 September is closed
        date(2027, 9, 9),
        date(2027, 9, 13),
        date(2027, 9, 16),
        date(2027, 9, 20),
    )
    assert found.days[-1] == date(2028, 6, 29)


def test_the_last_day_of_the_year_is_carried_over_too() -> None:
    fridays = [day + timedelta(days=4) for day in MONDAYS]

    assert carry(fridays).days[-1] == CANTEEN.period.last == date(2028, 6, 30)


def test_each_day_that_cannot_be_carried_over_says_why() -> None:
    left_out = {item.day: item.reason.replace("\u202f", " ") for item in carry([*MONDAYS, *THURSDAYS]).left_out}

    assert left_out == {
        date(2027, 9, 6): "Fermeture : travaux.",
        date(2027, 10, 25): "Vacances de la Toussaint.",
        date(2027, 10, 28): "Vacances de la Toussaint.",
        date(2027, 11, 1): "Vacances de la Toussaint.",
        date(2027, 11, 4): "Vacances de la Toussaint.",
        date(2027, 11, 11): "Jour férié : Armistice 1918.",
    }


def test_a_closure_of_another_school_takes_no_day_away() -> None:
    assert date(2027, 9, 6) in carry(MONDAYS, child=ChildFacts(school="joseph")).days


@pytest.mark.parametrize(
    ("booked", "weekdays", "notes"),
    [
        (MONDAYS[:2], (0,), []),  # two of three: ill once
        (MONDAYS[:1], (), ["Le lundi n’était réservé que 1 fois sur 3\u202f: il n’est pas reporté."]),
        ([date(2027, 6, 7), date(2027, 5, 31)], (), []),  # before those weeks
        (
            [*MONDAYS, date(2027, 6, 18)],
            (0,),
            ["Le vendredi n’était réservé que 1 fois sur 3\u202f: il n’est pas reporté."],
        ),
        ([], (), []),
    ],
)
def test_a_weekday_is_usual_when_booked_more_than_half_of_the_time(
    booked: list[date], weekdays: tuple[int, ...], notes: list[str]
) -> None:
    found = carry(booked)

    assert (found.weekdays, list(found.notes)) == (weekdays, notes)
    assert bool(found.days) == bool(weekdays)


def test_days_when_it_was_closed_do_not_count() -> None:
    """Week of 17 May 2027: its Monday was a public holiday, the Monday before decides alone."""
    ended = replace(TOWN, activities={"cantine": replace(CANTEEN, period=Span(date(2026, 9, 1), date(2027, 5, 21)))})
    two_weeks = with_canteen(carry_over=CarryOver(2))
    booked = [date(2027, 5, 10), date(2027, 5, 11)]
    found = carry_over(ended, two_weeks, "cantine", "2027-2028", booked, ChildFacts(), FamilyFacts())

    assert found.weekdays == (0,)  # one Tuesday of two is not more than half


def test_a_child_that_changes_school_is_read_the_condition_of_the_new_one() -> None:
    public = Condition("school_status", "Les repas se réservent auprès de l’école.", "s", values=("public",))
    found = carry(MONDAYS, with_canteen(conditions=(public,)), ChildFacts(school="joseph"))

    assert found.days == ()
    assert found.left_out[0].reason == "Les repas se réservent auprès de l’école."


def test_a_weekday_that_no_longer_exists_is_left_out() -> None:
    found = carry(MONDAYS, with_canteen(weekdays=(1, 3, 4)))

    assert found.days == ()
    assert {item.reason for item in found.left_out} == {"L’activité n’a pas lieu le lundi."}


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [
        (TOWN, replace(TOWN, activities={}), "Cette activité n’existe plus en 2027-2028 : rien n’est reporté."),
        (replace(TOWN, activities={}), TOWN, "« Cantine » est nouvelle en 2027-2028 : il n’y a rien à reporter."),
        (
            TOWN,
            with_canteen(carry_over=None),
            "« Cantine » ne reporte pas les réservations d’une année sur l’autre.",
        ),
    ],
)
def test_what_carries_nothing_over_says_so(old: Reglement, new: Reglement, refusal: str) -> None:
    found = carry_over(old, new, "cantine", "2027-2028", MONDAYS, ChildFacts(), FamilyFacts())

    assert found.refusal.replace("\u202f", " ") == refusal
    assert (found.days, found.left_out) == ((), ())


def test_a_new_year_whose_period_is_not_written_yet_has_no_day() -> None:
    assert carry(MONDAYS, with_canteen(period=Span(date(2026, 9, 1), date(2027, 7, 2)))).days == ()


LAST_WEEKS = [
    day + timedelta(days=offset) for day in (date(2027, 6, 7), *MONDAYS) for offset in range(5) if offset != 2
]


@given(st.sets(st.sampled_from(LAST_WEEKS)), st.integers(0, 6))
def test_what_is_carried_over_is_open_and_of_the_childs_week(booked: set[date], weeks: int) -> None:
    new = with_canteen(carry_over=CarryOver(weeks))
    found = carry_over(TOWN, new, "cantine", "2027-2028", booked, ChildFacts(school="ile"), FamilyFacts())

    assert {day.weekday() for day in found.days} == set(found.weekdays) <= {day.weekday() for day in booked}
    assert all(not closed_reason(CALENDAR, CANTEEN, day, "ile", in_session=False) for day in found.days)
    assert not set(found.days) & {item.day for item in found.left_out}
    assert list(found.days) == sorted(set(found.days))
    assert all(item.reason for item in found.left_out)
    if not weeks:
        assert found.days == ()
