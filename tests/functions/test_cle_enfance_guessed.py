"""Guessing a clé enfance: bounded by child, account, address and overall, signed in or creating an account."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from support import factories, key_letters
from support.client import Browser, Portal
from support.key_letters import Family, link
from support.sign_up import Parent, create

from functions.domain import cle_enfance
from functions.gateways import hashing
from functions.kit import clock

KEY = "0c1b7d1e-1111-4222-8333-444455556666"
WRONG = "00000-AAAAA"


@pytest.fixture
def family(portal: Portal) -> Family:
    assert portal
    return key_letters.with_keys()


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
