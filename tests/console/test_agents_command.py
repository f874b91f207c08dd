"""`parvis agents` as a town runs it, on the real engine; the invitation is opened as an agent opens it."""

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from support import factories, sign_up
from support.client import Portal
from support.sign_up import Parent, letters, run_jobs

from functions.console.main import main
from functions.kit import clock, config
from functions.store import access, accounts, agents
from functions.store.access import AgentGrant
from functions.store.models import Audit

Run = Callable[..., tuple[int, str, str]]
EMAIL = "agnes.roux@villeparvis.example"
PASSWORD = "sept hérons traversent la Loire"


@pytest.fixture
def parvis(
    settings: config.Config, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Any
) -> Run:
    """Run the command on this test's tables; return (exit code, standard output, standard error)."""
    monkeypatch.setenv("PARVIS_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("PARVIS_DYNAMODB_ENDPOINT", settings.dynamodb_endpoint)
    monkeypatch.setenv("PARVIS_TABLE_PREFIX", settings.table_prefix)
    monkeypatch.setenv("PARVIS_REGLEMENT", str(settings.reglement))
    monkeypatch.setenv("PARVIS_PEPPER", settings.pepper.hex())
    monkeypatch.setenv("LOGNAME", "camille")

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["parvis", "agents", *arguments])
        code: Any = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code or 0
        config.use(settings)  # the command has its own mail and origin; the portal keeps the test's
        said = capsys.readouterr()
        return int(code), said.out.replace("\u202f", " "), said.err.replace("\u202f", " ")

    return run


def added(parvis: Run, *services: str, email: str = EMAIL) -> str:
    options = [part for service in services or ("guichet-unique",) for part in ("--service", service)]
    code, out, err = parvis("add", "--email", email, "--name", "Agnès Roux", *options)
    assert code == 0, err
    return out


def token(portal: Portal) -> str:
    run_jobs()
    letter = letters(portal, EMAIL)[-1].get_content()
    found = re.search(r"/nouveau-mot-de-passe/#([A-Za-z0-9_-]+)", letter)
    assert found, letter
    return found[1]


def choose(portal: Portal, link: str) -> int:
    body = {"token": link, "password": PASSWORD, "password_confirmation": PASSWORD}
    return portal.browser().post("/api/accounts/password/reset", body).status_code


def grant_of(email: str) -> AgentGrant | None:
    account_id = accounts.find_claim("COURRIEL", email, clock.now())
    found = access.find(account_id) if account_id else None
    assert found is not None
    return found.agent


def test_an_invited_agent_chooses_a_password_by_a_link_that_serves_once(parvis: Run, portal: Portal) -> None:
    assert "Une invitation part" in added(parvis)
    link = token(portal)

    assert choose(portal, link) == 200
    assert choose(portal, link) == 410

    signed = portal.browser().post("/api/accounts/sessions", {"username": EMAIL, "password": PASSWORD})
    assert signed.status_code == 200
    assert grant_of(EMAIL) == AgentGrant("Agnès Roux", ("guichet-unique",))


def test_an_invitation_ends_after_seven_days(parvis: Run, portal: Portal, travel: Callable[..., None]) -> None:
    added(parvis)
    link = token(portal)
    travel(clock.now() + timedelta(days=7))

    assert choose(portal, link) == 410


def test_nothing_opens_the_account_before_the_link(parvis: Run, portal: Portal) -> None:
    added(parvis)

    for password in ("", PASSWORD, EMAIL):
        answer = portal.browser().post("/api/accounts/sessions", {"username": EMAIL, "password": password})
        assert answer.status_code in {401, 422}


def test_no_mail_holds_a_password_and_the_invitation_says_where_to_sign_in(parvis: Run, portal: Portal) -> None:
    added(parvis)
    run_jobs()

    [letter] = letters(portal, EMAIL)
    assert EMAIL in letter.get_content()
    assert "samedi 28 novembre 2026" in letter.get_content().replace("\u00a0", " ")


def test_inviting_again_sends_another_link_and_the_first_still_serves_only_once(parvis: Run, portal: Portal) -> None:
    added(parvis)
    first = token(portal)
    assert "Une invitation part" in added(parvis, "all")
    second = token(portal)

    assert first != second
    assert choose(portal, second) == 200
    assert choose(portal, first) == 410
    assert grant_of(EMAIL) == AgentGrant("Agnès Roux", ("all",))
    assert len(agents.every()) == 1


def test_a_parent_becomes_an_agent_with_the_same_password_and_is_told(parvis: Run, portal: Portal) -> None:
    parent = Parent()
    sign_up.sign_up(portal, parent)

    assert "invitation" not in added(parvis, "mairie", email=parent.email)

    run_jobs()
    assert "pages des agents" in letters(portal, parent.email)[-1]["Subject"]
    assert sign_up.sign_in(portal.browser(), parent).status_code == 200
    assert grant_of(parent.email) == AgentGrant("Agnès Roux", ("mairie",))


def test_a_removed_agent_is_signed_out_and_keeps_a_plain_account(parvis: Run, portal: Portal) -> None:
    parent = Parent()
    browser = sign_up.signed_up_and_in(portal, parent)
    added(parvis, email=parent.email)

    code, out, _ = parvis("remove", "--email", parent.email.upper())

    assert (code, "n’est plus agent" in out) == (0, True)
    assert grant_of(parent.email) is None
    assert agents.every() == []
    assert browser.get("/api/accounts/me").status_code == 401
    assert sign_up.sign_in(portal.browser(), parent).status_code == 200


def test_removing_somebody_who_is_no_agent_is_told(parvis: Run) -> None:
    code, _, err = parvis("remove", "--email", "personne@exemple.fr")

    assert (code, "Aucun agent" in err) == (2, True)


@pytest.mark.parametrize(
    ("email", "name", "service", "said"),
    [
        ("agnès@exemple.fr", "Agnès", "mairie", "adresse e-mail"),
        (EMAIL, "Agnès", "piscine", "« piscine » n’est pas dans les règles (connus : extrascolaire, guichet-unique"),
        (EMAIL, "<b>", "mairie", "Erreur"),
    ],
)
def test_what_makes_no_sense_is_refused_and_leaves_nothing(
    parvis: Run, email: str, name: str, service: str, said: str
) -> None:
    code, _, err = parvis("add", "--email", email, "--name", name, "--service", service)

    assert code == 2
    assert said in err
    assert agents.every() == []


def test_the_lists_say_who_decides_for_what(parvis: Run) -> None:
    assert "Aucun agent" in parvis("list")[1]
    added(parvis, "guichet-unique", "mairie")

    assert "guichet-unique, mairie" in parvis("list")[1]
    lines = parvis("services")[1].splitlines()
    assert [line.endswith("Agnès Roux") for line in lines if line.startswith("mairie")] == [True]
    assert all(line.endswith(("Agnès Roux", "aucun agent")) for line in lines)


def test_the_audit_says_who_made_the_agent(parvis: Run) -> None:
    added(parvis)
    run_jobs()

    [line] = [item.doc for item in Audit.scan() if "agent.invited" in item.doc]
    assert '"actor":"camille"' in line


@pytest.mark.usefixtures("settings")
def test_an_access_item_written_before_agents_still_loads() -> None:
    made = factories.account()
    from functions.store.models import Core

    item = Core.get(f"COMPTE#{made.account_id}", "ACCES")
    old = item.doc.replace(',"agent":null,"second_factor":""', "")
    assert old != item.doc
    item.doc = old
    item.save()

    assert access.find(made.account_id) == replace(made, version=1)
