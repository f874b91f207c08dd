"""In which counters a child takes a seat, and on which day of them."""

from datetime import date

import pytest
from support import places_town as town

from functions.domain.months import BookedDay
from functions.domain.places import (
    Seated,
    by_group,
    counted_once,
    counter_day,
    group_of,
    places_of,
    room_left,
    seats_of,
)

FEBRUARY, MARCH = date(2027, 2, 24), date(2027, 3, 3)
LEO = Seated("tilleuls", date(2018, 3, 14))
ANNA = Seated("tilleuls", date(2021, 3, 3))


def test_a_session_is_one_counter_in_the_month_of_its_first_day() -> None:
    places = places_of(town.CAMP, LEO, FEBRUARY)

    assert places == {"_tous": 30, "session:hiver:2027-02": 20}
    assert places_of(town.CAMP, LEO, MARCH) == places
    assert {counter_day("session:hiver:2027-02", day) for day in (FEBRUARY, MARCH)} == {date(2027, 2, 1)}
    assert counter_day("_tous", MARCH) == MARCH
    assert counted_once("session:hiver:2027-02")
    assert not counted_once("_tous")


def test_the_same_session_of_another_year_is_counted_afresh() -> None:
    (name,) = places_of(town.CENTRE, LEO, date(2026, 12, 22))

    assert name == "session:noel:2026-12"


def test_a_group_counts_by_the_day_and_by_the_session() -> None:
    assert places_of(town.AGES, LEO, FEBRUARY) == {"_tous": 50, "group:grands": 40}
    assert places_of(town.AGES, ANNA, FEBRUARY) == {
        "_tous": 50,
        "group:petits": 20,
        "session:hiver:2027-02:group:petits": 4,
    }
    assert counter_day("session:hiver:2027-02:group:petits", MARCH) == date(2027, 2, 1)
    assert by_group("session:hiver:2027-02:group:petits")
    assert not by_group("session:hiver:2027-02")


@pytest.mark.parametrize(
    ("birth", "day", "group"),
    [
        (date(2021, 3, 3), date(2027, 3, 2), "petits"),  # five years and 364 days
        (date(2021, 3, 3), date(2027, 3, 3), "grands"),  # six that day
        (date(2024, 2, 24), date(2027, 2, 23), None),  # three tomorrow
        (date(2024, 2, 24), date(2027, 2, 24), "petits"),
        (date(2015, 2, 25), date(2027, 2, 24), "grands"),  # eleven
        (date(2015, 2, 24), date(2027, 2, 24), None),  # twelve
        (None, date(2027, 2, 24), None),
    ],
)
def test_a_group_is_that_of_the_completed_years_on_the_day(birth: date | None, day: date, group: str | None) -> None:
    found = group_of(town.AGES, birth, day)

    assert (found.id if found else None) == group


def test_a_slot_has_places_of_its_own() -> None:
    wednesday = date(2026, 12, 9)

    assert places_of(town.PARTS, Seated("acacias", None, "matin"), wednesday) == {"slot:matin": 6, "_tous": 3}
    assert places_of(town.PARTS, Seated("acacias", None), wednesday) == {"_tous": 3}


def test_a_child_who_has_its_seat_in_the_session_does_not_need_another() -> None:
    places = places_of(town.CAMP, LEO, MARCH)
    taken = {"_tous": {MARCH: 25}, "session:hiver:2027-02": {date(2027, 2, 1): 20}}

    assert room_left(places, taken, MARCH) == 0
    assert room_left(places, taken, MARCH, held={"session:hiver:2027-02"}) == 5
    assert room_left({"session:hiver:2027-02": 20}, taken, MARCH, held={"session:hiver:2027-02"}) is None


def test_the_days_of_a_session_hold_one_seat_of_it() -> None:
    names = ("_tous", "session:hiver:2027-02")
    entries = [BookedDay(day, 0, "r", places=names) for day in (FEBRUARY, MARCH)]

    assert seats_of(entries) == {"_tous": {FEBRUARY, MARCH}, "session:hiver:2027-02": {date(2027, 2, 1)}}
    assert seats_of([]) == {}
