"""POST /api/reservations/changes: one transaction, one receipt, the same answer to the same key."""

import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support import factories, town
from support.client import Browser, Portal
from support.reservations import (
    CHANGES,
    MONDAY,
    THURSDAY,
    TUESDAY,
    body_of,
    book,
    day_of,
    problem,
    reglement_file,
    see,
    send,
    ticks,
)

from functions.domain.foyer import Child, FoyerFile
from functions.kit import config
from functions.store import events, foyers, months
from functions.store.transactions import Transaction

__all__ = ["reglement_file"]

PAST_DEADLINE = datetime(2026, 12, 5, 8, 0, 1, tzinfo=UTC)


@pytest.fixture
def leo() -> Child:
    return factories.child("Léo", school="tilleuls", level="cp")


@pytest.fixture
def zoe() -> Child:
    return factories.child("Zoé", school="tilleuls", level="ce1")


@pytest.fixture
def file(portal: Portal, leo: Child, zoe: Child) -> FoyerFile:
    assert portal
    return factories.family(leo, zoe, guardians=(factories.guardian("Camille"), factories.guardian("Dominique")))


@pytest.fixture
def browser(portal: Portal, file: FoyerFile) -> Browser:
    return factories.signed_in(portal, file.foyer_id)


@pytest.fixture
def publish(settings: config.Config) -> Iterator[Callable[..., str]]:
    """Publish other rules in the middle of a test; the town's own come back after it."""
    yield lambda **changed: town.publish(settings.reglement, town.reglement(**changed))
    town.publish(settings.reglement, town.reglement())


def stored(file: FoyerFile, child: Child, activity: str = "cantine", month: str = "2026-12") -> list[str]:
    family = months.load_family(file.foyer_id, month)
    assert family is not None
    return [f"{entry.day} {entry.state}" for entry in family.month(child.person_id, activity, month).days]


def test_a_month_of_two_children_is_one_receipt(browser: Browser, file: FoyerFile, leo: Child, zoe: Child) -> None:
    answer = send(browser, see(browser), ticks(leo.person_id, MONDAY, TUESDAY), ticks(zoe.person_id, MONDAY))

    assert answer.status_code == 201
    receipt = answer.get_json()
    assert receipt["receipt_number"].startswith("R-2611-")
    assert receipt["recorded_at"].startswith("2026-11-21T09:00:")
    assert receipt["total_centimes"] == 1020
    assert receipt["children"][0] == {
        "child_id": leo.person_id,
        "given_name": "Léo",
        "booked": [
            {"day": MONDAY, "price_centimes": 340, "cancel_until": "2026-11-30T22:59:59Z", "state": "booked"},
            {"day": TUESDAY, "price_centimes": 340, "cancel_until": "2026-12-01T22:59:59Z", "state": "booked"},
        ],
        "cancelled": [],
    }
    assert stored(file, leo) == [f"{MONDAY} booked", f"{TUESDAY} booked"]
    assert stored(file, zoe) == [f"{MONDAY} booked"]
    assert months.seats_taken("cantine", "tilleuls", "2026-12") == {7: 2, 8: 1}
    assert receipt["version"] == see(browser)["version"]


def test_the_receipt_is_found_again_by_its_family_alone(portal: Portal, browser: Browser, leo: Child) -> None:
    receipt = book(browser, leo.person_id, MONDAY)
    strangers = factories.signed_in(portal, factories.family(factories.child("Noé")).foyer_id)
    path = f"/api/reservations/receipts/{receipt['receipt_number']}"

    mine, typed_by_hand, theirs = browser.get(path), browser.get(path.replace("R-", "r-").lower()), strangers.get(path)
    unknown = browser.get("/api/reservations/receipts/R-2611-00000000")

    assert mine.get_json() == receipt
    assert typed_by_hand.get_json() == receipt
    of_another_month = browser.get(path.replace("R-2611-", "R-2512-"))
    assert problem(theirs, 404, "receipt_unknown") == problem(unknown, 404, "receipt_unknown")
    problem(of_another_month, 404, "receipt_unknown")


def test_a_receipt_never_changes_even_when_the_rules_do(
    browser: Browser, leo: Child, publish: Callable[..., str]
) -> None:
    receipt = book(browser, leo.person_id, MONDAY)

    publish(meal_centimes=999)

    assert browser.get(f"/api/reservations/receipts/{receipt['receipt_number']}").get_json() == receipt


def test_what_is_stored_carries_the_hash_of_its_rules(
    browser: Browser, file: FoyerFile, leo: Child, settings: config.Config
) -> None:
    book(browser, leo.person_id, MONDAY)

    family = months.load_family(file.foyer_id, "2026-12")

    assert family is not None
    (entry,) = family.month(leo.person_id, "cantine", "2026-12").days
    assert entry.rules == town.publish(Path(f"{settings.reglement}.copy"), town.reglement())


def test_a_change_leaves_its_event_in_the_outbox_for_the_audit(browser: Browser, file: FoyerFile, leo: Child) -> None:
    key = str(uuid.uuid4())

    send(browser, see(browser), ticks(leo.person_id, MONDAY), key=key)

    event = events.find("core", foyers.partition(file.foyer_id), key)
    assert event is not None
    assert (event.name, event.effects, event.details) == ("booking", (), {"month": "2026-12", "activity": "cantine"})
    assert [waiting.key for waiting in events.pending("core")] == [key]


def test_a_lost_answer_is_given_again(browser: Browser, file: FoyerFile, leo: Child) -> None:
    view, key = see(browser), str(uuid.uuid4())
    first = send(browser, view, ticks(leo.person_id, MONDAY), key=key)

    again = send(browser, view, ticks(leo.person_id, MONDAY), key=key.upper())

    assert (again.status_code, again.data) == (201, first.data)
    assert stored(file, leo) == [f"{MONDAY} booked"]
    assert months.seats_taken("cantine", "tilleuls", "2026-12") == {7: 1}


def test_a_lost_answer_is_given_again_after_the_deadline_and_other_changes(
    browser: Browser, leo: Child, travel: Callable[[datetime], None], publish: Callable[..., str]
) -> None:
    view, key = see(browser), str(uuid.uuid4())
    first = send(browser, view, ticks(leo.person_id, MONDAY), key=key)
    book(browser, leo.person_id, TUESDAY)
    travel(PAST_DEADLINE)
    publish(meal_centimes=500)
    factories.sign_in_again(browser)

    again = send(browser, view, ticks(leo.person_id, MONDAY), key=key)

    assert (again.status_code, again.data) == (201, first.data)


def test_the_same_key_for_something_else_is_refused(browser: Browser, file: FoyerFile, leo: Child) -> None:
    view, key = see(browser), str(uuid.uuid4())
    send(browser, view, ticks(leo.person_id, MONDAY), key=key)

    stale = send(browser, view, ticks(leo.person_id, TUESDAY), key=key)
    fresh = send(browser, see(browser), ticks(leo.person_id, TUESDAY), key=key)

    problem(stale, 422, "idempotency_mismatch")
    problem(fresh, 422, "idempotency_mismatch")
    assert stored(file, leo) == [f"{MONDAY} booked"]


def test_a_key_that_is_no_uuid_is_refused(browser: Browser, file: FoyerFile, leo: Child) -> None:
    answer = send(browser, see(browser), ticks(leo.person_id, MONDAY), key="une-cle-qui-n-est-pas-un-uuid")

    problem(answer, 422, "idempotency_key_malformed")
    assert stored(file, leo) == []


def test_the_same_key_fifty_times_at_once_is_one_execution(browser: Browser, file: FoyerFile, leo: Child) -> None:
    view, key = see(browser), str(uuid.uuid4())
    body = body_of(view, ticks(leo.person_id, MONDAY, TUESDAY))
    session = browser.client.get_cookie("__Host-parvis", domain="localhost")
    assert session is not None
    barrier, answers = threading.Barrier(50), []

    def press() -> None:
        mine = browser.portal.browser()
        mine.client.set_cookie(session.key, session.value, domain="localhost", secure=True)
        barrier.wait()
        answers.append(mine.post(CHANGES, body, key=key, headers={"If-Match": f'"{view["version"]}"'}))

    threads = [threading.Thread(target=press) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.data for answer in answers}) == 1
    assert months.seats_taken("cantine", "tilleuls", "2026-12") == {7: 1, 8: 1}
    assert len(list(events.pending("core"))) == 1
    assert stored(file, leo) == [f"{MONDAY} booked", f"{TUESDAY} booked"]


def test_the_second_of_two_parents_is_told_what_the_first_changed(
    portal: Portal, browser: Browser, file: FoyerFile, leo: Child
) -> None:
    other = factories.signed_in(portal, file.foyer_id, file.guardians[1].person_id)
    mine, theirs = see(browser), see(other)

    first = send(browser, mine, ticks(leo.person_id, MONDAY))
    second = send(other, theirs, ticks(leo.person_id, TUESDAY))

    assert first.status_code == 201
    current = problem(second, 412, "stale")["current"]
    assert day_of(current, leo.person_id, MONDAY)["state"] == "booked"
    assert day_of(current, leo.person_id, TUESDAY)["state"] == "free"
    assert send(other, current, ticks(leo.person_id, TUESDAY)).status_code == 201
    assert stored(file, leo) == [f"{MONDAY} booked", f"{TUESDAY} booked"]


def test_two_parents_may_change_two_children_at_once(
    portal: Portal, browser: Browser, file: FoyerFile, leo: Child, zoe: Child
) -> None:
    other = factories.signed_in(portal, file.foyer_id, file.guardians[1].person_id)
    mine, theirs = see(browser), see(other)

    answers = [send(browser, mine, ticks(leo.person_id, MONDAY)), send(other, theirs, ticks(zoe.person_id, MONDAY))]

    assert [answer.status_code for answer in answers] == [201, 201]


def test_a_change_that_slips_in_between_reading_and_writing_is_seen(
    browser: Browser, file: FoyerFile, leo: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = see(browser)
    commit = Transaction.commit

    def after_the_other_parent(transaction: Transaction) -> None:
        monkeypatch.setattr(Transaction, "commit", commit)
        book(browser, leo.person_id, THURSDAY)
        commit(transaction)

    monkeypatch.setattr(Transaction, "commit", after_the_other_parent)

    answer = send(browser, view, ticks(leo.person_id, MONDAY))

    current = problem(answer, 412, "stale")["current"]
    assert day_of(current, leo.person_id, THURSDAY)["state"] == "booked"
    assert stored(file, leo) == [f"{THURSDAY} booked"]


def test_cancelling_gives_back_the_price_and_the_place(browser: Browser, file: FoyerFile, leo: Child) -> None:
    book(browser, leo.person_id, MONDAY, TUESDAY)

    answer = send(browser, see(browser), ticks(leo.person_id, cancel=(MONDAY,)))

    assert answer.get_json()["total_centimes"] == -340
    assert answer.get_json()["children"][0]["cancelled"] == [{"day": MONDAY, "price_centimes": 340}]
    assert stored(file, leo) == [f"{TUESDAY} booked"]
    assert months.seats_taken("cantine", "tilleuls", "2026-12") == {7: 0, 8: 1}


def test_a_change_that_changes_nothing_still_has_its_receipt(browser: Browser, file: FoyerFile, leo: Child) -> None:
    book(browser, leo.person_id, MONDAY)
    view = see(browser)

    answer = send(browser, view, ticks(leo.person_id, MONDAY, cancel=(TUESDAY,)), total=0)

    assert answer.status_code == 201
    assert answer.get_json()["children"][0]["booked"] == []
    assert stored(file, leo) == [f"{MONDAY} booked"]
    assert see(browser)["version"] == view["version"]


def test_new_rules_with_the_same_price_do_not_send_the_family_back(
    browser: Browser, leo: Child, publish: Callable[..., str], settings: config.Config
) -> None:
    view = see(browser)
    assert publish  # puts the town's own rules back
    rules = town.reglement()
    town.publish(settings.reglement, replace(rules, commune=replace(rules.commune, website="https://essai.example")))

    answer = send(browser, view, ticks(leo.person_id, MONDAY))

    assert answer.status_code == 201
