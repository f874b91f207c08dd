"""Weeks and sessions booked whole, over two months, and the one seat that a child holds of a session."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from support import places_town as town
from support.ordering import (
    COUNTER,
    FEBRUARY,
    LEO,
    MARCH,
    NOW,
    RULES,
    SESSION,
    ZOE,
    after,
    book,
    cancel,
    family,
    reasons,
    run,
    show,
)

from functions.domain import agenda
from functions.domain.bookings import full_days
from functions.domain.errors import DomainError
from functions.domain.month_view import view_month
from functions.domain.orders import Order
from functions.domain.reglement import Closure


def test_a_session_over_two_months_is_one_order_from_either_of_them() -> None:
    from_february = run("sejour", book(*SESSION))
    from_march = run("sejour", book(*SESSION), month="2027-03")

    result = from_february.children[0]
    assert [month.month for month in result.written] == ["2027-02", "2027-03"]
    assert [entry.day for entry in result.month.days] == list(FEBRUARY)
    assert [entry.day for entry in result.beside[0].days] == list(MARCH)
    assert from_february.total_centimes == 2_000
    assert from_february.seats == {**COUNTER, "_tous": dict.fromkeys(SESSION, 1)}
    assert from_march.seats == from_february.seats
    assert {month.month: month for month in from_march.children[0].written} == {
        month.month: month for month in result.written
    }


def test_a_part_of_a_session_is_refused_with_the_days_that_are_missing() -> None:
    found = reasons(lambda: run("sejour", book(*SESSION[:-2])))
    less = reasons(lambda: run("sejour", book(FEBRUARY[0])))

    whole = "L’activité se réserve par session entière\u202f: il manque"
    last = "le jeudi 4\u00a0mars\u00a02027 et le vendredi 5\u00a0mars\u00a02027."
    assert found == {f"/children/0/book/{rank}": f"{whole} {last}" for rank in range(8)}
    assert less["/children/0/book/0"].endswith("le lundi 1er\u00a0mars\u00a02027 et 4 autres jours.")


def test_a_part_of_a_week_is_not_cancelled_alone() -> None:
    week = tuple(date(2027, 3, day) for day in (1, 2, 3, 4, 5))
    months = after(run("semaines", book(*week), month="2027-03"))

    found = reasons(lambda: run("semaines", cancel(*week[1:]), month="2027-03", months=months))
    gone = run("semaines", cancel(*week), month="2027-03", months=months)

    assert found["/children/0/cancel/0"] == (
        "Une semaine s’annule en entier\u202f: il manque le lundi 1er\u00a0mars\u00a02027."
    )
    assert gone.seats == {"_tous": dict.fromkeys(week, -1)}
    assert gone.total_centimes == -1_000


def test_a_week_goes_over_the_end_of_a_month() -> None:
    rules = replace(RULES, activities={**RULES.activities, "semaines": replace(town.WEEKS, when="school", sessions=())})
    week = tuple(date(2027, 3, day) for day in (29, 30, 31)) + tuple(date(2027, 4, day) for day in (1, 2))

    alone = reasons(lambda: run("semaines", book(*week[:3]), month="2027-03", rules=rules))
    whole = run("semaines", book(*week), month="2027-03", rules=rules)

    assert (
        "il manque le jeudi 1er\u00a0avril\u00a02027 et le vendredi 2\u00a0avril\u00a02027."
        in alone["/children/0/book/0"]
    )
    assert [month.month for month in whole.children[0].written] == ["2027-03", "2027-04"]


def test_a_day_closed_since_is_given_back_without_its_week() -> None:
    months = after(run("semaines", book(*MARCH), month="2027-03"))
    strike = Closure(MARCH[0], MARCH[0], "grève")
    rules = replace(RULES, calendar=replace(RULES.calendar, closures=(strike,)))

    decision = run("semaines", cancel(MARCH[0]), month="2027-03", months=months, rules=rules)

    assert decision.total_centimes == -200


def test_a_seat_of_a_session_is_taken_with_the_first_day_and_given_back_with_the_last() -> None:
    first = run("centre", book(FEBRUARY[0]))
    held = after(first)
    more = run("centre", book(MARCH[0]), month="2027-03", months=held)
    both = (held[0], replace(after(more)[0], version=1))
    one_left = run("centre", cancel(FEBRUARY[0]), months=both)
    gone = run("centre", cancel(MARCH[0]), month="2027-03", months=(replace(held[0], days=()), both[1]))

    assert first.seats == COUNTER
    assert more.seats == one_left.seats == {}
    assert gone.seats == {"session:hiver:2027-02": {date(2027, 2, 1): -1}}


def test_what_a_seat_of_a_session_relies_on_is_said() -> None:
    held = after(run("centre", book(FEBRUARY[0])))
    more = run("centre", book(MARCH[0]), month="2027-03", months=held).children[0]
    christmas = run("centre", book(date(2026, 12, 22)), month="2026-12").children[0]

    assert [month.month for month in more.written] == ["2027-03"]
    assert more.relied_on == (held[0],)
    assert christmas.relied_on == ()


def test_a_sibling_takes_the_seat_that_a_child_leaves_in_the_session() -> None:
    held = after(run("sejour", book(*SESSION)))

    decision = run("sejour", cancel(*SESSION), book(*SESSION, child=ZOE), months=held)

    assert decision.seats == {}
    assert [len(result.written) for result in decision.children] == [2, 2]


def test_a_full_session_is_said_for_each_of_its_days() -> None:
    asked = Order("2027-02", "sejour", 0, (book(*SESSION), book(*SESSION, child=ZOE)))
    decision = run("sejour", *asked.children)
    activity = RULES.activities["sejour"]

    one_left = full_days(activity, decision, asked, {"session:hiver:2027-02": {date(2027, 2, 1): 19}})
    full = full_days(activity, decision, asked, {"session:hiver:2027-02": {date(2027, 2, 1): 20}})

    assert len(one_left) == 20
    assert {error.detail for error in one_left} == {"Il ne reste qu’une place dans cette session, pour 2 enfants."}
    assert {error.detail for error in full} == {"Complet\u202f: il n’y a plus de place dans cette session."}


def test_the_calendar_shows_the_days_that_go_together_and_those_of_the_month_beside() -> None:
    child = show("sejour", "2027-02").children[0]
    monday = child.days[21]

    assert monday.day == FEBRUARY[0]
    assert monday.together == SESSION[1:]
    assert [day.day for day in child.beside] == list(MARCH)
    assert {day.day for day in child.days} == {date(2027, 2, day) for day in range(1, 29)}
    assert child.days[0].together == ()


def test_a_week_has_the_places_of_its_fullest_day() -> None:
    taken = {"_tous": {MARCH[0]: 4, MARCH[3]: 20}}

    view = view_month(RULES, family(LEO), {}, [LEO], town.WEEKS, "2027-03", taken=taken, now=NOW)

    assert [day.places_left for day in view.children[0].days[:5]] == [0] * 5


def test_a_week_that_has_begun_is_no_longer_offered_and_can_no_longer_be_given_back_in_part() -> None:
    days = replace(town.WEEKS, booking=replace(town.IN_TIME, delay=replace(town.IN_TIME.delay, amount=0)))
    rules = replace(RULES, activities={**RULES.activities, "semaines": days})
    wednesday = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
    file = family(LEO)

    view = view_month(rules, file, {}, [LEO], days, "2027-03", taken={}, now=wednesday)
    friday = view.children[0].days[4]

    assert (friday.booking.allowed, friday.booking.late) == (False, False)
    assert friday.refusal == (
        "L’activité se réserve par semaine entière, et certains de ses jours ne peuvent plus l’être."
    )


def test_the_deadline_of_a_week_is_that_of_its_strictest_day() -> None:
    months = after(run("semaines", book(*MARCH), month="2027-03"))
    thursday = datetime(2027, 2, 25, 9, 0, tzinfo=UTC)

    free = show("semaines", "2027-03").children[0].days[4]
    early = show("semaines", "2027-03", months).children[0].days[4]
    late = show("semaines", "2027-03", months, thursday).children[0].days[4]
    entries = agenda.entries(RULES, family(LEO), months, MARCH[0], NOW)

    assert free.booking.until == free.cancelling.until == early.cancelling.until == late.cancelling.until
    assert early.cancelling.allowed
    assert (late.cancelling.allowed, late.cancelling.late) == (False, True)
    assert late.cancelling.until == datetime(2027, 2, 22, 22, 59, 59, tzinfo=UTC)
    assert {entry.cancel_until for entry in entries} == {late.cancelling.until}


def test_a_day_beside_the_month_is_refused_where_days_are_booked_alone() -> None:
    with pytest.raises(DomainError) as refusal:
        run("centre", book(MARCH[0]))

    assert refusal.value.code == "invalid_days"
