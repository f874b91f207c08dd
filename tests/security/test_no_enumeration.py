"""Known and unknown names are answered alike: words, headers, reads, writes, and uses of argon2.

By counts and not by the clock, which a busy machine makes lie.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from bench.capacity import counted
from support import factories, key_letters, sign_up
from support.client import Portal
from support.sign_up import Parent
from werkzeug.wrappers import Response

from functions.gateways import hashing

WRONG = "une autre phrase que la bonne"


@dataclass(frozen=True)
class Seen:
    """What somebody who asks can tell, and what could be felt in the time it takes."""

    status: int
    body: str
    headers: tuple[tuple[str, str], ...]
    reads: int
    transactions: int
    writes: int
    argon2: tuple[str, ...]
    written_units: float = field(compare=False)  # the index of what is to be sent counts one more: nobody waits for it


@pytest.fixture
def argon2(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each use of argon2, by name."""
    done: list[str] = []
    for name in ("hash_secret", "matches"):
        real = getattr(hashing, name)

        def count(*arguments: Any, _real: Callable[..., Any] = real, _name: str = name) -> Any:
            done.append(_name)
            return _real(*arguments)

        monkeypatch.setattr(hashing, name, count)
    return done


def seen(ask: Callable[[], Response], argon2: list[str], *typed: str) -> Seen:
    """`typed` is what the caller sent, which an answer may repeat."""
    argon2.clear()
    with counted() as cost:
        answer = ask()
    body = answer.get_data(as_text=True)
    for text in typed:
        body = body.replace(text, "…")
    headers = tuple(sorted((name, value) for name, value in answer.headers.items() if name != "Content-Length"))
    return Seen(answer.status_code, body, headers, cost.reads, cost.transactions, cost.writes, tuple(argon2), cost.wcu)


@pytest.fixture
def active(portal: Portal) -> Parent:
    parent = Parent()
    sign_up.sign_up(portal, parent)
    return parent


@pytest.fixture
def waiting(portal: Portal) -> Parent:
    parent = Parent("attente.un", "attente@exemple.fr")
    assert sign_up.create(portal.browser(), parent).status_code == 202
    return parent


def test_creating_an_account(portal: Portal, active: Parent, waiting: Parent, argon2: list[str]) -> None:
    def create(parent: Parent) -> Seen:
        return seen(lambda: sign_up.create(portal.browser(), parent), argon2, parent.email)

    known, pending = create(Parent("nom.un", active.email)), create(Parent("nom.deux", waiting.email))
    unknown = create(Parent("nom.trois", "rien@exemple.fr"))

    assert known == pending == unknown
    assert (known.status, known.transactions, known.argon2) == (202, 1, ("hash_secret",))


def test_asking_for_the_activation_link_again(
    portal: Portal, active: Parent, waiting: Parent, argon2: list[str]
) -> None:
    def again(email: str) -> Seen:
        return seen(lambda: portal.browser().post("/api/activation/resend", {"email": email}), argon2, email)

    pending, known, unknown = again(waiting.email), again(active.email), again("rien@exemple.fr")

    assert pending == known == unknown
    assert abs(pending.written_units - unknown.written_units) <= 1
    assert (pending.status, pending.transactions, pending.argon2) == (202, 1, ())


@pytest.mark.parametrize("by", ["username", "address"])
def test_signing_in_with_a_wrong_password(
    portal: Portal, active: Parent, waiting: Parent, argon2: list[str], by: str
) -> None:
    names = {
        "username": (active.username, waiting.username, "personne.ici"),
        "address": (active.email, waiting.email, "personne@exemple.fr"),
    }[by]

    def sign_in(name: str) -> Seen:
        return seen(lambda: sign_up.sign_in(portal.browser(), Parent(name, password=WRONG)), argon2)

    known, pending, unknown = map(sign_in, names)

    assert known == pending == unknown
    assert known.status == 401
    assert known.argon2 == ("matches",) * (1 if by == "username" else 2)


def test_a_forgotten_password(portal: Portal, active: Parent, waiting: Parent, argon2: list[str]) -> None:
    def ask(name: str) -> Seen:
        body = {"username": name}
        return seen(lambda: portal.browser().post("/api/accounts/password/forgotten", body), argon2, name)

    answers = [ask(name) for name in (active.email, active.username, waiting.email, "rien@exemple.fr", "personne")]

    assert len(set(answers)) == 1
    assert max(one.written_units for one in answers) - min(one.written_units for one in answers) <= 1
    assert (answers[0].status, answers[0].transactions) == (202, 1)


def test_a_wrong_cle_enfance(portal: Portal, argon2: list[str]) -> None:
    """A child of the town and one nobody knows; a key that is wrong, and a right key beside the wrong child."""
    family = key_letters.with_keys()
    wrong, nobody = "00000-AAAAA", {"child_usual_name": "Personne"}
    proofs = [family.proof(wrong), family.proof(wrong, **nobody), family.proof(**nobody)]

    def link(proof: dict[str, str]) -> Seen:
        browser = factories.stranger(portal)
        return seen(lambda: key_letters.link(browser, proof), argon2)

    answers = [link(proof) for proof in proofs]

    assert len(set(answers)) == 1
    assert answers[0].status == 422
    assert answers[0].argon2 == ("matches",) * 4


def test_a_link_of_a_mail(portal: Portal, active: Parent, argon2: list[str]) -> None:
    """Nothing of a token that was never made, whatever it resembles."""
    assert active

    def follow(token: str) -> Seen:
        return seen(lambda: portal.browser().post("/api/activation", {"token": token}), argon2)

    answers = [follow(token) for token in ("A" * 20, "A" * 43, "z" * 43, "-" * 200)]

    assert len(set(answers)) == 1
    assert answers[0].status == 404


def test_a_difference_would_be_seen(portal: Portal, active: Parent, argon2: list[str]) -> None:
    """Negative control: the right password and a wrong one are told apart by each count."""
    wrong = seen(lambda: sign_up.sign_in(portal.browser(), Parent(active.username, password=WRONG)), argon2)
    right = seen(lambda: sign_up.sign_in(portal.browser(), active), argon2)

    assert wrong.status != right.status
    assert (wrong.reads, wrong.writes, wrong.headers) != (right.reads, right.writes, right.headers)
