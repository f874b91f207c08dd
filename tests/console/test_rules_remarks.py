"""A remark of `parvis rules check` tells, and stops nothing."""

import sys
from pathlib import Path

import pytest

from functions.console.main import main

TOWN = Path(__file__).parents[1] / "reglement" / "sound_town.yml"
CRECHE = """
  - id: creche
    nom: Heure de crèche
    grilles:
      - du: 2026-09-01
        au: 2027-08-31
        unite: heure
        pas: 30 minutes
        psu:
          structure: collectif
        sans_qf: plafond
activites:
"""


def checked(
    directory: Path, text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str]:
    (directory / "ville.yml").write_text(text, "utf-8")
    monkeypatch.setattr(sys, "argv", ["parvis", "rules", "check", str(directory)])
    code: object = 0
    try:
        main()
    except SystemExit as stop:
        code = stop.code or 0
    return int(str(code)), capsys.readouterr().out


def test_figures_to_verify_are_said_and_the_rules_still_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = TOWN.read_text("utf-8").replace("\nactivites:\n", CRECHE)
    code, said = checked(tmp_path, text, monkeypatch, capsys)
    remarks = [line for line in said.splitlines() if line.startswith("Remarque")]

    assert code == 0
    assert said.splitlines()[-1] == "Les règles sont cohérentes."
    assert len(remarks) == 3
    assert all("ville.yml:" in line and "tarifs.creche.grilles.1.psu" in line for line in remarks)


def test_a_town_without_national_figures_hears_nothing_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(tmp_path, TOWN.read_text("utf-8"), monkeypatch, capsys) == (0, "Les règles sont cohérentes.\n")
