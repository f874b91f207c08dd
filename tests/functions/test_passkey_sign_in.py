"""Signing in with a passkey: the same session as with a password, nobody named beforehand, one refusal for all."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from bench.capacity import counted
from support import authenticator, factories, sign_up
from support.authenticator import PATH, Authenticator, register, sign_in, sign_in_options
from support.client import Browser, Portal
from support.sign_up import Parent
from werkzeug.wrappers import Response

from functions.domain.security_events import LOG
from functions.kit import clock
from functions.store import access as access_store
from functions.store import accounts, passkeys
from functions.store.access import AgentGrant
from functions.store.transactions import Transaction

PARENT = Parent()
ME = "/api/accounts/me"
Travel = Callable[..., None]


@pytest.fixture
def parent(portal: Portal) -> Browser:
    return sign_up.signed_up_and_in(portal, PARENT)


@pytest.fixture
def device(parent: Browser) -> Authenticator:
    return register(parent)[0]


def account_id() -> str:
    return accounts.find_claim("COURRIEL", PARENT.email, clock.now()) or ""


def refused(answer: Response) -> bool:
    return (answer.status_code, answer.get_json()["code"]) == (401, "passkey_refused") and not answer.headers.getlist(
        "Set-Cookie"
    )


def test_nobody_is_named_beforehand(portal: Portal) -> None:
    options = sign_in_options(portal.browser())

    assert options["rpId"] == "localhost"
    assert options["userVerification"] == "required"
    assert not options.get("allowCredentials")


def test_it_opens_what_the_password_opens(portal: Portal, device: Authenticator, travel: Travel) -> None:
    travel(clock.now() + timedelta(minutes=1))
    by_password, by_passkey = portal.browser(), portal.browser()
    first = sign_up.sign_in(by_password, PARENT)

    second = sign_in(by_passkey, device)

    assert {**second.get_json(), "previous_sign_in": ""} == {**first.get_json(), "previous_sign_in": ""}
    assert second.get_json()["previous_sign_in"].startswith("2026-11-21T09:01:")
    names = [sorted(each.partition("=")[0] for each in one.headers.getlist("Set-Cookie")) for one in (first, second)]
    assert names == [["__Host-parvis", "__Host-parvis-appareil", "__Host-parvis-refresh"]] * 2
    assert by_passkey.get(ME).status_code == 200
    assert by_passkey.post("/api/accounts/sessions/refresh").status_code == 204


def test_its_use_is_seen_in_the_list(portal: Portal, parent: Browser, device: Authenticator, travel: Travel) -> None:
    travel(clock.now() + timedelta(minutes=1))
    sign_in(portal.browser(), device)

    [passkey] = parent.get(PATH).get_json()["passkeys"]

    assert passkey["last_used_at"].startswith("2026-11-21T09:01:")


def test_it_proves_two_factors(portal: Portal, parent: Browser, device: Authenticator) -> None:
    access = access_store.find(account_id())
    assert access is not None
    assert access_store.save(replace(access, second_factor="totp", agent=AgentGrant("Agnès Roux", ("mairie",))))
    agent = portal.browser()

    assert sign_in(agent, device).get_json()["second_factor"] == "none"

    assert agent.get(ME).status_code == 200
    assert agent.get("/api/agents/requests").status_code == 200
    assert parent.get(ME).get_json()["code"] == "second_factor_needed"  # the password alone


LIES: dict[str, dict[str, Any]] = {
    "origin": {"origin": "https://piege.exemple"},
    "rp id": {"rp_id": "piege.exemple"},
    "not verified": {"verified": False},
    "unknown passkey": {"credential_id": b"another" * 5},
    "unknown account": {"handle": authenticator.text(b"0" * 32)},
}


def test_what_does_not_hold_has_one_and_the_same_answer(portal: Portal, device: Authenticator) -> None:
    unknown = sign_in(portal.browser(), Authenticator(handle=authenticator.text(b"nobody")))
    for name, lie in LIES.items():
        answer = sign_in(portal.browser(), replace(device, **lie))

        assert refused(answer), name
        assert answer.get_json() == unknown.get_json()


def test_a_tampered_answer_is_refused(portal: Portal, device: Authenticator) -> None:
    browser = portal.browser()
    for part in ("signature", "authenticator_data", "client_data", "user_handle", "credential_id"):
        signed = device.signed(sign_in_options(browser))
        data = bytearray(authenticator.raw(signed[part]))
        data[-1] ^= 1

        assert refused(browser.post(f"{PATH}/sign-in", {**signed, part: authenticator.text(bytes(data))})), part


UNREADABLE = {
    "half a character": rb'{"challenge": "\ud800"}',
    "not even text": b"\xff\xfe\x00",
    "a tower of lists": b"[" * 2900,
    "a number of 2800 digits": b'{"challenge": ' + b"9" * 2800 + b"}",
    "nothing": b"null",
}


def test_what_cannot_be_read_is_refused_as_the_rest(portal: Portal, device: Authenticator) -> None:
    browser = portal.browser()
    for name, words in UNREADABLE.items():
        signed = device.signed(sign_in_options(browser), client_data=authenticator.text(words))

        assert refused(browser.post(f"{PATH}/sign-in", signed)), name


def test_the_signature_of_another_passkey_is_refused(portal: Portal, parent: Browser, device: Authenticator) -> None:
    other, _ = register(parent)

    assert refused(sign_in(portal.browser(), replace(other, credential_id=device.credential_id)))


def test_an_answer_opens_one_session(portal: Portal, device: Authenticator) -> None:
    browser = portal.browser()
    signed = device.signed(sign_in_options(browser))
    assert browser.post(f"{PATH}/sign-in", signed).status_code == 200

    assert refused(portal.browser().post(f"{PATH}/sign-in", signed))


@pytest.mark.parametrize("guarded", [True, False])
def test_an_answer_sent_by_two_browsers_at_once_opens_one(
    portal: Portal, parent: Browser, monkeypatch: pytest.MonkeyPatch, *, guarded: bool
) -> None:
    """With the challenge left unspent, the answer of a passkey that does not count would open both."""
    synced, _ = register(parent, Authenticator(synced=True, counts=False))
    browsers = [portal.browser() for _ in range(2)]
    body = synced.signed(sign_in_options(browsers[0]))
    if not guarded:
        monkeypatch.setattr(passkeys, "take_challenge", lambda *_: True)

    answers = sign_up.at_once(lambda number: browsers[number].post(f"{PATH}/sign-in", body).status_code, 2)

    assert sorted(answers) == ([200, 401] if guarded else [200, 200])


def test_what_a_refusal_costs_does_not_tell_who_exists(portal: Portal, device: Authenticator) -> None:
    costs = []
    for liar in (replace(device, verified=False), Authenticator(handle=authenticator.text(b"nobody"))):
        browser = portal.browser()
        signed = liar.signed(sign_in_options(browser))
        with counted() as cost:
            assert refused(browser.post(f"{PATH}/sign-in", signed))
        costs.append((cost.reads, cost.transactions, cost.writes))

    assert costs[0] == costs[1]


def test_a_challenge_is_spent_by_a_wrong_answer_too(portal: Portal, device: Authenticator) -> None:
    browser = portal.browser()
    signed = device.signed(sign_in_options(browser))
    assert refused(browser.post(f"{PATH}/sign-in", {**signed, "signature": "AAAA"}))

    assert refused(browser.post(f"{PATH}/sign-in", signed))


def test_an_answer_that_waited_five_minutes_is_refused(portal: Portal, device: Authenticator, travel: Travel) -> None:
    browser = portal.browser()
    signed = device.signed(sign_in_options(browser))
    travel(clock.now() + timedelta(minutes=5))

    assert refused(browser.post(f"{PATH}/sign-in", signed))


def test_a_challenge_to_register_signs_nobody_in(portal: Portal, parent: Browser, device: Authenticator) -> None:
    options = authenticator.options_of(authenticator.ask(parent))

    assert refused(portal.browser().post(f"{PATH}/sign-in", device.signed(options)))


def test_a_counter_that_goes_back_is_refused_and_somebody_is_told(
    portal: Portal, device: Authenticator, caplog: pytest.LogCaptureFixture
) -> None:
    copy = replace(device)
    for _ in range(2):
        assert sign_in(portal.browser(), device).status_code == 200

    assert refused(sign_in(portal.browser(), copy))

    lines = [json.loads(line) for line in caplog.messages if "passkey_counter_back" in line]
    assert [line["account_id"] for line in lines] == [account_id()]
    assert LOG["passkey_counter_back"].alert
    assert sign_in(portal.browser(), device).status_code == 200


def test_a_synchronised_passkey_does_not_count(portal: Portal, parent: Browser) -> None:
    synced, _ = register(parent, Authenticator(synced=True, counts=False))

    assert [sign_in(portal.browser(), synced).status_code for _ in range(2)] == [200, 200]


def test_two_sign_ins_at_once_with_a_synchronised_passkey_both_open(portal: Portal, parent: Browser) -> None:
    synced, _ = register(parent, Authenticator(synced=True, counts=False))
    browsers = [portal.browser() for _ in range(2)]
    bodies = [synced.signed(sign_in_options(browser)) for browser in browsers]

    answers = sign_up.at_once(lambda number: browsers[number].post(f"{PATH}/sign-in", bodies[number]), 2)

    assert [answer.status_code for answer in answers] == [200, 200]


def test_an_account_that_is_not_open_is_refused(portal: Portal, device: Authenticator) -> None:
    for status in ("pending", "closed"):
        account = accounts.find(account_id())
        assert account is not None
        transaction = Transaction()
        accounts.add(transaction, replace(account, status=status))
        transaction.commit()

        assert refused(sign_in(portal.browser(), device)), status


def test_a_passkey_outlives_the_sessions_and_the_password(
    portal: Portal, parent: Browser, device: Authenticator
) -> None:
    assert parent.call("DELETE", "/api/accounts/sessions").status_code == 204

    assert sign_in(portal.browser(), device).status_code == 200


def test_an_address_that_insists_is_stopped(portal: Portal, device: Authenticator) -> None:
    wrong = Authenticator(handle=device.handle)
    body = wrong.signed(sign_in_options(portal.browser()))
    browser = portal.browser()

    tries = [browser.post(f"{PATH}/sign-in", body, address="198.51.100.9").status_code for _ in range(51)]

    assert tries == [401] * 50 + [429]
    assert browser.post(f"{PATH}/sign-in", body).status_code == 401


def test_challenges_are_bounded_by_address(portal: Portal) -> None:
    browser = portal.browser()

    tries = [browser.post(f"{PATH}/sign-in/options").status_code for _ in range(101)]

    assert tries == [200] * 100 + [429]


def test_what_a_passkey_signs_with_is_never_logged(
    portal: Portal, parent: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    device, _ = register(parent)
    sign_in(portal.browser(), device)

    assert authenticator.text(device.credential_id) not in caplog.text
    assert passkeys.find(account_id()).all[0].sign_count == 1


def test_a_stranger_has_none(portal: Portal) -> None:
    assert factories.stranger(portal).get(PATH).get_json() == {"passkeys": [], "most": 10}
