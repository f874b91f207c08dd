"""Faults 1, 2, 5, 8 and 25: places are never oversold, whoever comes at once; a conflict is never « complet ».

Each race has its negative control: with the guard off, the same check must see the overselling.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from pynamodb.exceptions import TransactWriteError
from support import factories
from support.client import Browser, Portal
from support.reservations import MONDAY, THURSDAY, TUESDAY, book, problem, reglement_file, see, send, ticks
from support.town import SEATS
from werkzeug.wrappers import Response

from functions.domain.foyer import Child, FoyerFile
from functions.store import months
from functions.store import transactions as store_transactions
from functions.store.transactions import Transaction

__all__ = ["reglement_file"]

PARENTS = 30
Press = tuple[Browser, dict[str, Any], Child, FoyerFile]


class Oversold(AssertionError):
    """More children than seats, or a counter that does not say what is stored."""


def parents(portal: Portal, count: int, school: str = "tilleuls") -> list[Press]:
    """As many families of one child, each with the calendar before its eyes."""
    ready = []
    for number in range(count):
        child = factories.child(f"Enfant{number}", school=school, level="cp")
        file = factories.family(child)
        browser = factories.signed_in(portal, file.foyer_id)
        ready.append((browser, see(browser), child, file))
    return ready


def at_once(presses: list[Press], *days: str) -> list[Response]:
    """Every parent confirms the same days at the same moment."""
    barrier = threading.Barrier(len(presses))
    answers: list[Response] = []

    def press(browser: Browser, view: dict[str, Any], child: Child) -> None:
        barrier.wait()
        answers.append(send(browser, view, ticks(child.person_id, *days)))

    threads = [threading.Thread(target=press, args=(browser, view, child)) for browser, view, child, _ in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def stored_bookings(presses: list[Press], day: str) -> int:
    found = 0
    for _, _, child, file in presses:
        family = months.load_family(file.foyer_id, "2026-12")
        assert family is not None
        found += family.month(child.person_id, "cantine", "2026-12").booked(date.fromisoformat(day)) is not None
    return found


def check_seats(presses: list[Press], answers: list[Response], day: str, seats: int, school: str = "tilleuls") -> None:
    """Confirmed = stored = counted, and never more than the seats."""
    confirmed = sum(answer.status_code == 201 for answer in answers)
    stored = stored_bookings(presses, day)
    counted = months.seats_taken("cantine", school, "2026-12").get(date.fromisoformat(day).day, 0)
    if not confirmed == stored == counted <= seats:
        raise Oversold(f"{confirmed} confirmed, {stored} stored, {counted} counted, {seats} seats")


def test_thirty_parents_and_twenty_seats_make_exactly_twenty_bookings(portal: Portal) -> None:
    presses = parents(portal, PARENTS)

    answers = at_once(presses, MONDAY)

    check_seats(presses, answers, MONDAY, SEATS)
    refused = [answer for answer in answers if answer.status_code != 201]
    assert len(refused) == PARENTS - SEATS
    for answer in refused:
        body = problem(answer, 409, "days_refused")
        assert body["errors"] == [
            {"pointer": "/children/0/book/0", "detail": "Complet\u202f: il n’y a plus de place ce jour-là."}
        ]


@pytest.fixture
def _guard_off(monkeypatch: pytest.MonkeyPatch) -> None:
    unguarded = months.move_seats

    def move(
        transaction: Transaction,
        activity: str,
        place: str,
        month: str,
        moves: Mapping[int, int],
        _capacity: int,
    ) -> None:
        unguarded(transaction, activity, place, month, moves, 10**6)

    monkeypatch.setattr(months, "move_seats", move)


@pytest.mark.usefixtures("_guard_off")
def test_without_the_guard_the_same_check_sees_the_overselling(portal: Portal) -> None:
    presses = parents(portal, PARENTS)

    answers = at_once(presses, MONDAY)

    with pytest.raises(Oversold, match="30 confirmed, 30 stored, 30 counted, 20 seats"):
        check_seats(presses, answers, MONDAY, SEATS)


@pytest.fixture
def _read_then_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mistake that the conditional update prevents: look whether there is room, then take a seat."""
    guarded = months.move_seats
    together = threading.Barrier(8)

    def move(
        transaction: Transaction,
        activity: str,
        place: str,
        month: str,
        moves: Mapping[int, int],
        capacity: int,
    ) -> None:
        taken = months.seats_taken(activity, place, month)
        together.wait(10)
        room = all(taken.get(day, 0) + move <= capacity for day, move in moves.items())
        guarded(transaction, activity, place, month, moves, 10**6 if room else capacity)

    monkeypatch.setattr(months, "move_seats", move)


@pytest.mark.usefixtures("_read_then_write")
def test_reading_first_and_writing_after_oversells_and_is_seen(portal: Portal) -> None:
    presses = parents(portal, 8, "acacias")

    answers = at_once(presses, MONDAY)

    with pytest.raises(Oversold):
        check_seats(presses, answers, MONDAY, 5, "acacias")


def test_a_month_is_all_or_nothing_with_the_full_days_named(portal: Portal) -> None:
    fill = parents(portal, 5, "acacias")
    for browser, _, child, _ in fill:
        book(browser, child.person_id, TUESDAY)
    ((browser, view, child, file),) = parents(portal, 1, "acacias")

    answer = send(browser, view, ticks(child.person_id, MONDAY, TUESDAY, THURSDAY))

    body = problem(answer, 409, "days_refused")
    assert [error["pointer"] for error in body["errors"]] == ["/children/0/book/1"]
    assert months.seats_taken("cantine", "acacias", "2026-12") == {8: 5}
    assert stored_bookings([(browser, view, child, file)], MONDAY) == 0


def test_a_place_given_back_can_be_taken(portal: Portal) -> None:
    presses = parents(portal, 6, "acacias")
    for browser, _, child, _ in presses[:5]:
        book(browser, child.person_id, MONDAY)
    first, view, child, _ = presses[0]
    full = send(presses[5][0], presses[5][1], ticks(presses[5][2].person_id, MONDAY))

    send(first, see(first), ticks(child.person_id, cancel=(MONDAY,)))
    freed = send(presses[5][0], presses[5][1], ticks(presses[5][2].person_id, MONDAY))

    assert view["children"]
    problem(full, 409, "days_refused")
    assert freed.status_code == 201
    assert months.seats_taken("cantine", "acacias", "2026-12") == {7: 5}


def test_two_children_of_a_family_are_told_when_one_seat_is_left(portal: Portal) -> None:
    for browser, _, child, _ in parents(portal, 4, "acacias"):
        book(browser, child.person_id, MONDAY)
    leo, zoe = factories.child("Léo", school="acacias"), factories.child("Zoé", school="acacias")
    browser = factories.signed_in(portal, factories.family(leo, zoe).foyer_id)

    answer = send(browser, see(browser), ticks(leo.person_id, MONDAY), ticks(zoe.person_id, MONDAY))

    errors = problem(answer, 409, "days_refused")["errors"]
    assert [error["pointer"] for error in errors] == ["/children/0/book/0", "/children/1/book/0"]
    assert errors[0]["detail"] == "Il ne reste qu’une place ce jour-là, pour 2 enfants."


def test_a_place_freed_between_the_refusal_and_the_look_is_taken(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    presses = parents(portal, 6, "acacias")
    for browser, _, child, _ in presses[:5]:
        book(browser, child.person_id, MONDAY)
    last, view, newcomer, _ = presses[5]
    look = months.seats_taken

    def after_one_has_left(*args: Any, **more: Any) -> dict[int, int]:
        monkeypatch.setattr(months, "seats_taken", look)
        leaving, _, child, _ = presses[0]
        assert send(leaving, see(leaving), ticks(child.person_id, cancel=(MONDAY,))).status_code == 201
        return look(*args, **more)

    monkeypatch.setattr(months, "seats_taken", after_one_has_left)

    answer = send(last, view, ticks(newcomer.person_id, MONDAY))

    assert answer.status_code == 201, answer.text


@pytest.fixture
def conflicts(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """The local engine never answers TransactionConflict: put `count` of them before what it says."""
    left = [0]
    real = store_transactions.TransactWrite

    class Conflicting(real):  # type: ignore[misc, valid-type]
        def _commit(self) -> None:
            if left[0]:
                left[0] -= 1
                raise TransactWriteError("conflict", _conflict())
            super()._commit()

    monkeypatch.setattr(store_transactions, "TransactWrite", Conflicting)
    monkeypatch.setattr(store_transactions.time, "sleep", lambda _seconds: None)
    yield lambda count: left.__setitem__(0, count)
    left[0] = 0


def _conflict() -> Exception:
    from botocore.exceptions import ClientError
    from pynamodb.exceptions import CancellationReason, VerboseClientError

    response = {"Error": {"Code": "TransactionCanceledException", "Message": "[None, TransactionConflict]"}}
    error = VerboseClientError(response, "TransactWriteItems", {})
    assert isinstance(error, ClientError)
    error.cancellation_reasons = [None, CancellationReason(code="TransactionConflict", message="")]
    return error


def test_a_conflict_is_tried_again_until_it_passes(portal: Portal, conflicts: Callable[[int], None]) -> None:
    ((browser, view, child, file),) = parents(portal, 1)
    conflicts(5)

    answer = send(browser, view, ticks(child.person_id, MONDAY))

    assert answer.status_code == 201, answer.text
    check_seats([(browser, view, child, file)], [answer], MONDAY, SEATS)


def test_a_conflict_that_lasts_is_busy_and_never_full(portal: Portal, conflicts: Callable[[int], None]) -> None:
    ((browser, view, child, file),) = parents(portal, 1)
    conflicts(10**6)

    answer = send(browser, view, ticks(child.person_id, MONDAY))

    body = problem(answer, 503, "busy")
    assert answer.headers["Retry-After"] == "2"
    assert "Complet" not in body["detail"]
    conflicts(0)
    assert stored_bookings([(browser, view, child, file)], MONDAY) == 0
    assert send(browser, view, ticks(child.person_id, MONDAY)).status_code == 201
