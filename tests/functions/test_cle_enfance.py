"""The clé enfance links an account to a family file: once, and for the right child."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from support import factories, key_letters, sign_up
from support.client import Portal
from support.key_letters import Family, accounts_in_file, link
from support.sign_up import errors
from werkzeug.wrappers import Response

from functions.actions import cles, linking
from functions.gateways import hashing
from functions.kit import clock

KEY = "0c1b7d1e-1111-4222-8333-444455556666"
WRONG = "00000-AAAAA"


@pytest.fixture
def family(portal: Portal) -> Family:
    assert portal
    return key_letters.with_keys()


def refused_alike(answers: list[Response]) -> bool:
    return {(answer.status_code, answer.get_json()["code"]) for answer in answers} == {(422, "cle_refused")} and len(
        {answer.data for answer in answers}
    ) == 1


def test_the_right_key_opens_the_file(portal: Portal, family: Family) -> None:
    browser = factories.stranger(portal)
    before = browser.get("/api/family/dashboard").get_json()

    answer = link(browser, family.proof())

    after = browser.get("/api/family/dashboard").get_json()
    assert (answer.status_code, sorted(answer.get_json()["children"])) == (200, ["Léo", "Zoé"])
    assert before["foyer"] is None
    assert after["foyer"]["foyer_id"] == family.file.foyer_id
    assert [guardian["is_me"] for guardian in after["guardians"]].count(True) == 1
    assert len(accounts_in_file(family)) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"child_usual_name": "MARTIN", "child_given_name": "LEO"},
        {"child_usual_name": "martin ", "child_given_name": "léo"},
        {"child_given_name": "Léo, Paul"},
        {"child_given_name": "Zoé"},
        {"key": "lower"},
        {"key": "spaces"},
    ],
)
def test_accents_case_and_spaces_do_not_matter(portal: Portal, family: Family, changes: dict[str, str]) -> None:
    ways = {"lower": family.keys[0].lower(), "spaces": f" {family.keys[0].replace('-', ' – ')} "}

    answer = link(
        factories.stranger(portal), family.proof(**{**changes, "key": ways.get(changes.get("key", ""), family.keys[0])})
    )

    assert answer.status_code == 200


def test_every_wrong_key_is_refused_in_the_same_words(
    portal: Portal, family: Family, travel: Callable[[datetime], None]
) -> None:
    other_child = factories.child("Anna", usual_name="Petit")
    other = factories.family(other_child)
    other_key = next(iter(cles.prepare_keys(other, clock.now() + timedelta(days=90), clock.now()).values()))
    assert link(factories.stranger(portal), family.proof(family.keys[1])).status_code == 200
    browser = factories.stranger(portal)

    answers = [
        link(browser, family.proof(WRONG)),
        link(browser, family.proof(family.keys[1])),  # used
        link(browser, family.proof(other_key)),  # another child's
        link(browser, family.proof(child_given_name="Lou")),
        link(browser, family.proof(child_usual_name="Durand")),
        link(browser, family.proof(child_birth_date="2018-03-15")),
    ]
    travel(clock.now() + timedelta(days=91))
    expired_by_now = factories.stranger(portal)
    answers.append(link(expired_by_now, family.proof()))

    assert refused_alike(answers)
    assert list(errors(answers[0])) == ["/key"]
    assert "service" in answers[0].get_json()["detail"]
    assert len(accounts_in_file(family)) == 1


def test_every_refusal_costs_the_same_work(portal: Portal, family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    work: list[str | None] = []
    real = hashing.matches
    monkeypatch.setattr(hashing, "matches", lambda hashed, secret: (work.append(hashed), real(hashed, secret))[1])
    costs = []
    for proof in (family.proof(WRONG), family.proof(WRONG, child_usual_name="Inconnu"), family.proof()):
        work.clear()
        link(factories.stranger(portal), proof)
        costs.append(len(work))

    assert costs == [4, 4, 4]


def test_a_key_serves_once(portal: Portal, family: Family) -> None:
    first = link(factories.stranger(portal), family.proof())
    second = link(factories.stranger(portal), family.proof())

    assert first.status_code == 200
    assert second.get_json()["code"] == "cle_refused"


def test_each_guardian_has_a_key_and_a_second_one_changes_nothing(portal: Portal, family: Family) -> None:
    camille, paul = factories.stranger(portal), factories.stranger(portal)

    assert link(camille, family.proof(family.keys[0])).status_code == 200
    again = link(camille, family.proof(family.keys[1]))
    other = link(paul, family.proof(family.keys[1]))

    assert (again.status_code, again.get_json()["code"]) == (409, "already_linked")
    assert other.status_code == 200
    assert len(set(accounts_in_file(family))) == 2


def test_a_retry_has_the_same_answer_and_another_body_is_refused(portal: Portal, family: Family) -> None:
    browser = factories.stranger(portal)

    first, again = link(browser, family.proof(), key=KEY), link(browser, family.proof(), key=KEY)
    other = link(browser, family.proof(family.keys[1]), key=KEY)

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.data == again.data
    assert (other.status_code, other.get_json()["code"]) == (422, "idempotency_mismatch")


@pytest.mark.parametrize("after", [False, True])
def test_killed_around_its_transaction_the_link_is_found_again(
    portal: Portal, family: Family, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    """Faults 3 and 10: never a key used without its family opened."""
    browser = factories.stranger(portal)
    with sign_up.killed(monkeypatch, after=after):
        broken = link(browser, family.proof(), key=KEY)
    between = len(accounts_in_file(family))
    again = link(browser, family.proof(), key=KEY)

    assert (broken.status_code, between) == (500, 1 if after else 0)
    assert again.status_code == 200
    assert len(accounts_in_file(family)) == 1


def test_of_two_accounts_at_once_one_wins(portal: Portal, family: Family) -> None:
    browsers = [factories.stranger(portal) for _ in range(2)]

    answers = sign_up.at_once(lambda number: link(browsers[number], family.proof()), 2)

    assert sorted(answer.status_code for answer in answers) == [200, 422]
    opened = [browser.get("/api/family/dashboard").get_json()["foyer"] is not None for browser in browsers]
    assert sorted(opened) == [False, True]
    assert len(accounts_in_file(family)) == 1


def test_with_the_guard_off_both_would_win(portal: Portal, family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control of the test above."""
    monkeypatch.setattr(linking.cles, "use", lambda *_: None)
    monkeypatch.setattr(linking.foyers, "add_person", lambda *_: None)
    browsers = [factories.stranger(portal) for _ in range(2)]

    answers = sign_up.at_once(lambda number: link(browsers[number], family.proof()), 2)

    assert [answer.status_code for answer in answers] == [200, 200]


def test_both_parents_at_once_are_both_linked(portal: Portal, family: Family) -> None:
    browsers = [factories.stranger(portal) for _ in range(2)]

    answers = sign_up.at_once(lambda number: link(browsers[number], family.proof(family.keys[number])), 2)

    assert [answer.status_code for answer in answers] == [200, 200]
    assert len(set(accounts_in_file(family))) == 2


def test_a_stranger_must_sign_in_first(portal: Portal, family: Family) -> None:
    answer = link(portal.browser(), family.proof())

    assert answer.status_code == 401
    assert accounts_in_file(family) == []


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("key", ""),
        ("key", "ABCDE-12345"),
        ("key", "12345-ABCD🙂"),
        ("key", 12345),
        ("key", "1" * 200),
        ("child_usual_name", ""),
        ("child_usual_name", "<b>Martin</b>"),
        ("child_usual_name", "Mar\r\ntin"),
        ("child_given_name", "a" * 101),
        ("child_given_name", None),
        ("child_birth_date", "2019-02-31"),
        ("child_birth_date", "14/03/2018"),
        ("child_birth_date", None),
        ("foyer_id", "autre"),
    ],
)
def test_a_form_filled_in_wrongly_is_refused_before_it_counts(
    portal: Portal, family: Family, pointer: str, value: Any
) -> None:
    browser = factories.stranger(portal)

    answers = [link(browser, {**family.proof(), pointer: value}) for _ in range(6)]

    assert {answer.status_code for answer in answers} == {422}
    assert list(errors(answers[0])) == [f"/{pointer}"]
    assert link(browser, family.proof()).status_code == 200
