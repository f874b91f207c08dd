"""Bounds on tries: one caller can neither go round them nor use up those of others."""

from collections.abc import Iterator

import pytest
from support import sign_up
from support.client import Portal
from support.sign_up import Parent

from functions.domain.errors import Throttled
from functions.gateways import hashing
from functions.kit import clock, throttle
from functions.kit.app import _network
from functions.kit.throttle import Bound


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(hashing, "matches", lambda *_: False)
    return iter(())


@pytest.mark.usefixtures("_quick")
def test_the_addresses_of_one_house_count_as_one(portal: Portal) -> None:
    """A house has 2 ** 64 IPv6 addresses."""
    answers = [
        sign_up.sign_in(portal.browser(), Parent(username=f"compte{n}"), address=f"2001:db8:1:2::{n:x}").status_code
        for n in range(51)
    ]
    neighbour = sign_up.sign_in(portal.browser(), Parent(username="compte1"), address="2001:db8:1:3::1")

    assert answers == [401] * 50 + [429]
    assert neighbour.status_code == 401


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:a:b:c:d", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unknown", "unknown"),
    ],
)
def test_what_counts_as_one_caller(address: str, network: str) -> None:
    assert _network(address) == network


def test_a_caller_past_his_own_bound_uses_up_nobody_elses(portal: Portal) -> None:
    assert portal
    for n in range(20):
        bounds = [Bound("appelant", "un", 3, 900), Bound("victime", "camille", 10, 900), Bound("ville", "", 10, 900)]
        if n < 3:
            throttle.check(bounds, clock.now())
        else:
            with pytest.raises(Throttled):
                throttle.check(bounds, clock.now())

    assert throttle.count(Bound("victime", "camille", 10, 900), clock.now()) == 4
    assert throttle.count(Bound("ville", "", 10, 900), clock.now()) == 4


@pytest.mark.usefixtures("_quick")
def test_one_address_cannot_close_the_door_of_the_town(portal: Portal) -> None:
    for n in range(60):
        sign_up.sign_in(portal.browser(), Parent(username=f"compte{n}"), address="192.0.2.66")

    assert throttle.count(Bound("connexion-total", "", 3000, 900), clock.now()) == 51


def test_asking_again_in_capitals_does_not_tell_who_waits(portal: Portal) -> None:
    parent = Parent()
    assert sign_up.create(portal.browser(), parent).status_code == 202

    def twice(email: str) -> list[int]:
        key = f"renvoi-{email}".replace("@", "-").replace(".", "-")
        spellings = (email, email.upper())
        return [
            portal.browser().post("/api/activation/resend", {"email": one}, key=key).status_code for one in spellings
        ]

    assert twice(parent.email) == twice("inconnue@exemple.fr") == [202, 202]
    sign_up.run_jobs()
    assert len(sign_up.letters(portal, parent.email)) == 2  # the creation's and one more
