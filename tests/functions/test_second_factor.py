"""A second factor: the application, recovery codes, the code sent by mail; what a session opens before and after."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from support import sign_up
from support.client import Browser, Portal
from support.sign_up import Parent, errors, letters, run_jobs, stored

from functions.accounts import second_step
from functions.kit import clock
from functions.kit.app import create_app
from functions.kit.endpoint import Call, Reply, Routes
from functions.store import access as access_store
from functions.store import accounts, second_factors
from functions.store.access import AgentGrant

STEP = "/api/accounts/sessions/second-step"
FACTOR = "/api/accounts/second-factor"
ME = "/api/accounts/me"
PARENT = Parent()
Travel = Callable[..., None]


def later(travel: Travel, seconds: int = 30) -> None:
    travel(clock.now() + timedelta(seconds=seconds))


def code(secret: str, steps: int = 0) -> str:
    return str(pyotp.TOTP(secret).at(clock.now() + timedelta(seconds=30 * steps)))


def begin(browser: Browser, password: str = sign_up.PASSWORD) -> Any:
    return browser.post(FACTOR, {"current_password": password})


def confirm(browser: Browser, typed: str, **more: Any) -> Any:
    return browser.post(f"{FACTOR}/confirm", {"code": typed}, **more)


def prove(browser: Browser, typed: str, **more: Any) -> Any:
    return browser.post(STEP, {"code": typed}, **more)


@pytest.fixture
def parent(portal: Portal) -> Browser:
    return sign_up.signed_up_and_in(portal, PARENT)


@pytest.fixture
def enrolled(parent: Browser) -> tuple[str, list[str]]:
    """The secret of the application, and the recovery codes."""
    secret = begin(parent).get_json()["secret"]
    answer = confirm(parent, code(secret))
    assert answer.status_code == 200, answer.text
    return secret, answer.get_json()["recovery_codes"]


@pytest.fixture
def half(portal: Portal, enrolled: tuple[str, list[str]], travel: Travel) -> Browser:
    """After the password, before the code, in another browser, at the next step of time."""
    assert enrolled
    later(travel)
    browser = portal.browser()
    answer = sign_up.sign_in(browser, PARENT)
    assert answer.get_json()["second_factor"] == "needed"
    return browser


def make_agent() -> None:
    account_id = accounts.find_claim("COURRIEL", PARENT.email, clock.now())
    access = access_store.find(account_id or "")
    assert access is not None
    assert access_store.save(replace(access, agent=AgentGrant("Agnès Roux", ("mairie",))))


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


class TestCodeByMail:
    """An agent who has not linked an application yet."""

    @pytest.fixture
    def agent(self, portal: Portal, parent: Browser) -> Browser:
        assert parent
        make_agent()
        browser = portal.browser()
        assert sign_up.sign_in(browser, PARENT).get_json()["second_factor"] == "needed"
        return browser

    @staticmethod
    def ask(portal: Portal, browser: Browser) -> str:
        assert browser.post(f"{STEP}/mail").status_code == 202
        run_jobs()
        found = re.search(r"^(\d{6})\r?$", letters(portal, PARENT.email)[-1].get_content(), re.MULTILINE)
        assert found
        return found[1]

    def test_the_code_opens_the_account_once(self, portal: Portal, agent: Browser) -> None:
        typed = self.ask(portal, agent)
        assert typed not in str(stored(portal, "ephemeral") + stored(portal, "credentials"))

        assert prove(agent, f"{typed[:3]} {typed[3:]}").status_code == 200
        assert agent.get(ME).status_code == 200

    def test_a_code_serves_the_session_that_asked_and_no_other(self, portal: Portal, agent: Browser) -> None:
        typed = self.ask(portal, agent)
        other = portal.browser()
        sign_up.sign_in(other, PARENT)

        assert prove(other, typed).status_code == 422

    def test_a_code_ends_after_ten_minutes(self, portal: Portal, agent: Browser, travel: Travel) -> None:
        typed = self.ask(portal, agent)
        later(travel, 600)

        assert prove(agent, typed).status_code == 422

    def test_a_second_code_takes_the_place_of_the_first(self, portal: Portal, agent: Browser) -> None:
        first, second = self.ask(portal, agent), self.ask(portal, agent)

        assert first == second or prove(agent, first).status_code == 422
        assert prove(agent, second).status_code == 200

    def test_five_wrong_tries_spend_a_code(self, portal: Portal, agent: Browser) -> None:
        typed = self.ask(portal, agent)
        for number in range(5):
            assert prove(agent, f"x{number:05}").status_code == 422

        assert prove(agent, typed).status_code == 429

    def test_six_mails_an_hour_are_one_too_many(self, agent: Browser) -> None:
        for _ in range(5):
            assert agent.post(f"{STEP}/mail").status_code == 202

        assert agent.post(f"{STEP}/mail").status_code == 429

    def test_the_same_request_sends_one_mail(self, portal: Portal, agent: Browser) -> None:
        before = len(letters(portal, PARENT.email))
        for _ in range(2):
            assert agent.post(f"{STEP}/mail", key="1" * 32).status_code == 202
        run_jobs()

        assert len(letters(portal, PARENT.email)) == before + 1

    def test_an_account_with_an_application_is_sent_none(self, half: Browser) -> None:
        assert half.post(f"{STEP}/mail").get_json()["code"] == "no_mail_code"

    def test_the_mailbox_opens_no_page_of_agents_but_the_enrolment(self, portal: Portal, agent: Browser) -> None:
        assert desk(agent).get_json()["code"] == "second_factor_needed"
        prove(agent, self.ask(portal, agent))

        refused = desk(agent)
        assert (refused.status_code, refused.get_json()["enrol"]) == (403, "/verification-en-deux-etapes/")
        assert agent.get(FACTOR).get_json()["compulsory"] is True
        confirm(agent, code(begin(agent).get_json()["secret"]))
        assert desk(agent).status_code == 200


def desk(browser: Browser) -> Any:
    """A page of agents, in a function of this test."""
    routes = Routes("desk")

    @routes.add("GET", "", access="agent", summary="")
    def show(call: Call[None]) -> Reply:
        assert call.session.access.agent is not None
        return Reply({"name": call.session.access.agent.name})

    client = create_app(routes).test_client()
    cookie = browser.client.get_cookie("__Host-parvis", domain="localhost")
    if cookie:
        client.set_cookie(cookie.key, cookie.value, domain="localhost", secure=True)
    return client.get("/api/desk", base_url="https://localhost")


def test_a_parent_with_a_code_is_told_that_the_page_is_for_agents(
    parent: Browser, enrolled: tuple[str, list[str]]
) -> None:
    assert enrolled

    assert desk(parent).get_json()["code"] == "agents_only"
    assert desk(parent).status_code == 403


def test_an_agent_with_a_recovery_code_opens_the_pages_of_agents(
    half: Browser, enrolled: tuple[str, list[str]]
) -> None:
    make_agent()
    assert desk(half).get_json()["code"] == "second_factor_needed"
    prove(half, enrolled[1][0])

    assert desk(half).get_json() == {"name": "Agnès Roux"}


def test_nobody_signed_in_is_told_to_sign_in_first(portal: Portal) -> None:
    assert desk(portal.browser()).status_code == 401
