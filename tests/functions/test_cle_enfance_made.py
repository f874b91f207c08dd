"""The clé enfance as the town makes it, and as a parent gives it while creating an account."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from support import factories, key_letters, sign_up
from support.client import Portal
from support.key_letters import Family, accounts_in_file, link
from support.sign_up import Parent, create, errors

from functions.actions import cles
from functions.kit import clock

KEY = "0c1b7d1e-1111-4222-8333-444455556666"
WRONG = "00000-AAAAA"


@pytest.fixture
def family(portal: Portal) -> Family:
    assert portal
    return key_letters.with_keys()


def test_a_key_is_made_for_each_guardian_without_account_and_only_once(portal: Portal) -> None:
    assert portal
    known = replace(factories.guardian("Anne"), account_id="f" * 32)
    file = factories.family(factories.child(), guardians=(known, factories.guardian("Marc")))
    end = clock.now() + timedelta(days=90)

    first, second = cles.prepare_keys(file, end, clock.now()), cles.prepare_keys(file, end, clock.now())
    after = cles.prepare_keys(file, end + timedelta(days=90), end)

    assert list(first) == [file.guardians[1].person_id] or list(first) == [file.guardians[0].person_id]
    assert known.person_id not in first
    assert second == {}
    assert list(after) == list(first)
    assert after != first


def test_two_preparations_at_once_give_one_key_a_guardian(portal: Portal) -> None:
    file = factories.family(factories.child(), guardians=(factories.guardian("Anne"), factories.guardian("Marc")))
    end = clock.now() + timedelta(days=90)

    made = sign_up.at_once(lambda _: cles.prepare_keys(file, end, clock.now()), 4)

    assert sum(len(keys) for keys in made) == 2
    [key] = [key for keys in made for guardian, key in keys.items() if guardian == file.guardians[0].person_id]
    proof = Family(file, [key]).proof()
    assert link(factories.stranger(portal), proof).status_code == 200


def test_a_file_whose_children_have_no_birth_date_gets_no_key(portal: Portal) -> None:
    assert portal
    file = factories.family(replace(factories.child(), birth_date=None))

    assert cles.prepare_keys(file, clock.now() + timedelta(days=90), clock.now()) == {}


def test_a_child_of_two_files_leads_to_the_right_one(portal: Portal) -> None:
    """Separated parents: each has a file, each key opens its own."""
    shared = factories.child("Léo")
    files = [factories.family(shared, guardians=(factories.guardian(name),)) for name in ("Camille", "Paul")]
    end = clock.now() + timedelta(days=90)
    keys = [next(iter(cles.prepare_keys(file, end, clock.now()).values())) for file in files]

    for file, key in zip(files, keys, strict=True):
        browser = factories.stranger(portal)
        assert link(browser, Family(file, [key]).proof()).status_code == 200
        assert browser.get("/api/family/dashboard").get_json()["foyer"]["foyer_id"] == file.foyer_id


def test_neither_keys_nor_children_are_stored_in_clear(portal: Portal, family: Family) -> None:
    kept = repr(sign_up.stored(portal, "credentials"))

    assert "$argon2id$" in kept
    for secret in (*family.keys, family.keys[0][6:], "Léo", "Martin", str(date(2018, 3, 14))):
        assert secret not in kept


def test_a_key_given_at_creation_links_when_the_account_is_activated(portal: Portal, family: Family) -> None:
    browser = portal.browser()
    parent = Parent(cle_enfance=family.proof())

    assert create(browser, parent).status_code == 202
    waiting = accounts_in_file(family)
    answer = browser.post("/api/activation", {"token": sign_up.last_token(portal, parent.email)})
    signed_in = sign_up.sign_in(browser, parent)

    assert waiting == []
    assert answer.get_json()["cle_enfance"] == "linked"
    assert signed_in.get_json()["has_foyer"] is True
    assert browser.get("/api/family/dashboard").get_json()["foyer"]["foyer_id"] == family.file.foyer_id
    assert link(factories.stranger(portal), family.proof()).get_json()["code"] == "cle_refused"


def test_a_wrong_key_at_creation_is_said_at_its_field_and_nothing_is_kept(portal: Portal, family: Family) -> None:
    before = sign_up.stored(portal, "credentials")

    answer = create(portal.browser(), Parent(cle_enfance=family.proof(WRONG)))

    assert (answer.status_code, answer.get_json()["code"]) == (422, "cle_refused")
    assert list(errors(answer)) == ["/cle_enfance/key"]
    assert sign_up.stored(portal, "credentials") == before


def test_another_mistake_in_the_form_costs_no_try(portal: Portal, family: Family) -> None:
    for number in range(6):
        parent = Parent(password="court", cle_enfance=family.proof(WRONG))
        answer = create(portal.browser(), parent, address=f"192.0.2.{number}")
        assert list(errors(answer)) == ["/authentication/password"]

    assert create(portal.browser(), Parent(cle_enfance=family.proof())).status_code == 202


def test_a_key_used_meanwhile_does_not_hold_up_the_activation(portal: Portal, family: Family) -> None:
    browser = portal.browser()
    parent = Parent(cle_enfance=family.proof())
    assert create(browser, parent).status_code == 202
    assert link(factories.stranger(portal), family.proof()).status_code == 200

    answer = browser.post("/api/activation", {"token": sign_up.last_token(portal, parent.email)})
    signed_in = sign_up.sign_in(browser, parent)

    assert (answer.status_code, answer.get_json()["cle_enfance"]) == (200, "refused")
    assert signed_in.get_json()["has_foyer"] is False
    assert link(browser, family.proof(family.keys[1])).status_code == 200


def test_a_key_that_ran_out_before_the_activation_links_nothing(portal: Portal) -> None:
    guardian = factories.guardian()
    file = factories.family(factories.child("Léo"), guardians=(guardian,))
    key = cles.prepare_keys(file, clock.now() + timedelta(hours=6), clock.now())[guardian.person_id]
    family = Family(file, [key])
    parent = Parent(cle_enfance=family.proof())
    assert create(portal.browser(), parent).status_code == 202
    token = sign_up.last_token(portal, parent.email)

    clock.set_now(clock.now() + timedelta(hours=6))
    answer = portal.browser().post("/api/activation", {"token": token})

    assert (answer.status_code, answer.get_json()["cle_enfance"]) == (200, "refused")
    assert accounts_in_file(family) == []


def test_two_activations_with_one_key_link_one_account(portal: Portal, family: Family) -> None:
    parents = [Parent(f"parent{n}", f"parent{n}@exemple.fr", cle_enfance=family.proof()) for n in range(2)]
    for parent in parents:
        assert create(portal.browser(), parent).status_code == 202
    tokens = [sign_up.last_token(portal, parent.email) for parent in parents]

    answers = sign_up.at_once(lambda n: portal.browser().post("/api/activation", {"token": tokens[n]}).get_json(), 2)

    assert sorted(answer["cle_enfance"] for answer in answers) == ["linked", "refused"]
    assert len(accounts_in_file(family)) == 1
