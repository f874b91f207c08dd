"""Faults 3, 7, 10 and 43: whatever is lost on the way of a booking, trying again ends in one booking and one answer."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from botocore.exceptions import ClientError
from support import factories
from support.client import Browser, Portal
from support.crashes import Killed, killed
from support.reservations import MONDAY, TUESDAY, book, reglement_file, see, send, ticks

from functions.domain.foyer import Child, FoyerFile
from functions.store import connection, events, months
from functions.store import transactions as store_transactions

__all__ = ["reglement_file"]


@pytest.fixture
def leo() -> Child:
    return factories.child("Léo", school="tilleuls")


@pytest.fixture
def file(portal: Portal, leo: Child) -> FoyerFile:
    assert portal
    return factories.family(leo)


@pytest.fixture
def browser(portal: Portal, file: FoyerFile) -> Browser:
    return factories.signed_in(portal, file.foyer_id)


def check_one_booking(file: FoyerFile, leo: Child) -> None:
    """Tuesday's booking stands from before; Monday's is there once, with one seat and one event."""
    family = months.load_family(file.foyer_id, "2026-12")
    assert family is not None
    assert [str(entry.day) for entry in family.month(leo.person_id, "cantine", "2026-12").days] == [MONDAY, TUESDAY]
    assert months.seats_taken("cantine", "tilleuls", "2026-12") == {7: 1, 8: 1}
    assert len(list(events.pending("core"))) == 2


@pytest.mark.parametrize("moment", ["before-call", "after-call"])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_crash_at_each_call_is_cured_by_trying_again(
    browser: Browser, file: FoyerFile, leo: Child, moment: str, number: int
) -> None:
    book(browser, leo.person_id, TUESDAY)
    view, key = see(browser), str(uuid.uuid4())

    with killed(moment, number) as calls, pytest.raises(Killed):
        send(browser, view, ticks(leo.person_id, MONDAY), key=key)
    answer = send(browser, view, ticks(leo.person_id, MONDAY), key=key)

    assert calls == ["GetItem", "Query", "TransactWriteItems"][:number]
    assert answer.status_code == 201, answer.text
    assert send(browser, view, ticks(leo.person_id, MONDAY), key=key).data == answer.data
    check_one_booking(file, leo)


def test_a_booking_is_three_calls_and_no_more(browser: Browser, leo: Child) -> None:
    view = see(browser)

    with killed("before-call", 99) as calls:
        answer = send(browser, view, ticks(leo.person_id, MONDAY, TUESDAY))

    assert answer.status_code == 201
    assert calls == ["GetItem", "Query", "TransactWriteItems"]


@contextmanager
def throttled(*calls: str) -> Iterator[None]:
    """The database asks to wait at each of these calls."""
    hooks = connection.shared().client.meta.events

    def refuse(model: Any, **_: Any) -> None:
        if model.name in calls:
            error = {"Error": {"Code": "ThrottlingException", "Message": "slow down"}}
            raise ClientError(error, model.name)  # type: ignore[arg-type]

    hooks.register("before-call.dynamodb", refuse)
    try:
        yield
    finally:
        hooks.unregister("before-call.dynamodb", refuse)


@pytest.mark.parametrize("calls", ["GetItem", "Query"])
def test_a_read_that_is_throttled_is_busy_too(browser: Browser, file: FoyerFile, leo: Child, calls: str) -> None:
    book(browser, leo.person_id, TUESDAY)
    view, key = see(browser), str(uuid.uuid4())

    with throttled(calls):
        busy = send(browser, view, ticks(leo.person_id, MONDAY), key=key)
    answer = send(browser, view, ticks(leo.person_id, MONDAY), key=key)

    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "2")
    assert answer.status_code == 201
    check_one_booking(file, leo)


def test_a_database_that_throttles_leaves_no_half_state(
    browser: Browser, file: FoyerFile, leo: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    book(browser, leo.person_id, TUESDAY)
    view, key = see(browser), str(uuid.uuid4())
    waits: list[float] = []
    monkeypatch.setattr(store_transactions.time, "sleep", waits.append)

    with throttled("TransactWriteItems"):
        busy = send(browser, view, ticks(leo.person_id, MONDAY), key=key)
    after = see(browser)
    answer = send(browser, view, ticks(leo.person_id, MONDAY), key=key)

    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "2")
    assert waits
    assert after["version"] == view["version"]
    assert answer.status_code == 201
    check_one_booking(file, leo)
