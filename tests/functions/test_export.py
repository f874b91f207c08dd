"""« Mes données »: the copy holds everything about its owner, and nothing that belongs to somebody else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from support import factories, sign_up
from support.client import Browser, Portal
from support.reservations import MONDAY, book, reglement_file
from support.sign_up import Parent

from functions.accounts import export_words
from functions.domain.foyer import Address, Contact, FoyerFile
from functions.domain.security_events import AUDIT
from functions.store import foyers

__all__ = ["reglement_file"]

PATH = "/api/accounts/export"
KEY = "2b1b7d1e-1111-4222-8333-444455556666"
ELSEWHERE = Address("8 quai du Rossignol", "49000", "Angers")


@pytest.fixture
def file(portal: Portal) -> FoyerFile:
    """Camille at the file's address, Dominique elsewhere: separated parents."""
    assert portal
    mother = replace(factories.guardian("Camille"), phones=("+33611111111",), email="camille@exemple.fr")
    father = replace(
        factories.guardian("Dominique", title="M."),
        address=ELSEWHERE,
        phones=("+33622222222",),
        email="dominique@exemple.fr",
        birth_date=date(1984, 2, 3),
        birth_town="Cholet",
    )
    made = factories.family(factories.child("Léo", school="tilleuls"), guardians=(mother, father))
    aunt = Contact(foyers.person_id_for("T", "tante"), "Petit", ("Anne",), "tante", ("+33633333333",), may_collect=True)
    return foyers.write(replace(made, contacts=(aunt,)), made)


def browser_of(portal: Portal, file: FoyerFile, name: str) -> Browser:
    person = next(each for each in file.guardians if each.given_names == (name,))
    return factories.signed_in(portal, file.foyer_id, person.person_id)


def keys_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from keys_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_in(inner)


def test_a_parent_takes_away_the_family_its_bookings_and_their_receipts(portal: Portal, file: FoyerFile) -> None:
    camille = browser_of(portal, file, "Camille")
    receipt = book(camille, file.children[0].person_id, MONDAY)

    answer = camille.post(PATH)

    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mes-donnees.json"'
    assert answer.headers["Cache-Control"] == "no-store"
    taken = answer.get_json()["families"][0]
    assert taken["reference"] == file.reference
    assert taken["address"]["line1"] == "12 rue des Tilleuls"
    assert taken["allocataire"]["quotient_familial_centimes"] == 65_000
    assert [(child["given_names"], child["school"]) for child in taken["children"]] == [(["Léo"], "École des Tilleuls")]
    assert [contact["phones"] for contact in taken["contacts"]] == [["+33633333333"]]
    assert [(line["day"], line["child"], line["state"]) for line in taken["bookings"]] == [(MONDAY, "Léo", "booked")]
    assert [line["number"] for line in taken["receipts"]] == [receipt["receipt_number"]]


def test_nothing_of_the_other_parent_is_taken_away_but_the_name(portal: Portal, file: FoyerFile) -> None:
    for name, private in (
        ("Camille", ("rossignol", "Angers", "622222222", "dominique@", "1984", "Cholet")),
        ("Dominique", ("12 rue des Tilleuls", "611111111", "camille@", "1234567", "65000")),
    ):
        text = browser_of(portal, file, name).post(PATH).text

        assert [secret for secret in private if secret.lower() in text.lower()] == [], name


def test_a_parent_takes_away_what_is_known_of_them(portal: Portal, file: FoyerFile) -> None:
    parents = browser_of(portal, file, "Dominique").post(PATH).get_json()["families"][0]["parents"]

    me = next(parent for parent in parents if parent["is_me"])
    assert (me["phones"], me["email"], me["birth_town"]) == (["+33622222222"], "dominique@exemple.fr", "Cholet")
    assert me["address"]["line1"] == ELSEWHERE.line1


def test_the_account_its_choices_and_its_history_are_in_it_and_no_secret(portal: Portal) -> None:
    browser = sign_up.signed_up_and_in(portal, Parent())

    answer = browser.post(PATH)

    taken = answer.get_json()
    assert (taken["account"]["username"], taken["account"]["email"]) == ("camille.martin", "camille@exemple.fr")
    assert taken["account"]["profile"]["usual_name"] == "Martin"
    assert taken["preferences"]["invoice"] == "paper"
    assert {line["what"] for line in taken["history"]} == {
        AUDIT[name].label for name in ("account.created", "account.activated", "export.made")
    }
    assert taken["families"] == []
    for secret in ("argon2", "password_hash", "session_id", "version"):
        assert secret not in answer.text


def test_every_key_of_a_copy_is_explained(portal: Portal, file: FoyerFile) -> None:
    camille = browser_of(portal, file, "Camille")
    book(camille, file.children[0].person_id, MONDAY)
    made = [camille.post(PATH).get_json(), sign_up.signed_up_and_in(portal, Parent()).post(PATH).get_json()]

    used = {key for taken in made for key in keys_in({name: taken[name] for name in taken if name != "legend"})}

    assert used - set(export_words.LABELS) == set()
    assert made[0]["legend"] == export_words.LABELS


def test_a_fourth_copy_in_an_hour_waits_and_a_retry_does_not_count(portal: Portal) -> None:
    browser = factories.stranger(portal)

    retried = [browser.post(PATH, key=KEY).status_code for _ in range(3)]
    answers = [browser.post(PATH).status_code for _ in range(3)]

    assert retried == [200, 200, 200]
    assert answers == [200, 200, 429]
    assert sum("export.made" in str(item) for item in sign_up.stored(portal, "core")) == 3
