"""« Mes coordonnées »: what a guardian sees and changes, and what each town's rules make of an address."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from support import factories
from support.client import Portal
from support.leaflet import town
from support.own_file import DETAILS, ELSEWHERE, Family, family, made, move, ruled_by, save, see, within
from support.sign_up import errors, letters, run_jobs

from functions.domain.reglement import Reglement
from functions.store import foyers
from functions.store.access import FoyerLink

__all__ = ["family"]

TOWNS = ("chalonnes", "chambly", "chanteloup", "chatou")


@pytest.fixture(params=TOWNS)
def leaflet(request: pytest.FixtureRequest) -> Iterator[Reglement]:
    rules = town(request.param)
    with ruled_by(rules):
        yield rules


# What each one sees


def test_a_guardian_reads_their_own_file(family: Family) -> None:
    shown = see(family.camille)

    assert shown["me"]["phones"] == ["+33612345678"]
    assert shown["me"]["birth_town"] == "Angers"
    assert shown["address"]["address"]["line1"] == "12 rue des Tilleuls"
    assert shown["address"]["companions"] == ["Dominique"]
    assert shown["address"]["documents"] == ["Justificatif de domicile"]
    assert shown["service"]["name"] == "Guichet unique famille"


def test_separated_parents_never_read_the_address_or_the_telephone_of_each_other(family: Family) -> None:
    of_alix = [family.alix.get(path).text for path in (DETAILS, "/api/family/dashboard")]
    of_camille = [family.camille.get(path).text for path in (DETAILS, "/api/family/dashboard")]

    assert not [text for text in of_alix if "Tilleuls" in text or "612345678" in text]
    assert all("quai du Port" in text for text in of_alix)
    assert not [text for text in of_camille if "quai du Port" in text or "699999999" in text]
    assert see(family.alix)["address"]["companions"] == []


def test_an_account_without_a_family_is_told_so(portal: Portal) -> None:
    answer = factories.stranger(portal).get(DETAILS)

    assert (answer.status_code, answer.get_json()["code"]) == (403, "no_foyer")


def test_a_person_of_two_families_changes_one_file_at_a_time(portal: Portal) -> None:
    files = [factories.family(factories.child(name)) for name in ("Léo", "Zoé")]
    links = [FoyerLink(file.foyer_id, file.guardians[0].person_id) for file in files]
    camille = factories.open_browser(portal, factories.account(*links).account_id)
    second = camille.get(f"{DETAILS}?foyer={files[1].foyer_id}").get_json()

    answer = save(camille, "06 11 22 33 44", seen=str(second["me"]["version"]), foyer=files[1].foyer_id)

    assert answer.status_code == 200, answer.text
    assert answer.get_json()["foyer_id"] == files[1].foyer_id
    found = [foyers.load(file.foyer_id) for file in files]
    assert [file.guardians[0].phones for file in found if file] == [(), ("+33611223344",)]


# Telephones


def test_telephones_are_kept_in_one_form_and_the_person_is_written_to(portal: Portal, family: Family) -> None:
    answer = save(family.camille, "07 11 22 33 44", "", "0033 7 11 22 33 44", "+32 470 12 34 56", title="M.")
    assert answer.status_code == 422  # four lines: three at most
    answer = save(family.camille, "07 11 22 33 44", "0033 7 11 22 33 44", "+32 470 12 34 56", title="M.")
    run_jobs()

    assert answer.get_json()["me"]["phones"] == ["+33711223344", "+32470123456"]
    assert family.guardian("Camille").title == "M."
    [letter] = letters(portal)
    assert "coordonnées ont été changées" in str(letter["Subject"])
    assert "711223344" not in letter.get_content()
    assert family.camille.get("/api/family/dashboard").get_json()["account"]["title"] == "M."


def test_a_wrong_telephone_is_named_and_nothing_is_written(family: Family) -> None:
    before = family.file

    answer = save(family.camille, "06 12 34 56 78", "12345678")

    assert (answer.status_code, list(errors(answer))) == (422, ["/phones/1"])
    assert family.file == before


def test_nothing_else_of_a_guardian_can_be_sent(family: Family) -> None:
    for name in ("usual_name", "birth_date", "account_id", "parental_authority", "email", "apart"):
        answer = save(family.camille, "06 12 34 56 78", **{name: "x"})
        assert (answer.status_code, list(errors(answer))) == (422, [f"/{name}"])


def test_a_second_change_from_the_same_reading_is_shown_what_stands_now(family: Family) -> None:
    seen = str(see(family.camille)["me"]["version"])
    assert save(family.camille, "06 11 22 33 44", seen=seen).status_code == 200

    answer = save(family.camille, "06 22 33 44 55", seen=seen)

    body = answer.get_json()
    assert (answer.status_code, body["current"]["phones"]) == (412, ["+33611223344"])
    assert body["differences"] == [
        {"pointer": "/phones", "label": "Téléphones", "yours": "+33622334455", "current": "+33611223344"}
    ]
    assert save(family.camille, "06 22 33 44 55", seen=body["version"]).status_code == 200


# The address, as each town's leaflet says


def test_an_address_within_the_commune_is_changed_as_the_leaflet_says(portal: Portal, leaflet: Reglement) -> None:
    """Chalonnes, Chambly, Chanteloup: online. Chatou: « vous devez transmettre vos nouvelles coordonnées au Pôle »."""
    family = made(portal, leaflet.commune.postcode, leaflet.commune.name)

    answer = move(family.camille, within(leaflet))

    asked = leaflet.commune.name == "Chatou"
    assert answer.status_code == 200
    assert (answer.get_json()["address"]["request"] is not None) is asked
    assert (family.file.address.line1 == "8 place Neuve") is not asked
    assert (
        answer.get_json()["service"]["name"]
        == {
            "Chalonnes-sur-Loire": "Mairie",
            "Chambly": "Votre structure enfance de référence",
            "Chanteloup-les-Vignes": "Guichet unique",
            "Chatou": "Pôle Enfance/Famille/Éducation",
        }[leaflet.commune.name]
    )


def test_a_household_that_leaves_the_commune_waits_for_an_agent_in_every_town(
    portal: Portal, leaflet: Reglement
) -> None:
    family = made(portal, leaflet.commune.postcode, leaflet.commune.name)

    answer = move(family.camille, ELSEWHERE)

    assert answer.get_json()["address"]["request"]["status"] == "open"
    assert family.file.resident
    assert family.file.address.line1 == "12 rue des Tilleuls"


def test_who_moves_alone_leaves_the_household_and_its_prices_alone(portal: Portal) -> None:
    rules = town("chambly")
    with ruled_by(rules):
        family = made(portal, rules.commune.postcode, rules.commune.name)
        assert move(family.camille, ELSEWHERE, together=False).get_json()["address"]["request"] is None

        assert see(family.dominique)["address"]["companions"] == []
        assert "quai du Port" not in family.dominique.get(DETAILS).text
    assert family.file.address.line1 == "12 rue des Tilleuls"
    assert family.file.resident
    assert family.guardian("Camille").address == ELSEWHERE


def test_who_lives_elsewhere_moves_alone_whatever_they_say(portal: Portal) -> None:
    rules = town("chambly")
    with ruled_by(rules):
        family = made(portal, rules.commune.postcode, rules.commune.name)
        assert move(family.alix, within(rules), together=True).status_code == 200

    assert family.file.address.line1 == "12 rue des Tilleuls"
    assert family.guardian("Alix").address == within(rules)


def test_typing_the_address_of_the_other_household_opens_nothing(portal: Portal) -> None:
    """Else a parent who knows the old address would follow the other one to the next."""
    rules = town("chambly")
    with ruled_by(rules):
        family = made(portal, rules.commune.postcode, rules.commune.name)
        move(family.alix, family.file.address)
        assert see(family.alix)["address"]["at_home"] is False
        move(family.camille, within(rules))

        assert "place Neuve" not in family.alix.get(DETAILS).text
        export = family.alix.post("/api/accounts/export").get_json()
        assert export["families"][0]["address"] is None


def test_the_household_moves_together_and_everybody_is_written_to(portal: Portal) -> None:
    rules = town("chambly")
    with ruled_by(rules):
        family = made(portal, rules.commune.postcode, rules.commune.name)
        move(family.camille, within(rules))
        assert see(family.dominique)["address"]["address"]["line1"] == "8 place Neuve"
        run_jobs()

    subjects = [str(letter["Subject"]) for letter in letters(portal)]
    assert [subject.split(" – ")[1] for subject in subjects] == [
        "Votre adresse postale a été changée",
        "L’adresse de votre foyer a été changée",
    ]
    assert not [letter for letter in letters(portal) if "place Neuve" in letter.get_content()]


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"postcode": "4400"}, "/postcode"),
        ({"postcode": "B-1000"}, "/postcode"),
        ({"line1": ""}, "/line1"),
        ({"town": ""}, "/town"),
        ({"line1": "12 rue 🏠"}, "/line1"),
        ({"resident": True}, "/resident"),
    ],
)
def test_a_wrong_address_is_told_by_its_field(family: Family, changed: dict[str, Any], pointer: str) -> None:
    body = {"line1": "8 place Neuve", "postcode": "44000", "town": "Nantes", "together": True, **changed}
    headers = {"If-Match": see(family.camille)["address"]["version"]}

    answer = family.camille.post(f"{DETAILS}/address", body, headers=headers)

    assert (answer.status_code, list(errors(answer))) == (422, [pointer])


def test_the_address_in_force_is_not_a_change(family: Family) -> None:
    answer = move(family.camille, family.file.address)

    assert (answer.status_code, list(errors(answer))) == (422, ["/line1"])


def test_an_address_that_changed_meanwhile_is_shown_beside_what_was_typed(portal: Portal) -> None:
    rules = town("chambly")
    with ruled_by(rules):
        family = made(portal, rules.commune.postcode, rules.commune.name)
        seen = see(family.camille)["address"]["version"]
        move(family.dominique, within(rules))

        answer = move(family.camille, replace(within(rules), line1="9 place Neuve"), seen=seen)

    body = answer.get_json()
    assert answer.status_code == 412
    assert body["current"]["line1"] == "8 place Neuve"
    assert [line["yours"].startswith("9 place Neuve") for line in body["differences"]] == [True]
    assert family.file.address.line1 == "8 place Neuve"
