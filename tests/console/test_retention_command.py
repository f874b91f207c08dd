"""`parvis retention` as a town runs it, on the real engine."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support import retained
from support.engine import ROOT

from functions.console.main import main
from functions.kit import config
from functions.store import foyers

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def parvis(
    settings: config.Config, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Run:
    """Run the command on this test's tables; return (exit code, standard output, standard error)."""
    monkeypatch.setenv("PARVIS_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("PARVIS_DYNAMODB_ENDPOINT", settings.dynamodb_endpoint)
    monkeypatch.setenv("PARVIS_TABLE_PREFIX", settings.table_prefix)
    monkeypatch.setenv("PARVIS_REGLEMENT", str(settings.reglement))
    monkeypatch.setenv("LOGNAME", "camille")

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["parvis", "retention", *arguments])
        code: Any = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code or 0
        config.use(settings)
        said = capsys.readouterr()
        return int(code), plain(said.out), plain(said.err)

    return run


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def categories(out: str) -> dict[str, dict[str, Any]]:
    return {each["category"]: each for each in json.loads(out)["categories"]}


def test_a_dry_run_counts_says_why_and_writes_nothing(parvis: Run) -> None:
    old = retained.old_family()
    before = retained.stored()

    code, out, _ = parvis()
    _, answer, _ = parvis("--json")

    assert code == 0
    assert "Dossier de la famille" in out
    assert "2 ans depuis la fin de l’année scolaire de la dernière activité. Règles de la commune." in out
    assert "Rien n’est effacé : ajoutez --apply." in out
    row = categories(answer)["dossier_famille"]
    assert (row["count"], row["oldest"], "removed" in row) == (1, "2021-08-31", False)
    assert categories(answer)["espace_ferme"]["source"].startswith("Durée nationale.")
    assert retained.stored() == before
    assert old.file.guardians[0].usual_name not in out + answer


def test_apply_asks_first_then_removes_and_says_what(parvis: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    old = retained.old_family()

    monkeypatch.setattr("click.prompt", lambda *_, **__: "non")
    _, refused, _ = parvis("--apply")
    kept = foyers.load(old.file.foyer_id)
    monkeypatch.setattr("click.prompt", lambda *_, **__: "oui")
    code, out, err = parvis("--apply")
    _, again, _ = parvis("--apply", "--yes", "--json")

    assert "Rien n’est effacé." in refused
    assert kept == old.file
    assert code == 0, err
    assert "1 Dossier de la famille" in " ".join(out.split())
    assert foyers.load(old.file.foyer_id) is None
    assert json.loads(again)["applied"]
    assert not any(each["count"] for each in categories(again).values())


def test_lengths_to_come_are_tried_and_never_applied(parvis: Run, tmp_path: Path) -> None:
    retained.old_family()
    town = tmp_path / "ville"
    town.mkdir()
    sound = (ROOT / "tests/reglement/sound_town.yml").read_text("utf-8")
    (town / "ville.yml").write_text(f"{sound}\nconservation:\n  dossier_famille: 3 ans\n", "utf-8")

    _, out, _ = parvis("--reglement", str(town))
    code, _, err = parvis("--reglement", str(town), "--apply")
    (town / "ville.yml").write_text(f"{sound}\nconservation:\n  dossier_famille: 30 ans\n", "utf-8")
    wrong, _, said = parvis("--reglement", str(town))

    assert "3 ans depuis" in out
    assert (code, "publiez ces règles" in err) == (2, True)
    assert (wrong, "Cette durée va de 1 an à 3 ans" in said) == (2, True)
