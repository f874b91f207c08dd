"""In which counters a child takes a seat, and on which day of them."""

from dataclasses import replace
from datetime import date

import pytest
from support import places_town as town

from functions.domain.activity import Activity, Condition
from functions.domain.months import BookedDay
from functions.domain.places import (
    Seated,
    by_group,
    counted_once,
    counter_day,
    group_of,
    no_group,
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
    assert name_of(replace(town.AGES, sessions=()), birth, day) == group


@pytest.mark.parametrize(
    ("birth", "day", "group"),
    [
        (date(2021, 3, 3), MARCH, "petits"),  # six that day, five on the session's first
        (date(2021, 2, 22), MARCH, "grands"),  # six on the first day itself
        (date(2015, 3, 3), MARCH, "grands"),  # twelve that day
        (date(2015, 2, 22), MARCH, None),  # twelve on the first day
        (date(2024, 3, 3), date(2027, 3, 2), None),  # three tomorrow
        (date(2024, 3, 3), MARCH, "petits"),  # three that day
        (date(2021, 3, 3), date(2027, 3, 6), "grands"),  # the session is over
    ],
)
def test_a_child_keeps_the_group_of_the_first_day_of_a_session(birth: date, day: date, group: str | None) -> None:
    assert name_of(town.AGES, birth, day) == group


@pytest.mark.parametrize(
    ("age_on", "birth", "day", "group"),
    [
        ("year_end", date(2023, 12, 31), date(2026, 9, 2), "petits"),  # three at the end of the year, two that day
        ("year_end", date(2020, 12, 31), date(2026, 9, 2), "petits"),  # five that day: the day goes first
        ("year_end", date(2024, 1, 1), date(2026, 9, 2), None),
        ("school_year", date(2014, 10, 1), date(2026, 10, 7), "grands"),  # eleven in September, twelve that day
        ("day", date(2014, 10, 1), date(2026, 10, 7), None),
    ],
)
def test_an_age_that_the_conditions_accept_has_a_group(age_on: str, birth: date, day: date, group: str | None) -> None:
    condition = Condition("age", "De 3 à 11 ans.", "scolaire", minimum=3, maximum=11, age_on=age_on)

    assert name_of(replace(town.AGES, sessions=(), conditions=(condition,)), birth, day) == group


def name_of(activity: Activity, birth: date | None, day: date) -> str | None:
    found = group_of(activity, birth, day)
    return found.id if found else None


def test_a_birthday_in_the_session_does_not_take_a_second_seat_of_it() -> None:
    names = {day: places_of(town.AGES, ANNA, day) for day in (FEBRUARY, MARCH)}
    entries = [BookedDay(day, 0, "r", places=tuple(places)) for day, places in names.items()]

    assert names[MARCH] == names[FEBRUARY]
    assert seats_of(entries)["session:hiver:2027-02:group:petits"] == {date(2027, 2, 1)}
    assert not [place for place in seats_of(entries) if "grands" in place]


def test_why_no_group_takes_a_child() -> None:
    assert no_group(town.AGES, date(2025, 1, 1), FEBRUARY) == (
        "Aucun groupe n’accueille un enfant de cet âge ce jour-là\u202f: ils sont de 3 à 5 ans et de 6 à 11 ans."
    )
    assert not no_group(town.AGES, LEO.birth_date, FEBRUARY)
    assert not no_group(town.AGES, None, FEBRUARY)  # not known: nothing is refused for it
    assert not no_group(town.CAMP, date(2025, 1, 1), FEBRUARY)  # no groups


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
