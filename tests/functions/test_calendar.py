"""GET /api/reservations/calendar: every day of the month for each child, with what can be done and at what price."""

from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
import pytest
from support import factories
from support.client import Browser, Portal
from support.reservations import CALENDAR, MONDAY, TUESDAY, book, day_of, problem, reglement_file, see, send, ticks

from functions.domain.foyer import Child, FoyerFile
from functions.domain.month_view import MonthView

__all__ = ["reglement_file"]

LATE = datetime(2026, 12, 5, 9, 0, tzinfo=UTC)


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


def test_every_day_of_the_month_is_listed_for_every_child(browser: Browser, leo: Child, zoe: Child) -> None:
    view = see(browser)

    assert [child["child_id"] for child in view["children"]] == [leo.person_id, zoe.person_id]
    assert [day["day"] for day in view["children"][0]["days"]] == [f"2026-12-{day:02}" for day in range(1, 32)]
    named = {"id": "cantine", "name": "Restauration scolaire", "start": "11:30", "end": "13:30"}
    assert view["activity"] == {**named, "unit": "day", "approval": False, "notice": None}
    assert view["now"].endswith("Z")
    msgspec.convert(view, MonthView)


def test_an_open_day_says_its_price_its_deadlines_and_the_places_left(browser: Browser, leo: Child) -> None:
    day = day_of(see(browser), leo.person_id, MONDAY)

    assert (day["open"], day["closed_reason"], day["state"], day["note"]) == (True, None, "free", None)
    assert (day["price_centimes"], day["surcharge"], day["places_left"]) == (340, False, 20)
    always = {"allowed": True, "late": False, "opens": None, "lenient": ""}
    assert day["booking"] == {**always, "until": "2026-12-05T08:00:00Z", "after": "refused", "final": None}
    final = "2026-12-07T22:59:59Z"
    assert day["cancelling"] == {**always, "until": "2026-11-30T22:59:59Z", "after": "billed", "final": final}


def test_a_closed_day_says_why(browser: Browser, leo: Child) -> None:
    view = see(browser)

    sunday, holiday = day_of(view, leo.person_id, "2026-12-06"), day_of(view, leo.person_id, "2026-12-21")

    assert not sunday["open"]
    assert "dimanche" in sunday["closed_reason"]
    assert "Noël" in holiday["closed_reason"]
    assert holiday["price_centimes"] is None


def test_a_child_who_may_not_book_reads_why_and_whom_to_call(browser: Browser) -> None:
    zoe = see(browser)["children"][1]

    assert not zoe["eligible"]
    assert zoe["ineligible_reason"] == "Les repas de cette école sont gérés par son OGEC."
    assert zoe["contact"] == {"name": "OGEC Saint-Joseph", "phone": "02 41 00 00 02", "email": None}
    assert not any(day["booking"]["allowed"] for day in zoe["days"])


def test_a_late_day_shows_its_surcharge_in_the_price(
    browser: Browser, leo: Child, travel: Callable[[datetime], None]
) -> None:
    travel(LATE)
    factories.sign_in_again(browser)

    day = day_of(see(browser, "garderie"), leo.person_id, MONDAY)

    assert (day["price_centimes"], day["surcharge"]) == (300, True)
    assert (day["booking"]["allowed"], day["booking"]["late"]) == (True, True)
    assert day["places_left"] is None


def test_a_booked_day_keeps_the_price_it_was_confirmed_at(browser: Browser, leo: Child) -> None:
    book(browser, leo.person_id, MONDAY)

    day = day_of(see(browser), leo.person_id, MONDAY)

    assert (day["state"], day["price_centimes"], day["places_left"]) == ("booked", 340, 19)


def test_a_day_cancelled_too_late_says_that_it_is_billed(
    browser: Browser, leo: Child, travel: Callable[[datetime], None]
) -> None:
    book(browser, leo.person_id, MONDAY)
    travel(datetime(2026, 12, 2, 9, 0, tzinfo=UTC))
    factories.sign_in_again(browser)

    cancelled = send(browser, see(browser), ticks(leo.person_id, cancel=(MONDAY,)))
    day = day_of(see(browser), leo.person_id, MONDAY)

    assert cancelled.status_code == 201
    assert cancelled.get_json()["children"][0]["cancelled"] == [{"day": MONDAY, "price_centimes": 0}]
    assert (day["state"], day["note"]) == ("free", "Annulé hors délai, facturé.")
    assert (day["price_centimes"], day["places_left"]) == (0, 20)


def test_the_version_changes_with_the_bookings_and_not_with_the_places(portal: Portal, browser: Browser) -> None:
    other = factories.child("Noé", school="tilleuls")
    neighbours = factories.signed_in(portal, factories.family(other).foyer_id)
    before = see(browser)

    book(neighbours, other.person_id, MONDAY)
    after = see(browser)

    assert after["version"] == before["version"]
    assert day_of(after, after["children"][0]["child_id"], MONDAY)["places_left"] == 19


def test_children_can_be_named(browser: Browser, leo: Child, zoe: Child) -> None:
    one = see(browser, "cantine", "2026-12", zoe.person_id)
    both = see(browser, "cantine", "2026-12", leo.person_id, zoe.person_id)

    assert [child["given_name"] for child in one["children"]] == ["Zoé"]
    assert [child["given_name"] for child in both["children"]] == ["Léo", "Zoé"]


def test_a_month_of_another_year_is_listed_and_closed(browser: Browser) -> None:
    view = see(browser, "cantine", "2029-02")

    assert len(view["children"][0]["days"]) == 28
    assert all(day["closed_reason"] for day in view["children"][0]["days"])


WRONG_QUERIES = [
    ("", {"/month", "/activity"}),
    ("?month=2026-13&activity=cantine", {"/month"}),
    ("?month=2026-1&activity=cantine", {"/month"}),
    ("?month=1926-12&activity=cantine", {"/month"}),
    ("?month=2026%0A-12&activity=cantine", {"/month"}),
    ("?month=2026-12&activity=", {"/activity"}),
    ("?month=2026-12&activity=cantine&family=1", {"/family"}),
]


@pytest.mark.parametrize(("query", "pointers"), WRONG_QUERIES)
def test_a_wrong_query_is_said_field_by_field(browser: Browser, query: str, pointers: set[str]) -> None:
    body = problem(browser.get(f"{CALENDAR}{query}"), 422, "invalid_query")

    assert {error["pointer"] for error in body["errors"]} == pointers


def test_spaces_around_a_value_are_not_meant(browser: Browser) -> None:
    answer = browser.get(f"{CALENDAR}?month=2026-12%0A&activity=%20cantine%20")

    assert answer.get_json()["month"] == "2026-12"
    assert "\n" not in answer.headers["ETag"]


def test_an_unknown_activity_is_not_found(browser: Browser) -> None:
    problem(browser.get(f"{CALENDAR}?month=2026-12&activity=escalade"), 404, "activity_unknown")


def test_somebody_elses_child_is_as_unknown_as_nobodys(browser: Browser) -> None:
    theirs = factories.child("Noé", school="tilleuls")
    factories.family(theirs)

    answers = [
        problem(browser.get(f"{CALENDAR}?month=2026-12&activity=cantine&child={child_id}"), 404, "child_unknown")
        for child_id in (theirs.person_id, "0" * 32)
    ]

    assert answers[0] == answers[1]


def test_without_a_family_the_page_is_told_to_ask_for_the_key(portal: Portal) -> None:
    body = problem(factories.stranger(portal).get(f"{CALENDAR}?month=2026-12&activity=cantine"), 403, "no_foyer")

    assert "clé enfance" in body["detail"]


def test_the_choices_are_the_activities_and_the_children(browser: Browser, leo: Child, zoe: Child) -> None:
    choices = browser.get("/api/reservations/activities").get_json()

    assert [each["name"] for each in choices["activities"]] == [
        "Restauration scolaire",
        "Garderie du soir",
        "Mercredi loisirs",
    ]
    assert choices["children"] == [
        {"person_id": leo.person_id, "given_name": "Léo"},
        {"person_id": zoe.person_id, "given_name": "Zoé"},
    ]


def test_the_agenda_brings_what_is_booked_from_a_day_on(browser: Browser, leo: Child, zoe: Child) -> None:
    book(browser, leo.person_id, MONDAY, TUESDAY)
    book(browser, zoe.person_id, MONDAY, activity="garderie")

    agenda = browser.get("/api/reservations/agenda?from=2026-12-07").get_json()
    later = browser.get("/api/reservations/agenda?from=2026-12-08").get_json()

    assert [(entry["day"], entry["given_name"], entry["activity"], entry["start"]) for entry in agenda["entries"]] == [
        (MONDAY, "Léo", "cantine", "11:30"),
        (MONDAY, "Zoé", "garderie", "16:30"),
        (TUESDAY, "Léo", "cantine", "11:30"),
    ]
    assert agenda["entries"][0]["cancel_until"] == "2026-11-30T22:59:59Z"
    assert agenda["generated_at"].endswith("Z")
    assert agenda["children"] == [
        {"child_id": leo.person_id, "given_name": "Léo"},
        {"child_id": zoe.person_id, "given_name": "Zoé"},
    ]
    assert [entry["day"] for entry in later["entries"]] == [TUESDAY]


@pytest.mark.parametrize("query", ["", "?from=hier", "?from=2026-02-30", "?from="])
def test_an_agenda_needs_a_day_that_exists(browser: Browser, query: str) -> None:
    problem(browser.get(f"/api/reservations/agenda{query}"), 422, "invalid_query")
