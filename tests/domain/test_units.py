"""What is booked at once: days, weeks, sessions, and over which months they go."""

from dataclasses import replace
from datetime import date

from support import places_town as town

from functions.domain.activity import Session
from functions.domain.reglement import Closure
from functions.domain.units import belongs, months_concerned, months_of_session, months_shown, together

RULES = town.reglement()
FRIDAY, MONDAY = date(2027, 2, 26), date(2027, 3, 1)


def days(*numbers: int, month: int = 3) -> tuple[date, ...]:
    return tuple(date(2027, month, number) for number in numbers)


def test_a_day_stands_alone() -> None:
    assert together(RULES, town.CENTRE, "tilleuls", MONDAY) == (MONDAY,)
    assert together(RULES, town.CENTRE, "tilleuls", date(2027, 3, 6)) == ()


def test_a_week_holds_its_open_days_from_monday_to_sunday() -> None:
    assert together(RULES, town.WEEKS, "tilleuls", date(2027, 3, 3)) == days(1, 2, 3, 4, 5)
    assert together(RULES, town.WEEKS, "tilleuls", date(2026, 12, 23)) == tuple(
        date(2026, 12, day) for day in (21, 22, 23, 24)
    )


def test_a_session_holds_its_open_days() -> None:
    assert together(RULES, town.CAMP, "tilleuls", MONDAY) == (*days(22, 23, 24, 25, 26, month=2), *days(1, 2, 3, 4, 5))


def test_a_closure_of_one_school_is_not_awaited_from_the_others() -> None:
    closed = Closure(MONDAY, MONDAY, "travaux", schools=("tilleuls",))
    rules = replace(RULES, calendar=replace(RULES.calendar, closures=(closed,)))

    assert MONDAY not in together(rules, town.WEEKS, "tilleuls", date(2027, 3, 2))
    assert MONDAY in together(rules, town.WEEKS, "acacias", date(2027, 3, 2))


def test_a_month_shows_those_its_weeks_and_sessions_go_over_to() -> None:
    assert months_shown(town.CENTRE, "2027-02") == ("2027-02",)
    assert months_shown(town.WEEKS, "2026-12") == ("2026-11", "2026-12", "2027-01")
    assert months_shown(town.CAMP, "2027-02") == ("2027-02", "2027-03")
    assert months_shown(town.CAMP, "2027-01") == ("2027-01",)


def test_a_month_depends_on_those_where_its_sessions_places_are_held() -> None:
    summer = Session("ete", "Été", date(2027, 7, 5), date(2027, 9, 3))
    long = replace(town.CENTRE, sessions=(*town.SESSIONS, summer))

    assert months_concerned(town.CENTRE, "2027-03") == ("2027-02", "2027-03")
    assert months_concerned(town.CENTRE, "2027-01") == ("2027-01",)
    assert months_concerned(long, "2027-08") == ("2027-07", "2027-08", "2027-09")
    assert months_of_session(long, date(2027, 8, 3)) == ("2027-07", "2027-08", "2027-09")
    assert months_of_session(long, date(2027, 5, 3)) == ("2027-05",)


def test_a_day_belongs_to_the_months_of_the_days_it_goes_with() -> None:
    assert belongs(town.CAMP, MONDAY, "2027-02")
    assert belongs(town.CAMP, FRIDAY, "2027-03")
    assert not belongs(town.CAMP, MONDAY, "2027-04")
    assert not belongs(town.CENTRE, MONDAY, "2027-02")
    assert belongs(town.WEEKS, date(2027, 1, 1), "2026-12")
    assert not belongs(town.WEEKS, date(2027, 1, 4), "2026-12")
