"""The clé enfance links an account to a family file: once, for the right child, and not by guessing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from support import factories, sign_up
from support.client import Browser, Portal
from support.sign_up import Parent, create, errors
from werkzeug.wrappers import Response

from functions.actions import cles, linking
from functions.domain import cle_enfance
from functions.domain.foyer import FoyerFile
from functions.gateways import hashing
from functions.kit import clock
from functions.store import foyers

KEY = "0c1b7d1e-1111-4222-8333-444455556666"
WRONG = "00000-AAAAA"


@dataclass
class Family:
    """A file with two guardians and two children, and the keys of the letters."""

    file: FoyerFile
    keys: list[str]

    def proof(self, key: str = "", **changes: str) -> dict[str, str]:
        typed = {
            "key": key or self.keys[0],
            "child_usual_name": "Martin",
            "child_given_name": "Léo",
            "child_birth_date": "2018-03-14",
        }
        return {**typed, **changes}


@pytest.fixture
def family(portal: Portal) -> Family:
    assert portal
    guardians = (factories.guardian("Camille"), factories.guardian("Paul", title="M."))
    file = factories.family(factories.child("Léo"), factories.child("Zoé"), guardians=guardians)
    made = cles.prepare_keys(file, clock.now() + timedelta(days=90), clock.now())
    return Family(file, [made[guardian.person_id] for guardian in guardians])


def link(browser: Browser, proof: Any, **more: Any) -> Response:
    return browser.post("/api/accounts/cle-enfance", proof, **more)


def accounts_in_file(family: Family) -> list[str]:
    file = foyers.load(family.file.foyer_id)
    assert file
    return [guardian.account_id for guardian in file.guardians if guardian.account_id]


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


def test_guessing_the_key_of_a_child_is_bounded(
    portal: Portal, family: Family, travel: Callable[[datetime], None]
) -> None:
    """From as many accounts and addresses as one likes; the right key then waits too."""
    answers = [
        link(factories.stranger(portal), family.proof(cle_enfance.generate()), address=f"192.0.2.{n}").status_code
        for n in range(5)
    ]
    right = link(factories.stranger(portal), family.proof(), address="198.51.100.1")
    travel(clock.now() + timedelta(hours=1))
    later = link(factories.stranger(portal), family.proof(), address="198.51.100.1")

    assert answers == [422] * 5
    assert (right.status_code, right.get_json()["code"]) == (429, "too_many_tries")
    assert int(right.headers["Retry-After"]) > 0
    assert later.status_code == 200


def guesses(portal: Portal, count: int, browser: Browser | None, address: str) -> list[int]:
    """Tries for `count` children, a new one each time."""
    return [
        link(
            browser or factories.stranger(portal),
            {**Family(None, [WRONG]).proof(), "child_usual_name": f"Nom{'x' * n}"},  # type: ignore[arg-type]
            address=address or f"192.0.2.{n}",
        ).status_code
        for n in range(count)
    ]


def test_guessing_is_bounded_by_account(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "matches", lambda *_: False)

    assert guesses(portal, 11, factories.stranger(portal), "") == [422] * 10 + [429]


def test_guessing_is_bounded_by_address(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "matches", lambda *_: False)

    assert guesses(portal, 21, None, "192.0.2.66") == [422] * 20 + [429]


def test_guessing_is_bounded_overall(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """500 tries an hour against 10 ** 5 * 24 ** 5 keys: a botnet needs over a million years a child."""
    from functions.kit import throttle

    monkeypatch.setattr(hashing, "matches", lambda *_: False)
    for _ in range(499):
        throttle.count(throttle.Bound("cle-total", "", 500, 3600), clock.now())

    assert guesses(portal, 2, None, "") == [422, 429]


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


# Keys as they are made


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


# At creation


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


def test_guessing_keys_by_creating_accounts_is_bounded(portal: Portal, family: Family) -> None:
    answers = [
        create(
            portal.browser(),
            Parent(f"parent{n}", f"parent{n}@exemple.fr", cle_enfance=family.proof(cle_enfance.generate())),
            address=f"192.0.2.{n}",
            key=KEY,
        ).status_code
        for n in range(6)
    ]

    assert answers == [422] * 5 + [429]


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


def test_two_activations_with_one_key_link_one_account(portal: Portal, family: Family) -> None:
    parents = [Parent(f"parent{n}", f"parent{n}@exemple.fr", cle_enfance=family.proof()) for n in range(2)]
    for parent in parents:
        assert create(portal.browser(), parent).status_code == 202
    tokens = [sign_up.last_token(portal, parent.email) for parent in parents]

    answers = sign_up.at_once(lambda n: portal.browser().post("/api/activation", {"token": tokens[n]}).get_json(), 2)

    assert sorted(answer["cle_enfance"] for answer in answers) == ["linked", "refused"]
    assert len(accounts_in_file(family)) == 1
