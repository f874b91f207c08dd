"""What the browser may not decide (price, day, deadline, eligibility, ownership): each sent wrong, nothing written."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from support import factories, town
from support.client import Browser, Portal
from support.reservations import (
    CHANGES,
    MONDAY,
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
from functions.store import foyers
from functions.store.models import Core

__all__ = ["reglement_file"]


@pytest.fixture
def leo() -> Child:
    return factories.child("Léo", school="tilleuls", level="cp")


@pytest.fixture
def zoe() -> Child:
    return factories.child("Zoé", school="saint-joseph", level="ce1")


@pytest.fixture
def file(portal: Portal, leo: Child, zoe: Child) -> FoyerFile:
    assert portal
    return factories.family(leo, zoe)


@pytest.fixture
def browser(portal: Portal, file: FoyerFile) -> Browser:
    return factories.signed_in(portal, file.foyer_id)


@pytest.fixture
def nothing_written(browser: Browser, file: FoyerFile) -> Iterator[None]:
    """No month, no event and no counter may come of a refusal."""
    assert browser
    yield
    assert [item.sk for item in Core.query(foyers.partition(file.foyer_id), Core.sk < "NOYAU")] == []
    assert [item.pk for item in Core.scan() if item.pk.startswith("PLACES#")] == []


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize("total", [0, 1, 339, -340, 10**15])
def test_the_browser_does_not_set_the_price(browser: Browser, leo: Child, total: int) -> None:
    body = problem(send(browser, see(browser), ticks(leo.person_id, MONDAY), total=total), 409, "price_changed")

    assert body["total_centimes"] == 340
    assert day_of(body["calendar"], leo.person_id, MONDAY)["price_centimes"] == 340


def test_a_price_that_changed_since_the_page_is_shown_before_it_is_charged(
    browser: Browser, leo: Child, settings: config.Config
) -> None:
    view = see(browser)
    town.publish(settings.reglement, town.reglement(meal_centimes=365))
    try:
        refused = send(browser, view, ticks(leo.person_id, MONDAY, TUESDAY))
        fresh = problem(refused, 409, "price_changed")
        accepted = send(browser, fresh["calendar"], ticks(leo.person_id, MONDAY, TUESDAY))
    finally:
        town.publish(settings.reglement, town.reglement())

    assert fresh["total_centimes"] == 730
    assert fresh["calendar"]["rules_hash"] != view["rules_hash"]
    assert accepted.get_json()["total_centimes"] == 730


@pytest.mark.usefixtures("nothing_written")
def test_closed_days_are_refused_one_by_one(browser: Browser, leo: Child) -> None:
    sent = ticks(leo.person_id, "2026-12-06", MONDAY, "2026-12-21")

    body = problem(send(browser, see(browser), sent), 409, "days_refused")

    assert [error["pointer"] for error in body["errors"]] == ["/children/0/book/0", "/children/0/book/2"]
    assert "Noël" in body["errors"][1]["detail"]
    assert body["detail"] == "2 jours ne peuvent pas être pris en compte. Rien n’a été enregistré."


@pytest.mark.usefixtures("nothing_written")
def test_the_deadline_is_read_when_the_request_arrives(
    browser: Browser, leo: Child, travel: Callable[[datetime], None]
) -> None:
    travel(datetime(2026, 12, 5, 7, 50, tzinfo=UTC))
    factories.sign_in_again(browser)
    view = see(browser)
    assert day_of(view, leo.person_id, MONDAY)["booking"]["allowed"]

    travel(datetime(2026, 12, 5, 8, 0, 1, tzinfo=UTC))
    body = problem(send(browser, view, ticks(leo.person_id, MONDAY)), 409, "days_refused")

    assert body["errors"][0]["detail"].startswith("Il fallait réserver avant le samedi 5\u00a0décembre\u00a02026 à 9")


@pytest.mark.usefixtures("nothing_written")
def test_a_child_who_may_not_is_refused_with_whom_to_call(browser: Browser, zoe: Child) -> None:
    body = problem(send(browser, see(browser), ticks(zoe.person_id, MONDAY)), 409, "days_refused")

    assert "OGEC Saint-Joseph, 02 41 00 00 02" in body["errors"][0]["detail"]


@pytest.mark.usefixtures("nothing_written")
def test_somebody_elses_child_is_as_unknown_as_nobodys(portal: Portal, browser: Browser, leo: Child) -> None:
    theirs = factories.child("Noé", school="tilleuls")
    neighbours = factories.signed_in(portal, factories.family(theirs).foyer_id)
    seen = see(neighbours)

    answers = [
        problem(send(browser, seen, ticks(child_id, MONDAY), total=340), 404, "child_unknown")
        for child_id in (theirs.person_id, "0" * 32, "#", "a" * 64)
    ]
    mixed = send(browser, see(browser), ticks(leo.person_id, MONDAY), ticks(theirs.person_id, MONDAY), total=680)

    assert all(answer == answers[0] for answer in answers)
    problem(mixed, 404, "child_unknown")
    assert day_of(see(neighbours), theirs.person_id, MONDAY)["state"] == "free"


@pytest.mark.usefixtures("nothing_written")
def test_an_account_without_a_family_books_nothing(portal: Portal, browser: Browser, leo: Child) -> None:
    problem(send(factories.stranger(portal), see(browser), ticks(leo.person_id, MONDAY)), 403, "no_foyer")


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize("version", ["*", "0", "x.2026-12.cantine", "é"])
def test_an_invented_version_is_stale(browser: Browser, leo: Child, version: str) -> None:
    view = see(browser)

    answer = browser.post(
        CHANGES, body_of(view, ticks(leo.person_id, MONDAY)), headers={"If-Match": version.encode().decode("latin-1")}
    )

    assert problem(answer, 412, "stale")["current"]["version"] == view["version"]


@pytest.mark.usefixtures("nothing_written")
def test_a_version_of_another_month_is_stale(browser: Browser, leo: Child) -> None:
    january, december = see(browser, "cantine", "2027-01"), see(browser)

    answer = browser.post(
        CHANGES, body_of(december, ticks(leo.person_id, MONDAY)), headers={"If-Match": january["version"]}
    )

    problem(answer, 412, "stale")


def _changed(**changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda body: body.update(changes)


def _child(**changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda body: body["children"][0].update(changes)


WRONG_BODIES: dict[str, tuple[Callable[[dict[str, Any]], Any], set[str]]] = {
    "duplicate": (_child(book=[MONDAY, MONDAY]), {"/children/0/book/1"}),
    "another month": (_child(book=["2027-01-04"]), {"/children/0/book/0"}),
    "booked and cancelled": (_child(cancel=[MONDAY]), {"/children/0/cancel/0"}),
    "same child twice": (lambda body: body["children"].append(body["children"][0]), {"/children/1/child_id"}),
    "nothing": (_child(book=[]), {"/children"}),
    "no child": (_changed(children=[]), {"/children"}),
    "no such day": (_child(book=["2026-12-32"]), {"/children/0/book/0"}),
    "a number": (_child(book=[7]), {"/children/0/book/0"}),
    "too many days": (_child(book=[MONDAY] * 93), {"/children/0/book"}),
    "a month in words": (_changed(month="décembre"), {"/month"}),
    "a price in text": (_changed(expected_total_centimes="340"), {"/expected_total_centimes"}),
    "a price with cents": (_changed(expected_total_centimes=3.4), {"/expected_total_centimes"}),
    "a price of one's own": (_child(price_centimes=1), {"/children/0/price_centimes"}),
    "a family of one's own": (_changed(foyer_id="f" * 32), {"/foyer_id"}),
    "no rules": (lambda body: body.pop("rules_hash"), {"/rules_hash"}),
}


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize("wrong", WRONG_BODIES)
def test_a_wrong_body_is_answered_where_it_is_wrong(browser: Browser, leo: Child, wrong: str) -> None:
    change, pointers = WRONG_BODIES[wrong]
    view = see(browser)
    body = body_of(view, ticks(leo.person_id, MONDAY))
    change(body)

    answer = browser.post(CHANGES, body, headers={"If-Match": view["version"]})

    assert answer.status_code == 422, answer.text
    errors = answer.get_json(force=True)["errors"]
    assert {error["pointer"] for error in errors} == pointers
    assert all(error["detail"] for error in errors)


@pytest.mark.usefixtures("nothing_written")
def test_an_unknown_activity_is_not_found(browser: Browser, leo: Child) -> None:
    view = see(browser)
    body = body_of(view, ticks(leo.person_id, MONDAY)) | {"activity": "escalade"}

    problem(browser.post(CHANGES, body, headers={"If-Match": view["version"]}), 404, "activity_unknown")


def test_one_refused_day_refuses_the_whole_and_keeps_what_was(
    browser: Browser, leo: Child, travel: Callable[[datetime], None]
) -> None:
    book(browser, leo.person_id, TUESDAY, activity="garderie")
    travel(datetime(2026, 12, 7, 15, 31, tzinfo=UTC))
    factories.sign_in_again(browser)
    view = see(browser, "garderie")

    body = problem(send(browser, view, ticks(leo.person_id, "2026-12-17", cancel=(TUESDAY,))), 409, "days_refused")

    assert [error["pointer"] for error in body["errors"]] == ["/children/0/cancel/0"]
    after = see(browser, "garderie")
    assert after["version"] == view["version"]
    assert day_of(after, leo.person_id, TUESDAY)["state"] == "booked"
