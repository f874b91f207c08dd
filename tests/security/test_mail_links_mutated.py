"""Links of mails that are nearly right: every route that takes one refuses them in the same words."""

from collections.abc import Callable
from datetime import datetime, timedelta

from support import factories, sign_up
from support.client import Portal
from support.mail_links import LINKS
from support.sign_up import Parent

from functions.kit import clock

RESET = "/api/accounts/password/reset"


def spoilt(token: str) -> list[str]:
    return [token[:-1], token + "A", token[::-1], token.swapcase(), "A" * 20, "A" * 200, "-_" * 20]


def test_a_link_that_is_nearly_right_opens_nothing(portal: Portal) -> None:
    parent = Parent()
    sign_up.create(portal.browser(), parent)
    token = sign_up.last_token(portal, parent.email)
    browser = factories.stranger(portal)  # one of the routes asks to be signed in
    before = sign_up.stored(portal, "credentials")

    seen = {
        (path, body["code"], body["detail"], answer.status_code)
        for path, more in LINKS.items()
        for number, one in enumerate(spoilt(token))
        for answer in [browser.post(path, {"token": one, **more}, address=f"192.0.2.{number}")]
        for body in [answer.get_json()]
    }

    assert {(path, code, status) for path, code, _, status in seen} == {(path, "token_unknown", 404) for path in LINKS}
    assert len(seen) == len(LINKS)  # one sentence a place
    assert sign_up.stored(portal, "credentials") == before


def test_what_could_be_no_token_is_refused_by_its_shape(portal: Portal) -> None:
    bad = [
        "",
        "x",
        "A" * 201,
        "é" * 30,
        "🙂" * 10,
        "A" * 25 + "\n" + "A",
        "A" * 25 + "\u0000",
        "../" * 10,
        None,
        1,
        [],
        {},
    ]
    browser = factories.stranger(portal)
    for path, more in LINKS.items():
        for token in bad:
            answer = browser.post(path, {"token": token, **more})
            assert (answer.status_code, list(sign_up.errors(answer))) == (422, ["/token"]), (path, token)


def test_a_link_opens_only_the_door_it_was_made_for(portal: Portal, travel: Callable[[datetime], None]) -> None:
    parent = Parent()
    sign_up.create(portal.browser(), parent)
    token = sign_up.last_token(portal, parent.email)

    browser, others = factories.stranger(portal), [path for path in LINKS if path != "/api/activation"]

    crossed = {path: browser.post(path, {"token": token, **LINKS[path]}) for path in others}
    travel(clock.now() + timedelta(hours=25))
    late = portal.browser().post("/api/activation", {"token": token})

    assert {path: answer.status_code for path, answer in crossed.items()} == dict.fromkeys(others, 404)
    assert {answer.get_json()["code"] for answer in crossed.values()} == {"token_unknown"}
    assert RESET in crossed
    assert (late.status_code, late.get_json()["code"]) == (410, "token_expired")
