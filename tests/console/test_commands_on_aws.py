"""`--aws`: the same commands on the tables of AWS, by the caller's own rights.

The engine stands for AWS: only boto's own variables say where it is and who asks.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support import factories, retained
from support.client import Portal
from support.sign_up import letters, run_jobs

from functions.console.main import main
from functions.kit import config
from functions.store import agents, foyers

Run = Callable[..., tuple[int, str]]
EVERY = (("agents", "list"), ("agents", "services"), ("invite",), ("retention",))


@pytest.fixture
def parvis(
    settings: config.Config, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Run:
    """Run a command with --aws and the portal's own variables; its exit code and all that it says."""
    given = {
        "AWS_ENDPOINT_URL_DYNAMODB": settings.dynamodb_endpoint,
        "AWS_ACCESS_KEY_ID": "town",
        "AWS_SECRET_ACCESS_KEY": "town",
        "PARVIS_DYNAMODB_ENDPOINT": "http://127.0.0.1:9",  # left from a local run: nothing answers there
        "PARVIS_VAR": str(tmp_path / "var"),
        "PARVIS_ORIGIN": settings.origin,
        "PARVIS_TABLE_PREFIX": settings.table_prefix,
        "PARVIS_REGLEMENT": str(settings.reglement),
        "PARVIS_SESSION_KEYS": '{"k1": "' + "31" * 32 + '"}',
        "PARVIS_PEPPER": settings.pepper.hex(),
        "PARVIS_HEALTH_KEY": settings.health_key.hex(),
        "PARVIS_MAIL": settings.mail,
        "PARVIS_MAIL_FROM": settings.mail_from,
        "LOGNAME": "camille",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["parvis", *arguments, "--aws"])
        code: Any = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code or 0
        said = capsys.readouterr()
        return int(code), (said.out + said.err).replace("\u202f", " ")

    return run


def test_an_agent_is_invited_listed_and_removed(portal: Portal, parvis: Run) -> None:
    named = ("--email", "agnes.roux@ville.example", "--name", "Agnès Roux", "--service", "all")

    assert parvis("agents", "add", *named)[0] == 0
    assert [agent.name for agent in agents.every()] == ["Agnès Roux"]
    assert "agnes.roux@ville.example" in parvis("agents", "list")[1]
    run_jobs()
    assert [str(letter["To"]) for letter in letters(portal)] == ["agnes.roux@ville.example"]
    assert parvis("agents", "remove", *named[:2])[0] == 0
    assert agents.every() == []


def test_families_are_counted_and_invited(portal: Portal, parvis: Run) -> None:
    file = factories.family(factories.child())

    assert "1 responsables dans 1 dossiers" in parvis("invite")[1]
    assert "1 invitation part." in parvis("invite", "--send")[1]
    run_jobs()
    assert [str(letter["To"]) for letter in letters(portal)] == [file.guardians[0].email]


@pytest.mark.usefixtures("portal")
def test_what_has_been_kept_long_enough_goes(parvis: Run) -> None:
    old = retained.old_family()

    assert "Rien n’est effacé" in parvis("retention")[1]
    assert foyers.load(old.file.foyer_id) == old.file
    assert parvis("retention", "--apply", "--yes")[0] == 0
    assert foyers.load(old.file.foyer_id) is None


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_a_variable_that_is_missing_is_one_sentence(
    parvis: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.delenv("PARVIS_PEPPER")

    assert parvis(*command) == (2, "Erreur : La variable d’environnement PARVIS_PEPPER manque.\n")


@pytest.mark.parametrize("command", [command for command in EVERY if command != ("agents", "services")], ids=" ".join)
def test_no_credentials_is_one_sentence(parvis: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")

    code, said = parvis(*command)

    assert (code, said.count("\n"), said.startswith("Erreur : ")) == (2, 1, True)
