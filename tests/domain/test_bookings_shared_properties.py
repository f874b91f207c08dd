"""What holds of any sequence of changes where sessions and groups share seats, and days go in weeks or sessions."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from support import places_town as town
from support.ordering import LEO, SESSION, ZOE, family

from functions.domain.bookings import Decision, decide
from functions.domain.errors import DomainError
from functions.domain.months import ChildMonth
from functions.domain.orders import ChildChanges, Order
from functions.domain.places import seats_of
from functions.domain.units import together

RULES = town.reglement()
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ANNA = replace(ZOE, person_id="a" * 32, birth_date=date(2021, 3, 2), school="acacias")  # six on the second Tuesday
FILE = family(LEO, ZOE, ANNA)
ACTIVITIES = ("centre", "sejour", "semaines", "ages")
Key = tuple[str, str]


@st.composite
def changes(draw: st.DrawFn, activity: str) -> tuple[ChildChanges, ...]:
    """Most often whole weeks or sessions, now and then a part of one."""
    made = []
    for child in draw(st.lists(st.sampled_from(FILE.children), min_size=1, unique=True)):
        days = draw(st.lists(st.sampled_from(SESSION), min_size=1, max_size=4, unique=True))
        if draw(st.integers(0, 4)):
            days = sorted({each for day in days for each in together(RULES, RULES.activities[activity], "", day)})
        book = draw(st.booleans())
        made.append(ChildChanges(child.person_id, tuple(days) if book else (), () if book else tuple(days)))
    return tuple(made)


def attempt(months: dict[Key, ChildMonth], order: Order, now: datetime) -> Decision | DomainError:
    try:
        return decide(RULES, FILE, months.values(), order, now)
    except DomainError as refusal:
        if refusal.code != "price_changed":
            return refusal
        total: int = refusal.extra["total_centimes"]
        return decide(RULES, FILE, months.values(), replace(order, expected_total_centimes=total), now)


def held(months: dict[Key, ChildMonth]) -> dict[tuple[str, date], int]:
    seats: dict[tuple[str, date], int] = {}
    for child in FILE.children:
        entries = [entry for month in months.values() if month.child_id == child.person_id for entry in month.days]
        for place, days in seats_of(entries).items():
            for day in days:
                seats[place, day] = seats.get((place, day), 0) + 1
    return seats


@given(st.data(), st.sampled_from(ACTIVITIES), st.lists(st.integers(0, 100), min_size=1, max_size=8))
@settings(max_examples=80, deadline=None)
def test_totals_seats_and_units_add_up_over_any_sequence(
    data: st.DataObject, activity: str, days_later: list[int]
) -> None:
    months: dict[Key, ChildMonth] = {}
    counters: dict[tuple[str, date], int] = {}
    for days in sorted(days_later):
        month = data.draw(st.sampled_from(["2027-02", "2027-03"]))
        order = Order(month, activity, 10**9, data.draw(changes(activity)))
        decision = attempt(months, order, NOW + timedelta(days=days))
        if isinstance(decision, DomainError):
            assert decision.code in {"days_refused", "invalid_days"}
            continue
        owed = sum(known.owed_centimes for known in months.values())
        for result in decision.children:
            written = {known.month for known in result.written}
            assert not written & {known.month for known in result.relied_on}
            months |= {(known.child_id, known.month): known for known in result.written}
        for place, moves in decision.seats.items():
            for day, move in moves.items():
                counters[place, day] = counters.get((place, day), 0) + move
        assert decision.total_centimes == sum(known.owed_centimes for known in months.values()) - owed
        assert {key: count for key, count in counters.items() if count} == held(months)
        assert set(decision.seats) <= set(decision.capacities) | {place for place, _ in counters}
        check_units(activity, months)


def check_units(activity: str, months: dict[Key, ChildMonth]) -> None:
    """A child has all the open days of a week or session, or none."""
    for child in FILE.children:
        mine = {
            entry.day
            for known in months.values()
            if known.child_id == child.person_id
            for entry in known.days
            if entry.state == "booked"
        }
        for day in mine:
            assert set(together(RULES, RULES.activities[activity], child.school, day)) <= mine
