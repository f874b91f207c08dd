"""GET /api/family/…: the dashboard and a child's file."""

from dataclasses import replace

import msgspec
import pytest
from support import factories
from support.client import Browser, Portal
from support.reservations import MONDAY, TUESDAY, book, problem, reglement_file

from functions.domain.foyer import Child, FoyerFile
from functions.family.schemas import ChildFile, Dashboard
from functions.store import foyers
from functions.store.access import FoyerLink

__all__ = ["reglement_file"]


@pytest.fixture
def leo() -> Child:
    return factories.child("Léo", school="tilleuls", level="cp")


@pytest.fixture
def zoe() -> Child:
    return factories.child("Jean-Émile", school="", level="")


@pytest.fixture
def file(portal: Portal, leo: Child, zoe: Child) -> FoyerFile:
    assert portal
    mother, father = factories.guardian("Camille"), factories.guardian("Dominique", usual_name="d’Aÿ", title="M.")
    return factories.family(leo, zoe, guardians=(mother, father))


@pytest.fixture
def browser(portal: Portal, file: FoyerFile) -> Browser:
    camille = next(each for each in file.guardians if each.given_names == ("Camille",))
    return factories.signed_in(portal, file.foyer_id, camille.person_id)


def test_the_dashboard_shows_the_family_and_what_comes_next(
    browser: Browser, file: FoyerFile, leo: Child, zoe: Child
) -> None:
    book(browser, leo.person_id, TUESDAY, MONDAY)

    page = browser.get("/api/family/dashboard").get_json()

    msgspec.convert(page, Dashboard)
    assert page["account"]["given_name"] == "Camille"
    assert page["foyer"]["reference"] == file.reference
    assert page["foyer"]["address"]["town"] == "Villeparvis"
    assert {(each["given_name"], each["is_me"], each["has_account"]) for each in page["guardians"]} == {
        ("Camille", True, True),
        ("Dominique", False, False),
    }
    first, second = page["children"]
    assert {first["given_name"], second["given_name"]} == {"Léo", "Jean-Émile"}
    by_id = {each["person_id"]: each for each in page["children"]}
    assert by_id[leo.person_id]["school"] == {"id": "tilleuls", "name": "École des Tilleuls"}
    assert by_id[leo.person_id]["next"] == {
        "day": MONDAY, "activity": "cantine", "activity_name": "Restauration scolaire",
    }  # fmt: skip
    assert (by_id[zoe.person_id]["school"], by_id[zoe.person_id]["next"]) == (None, None)
    assert [(each["day"], each["status"], each["price_centimes"]) for each in page["next_bookings"]] == [
        (MONDAY, "booked", 340),
        (TUESDAY, "booked", 340),
    ]
    assert page["welcome"] == {"dated": "2026-11-02", "title": "Bienvenue", "text": "Bonjour."}


def test_ten_bookings_at_most_are_shown(browser: Browser, leo: Child) -> None:
    days = [f"2026-12-{day:02}" for day in (1, 3, 4, 7, 8, 10, 11, 14, 15, 17, 18)]
    book(browser, leo.person_id, *days)

    page = browser.get("/api/family/dashboard").get_json()

    assert [each["day"] for each in page["next_bookings"]] == days[:10]


def test_nothing_of_the_other_parent_but_the_name_is_shown(browser: Browser, file: FoyerFile) -> None:
    text = browser.get("/api/family/dashboard").text

    assert not [each.email for each in file.guardians if each.email in text]
    assert "d’Aÿ" in text


def test_an_account_without_a_family_has_a_dashboard_all_the_same(portal: Portal) -> None:
    page = factories.stranger(portal).get("/api/family/dashboard").get_json()

    assert page["foyer"] is None
    assert (page["guardians"], page["children"], page["next_bookings"]) == ([], [], [])
    assert page["welcome"]["title"] == "Bienvenue"


def test_a_link_to_a_file_that_is_gone_shows_no_family(portal: Portal) -> None:
    account = factories.account(FoyerLink("f" * 32, "g" * 32))

    page = factories.open_browser(portal, account.account_id).get("/api/family/dashboard").get_json()

    assert page["foyer"] is None


def test_the_previous_sign_in_is_the_one_before_this_one(portal: Portal) -> None:
    account = factories.account()
    factories.open_browser(portal, account.account_id)

    page = factories.open_browser(portal, account.account_id).get("/api/family/dashboard").get_json()

    assert page["account"]["previous_sign_in"].startswith("2026-11-21T09:00:")


def test_a_childs_file_has_a_version(browser: Browser, file: FoyerFile, leo: Child) -> None:
    before = browser.get(f"/api/family/children/{leo.person_id}")
    current = foyers.load(file.foyer_id)
    assert current is not None
    kids = tuple(replace(each, level="ce1") if each.person_id == leo.person_id else each for each in current.children)
    foyers.write(replace(current, children=kids), current)
    after = browser.get(f"/api/family/children/{leo.person_id}")

    msgspec.convert(before.get_json(), ChildFile)
    assert before.get_json()["school"] == {"id": "tilleuls", "name": "École des Tilleuls"}
    assert (before.headers["ETag"], before.get_json()["level"]) == ('"1"', "cp")
    assert (after.headers["ETag"], after.get_json()["level"]) == ('"2"', "ce1")


def test_somebody_elses_child_is_as_unknown_as_nobodys(browser: Browser, file: FoyerFile) -> None:
    theirs = factories.child("Noé", school="tilleuls")
    factories.family(theirs)
    ids = (theirs.person_id, "0" * 32, file.guardians[0].person_id, "NOYAU", "é")

    answers = [problem(browser.get(f"/api/family/children/{each}"), 404, "child_unknown") for each in ids]

    assert all(answer == answers[0] for answer in answers)


def test_a_child_of_separated_parents_is_seen_by_both_each_in_their_own_file(portal: Portal, leo: Child) -> None:
    mother, father = factories.family(leo), factories.family(leo)
    hers, his = factories.signed_in(portal, mother.foyer_id), factories.signed_in(portal, father.foyer_id)

    book(hers, leo.person_id, MONDAY)

    assert hers.get(f"/api/family/children/{leo.person_id}").status_code == 200
    assert his.get(f"/api/family/children/{leo.person_id}").status_code == 200
    assert len(hers.get("/api/family/dashboard").get_json()["next_bookings"]) == 1
    assert his.get("/api/family/dashboard").get_json()["next_bookings"] == []


def test_a_parent_of_two_families_reaches_the_children_of_both(portal: Portal, leo: Child, zoe: Child) -> None:
    first, second = factories.family(leo), factories.family(zoe)
    links = tuple(FoyerLink(each.foyer_id, each.guardians[0].person_id) for each in (first, second))
    browser = factories.open_browser(portal, factories.account(*links).account_id)

    book(browser, leo.person_id, MONDAY)

    assert browser.get(f"/api/family/children/{zoe.person_id}").status_code == 200
    path = f"/api/reservations/calendar?month=2026-12&activity=garderie&child={zoe.person_id}"
    assert browser.get(path).get_json()["children"][0]["child_id"] == zoe.person_id
    assert browser.get("/api/family/dashboard").get_json()["foyer"]["foyer_id"] == first.foyer_id
