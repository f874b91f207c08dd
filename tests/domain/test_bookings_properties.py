"""What holds of every sequence of bookings and cancellations, whatever the days, the children and the hour."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support import factories, town

from functions.domain.bookings import Decision, decide
from functions.domain.errors import Refused
from functions.domain.foyer import Address, Allocataire, FoyerFile
from functions.domain.months import ChildMonth
from functions.domain.orders import ChildChanges, Order

RULES = town.reglement()
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
CHILDREN = (
    factories.child("Léo", school="tilleuls"),
    factories.child("Zoé", school="tilleuls"),
    factories.child("Anna", school="acacias"),
)
FILE = FoyerFile(
    "f", "F1", Address("1 rue", "49000", "Essai"), Allocataire(), resident=True, guardians=(), children=CHILDREN
)
ACTIVITIES = ("cantine", "garderie", "mercredi")
OPEN_DAYS = {
    activity: [
        day
        for number in range(1, 19)
        if (day := date(2026, 12, number)).weekday() in RULES.activities[activity].weekdays
    ]
    for activity in ACTIVITIES
}


@st.composite
def orders(draw: st.DrawFn, activity: str) -> tuple[ChildChanges, ...]:
    """Changes of some children, each day booked or cancelled, none twice."""
    chosen = draw(st.lists(st.sampled_from(CHILDREN), min_size=1, unique=True))
    made = []
    for child in chosen:
        days = draw(st.lists(st.sampled_from(OPEN_DAYS[activity]), min_size=1, max_size=8, unique=True))
        cut = draw(st.integers(0, len(days)))
        made.append(ChildChanges(child.person_id, tuple(days[:cut]), tuple(days[cut:])))
    return tuple(made)


activities = st.sampled_from(ACTIVITIES)
instants = st.integers(0, 30 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))


def agreed(
    activity: str, asked: tuple[ChildChanges, ...], months: dict[str, ChildMonth], now: datetime
) -> Decision | Refused:
    """The decision once the family has agreed to its total, or the refusal of some days."""
    wrong = Order("2026-12", activity, 10**9, asked)
    with pytest.raises(Refused) as refusal:
        decide(RULES, FILE, months.values(), wrong, now)
    if refusal.value.code != "price_changed":
        return refusal.value
    right = replace(wrong, expected_total_centimes=refusal.value.extra["total_centimes"])
    return decide(RULES, FILE, months.values(), right, now)


def taken(decision: Decision | Refused) -> Decision:
    assert isinstance(decision, Decision)
    return decision


def after(months: dict[str, ChildMonth], decision: Decision) -> dict[str, ChildMonth]:
    return {**months, **{result.child.person_id: result.month for result in decision.children}}


def owed(months: dict[str, ChildMonth]) -> int:
    return sum(month.owed_centimes for month in months.values())


def seats_held(months: dict[str, ChildMonth]) -> dict[tuple[str, date], int]:
    held: dict[tuple[str, date], int] = {}
    for month in months.values():
        for entry in month.days:
            for place in entry.places:
                held[place, entry.day] = held.get((place, entry.day), 0) + 1
    return held


@given(st.data(), activities, st.lists(instants, min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_totals_and_seats_add_up_over_any_sequence(data: st.DataObject, activity: str, moments: list[datetime]) -> None:
    months: dict[str, ChildMonth] = {}
    counters: dict[tuple[str, date], int] = {}
    for now in sorted(moments):
        decision = agreed(activity, data.draw(orders(activity)), months, now)
        if isinstance(decision, Refused):
            assert decision.code == "days_refused"
            assert all(error.detail for error in decision.errors)
            continue
        before, months = months, after(months, decision)
        lines = [line.price_centimes for result in decision.children for line in result.booked]
        back = [line.price_centimes for result in decision.children for line in result.cancelled]
        for place, moves in decision.seats.items():
            for day, move in moves.items():
                counters[place, day] = counters.get((place, day), 0) + move

        assert decision.total_centimes == sum(lines) - sum(back) == owed(months) - owed(before)
        assert {key: count for key, count in counters.items() if count} == seats_held(months)
        assert all(price >= 0 for price in [*lines, *back])


@given(st.data(), activities, instants)
@settings(max_examples=60, deadline=None)
def test_deciding_twice_changes_nothing_more(data: st.DataObject, activity: str, now: datetime) -> None:
    asked = data.draw(orders(activity))
    first = agreed(activity, asked, {}, now)
    assume(isinstance(first, Decision))
    months = after({}, taken(first))

    second = decide(RULES, FILE, months.values(), Order("2026-12", activity, 0, asked), now)

    assert after(months, second) == months
    assert (second.total_centimes, second.seats) == (0, {})
    assert not any(result.changed for result in second.children)


@given(st.data(), activities)
@settings(max_examples=60, deadline=None)
def test_booking_then_cancelling_in_time_comes_back_to_the_start(data: st.DataObject, activity: str) -> None:
    days = tuple(data.draw(st.lists(st.sampled_from(OPEN_DAYS[activity]), min_size=1, max_size=8, unique=True)))
    child = CHILDREN[0].person_id

    booked = taken(agreed(activity, (ChildChanges(child, days),), {}, NOW))
    gone = taken(agreed(activity, (ChildChanges(child, (), days),), after({}, booked), NOW))
    again = taken(agreed(activity, (ChildChanges(child, days),), after({}, gone), NOW))

    assert gone.children[0].month.days == ()
    assert gone.total_centimes == -booked.total_centimes
    assert again == booked


@given(st.data(), activities, instants)
@settings(max_examples=60, deadline=None)
def test_the_order_of_days_and_children_does_not_matter(data: st.DataObject, activity: str, now: datetime) -> None:
    asked = data.draw(orders(activity))
    shuffled = tuple(
        ChildChanges(each.child_id, tuple(sorted(each.book)), tuple(sorted(each.cancel)))
        for each in sorted(asked, key=lambda each: each.child_id)
    )

    def outcome(changes: tuple[ChildChanges, ...]) -> object:
        decision = agreed(activity, changes, {}, now)
        if isinstance(decision, Refused):
            return sorted(error.detail for error in decision.errors)
        return decision.total_centimes, decision.seats, after({}, decision)

    assert outcome(asked) == outcome(shuffled)
