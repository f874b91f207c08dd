"""No answer tells whether an address has an account, and no log line names anybody."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from bench.capacity import counted
from support import factories, sign_up
from support.client import Portal
from support.sign_up import Parent, create, letters, run_jobs, sign_in

from functions.actions import cles
from functions.gateways import hashing
from functions.kit import clock

CANARIES = ("zzcanari", "Zzcanari", "zzcanari@exemple.fr", "FR7630006000011234567890189", "+33612345678", "0612345678")


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """Every line of every logger, ours or a library's."""
    kept: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append(self.format(record))

    handler = Keep(logging.DEBUG)
    loggers = [logging.getLogger(), logging.getLogger("parvis")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    yield kept
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each use of argon2."""
    done: list[str] = []
    for name in ("hash_secret", "matches"):
        real = getattr(hashing, name)

        def count(*arguments: Any, _real: Callable[..., Any] = real, _name: str = name) -> Any:
            done.append(_name)
            return _real(*arguments)

        monkeypatch.setattr(hashing, name, count)
    return done


def test_creating_with_a_known_address_looks_like_creating_with_a_new_one(portal: Portal, work: list[str]) -> None:
    """Same words, same work, same number of calls and writes; only the owner of the address learns more."""
    sign_up.sign_up(portal, Parent())
    seen = []
    for parent in (Parent("nouveau.un", "camille@exemple.fr"), Parent("nouveau.deux", "inconnue@exemple.fr")):
        work.clear()
        with counted() as cost:
            answer = create(portal.browser(), parent)
        body = answer.get_data(as_text=True).replace(parent.email, "…")
        seen.append((answer.status_code, body, list(answer.headers.keys()), list(work), cost.calls, cost.wcu))

    assert seen[0] == seen[1]
    assert seen[0][0] == 202


@pytest.mark.parametrize("by", ["username", "address"])
def test_what_follows_looks_the_same_too(portal: Portal, by: str) -> None:
    """Signing in with the account just asked for, asking for the link again, taking its username."""
    sign_up.sign_up(portal, Parent())
    seen = []
    for number, email in enumerate(("camille@exemple.fr", "inconnue@exemple.fr")):
        username = email if by == "address" else f"nouveau{number}"
        parent = Parent(username, email, password="quatre hirondelles partent")
        create(portal.browser(), parent)
        answers = [
            sign_in(portal.browser(), parent),
            portal.browser().post("/api/activation/resend", {"email": email}),
            create(portal.browser(), Parent(f"nouveau{number}", "tiers@exemple.fr")),
        ]
        seen.append([(answer.status_code, answer.data) for answer in answers])

    assert seen[0] == seen[1]
    assert seen[0][0][0] == 403


def test_the_owner_of_a_known_address_gets_no_activation_link(portal: Portal) -> None:
    """Else whoever typed it would wait for a click that makes their account."""
    sign_up.sign_up(portal, Parent())
    before = len(letters(portal))

    create(portal.browser(), Parent("intrus"))
    portal.browser().post("/api/activation/resend", {"email": "camille@exemple.fr"})
    run_jobs()

    assert len(letters(portal)) == before + 2
    assert not any("/activation/#" in letter.get_content() for letter in letters(portal)[before:])


@pytest.mark.parametrize(
    ("known", "unknown"),
    [("camille.martin", "personne.ici"), ("camille@exemple.fr", "personne@exemple.fr")],
)
def test_a_failed_sign_in_costs_the_same_for_a_known_and_an_unknown_name(
    portal: Portal, work: list[str], known: str, unknown: str
) -> None:
    sign_up.sign_up(portal, Parent())
    seen = []
    for name in (known, unknown):
        work.clear()
        answer = sign_in(portal.browser(), Parent(name, password="pas le bon du tout"))
        seen.append((answer.status_code, answer.data, list(work)))

    assert seen[0] == seen[1]
    assert seen[0][0] == 401
    assert seen[0][2]


def test_a_dummy_costs_what_a_real_hash_costs() -> None:
    """Not by the clock, which a busy machine makes lie, but by what the time comes from: the parameters."""
    real = hashing.hash_secret("une phrase")

    assert hashing.DUMMY.split("$")[1:4] == real.split("$")[1:4] == ["argon2id", "v=19", "m=19456,t=2,p=1"]
    assert hashing.matches(real, "une phrase")
    assert not hashing.matches(real, "une autre")
    assert not hashing.matches(None, "une phrase")


def test_no_line_of_log_names_anybody(portal: Portal, logged: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole journey of a parent, its mistakes, and a breakdown with everything in the exception."""
    file = factories.family(factories.child("Zzcanari", usual_name="Zzcanari"))
    key = next(iter(cles.prepare_keys(file, clock.now().replace(year=2027), clock.now()).values()))
    proof = {
        "key": key,
        "child_usual_name": "Zzcanari",
        "child_given_name": "Zzcanari",
        "child_birth_date": "2018-03-14",
    }
    parent = (
        Parent("zzcanari", "zzcanari@exemple.fr", "FR7630006000011234567890189")
        .typed("/identity/usual_name", "Zzcanari")
        .typed("/identity/given_names", "Zzcanari")
        .typed("/contact/mobile_phone", "06 12 34 56 78")
    )
    browser = portal.browser()
    create(browser, parent.typed("/identity/usual_name", "Zzcanari 🙂"))
    create(browser, parent)
    sign_in(browser, parent)
    token = sign_up.last_token(portal, parent.email)
    browser.post("/api/activation", {"token": token})
    sign_in(browser, Parent("zzcanari", password="Zzcanari faux"))
    sign_in(browser, parent)
    browser.post("/api/accounts/cle-enfance", {**proof, "key": "00000-AAAAA"})
    linked = browser.post("/api/accounts/cle-enfance", proof)
    run_jobs()
    with monkeypatch.context() as breakdown:

        def broken(*_: Any) -> None:
            raise RuntimeError(" ".join(CANARIES) + "\r\n{forged: line}")

        breakdown.setattr(hashing, "matches", broken)
        failed = sign_in(browser, parent)

    assert linked.status_code == 200
    assert failed.status_code == 500
    assert len(logged) >= 6
    for secret in (*CANARIES, key, token):
        assert not any(secret in line for line in logged), secret
    assert not any("forged" in line for line in logged)


def test_the_search_for_canaries_can_find_one(logged: list[str]) -> None:
    """Negative control: a line that names somebody is seen by the test above."""
    from functions.kit import log

    log.event("essai", who="Zzcanari")

    assert any("Zzcanari" in line for line in logged)


def test_an_address_or_account_number_is_struck_out_even_when_logged(logged: list[str]) -> None:
    from functions.kit import log

    log.event("essai", text="zzcanari@exemple.fr FR76 3000 6000 0112 3456 7890 189 06 12 34 56 78\nforgé")

    assert not any(mark in line for line in logged for mark in ("zzcanari", "3000", "06 12", "\n"))
