"""Passkeys of an account: added after the password with what an authenticator really signs, renamed, removed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from support import authenticator, factories, sign_up
from support.authenticator import PATH, Authenticator, ask, listed, options_of, register, told
from support.client import Browser, Portal
from support.sign_up import Parent, errors, run_jobs, stored

from functions.domain import passkeys as rule
from functions.kit import clock, config
from functions.store import accounts
from functions.store import passkeys as store
from functions.store.passkeys import Passkeys

PARENT, OTHER = Parent(), Parent("dominique.roux", "dominique@exemple.fr")
KEY = "1b1b7d1e-1111-4222-8333-444455556666"
FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0"
Travel = Callable[..., None]


@pytest.fixture
def parent(portal: Portal) -> Browser:
    return sign_up.signed_up_and_in(portal, PARENT)


@pytest.fixture
def other(portal: Portal) -> Browser:
    return sign_up.signed_up_and_in(portal, OTHER)


def audited(portal: Portal) -> list[str]:
    run_jobs()
    return [item["doc"]["S"] for item in stored(portal, "audit") if '"passkey.' in item["doc"]["S"]]


def test_the_authenticator_is_asked_for_a_passkey_that_finds_its_account_and_checks_its_owner(parent: Browser) -> None:
    options = options_of(ask(parent))

    assert options["rp"]["id"] == "localhost"
    assert options["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }
    assert options["attestation"] == "none"
    assert options["user"]["name"] == "camille.martin"
    assert options["excludeCredentials"] == []
    assert len(authenticator.raw(options["challenge"])) >= 32


def test_the_password_is_asked_first(parent: Browser) -> None:
    assert "/current_password" in errors(ask(parent, "ce n’est pas le bon"))


def test_guessing_the_password_there_is_stopped(parent: Browser) -> None:
    tries = [ask(parent, f"mauvais mot de passe {number}").status_code for number in range(11)]

    assert tries == [422] * 10 + [429]


def test_a_passkey_is_kept_named_after_the_device_told_by_mail_and_audited(portal: Portal, parent: Browser) -> None:
    device = Authenticator(synced=True)
    answer = parent.post(PATH, device.made(options_of(ask(parent))), headers={"User-Agent": FIREFOX})

    assert answer.status_code == 201, answer.text
    assert listed(parent) == [answer.get_json()]
    assert answer.get_json()["created_at"].startswith("2026-11-21T09:00:")  # the clock goes on: signing up took a while
    assert {**answer.get_json(), "passkey_id": "", "created_at": ""} == {
        "passkey_id": "",
        "name": "Firefox sur Android",
        "created_at": "",
        "last_used_at": None,
        "synced": True,
        "version": 1,
    }
    assert len(told(portal, PARENT.email)) == 1
    assert len(audited(portal)) == 1


def test_its_next_passkey_excludes_those_it_has(parent: Browser) -> None:
    device, _ = register(parent)

    excluded = options_of(ask(parent))["excludeCredentials"]

    assert excluded == [
        {"id": authenticator.text(device.credential_id), "type": "public-key", "transports": ["internal"]}
    ]


def test_the_same_request_sent_again_keeps_one_passkey(portal: Portal, parent: Browser) -> None:
    body = Authenticator().made(options_of(ask(parent)))

    first, second = (parent.post(PATH, body, key=KEY) for _ in range(2))

    assert first.get_json() == second.get_json()
    assert len(listed(parent)) == 1
    assert len(told(portal, PARENT.email)) == 1


def refused(answer: Any, browser: Browser, code: str = "passkey_not_made") -> None:
    assert answer.get_json()["code"] == code, answer.text
    assert listed(browser) == []


LIARS = {
    "origin": Authenticator(origin="https://piege.exemple"),
    "port": Authenticator(origin="http://localhost:8001"),
    "rp id": Authenticator(rp_id="piege.exemple"),
    "not verified": Authenticator(verified=False),
    "a key that is none": Authenticator(on_curve=False),
}


def test_what_was_made_elsewhere_or_without_its_owner_is_refused(parent: Browser) -> None:
    answers = {name: register(parent, liar)[1].get_json()["code"] for name, liar in LIARS.items()}

    assert answers == dict.fromkeys(LIARS, "passkey_not_made")
    assert listed(parent) == []


FORGED = [authenticator.text(words) for words in (b'{"challenge": 4}', rb'{"challenge": "\ud800"}')]


def test_what_cannot_be_read_is_refused(parent: Browser) -> None:
    made = Authenticator().made(options_of(ask(parent)))
    for part in ("attestation", "client_data", "credential_id"):
        for forged in (made[part][: len(made[part]) // 2], "AAAA", *FORGED, "é"):
            answer = parent.post(PATH, {**made, part: forged})
            assert answer.status_code == 422, (part, forged, answer.text)
    assert listed(parent) == []


def test_a_challenge_serves_once(parent: Browser) -> None:
    options = options_of(ask(parent))
    assert parent.post(PATH, Authenticator().made(options)).status_code == 201

    again = parent.post(PATH, Authenticator().made(options))

    assert again.get_json()["code"] == "passkey_not_made"
    assert len(listed(parent)) == 1


def test_a_challenge_that_ran_out_is_refused(parent: Browser, travel: Travel) -> None:
    options = options_of(ask(parent))
    travel(clock.now() + timedelta(minutes=5))

    refused(parent.post(PATH, Authenticator().made(options)), parent)


def test_the_challenge_of_another_account_or_of_a_sign_in_is_refused(parent: Browser, other: Browser) -> None:
    refused(parent.post(PATH, Authenticator().made(options_of(ask(other)))), parent)
    challenge = authenticator.sign_in_options(parent)["challenge"]
    options = {**options_of(ask(parent)), "challenge": challenge}
    refused(parent.post(PATH, Authenticator().made(options)), parent)


def test_a_password_changed_meanwhile_must_be_proven_again(parent: Browser) -> None:
    options = options_of(ask(parent))
    new = "sept hérons sur la Loire"
    change = {"current_password": sign_up.PASSWORD, "password": new, "password_confirmation": new}
    assert parent.post("/api/accounts/password/change", change).status_code == 200

    refused(parent.post(PATH, Authenticator().made(options)), parent)


def test_a_passkey_known_already_is_not_kept_twice(parent: Browser) -> None:
    device, _ = register(parent)

    _, again = register(parent, device)

    assert (again.status_code, again.get_json()["code"]) == (409, "passkey_known")


def test_the_eleventh_is_refused_before_the_authenticator_is_asked(
    parent: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = options_of(ask(parent))
    monkeypatch.setattr(rule, "MOST", 2)
    for _ in range(2):
        assert register(parent)[1].status_code == 201

    assert (ask(parent).status_code, ask(parent).get_json()["code"]) == (409, "too_many_passkeys")
    assert parent.post(PATH, Authenticator().made(early)).get_json()["code"] == "too_many_passkeys"
    assert len(listed(parent)) == 2


def test_an_account_has_ten_at_most() -> None:
    assert rule.MOST == 10


def test_two_made_at_once_are_both_kept(parent: Browser) -> None:
    bodies = [Authenticator().made(options_of(ask(parent))) for _ in range(2)]

    answers = sign_up.at_once(lambda number: parent.post(PATH, bodies[number]), 2)

    assert [answer.status_code for answer in answers] == [201, 201]
    assert {one["passkey_id"] for one in listed(parent)} == {answer.get_json()["passkey_id"] for answer in answers}


def test_the_last_place_goes_to_one_of_two_made_at_once(parent: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule, "MOST", 1)
    bodies = [Authenticator().made(options_of(ask(parent))) for _ in range(2)]

    answers = sign_up.at_once(lambda number: parent.post(PATH, bodies[number]), 2)

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert len(listed(parent)) == 1


def test_without_the_version_one_of_two_would_be_lost(parent: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control of the tests above: between the reading and the writing of one, the other passes."""
    first = register(parent)[1].get_json()
    account_id = accounts.find_claim("COURRIEL", PARENT.email, clock.now()) or ""
    current = store.find(account_id).version
    body = Authenticator().made(options_of(ask(parent)))

    with monkeypatch.context() as blind:
        blind.setattr(store, "find", lambda _: Passkeys(account_id, (), current))
        assert parent.post(PATH, body).status_code == 201

    assert first["passkey_id"] not in {one["passkey_id"] for one in listed(parent)}


def test_an_address_without_a_name_has_no_passkeys(portal: Portal) -> None:
    config.use(replace(portal.settings, origin="http://127.0.0.1:8000"))
    signed = factories.stranger(portal)

    answer = signed.post(f"{PATH}/sign-in/options")

    assert (answer.status_code, answer.get_json()["code"]) == (409, "passkeys_unavailable")
