"""The second step of a sign-in: what a session opens before and after, each code once, guessing bounded."""

from dataclasses import replace

import pytest
from support import sign_up
from support.client import Browser, Portal
from support.second_factor import FACTOR, ME, PARENT, STEP, Travel, code, enrolled, half, later, parent, prove

from functions.accounts import second_step
from functions.kit import clock
from functions.store import accounts, second_factors

__all__ = ["enrolled", "half", "parent"]


def test_half_signed_in_opens_nothing_but_the_second_step(half: Browser) -> None:
    for path in (ME, FACTOR, "/api/family/dashboard"):
        answer = half.get(path)
        assert (answer.status_code, answer.get_json()["code"]) == (403, "second_factor_needed")
    assert half.get(STEP).get_json() == {"means": "totp", "proven": False}


def test_the_password_alone_tells_no_name(portal: Portal, enrolled: tuple[str, list[str]]) -> None:
    assert enrolled
    answer = sign_up.sign_in(portal.browser(), PARENT)

    assert "Camille" not in answer.text
    assert "Martin" not in answer.text


def test_refreshing_does_not_replace_the_code(half: Browser) -> None:
    assert half.post("/api/accounts/sessions/refresh").status_code == 204

    assert half.get(ME).status_code == 403


def test_half_signed_in_can_sign_out(half: Browser) -> None:
    assert half.call("DELETE", "/api/accounts/sessions/current").status_code == 204

    assert half.get(STEP).status_code == 401


def test_the_code_opens_the_session_under_another_id(half: Browser, enrolled: tuple[str, list[str]]) -> None:
    before = half.client.get_cookie("__Host-parvis", domain="localhost")
    answer = prove(half, code(enrolled[0]))

    assert answer.status_code == 200
    assert answer.get_json()["given_name"] == "Camille"
    assert half.get(ME).status_code == 200
    assert before is not None
    half.client.set_cookie("__Host-parvis", before.value, domain="localhost", secure=True)
    assert half.get(ME).status_code == 401


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 422), (0, 200), (1, 200), (2, 422)])
def test_a_code_is_taken_one_step_around_now_and_never_up_to_the_last_one_used(
    half: Browser, enrolled: tuple[str, list[str]], steps: int, status: int
) -> None:
    """The step before now is the one that confirmed the application."""
    assert prove(half, code(enrolled[0], steps)).status_code == status


def test_the_code_of_the_step_before_is_taken_when_it_has_not_served(
    half: Browser, enrolled: tuple[str, list[str]], travel: Travel
) -> None:
    later(travel)

    assert prove(half, code(enrolled[0], -1)).status_code == 200


def test_a_code_used_once_opens_nothing_any_more(
    portal: Portal, half: Browser, enrolled: tuple[str, list[str]]
) -> None:
    typed = code(enrolled[0])
    assert prove(half, typed).status_code == 200

    other = portal.browser()
    sign_up.sign_in(other, PARENT)
    assert prove(other, typed).get_json()["code"] == "wrong_code"


def test_one_code_sent_by_two_browsers_at_once_opens_one(
    portal: Portal, half: Browser, enrolled: tuple[str, list[str]]
) -> None:
    other, typed = portal.browser(), code(enrolled[0])
    sign_up.sign_in(other, PARENT)

    answers = sign_up.at_once(lambda number: prove((half, other)[number], typed).status_code, 2)

    assert sorted(answers) == [200, 422]


def test_without_the_version_one_code_would_open_two(
    portal: Portal, half: Browser, enrolled: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control of the test above: between the reading and the writing of one, the other passes."""
    other, typed = portal.browser(), code(enrolled[0])
    sign_up.sign_in(other, PARENT)
    known = second_factors.find(accounts.find_claim("COURRIEL", PARENT.email, clock.now()) or "")
    assert prove(half, typed).status_code == 200
    current = second_factors.find(known.account_id)

    monkeypatch.setattr(second_step.store, "find", lambda _: replace(known, version=current.version))

    assert prove(other, typed).status_code == 200


def test_a_recovery_code_opens_once_however_it_is_typed(
    portal: Portal, half: Browser, enrolled: tuple[str, list[str]]
) -> None:
    recovery = enrolled[1][3]

    assert prove(half, f" {recovery.upper()} ").status_code == 200
    assert half.get(FACTOR).get_json()["recovery_codes_left"] == 9
    other = portal.browser()
    sign_up.sign_in(other, PARENT)
    assert prove(other, recovery).status_code == 422
    assert prove(other, enrolled[1][4]).status_code == 200


def test_guessing_is_bounded_even_from_new_sessions(portal: Portal, half: Browser) -> None:
    for number in range(9):  # the tenth try confirmed the application
        assert prove(half, f"{number:06}").status_code == 422
    other = portal.browser()
    sign_up.sign_in(other, PARENT)

    answer = prove(other, "111111", address="198.51.100.7")

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
