"""Another activation link: the same words for any address, bounded, and no way to keep a username for ever."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from support import sign_up
from support.client import Browser, Portal
from support.sign_up import Parent, create, errors, last_token, letters, run_jobs
from werkzeug.wrappers import Response

from functions.kit import clock

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


def test_a_new_link_leaves_the_older_one_good_until_one_is_used(portal: Portal, waiting: Browser) -> None:
    first = last_token(portal, "camille@exemple.fr")
    answer = resend(waiting)
    second = last_token(portal, "camille@exemple.fr")

    assert (answer.status_code, answer.get_json()) == (202, {"status": "sent"})
    assert first != second
    assert activate(waiting, second).status_code == 200
    assert activate(waiting, first).status_code == 409


def test_a_retry_of_resend_sends_one_mail(portal: Portal, waiting: Browser) -> None:
    run_jobs()

    for _ in range(2):
        assert resend(waiting, key=KEY).status_code == 202
    run_jobs()

    assert len(letters(portal)) == 2


def test_resend_says_the_same_for_any_address(portal: Portal, waiting: Browser) -> None:
    sign_up.sign_up(portal, Parent("active.deja", "active@exemple.fr"))
    run_jobs()
    before = len(letters(portal))

    answers = [resend(waiting, email) for email in ("camille@exemple.fr", "active@exemple.fr", "inconnu@exemple.fr")]
    run_jobs()

    assert len({(answer.status_code, answer.data) for answer in answers}) == 1
    assert [str(letter["To"]) for letter in letters(portal)[before:]] == ["camille@exemple.fr"]


def test_resend_is_bounded_by_address_written_to(portal: Portal, waiting: Browser) -> None:
    answers = [resend(waiting, address=f"192.0.2.{n}").status_code for n in range(4)]
    unknown = [resend(waiting, "inconnu@exemple.fr", address=f"192.0.3.{n}").status_code for n in range(4)]

    assert answers == unknown == [202, 202, 202, 429]
    assert portal


def test_resend_is_bounded_by_the_callers_address(portal: Portal) -> None:
    answers = [resend(portal.browser(), f"parent{n}@exemple.fr").status_code for n in range(11)]

    assert answers == [202] * 10 + [429]


@pytest.mark.parametrize(
    "email", ["", "camille", "a@b", "élève@exemple.fr", "a@exemple.fr\r\nBcc: b@exemple.fr", None, 12, "a" * 200]
)
def test_resend_needs_an_address(portal: Portal, email: Any) -> None:
    answer = resend(portal.browser(), email)

    assert answer.status_code == 422
    assert "adresse e-mail complète" in errors(answer)["/email"]


def test_resend_cannot_keep_a_username_for_ever(
    portal: Portal, waiting: Browser, travel: Callable[[datetime], None]
) -> None:
    start = clock.now()
    for days in range(1, 14):
        travel(start + timedelta(days=days))
        resend(waiting)
    travel(start + timedelta(days=14))
    answer = create(portal.browser(), Parent(email="autre@exemple.fr"))

    assert answer.status_code == 202


def test_each_account_that_waits_at_an_address_gets_its_own_link(portal: Portal, waiting: Browser) -> None:
    create(portal.browser(), Parent("deuxieme.essai"))
    run_jobs()
    before = len(letters(portal))

    resend(waiting)
    run_jobs()

    texts = [letter.get_content() for letter in letters(portal)[before:]]
    assert sorted("deuxieme.essai" in text for text in texts) == [False, True]
