"""A second factor: the application linked, replaced, taken off, and its recovery codes."""

import re
from typing import Any

from support import sign_up
from support.client import Browser, Portal
from support.second_factor import (
    FACTOR,
    ME,
    PARENT,
    Travel,
    begin,
    code,
    confirm,
    enrolled,
    later,
    make_agent,
    parent,
    prove,
)
from support.sign_up import errors, letters, run_jobs, stored

__all__ = ["enrolled", "parent"]


def test_the_application_is_given_a_secret_its_address_and_its_picture(parent: Browser) -> None:
    made = begin(parent).get_json()

    assert re.fullmatch(r"[A-Z2-7]{32}", made["secret"])
    assert made["address"].startswith("otpauth://totp/localhost:camille.martin?secret=" + made["secret"])
    assert re.fullmatch(r"(M\d+ \d+h1v1h-1z)+", made["qr_path"])
    assert made["qr_size"] > 29


def test_the_picture_holds_the_address() -> None:
    import segno

    from functions.gateways import totp

    drawn = totp.picture("otpauth://totp/x")

    dark = {tuple(map(int, spot)) for spot in re.findall(r"M(\d+) (\d+)h", drawn.path)}
    rows = segno.make("otpauth://totp/x", error="m", micro=False).matrix
    assert dark == {(x + 4, y + 4) for y, row in enumerate(rows) for x, module in enumerate(row) if module}
    assert drawn.size == len(list(rows)) + 8


def test_enrolling_asks_for_the_password(parent: Browser) -> None:
    assert "/current_password" in errors(begin(parent, "ce n’est pas le bon"))


def test_nothing_changes_before_the_first_code(portal: Portal, parent: Browser) -> None:
    begin(parent)

    assert errors(confirm(parent, "000000")) == {"/code": errors(second_wrong(parent))["/code"]}
    assert sign_up.sign_in(portal.browser(), PARENT).get_json()["second_factor"] == "none"


def second_wrong(parent: Browser) -> Any:
    return confirm(parent, "000001")


def test_confirming_what_was_not_begun_is_refused(parent: Browser) -> None:
    assert confirm(parent, "123456").get_json()["code"] == "nothing_pending"


def test_once_enrolled_ten_recovery_codes_are_shown_and_a_mail_tells_it(
    portal: Portal, parent: Browser, enrolled: tuple[str, list[str]]
) -> None:
    _, codes = enrolled

    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"[a-z2-7]{5}-[a-z2-7]{5}", each) for each in codes)
    assert parent.get(FACTOR).get_json() == {"enrolled": True, "compulsory": False, "recovery_codes_left": 10}
    assert parent.get(ME).status_code == 200  # this session goes on
    run_jobs()
    assert "application de codes" in letters(portal, PARENT.email)[-1]["Subject"]


def test_a_confirmation_sent_again_gives_the_same_recovery_codes(parent: Browser) -> None:
    typed = code(begin(parent).get_json()["secret"])

    first, second = (confirm(parent, typed, key="1" * 32).get_json() for _ in range(2))

    assert first == second


def test_the_database_holds_neither_the_secret_nor_a_recovery_code(
    portal: Portal, enrolled: tuple[str, list[str]]
) -> None:
    secret, codes = enrolled
    run_jobs()

    everything = str([stored(portal, table) for table in ("core", "credentials", "ephemeral", "audit")])
    assert not [each for each in [secret, *codes] if each in everything]


def test_another_application_replaces_the_first_and_its_recovery_codes(
    portal: Portal, parent: Browser, enrolled: tuple[str, list[str]], travel: Travel
) -> None:
    later(travel)
    secret = begin(parent).get_json()["secret"]
    assert confirm(parent, code(enrolled[0])).status_code == 422
    assert confirm(parent, code(secret)).status_code == 200
    later(travel)

    browser = portal.browser()
    sign_up.sign_in(browser, PARENT)
    assert prove(browser, code(enrolled[0])).status_code == 422
    assert prove(browser, enrolled[1][0]).status_code == 422
    assert prove(browser, code(secret)).status_code == 200


def test_a_parent_takes_it_off_with_the_password(
    portal: Portal, parent: Browser, enrolled: tuple[str, list[str]]
) -> None:
    assert enrolled
    assert parent.post(f"{FACTOR}/remove", {"account_password": "pas celui-ci"}).status_code == 422
    assert parent.post(f"{FACTOR}/remove", {"account_password": sign_up.PASSWORD}).status_code == 200

    assert sign_up.sign_in(portal.browser(), PARENT).get_json()["second_factor"] == "none"
    assert confirm(parent, "123456").get_json()["code"] == "nothing_pending"


def test_an_agent_cannot_take_it_off(parent: Browser, enrolled: tuple[str, list[str]]) -> None:
    assert enrolled
    make_agent()

    answer = parent.post(f"{FACTOR}/remove", {"account_password": sign_up.PASSWORD})

    assert (answer.status_code, answer.get_json()["code"]) == (409, "compulsory")


def test_a_new_password_by_mail_does_not_replace_the_code(portal: Portal, enrolled: tuple[str, list[str]]) -> None:
    assert enrolled
    run_jobs()
    browser = portal.browser()
    browser.post("/api/accounts/password/forgotten", {"username": PARENT.email})
    run_jobs()
    found = re.search(r"/nouveau-mot-de-passe/#([\w-]+)", letters(portal, PARENT.email)[-1].get_content())
    assert found
    new = "sept hérons traversent la Loire"
    body = {"token": found[1], "password": new, "password_confirmation": new}
    assert browser.post("/api/accounts/password/reset", body).status_code == 200

    answer = browser.post("/api/accounts/sessions", {"username": PARENT.email, "password": new})

    assert answer.get_json()["second_factor"] == "needed"
