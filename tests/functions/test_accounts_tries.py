"""Tries of a password: bounded by account and by address; a device that is known is not locked out by a stranger."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from support import sign_up
from support.client import Portal
from support.sign_up import Parent, sign_in

from functions.gateways import hashing
from functions.kit import clock, known_devices


@pytest.mark.parametrize("password", ["🙂" * 12, "\r\n" * 12, "'; DROP TABLE comptes; --", "\u0000" * 12])
def test_any_password_may_be_tried(portal: Portal, password: str) -> None:
    assert sign_in(portal.browser(), Parent(password=password)).status_code == 401


def test_tries_on_one_account_are_bounded_even_with_the_right_password(
    portal: Portal, travel: Callable[[datetime], None]
) -> None:
    browser = sign_up.sign_up(portal, Parent())
    travel(datetime.fromisoformat("2026-11-21T10:00:00+00:00"))

    tries = [sign_in(browser, Parent(password=f"essai numéro {n}"), address=f"192.0.2.{n}") for n in range(10)]
    right = sign_in(browser, Parent(), address="198.51.100.1")
    travel(clock.now() + timedelta(minutes=15))
    later = sign_in(browser, Parent(), address="198.51.100.1")

    assert {answer.status_code for answer in tries} == {401}
    assert right.status_code == 429
    assert 0 < int(right.headers["Retry-After"]) <= 900
    assert right.get_json()["detail"].replace("\u00a0", " ") == "Trop d’essais. Recommencez dans 15 minutes."
    assert later.status_code == 200


def test_tries_by_identifiant_and_by_address_count_together(portal: Portal) -> None:
    browser = sign_up.sign_up(portal, Parent())
    names = ["camille.martin", "camille@exemple.fr", "Camille@Exemple.fr"] * 4

    tries = [
        sign_in(browser, Parent(username=name, password="pas le bon"), address=f"192.0.2.{n}").status_code
        for n, name in enumerate(names)
    ]

    assert tries == [401] * 10 + [429] * 2


def test_somebody_who_guesses_elsewhere_does_not_lock_out_a_device_that_is_known(portal: Portal) -> None:
    sign_up.sign_up(portal, Parent())
    known, stranger, other = portal.browser(), portal.browser(), portal.browser()
    assert sign_in(known, Parent()).status_code == 200
    for n in range(12):
        sign_in(stranger, Parent(password=f"essai numéro {n}"), address=f"192.0.2.{n}")

    other.client.set_cookie(
        known_devices.COOKIE, "0" * 32 + "." + "0" * 32, domain="localhost", secure=True
    )  # of one's own making

    assert sign_in(known, Parent()).status_code == 200
    assert sign_in(other, Parent()).status_code == 429
    assert [sign_in(known, Parent(password=f"oubli numéro {n}")).status_code for n in range(10)] == [401] * 9 + [429]


@pytest.mark.parametrize("value", ["", ".", "a.b.c", "é" * 32, "0" * 32, "0" * 31 + "<." + "0" * 32, "x" * 3000])
def test_a_spoilt_device_cookie_is_as_none(portal: Portal, value: str) -> None:
    browser = sign_up.sign_up(portal, Parent())
    browser.client.set_cookie(known_devices.COOKIE, value, domain="localhost", secure=True)

    assert sign_in(browser, Parent()).status_code == 200


def test_a_device_remembers_four_accounts_and_names_none() -> None:
    value = ""
    for number in range(5):
        value = known_devices.remember(value, f"{number:032x}").value

    assert [bool(known_devices.recognise(value, f"{number:032x}")) for number in range(5)] == [False] + [True] * 4
    assert not any(f"{number:032x}" in value for number in range(5))


def test_tries_from_one_address_are_bounded(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stuffing: one try on each of many accounts."""
    monkeypatch.setattr(hashing, "matches", lambda *_: False)
    answers = [sign_in(portal.browser(), Parent(username=f"compte{n}"), address="192.0.2.66") for n in range(51)]
    elsewhere = sign_in(portal.browser(), Parent(username="compte1"), address="192.0.2.67")

    assert [answer.status_code for answer in answers] == [401] * 50 + [429]
    assert elsewhere.status_code == 401
