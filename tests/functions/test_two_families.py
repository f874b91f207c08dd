"""A person of two families sees one at a time, each whole, and nothing of a third: a matrix of the pages."""

from dataclasses import dataclass

import pytest
from support import factories
from support.client import Browser, Portal
from support.reservations import MONDAY, body_of, book, reglement_file, ticks

from functions.domain.foyer import FoyerFile
from functions.store.access import FoyerLink

__all__ = ["reglement_file"]

PAGES = {
    "dashboard": "/api/family/dashboard?",
    "activities": "/api/reservations/activities?",
    "agenda": "/api/reservations/agenda?from=2026-12-01&",
    "calendar": "/api/reservations/calendar?month=2026-12&activity=cantine&",
}


@dataclass
class Scene:
    """Camille has the first two families, Léo's and Zoé's; Noé's is somebody else's."""

    camille: Browser
    files: dict[str, FoyerFile]

    def page(self, name: str, of: str = "") -> tuple[int, set[str]]:
        """The status, and the first names of the children shown."""
        foyer = self.files[of].foyer_id if of else ""
        answer = self.camille.get(f"{PAGES[name]}foyer={foyer}")
        body = answer.get_json()
        return answer.status_code, {child["given_name"] for child in body.get("children", [])}


@pytest.fixture
def scene(portal: Portal) -> Scene:
    names = ("Léo", "Zoé", "Noé")
    files = {name: factories.family(factories.child(name, school="tilleuls")) for name in names}
    links = [FoyerLink(files[name].foyer_id, files[name].guardians[0].person_id) for name in names[:2]]
    return Scene(factories.open_browser(portal, factories.account(*links).account_id), files)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("asked", "expected"),
    [("", (200, {"Léo"})), ("Léo", (200, {"Léo"})), ("Zoé", (200, {"Zoé"})), ("Noé", (404, set()))],
)
def test_each_page_shows_the_family_asked_for_and_no_other(
    scene: Scene, page: str, asked: str, expected: tuple[int, set[str]]
) -> None:
    assert scene.page(page, asked) == expected


@pytest.mark.parametrize("page", PAGES)
def test_somebody_elses_family_is_as_unknown_as_nobodys(scene: Scene, page: str) -> None:
    ids = (scene.files["Noé"].foyer_id, "0" * 32, "é", "../")

    answers = {scene.camille.get(f"{PAGES[page]}foyer={foyer}").data for foyer in ids}

    assert len(answers) == 1
    assert b"foyer_unknown" in answers.pop()


def test_what_is_booked_in_one_family_is_not_shown_in_the_other(scene: Scene) -> None:
    zoe = scene.files["Zoé"].children[0].person_id
    view = f"{PAGES['calendar']}foyer={scene.files['Zoé'].foyer_id}"
    assert scene.camille.get(view).get_json()["children"][0]["child_id"] == zoe
    book(scene.camille, scene.files["Léo"].children[0].person_id, MONDAY)

    days = {
        name: len(scene.camille.get(f"{PAGES['agenda']}foyer={scene.files[name].foyer_id}").get_json()["entries"])
        for name in ("Léo", "Zoé")
    }

    assert days == {"Léo": 1, "Zoé": 0}


@pytest.mark.parametrize("page", ["dashboard", "activities", "agenda"])
def test_the_families_to_choose_from_are_told_to_who_has_two(scene: Scene, portal: Portal, page: str) -> None:
    told = scene.camille.get(f"{PAGES[page]}foyer={scene.files['Zoé'].foyer_id}").get_json()["foyers"]
    other = factories.signed_in(portal, scene.files["Noé"].foyer_id)

    assert [(each["children"], each["shown"]) for each in told] == [(["Léo"], False), (["Zoé"], True)]
    assert other.get(PAGES[page].rstrip("?&")).get_json()["foyers"] == []


def test_a_child_of_both_families_is_booked_in_the_one_asked_for(portal: Portal) -> None:
    leo = factories.child("Léo", school="tilleuls")
    files = [factories.family(leo) for _ in range(2)]
    links = [FoyerLink(file.foyer_id, file.guardians[0].person_id) for file in files]
    browser = factories.open_browser(portal, factories.account(*links).account_id)
    second = files[1].foyer_id
    view = browser.get(f"{PAGES['calendar']}foyer={second}").get_json()
    body = {**body_of(view, ticks(leo.person_id, "2026-12-08")), "foyer": second}

    done = browser.post("/api/reservations/changes", body, headers={"If-Match": view["version"]})

    shown = [browser.get(f"{PAGES['agenda']}foyer={file.foyer_id}").get_json()["entries"] for file in files]
    assert done.status_code == 201
    assert [len(entries) for entries in shown] == [0, 1]


def test_the_child_of_either_family_opens_and_a_third_one_does_not(scene: Scene) -> None:
    found = {
        name: scene.camille.get(f"/api/family/children/{file.children[0].person_id}").status_code
        for name, file in scene.files.items()
    }

    assert found == {"Léo": 200, "Zoé": 200, "Noé": 404}
