"""« Créer mon espace »: once, whatever happens to the answer; the same words whoever owns the address."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from support import sign_up
from support.client import Portal
from support.sign_up import Parent, at_once, create, errors, letters, run_jobs

from functions.accounts import service
from functions.kit import clock

KEY = "0c1b7d1e-1111-4222-8333-444455556666"


def accounts_kept(portal: Portal) -> list[Any]:
    return [item for item in sign_up.stored(portal, "credentials") if item["sk"]["S"] == "COMPTE"]


def test_a_parent_creates_activates_and_signs_in(portal: Portal) -> None:
    browser = portal.browser()
    parent = Parent(email="Camille@Exemple.fr")

    created = create(browser, parent)
    early = sign_up.sign_in(browser, parent)
    activated = browser.post("/api/activation", {"token": sign_up.last_token(portal, parent.email)})
    signed_in = sign_up.sign_in(browser, parent)

    assert (created.status_code, created.get_json()) == (
        202,
        {"status": "activation_sent", "email": "Camille@Exemple.fr"},
    )
    assert (early.status_code, early.get_json()["code"]) == (403, "not_activated")
    assert activated.get_json() == {"status": "active", "given_name": "Camille", "cle_enfance": "none"}
    assert signed_in.get_json() == {
        "given_name": "Camille",
        "usual_name": "Martin",
        "title": "Mme",
        "previous_sign_in": None,
        "has_foyer": False,
        "second_factor": "none",
    }
    assert browser.get("/api/family/dashboard").status_code == 200


def test_what_was_typed_is_kept_tidy_and_the_password_nowhere(portal: Portal) -> None:
    parent = (
        Parent()
        .typed("/identity/usual_name", "  d'Aÿ ")
        .typed("/identity/given_names", "Jean-Émile,  Paul")
        .typed("/identity/birth_date", "1985-03-27")
        .typed("/contact/mobile_phone", "06 12 34 56 78")
    )

    assert create(portal.browser(), parent, key=KEY).status_code == 202

    [account] = accounts_kept(portal)
    for kept in ("d'Aÿ", '["Jean-Émile","Paul"]', "+33612345678", "1985-03-27", "$argon2id$v=19$m=19456,t=2,p=1$"):
        assert kept in account["doc"]["S"]
    everything = repr([sign_up.stored(portal, table) for table in ("core", "credentials", "ephemeral", "audit")])
    assert sign_up.PASSWORD not in everything


def test_the_digest_of_the_request_lets_nobody_test_a_password(portal: Portal) -> None:
    """The stored digest is not one that can be computed from the request alone."""
    from functions.kit.endpoint import hash_of

    create(portal.browser(), Parent(), key=KEY)

    assert hash_of(Parent().form()) not in repr(sign_up.stored(portal, "credentials"))


def test_a_retry_has_the_same_answer_and_one_mail(portal: Portal) -> None:
    browser = portal.browser()

    first = create(browser, Parent(), key=KEY)
    again = create(browser, Parent(), key=KEY)
    run_jobs()
    late = create(browser, Parent(), key=KEY)
    run_jobs()

    assert first.status_code == again.status_code == late.status_code == 202
    assert first.data == again.data == late.data
    assert len(accounts_kept(portal)) == 1
    assert len(letters(portal)) == 1


def test_another_body_under_the_same_key_is_refused_and_writes_nothing(portal: Portal) -> None:
    browser = portal.browser()
    create(browser, Parent(), key=KEY)
    before = sign_up.stored(portal, "credentials")

    for changed in (
        Parent(email="autre@exemple.fr"),
        Parent(username="autre.nom"),
        Parent(password="quatre cigognes dorment"),
    ):
        answer = create(browser, changed, key=KEY)

        assert (answer.status_code, answer.get_json()["code"]) == (422, "idempotency_mismatch")
    assert sign_up.stored(portal, "credentials") == before


def test_twenty_requests_at_once_under_one_key_make_one_account(portal: Portal) -> None:
    answers = at_once(lambda _: create(portal.browser(), Parent(), key=KEY), 20)
    run_jobs()

    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.data for answer in answers}) == 1
    assert len(accounts_kept(portal)) == 1
    assert len(letters(portal)) == 1


def test_a_retry_that_crosses_its_own_first_try_is_not_refused_its_username(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second try looks for its event before the first one commits, and for its username after."""
    assert create(portal.browser(), Parent(), key=KEY).status_code == 202
    seen = iter([None])
    find = service.replay.find
    monkeypatch.setattr(service.replay, "find", lambda *asked: next(seen, find(*asked)))

    answer = create(portal.browser(), Parent(), key=KEY)

    assert answer.status_code == 202
    assert len(accounts_kept(portal)) == 1


@pytest.mark.parametrize("after", [False, True])
def test_killed_around_its_transaction_the_creation_is_found_again(
    portal: Portal, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    """Faults 3 and 10."""
    with sign_up.killed(monkeypatch, after=after):
        broken = create(portal.browser(), Parent(), key=KEY)
    between = len(accounts_kept(portal))
    again = create(portal.browser(), Parent(), key=KEY)
    run_jobs()

    assert (broken.status_code, between) == (500, 1 if after else 0)
    assert again.status_code == 202
    assert len(letters(portal)) == 1


def test_without_the_key_as_identity_twenty_requests_would_make_many(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control of the test above: with an id drawn at random, usernames left apart, nothing holds."""
    monkeypatch.setattr(service.keyed, "digest", lambda *_: uuid.uuid4().hex * 2)
    monkeypatch.setattr(service.accounts, "claim", lambda *_, **__: None)

    at_once(lambda _: create(portal.browser(), Parent(), key=KEY), 5)

    assert len(accounts_kept(portal)) == 5


def test_two_people_want_one_username_at_once(portal: Portal) -> None:
    answers = at_once(lambda number: create(portal.browser(), Parent(email=f"parent{number}@exemple.fr")), 8)

    assert sorted(answer.status_code for answer in answers) == [202] + [422] * 7
    refused = next(answer for answer in answers if answer.status_code == 422)
    assert list(errors(refused)) == ["/authentication/username"]
    assert len(accounts_kept(portal)) == 1


@pytest.mark.parametrize("spelling", ["camille.martin", "CAMILLE.Martin", "ｃamille.martin"])
def test_a_username_taken_is_said_whatever_its_spelling(portal: Portal, spelling: str) -> None:
    create(portal.browser(), Parent())

    answer = create(portal.browser(), Parent(username=spelling, email="autre@exemple.fr"))

    assert answer.status_code == 422
    assert "déjà pris" in errors(answer)["/authentication/username"]


def test_a_username_is_free_again_when_its_account_was_never_activated(
    portal: Portal, travel: Callable[[datetime], None]
) -> None:
    create(portal.browser(), Parent())
    start = clock.now()

    travel(start + timedelta(hours=47, minutes=59))
    before = create(portal.browser(), Parent(email="autre@exemple.fr"))
    travel(start + timedelta(hours=48))
    after = create(portal.browser(), Parent(email="autre@exemple.fr"))

    assert before.status_code == 422
    assert after.status_code == 202


def test_an_address_is_claimed_only_by_activating(portal: Portal) -> None:
    """Nobody keeps somebody else's address by typing it: both may create, the first to activate has it."""
    squatter, owner = Parent(username="squatteur"), Parent(username="la.vraie")
    assert create(portal.browser(), squatter).status_code == 202
    assert create(portal.browser(), owner).status_code == 202
    run_jobs()
    mine = next(letter for letter in letters(portal) if "la.vraie" in letter.get_content())
    other = next(letter for letter in letters(portal) if "squatteur" in letter.get_content())

    first = portal.browser().post("/api/activation", {"token": sign_up.token_in(mine)})
    second = portal.browser().post("/api/activation", {"token": sign_up.token_in(other)})

    assert first.status_code == 200
    assert (second.status_code, second.get_json()["code"]) == (409, "email_taken")
    assert sign_up.sign_in(portal.browser(), owner).status_code == 200


def test_a_username_that_is_an_address_may_not_be_somebody_elses(portal: Portal) -> None:
    answer = create(portal.browser(), Parent(username="maire@exemple.fr"))
    own = create(portal.browser(), Parent(username="camille@exemple.fr"))

    assert list(errors(answer)) == ["/authentication/username"]
    assert own.status_code == 202


def test_creations_are_bounded_by_address_written_to(portal: Portal) -> None:
    answers = [create(portal.browser(), Parent(username=f"camille{n}"), address=f"192.0.2.{n}") for n in range(6)]

    assert [answer.status_code for answer in answers] == [202] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_creations_are_bounded_by_the_callers_address(portal: Portal) -> None:
    wrong = Parent().typed("/identity/usual_name", "🙂")

    answers = [create(portal.browser(), wrong, address="192.0.2.9") for _ in range(61)]
    elsewhere = create(portal.browser(), Parent(), address="192.0.2.10")

    assert [answer.status_code for answer in answers[-2:]] == [422, 429]
    assert elsewhere.status_code == 202


def test_a_read_creates_nothing(portal: Portal) -> None:
    browser = portal.browser()

    for method in ("GET", "HEAD", "PUT", "DELETE", "OPTIONS"):
        assert browser.call(method, "/api/accounts", None).status_code in {404, 405}
    assert sign_up.stored(portal, "credentials") == []
