"""Places that are counted by session and by age group are never oversold either, whoever comes at once.

As in test_capacity, each race has its negative control.
"""

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support import factories, places_town, town
from support.client import Portal
from support.reservations import day_of, problem, see, send, ticks
from werkzeug.wrappers import Response

from functions.domain.places import counted_once
from functions.store import months
from functions.store.transactions import Transaction

PARENTS = 30
SEATS = places_town.SEATS
FEBRUARY, MARCH = "2027-02-22", "2027-03-01"
SESSION = [*(f"2027-02-{day}" for day in range(22, 27)), *(f"2027-03-0{day}" for day in range(1, 6))]
COUNTER = ("session:hiver:2027-02", "2027-02", 1)
SMALL, BIG = date(2022, 5, 1), date(2018, 5, 1)


@pytest.fixture(scope="session")
def reglement_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("town") / "reglement.json"
    town.publish(path, places_town.reglement())
    return path


class Oversold(AssertionError):
    """More children than seats, or a counter that does not say what is stored."""


class Press:
    """A family of one child, with a month of an activity before its eyes."""

    def __init__(self, portal: Portal, activity: str, month: str, born: date = BIG) -> None:
        self.child = replace(factories.child("Enfant", school="tilleuls"), birth_date=born)
        self.file = factories.family(self.child)
        self.browser = factories.signed_in(portal, self.file.foyer_id)
        self.activity, self.month = activity, month
        self.look()

    def look(self) -> dict[str, Any]:
        self.view = see(self.browser, self.activity, self.month)
        return self.view

    def book(self, *days: str, cancel: tuple[str, ...] = ()) -> Response:
        changes = ticks(self.child.person_id, *days, cancel=cancel)
        return send(self.browser, self.view, changes, total=200 * (len(days) - len(cancel)))

    def stored(self) -> list[str]:
        family = months.load_family(self.file.foyer_id, "2026-12")
        assert family is not None
        return [str(entry.day) for month in family.months for entry in month.days if month.activity == self.activity]


def at_once(presses: list[Press], *days: str) -> list[Response]:
    barrier = threading.Barrier(len(presses))
    answers: list[Response] = []

    def press(one: Press) -> None:
        barrier.wait()
        answers.append(one.book(*days))

    threads = [threading.Thread(target=press, args=(one,)) for one in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def counted(activity: str, place: str, month: str, day: int) -> int:
    return months.seats_taken(activity, place, month).get(day, 0)


def check(activity: str, presses: list[Press], counter: tuple[str, str, int], seats: int) -> None:
    holding = sum(bool(press.stored()) for press in presses)
    number = counted(activity, *counter)
    if not holding == number <= seats:
        raise Oversold(f"{holding} children, {number} counted, {seats} seats")


def test_thirty_parents_and_twenty_seats_of_a_session_make_twenty_children(portal: Portal) -> None:
    """Whole sessions over two months: a child has all of its ten days or none."""
    presses = [Press(portal, "sejour", "2027-02" if number % 2 else "2027-03") for number in range(PARENTS)]

    answers = at_once(presses, *SESSION)

    assert sorted(answer.status_code for answer in answers) == [201] * SEATS + [409] * (PARENTS - SEATS)
    check("sejour", presses, COUNTER, SEATS)
    assert sorted(len(press.stored()) for press in presses) == [0] * (PARENTS - SEATS) + [10] * SEATS
    full = problem(next(answer for answer in answers if answer.status_code == 409), 409, "days_refused")
    assert len(full["errors"]) == 10
    assert {error["detail"] for error in full["errors"]} == {
        "Complet\u202f: il n’y a plus de place dans cette session."
    }


def test_days_of_a_session_booked_by_thirty_parents_hold_twenty_seats_of_it(portal: Portal) -> None:
    """Days booked one by one, on either side of the month's end: one counter for all."""
    presses = [Press(portal, "centre", "2027-02") for _ in range(PARENTS // 2)]
    presses += [Press(portal, "centre", "2027-03") for _ in range(PARENTS // 2)]
    barrier = threading.Barrier(PARENTS)

    def press(one: Press) -> None:
        barrier.wait()
        one.book(FEBRUARY if one.month == "2027-02" else MARCH)

    threads = [threading.Thread(target=press, args=(one,)) for one in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    check("centre", presses, COUNTER, SEATS)
    assert sum(bool(one.stored()) for one in presses) == SEATS


def test_thirty_small_children_get_the_places_of_their_group_and_no_others(portal: Portal) -> None:
    """Two groups in one activity: the small ones find twenty places, the big ones come in beside them."""
    small = [Press(portal, "ages", "2026-12", SMALL) for _ in range(PARENTS)]
    big = [Press(portal, "ages", "2026-12", BIG) for _ in range(5)]

    answers = at_once([*small, *big], "2026-12-22")

    check("ages", big, ("group:grands", "2026-12", 22), 40)
    check("ages", small, ("session:noel:2026-12:group:petits", "2026-12", 1), 4)
    assert counted("ages", "_tous", "2026-12", 22) == 9
    refused = [problem(answer, 409, "days_refused") for answer in answers if answer.status_code != 201]
    assert len(refused) == PARENTS - 4
    assert {body["errors"][0]["detail"] for body in refused} == {
        "Complet\u202f: il n’y a plus de place dans cette session pour les enfants de cet âge."
    }


@pytest.fixture
def _guard_off(monkeypatch: pytest.MonkeyPatch) -> None:
    unguarded = months.move_seats

    def move(
        transaction: Transaction, activity: str, place: str, month: str, moves: Mapping[int, int], _capacity: int
    ) -> None:
        unguarded(transaction, activity, place, month, moves, 10**6)

    monkeypatch.setattr(months, "move_seats", move)


@pytest.mark.usefixtures("_guard_off")
def test_without_the_guard_the_overselling_of_a_session_is_seen(portal: Portal) -> None:
    presses = [Press(portal, "sejour", "2027-02") for _ in range(PARENTS)]

    at_once(presses, *SESSION)

    with pytest.raises(Oversold, match="30 children, 30 counted, 20 seats"):
        check("sejour", presses, COUNTER, SEATS)


@pytest.mark.usefixtures("_guard_off")
def test_without_the_guard_the_overselling_of_a_group_is_seen(portal: Portal) -> None:
    presses = [Press(portal, "ages", "2026-12", SMALL) for _ in range(PARENTS)]

    at_once(presses, "2026-12-22")

    with pytest.raises(Oversold, match="30 children, 30 counted, 20 seats"):
        check("ages", presses, ("group:petits", "2026-12", 22), SEATS)


def both_months(portal: Portal) -> tuple[Press, Press]:
    """Two parents of one child, one with February and one with March before their eyes; the child is in both."""
    february = Press(portal, "centre", "2027-02")
    assert february.book(FEBRUARY).status_code == 201
    february.view = see(february.browser, "centre", "2027-03")
    assert february.book(MARCH).status_code == 201
    march = Press.__new__(Press)
    march.child, march.file, march.activity, march.month = february.child, february.file, "centre", "2027-03"
    march.browser = factories.signed_in(portal, february.file.foyer_id)
    february.month = "2027-02"
    february.look()
    march.look()
    return february, march


def leave_at_once(february: Press, march: Press) -> list[int]:
    """Each gives back the last day of its month, believing that the other month keeps the seat."""
    barrier = threading.Barrier(2)
    statuses: list[int] = []

    def leave(one: Press, day: str) -> None:
        barrier.wait()
        statuses.append(one.book(cancel=(day,)).status_code)

    threads = [
        threading.Thread(target=leave, args=(february, FEBRUARY)),
        threading.Thread(target=leave, args=(march, MARCH)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


@pytest.fixture
def _meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both read before either writes."""
    together, load = threading.Barrier(2), months.load_family
    first = threading.local()

    def read(*args: Any, **more: Any) -> Any:
        family = load(*args, **more)
        if threading.current_thread() is not threading.main_thread() and not getattr(first, "met", False):
            first.met = True
            together.wait(60)
        return family

    monkeypatch.setattr(months, "load_family", read)


@pytest.mark.usefixtures("_meeting")
def test_two_parents_who_give_back_both_ends_of_a_session_do_not_lose_its_seat(portal: Portal) -> None:
    february, march = both_months(portal)

    statuses = leave_at_once(february, march)

    assert sorted(statuses) == [201, 412]
    check("centre", [february], COUNTER, SEATS)
    last = february if FEBRUARY in february.stored() else march
    last.look()
    assert last.book(cancel=(FEBRUARY if last is february else MARCH,)).status_code == 201
    check("centre", [february], COUNTER, SEATS)
    assert counted("centre", *COUNTER) == 0


@pytest.mark.usefixtures("_meeting")
def test_without_the_check_of_the_other_month_the_lost_seat_is_seen(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    february, march = both_months(portal)
    monkeypatch.setattr(months, "check_month", lambda *_: None)

    statuses = leave_at_once(february, march)

    assert statuses == [201, 201]
    with pytest.raises(Oversold, match="0 children, 1 counted"):
        check("centre", [february], COUNTER, SEATS)


def test_a_place_left_in_a_session_is_shown_to_the_next(portal: Portal) -> None:
    presses = [Press(portal, "sejour", "2027-02") for _ in range(SEATS + 1)]
    for press in presses[:-1]:
        assert press.book(*SESSION).status_code == 201
    last = presses[-1]

    full = day_of(last.look(), last.child.person_id, FEBRUARY)["places_left"]
    mine = day_of(presses[0].look(), presses[0].child.person_id, FEBRUARY)["places_left"]
    given_back = presses[0].book(cancel=tuple(SESSION))
    free = day_of(last.look(), last.child.person_id, FEBRUARY)["places_left"]

    assert (full, mine, free) == (0, 10, 1)
    assert given_back.status_code == 201
    assert counted_once(COUNTER[0])
    assert last.book(*SESSION).status_code == 201
