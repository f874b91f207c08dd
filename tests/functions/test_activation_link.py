"""The link of the mail: it changes nothing until its button is pressed, works once, and runs out."""

import base64
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from support import sign_up
from support.client import Browser, Portal
from support.sign_up import Parent, create, last_token, letters, run_jobs, sign_in
from werkzeug.wrappers import Response

from functions.kit import clock
from functions.store import accounts

KEY = "0c1b7d1e-1111-4222-8333-444455556666"


def activate(browser: Browser, token: Any, **more: Any) -> Response:
    return browser.post("/api/activation", {"token": token}, **more)


def resend(browser: Browser, email: Any = "camille@exemple.fr", **more: Any) -> Response:
    return browser.post("/api/activation/resend", {"email": email}, **more)


@pytest.fixture
def waiting(portal: Portal) -> Browser:
    """The browser of a parent whose mail has just arrived."""
    browser = portal.browser()
    assert create(browser, Parent()).status_code == 202
    return browser


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])
def test_a_mail_scanner_changes_nothing(portal: Portal, waiting: Browser, method: str) -> None:
    """It opens the link, without its fragment or with the token where it guesses it goes."""
    token = last_token(portal, "camille@exemple.fr")
    before = sign_up.stored(portal, "credentials"), sign_up.stored(portal, "core")
    scanner = portal.browser()

    for path in (
        "/api/activation",
        f"/api/activation?token={token}",
        f"/api/activation/{token}",
        "/api/activation/resend",
    ):
        assert scanner.call(method, path, None).status_code in {404, 405}

    assert (sign_up.stored(portal, "credentials"), sign_up.stored(portal, "core")) == before
    assert sign_in(waiting, Parent()).status_code == 403
    assert activate(waiting, token).status_code == 200


def test_the_token_is_in_the_fragment_alone(portal: Portal, waiting: Browser) -> None:
    assert waiting
    run_jobs()
    [letter] = letters(portal)
    link = next(line for line in letter.get_content().splitlines() if "#" in line)

    address, _, token = link.partition("#")
    assert address == "http://localhost:8000/activation/"
    assert len(token) == 43


def test_a_post_without_our_header_activates_nothing(portal: Portal, waiting: Browser) -> None:
    token = last_token(portal, "camille@exemple.fr")

    for headers in ({"X-Parvis": ""}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://piege.exemple"}):
        assert activate(portal.browser(), token, headers=headers).status_code == 403
    assert sign_in(waiting, Parent()).status_code == 403


def test_the_token_is_stored_hashed_and_no_event_holds_it(portal: Portal, waiting: Browser) -> None:
    assert waiting
    token = last_token(portal, "camille@exemple.fr")

    for table in ("core", "credentials", "ephemeral", "audit"):
        assert token not in repr(sign_up.stored(portal, table))


def test_a_token_works_once(portal: Portal, waiting: Browser) -> None:
    token = last_token(portal, "camille@exemple.fr")

    first, replayed = activate(waiting, token), activate(portal.browser(), token)

    assert first.status_code == 200
    assert (replayed.status_code, replayed.get_json()["code"]) == (409, "already_active")


def test_a_retry_of_the_activation_has_the_same_answer(portal: Portal, waiting: Browser) -> None:
    token = last_token(portal, "camille@exemple.fr")

    first, again = activate(waiting, token, key=KEY), activate(waiting, token, key=KEY)
    other = activate(waiting, "x" * 43, key=KEY)

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.data == again.data
    assert other.status_code == 404


def test_ten_activations_at_once_make_one(portal: Portal, waiting: Browser) -> None:
    assert waiting
    token = last_token(portal, "camille@exemple.fr")

    answers = sign_up.at_once(lambda _: activate(portal.browser(), token).status_code, 10)

    assert sorted(answers) == [200] + [409] * 9
    events = [item for item in sign_up.stored(portal, "credentials") if "account.activated" in repr(item)]
    assert len(events) == 1


@pytest.mark.parametrize(("after", "status"), [(timedelta(hours=23, minutes=59), 200), (timedelta(hours=24), 410)])
def test_a_token_lives_a_day(
    portal: Portal, waiting: Browser, travel: Callable[[datetime], None], after: timedelta, status: int
) -> None:
    created = clock.now()
    token = last_token(portal, "camille@exemple.fr")

    travel(created + after)

    assert activate(waiting, token).status_code == status


def test_an_expired_token_says_so_long_after_and_another_can_be_had(
    portal: Portal, waiting: Browser, travel: Callable[[datetime], None]
) -> None:
    token = last_token(portal, "camille@exemple.fr")
    created = clock.now()

    travel(created + timedelta(hours=30))
    late = activate(waiting, token)
    resend(waiting)
    fresh = last_token(portal, "camille@exemple.fr")
    travel(created + timedelta(hours=53))
    good = activate(waiting, fresh)
    travel(created + timedelta(days=20))
    very_late = activate(waiting, token)

    assert (late.status_code, late.get_json()["code"]) == (410, "token_expired")
    assert good.status_code == 200
    assert very_late.status_code in {409, 410}


def test_an_account_never_activated_cannot_be_any_more(
    portal: Portal, waiting: Browser, travel: Callable[[datetime], None]
) -> None:
    token = last_token(portal, "camille@exemple.fr")

    travel(clock.now() + timedelta(days=3))

    assert activate(waiting, token).status_code == 410
    assert sign_in(waiting, Parent()).status_code == 401
    assert resend(waiting).status_code == 202
    assert run_jobs() == 0


@pytest.mark.parametrize("token", ["x" * 43, "A" * 20, "-_" * 40])
def test_an_unknown_token_is_refused(portal: Portal, token: str) -> None:
    answer = activate(portal.browser(), token)

    assert (answer.status_code, answer.get_json()["code"]) == (404, "token_unknown")


@pytest.mark.parametrize("token", ["", "court", "x" * 201, "é" * 43, "<b>" * 15, "x" * 42 + "\n", None, 12, ["x" * 43]])
def test_what_is_no_token_is_refused(portal: Portal, token: Any) -> None:
    answer = activate(portal.browser(), token)

    assert answer.status_code in {404, 422}
    assert answer.mimetype == "application/problem+json"


def test_guessing_tokens_is_bounded(portal: Portal, waiting: Browser) -> None:
    token = last_token(portal, "camille@exemple.fr")
    guesses = [base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=") for _ in range(30)]

    answers = [activate(portal.browser(), guess, address="192.0.2.66").status_code for guess in guesses]
    even_the_right_one = activate(portal.browser(), token, address="192.0.2.66")
    owner = activate(waiting, token, address="192.0.2.1")

    assert set(answers) == {404}
    assert even_the_right_one.status_code == 429
    assert owner.status_code == 200


def test_a_token_of_another_pepper_is_unknown(portal: Portal, waiting: Browser) -> None:
    """A stolen database is not enough: the links cannot be made from it."""
    from functions.actions import activation_tokens
    from functions.kit import config

    run_jobs()
    [effect] = [
        item["doc"]["S"] for item in sign_up.stored(portal, "credentials") if item["sk"]["S"].startswith("EVT#")
    ]
    token_id = effect.partition('"token_id":"')[2].partition('"')[0]
    real = activation_tokens.link(token_id).partition("#")[2]
    config.use(replace(portal.settings, pepper=b"q" * 32))
    forged = activation_tokens.link(token_id).partition("#")[2]
    config.use(portal.settings)

    assert activate(waiting, forged).status_code == 404
    assert activate(waiting, real).status_code == 200


@pytest.mark.parametrize("after", [False, True])
def test_killed_around_its_transaction_the_activation_is_found_again(
    portal: Portal, waiting: Browser, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    """Faults 3 and 10: before, nothing is written; after, the retry has the answer that was lost."""
    token = last_token(portal, "camille@exemple.fr")
    before = sign_up.stored(portal, "credentials"), sign_up.stored(portal, "core")
    with sign_up.killed(monkeypatch, after=after):
        broken = activate(waiting, token, key=KEY)
    between = sign_up.stored(portal, "credentials"), sign_up.stored(portal, "core")
    again = activate(waiting, token, key=KEY)

    assert broken.status_code == 500
    assert (between == before) is not after
    assert again.status_code == 200
    assert accounts.find_claim("COURRIEL", "camille@exemple.fr", clock.now())
