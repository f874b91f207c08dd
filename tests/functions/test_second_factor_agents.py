"""Agents: the code sent by mail to who has no application yet, and pages that ask for more than it."""

import re

import pytest
from support import authenticator, sign_up
from support.client import Browser, Portal
from support.second_factor import (
    FACTOR,
    ME,
    PARENT,
    STEP,
    Travel,
    begin,
    code,
    confirm,
    desk,
    enrolled,
    half,
    later,
    make_agent,
    parent,
    prove,
)
from support.sign_up import letters, run_jobs, stored

__all__ = ["enrolled", "half", "parent"]


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

    def test_once_they_have_a_passkey_the_mailbox_changes_nothing_of_what_opens_those_pages(
        self, portal: Portal, agent: Browser
    ) -> None:
        prove(agent, self.ask(portal, agent))
        pending = authenticator.options_of(authenticator.ask(agent))
        begun = begin(agent).get_json()["secret"]
        device, made = authenticator.register(agent)
        path = f"{authenticator.PATH}/{made.get_json()['passkey_id']}"

        refused = {
            "asked": authenticator.ask(agent),
            "added": agent.post(authenticator.PATH, authenticator.Authenticator().made(pending)),
            "removed": agent.call("DELETE", path),
            "application": begin(agent),
            "confirmed": confirm(agent, code(begun)),
        }
        assert {what: answer.get_json()["code"] for what, answer in refused.items()} == dict.fromkeys(
            refused, "passkey_needed"
        )
        assert authenticator.sign_in(agent, device).status_code == 200
        assert authenticator.register(agent)[1].status_code == 201
        assert begin(agent).status_code == 200
        assert agent.call("DELETE", path).status_code == 204


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
