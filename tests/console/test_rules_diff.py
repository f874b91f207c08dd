"""`parvis rules diff` as a town runs it: directories, compiled files, the rules in force."""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from support.engine import ROOT
from support.published import publish

from functions.console.main import main
from functions.kit import config
from functions.reglement.compiled import loads
from functions.reglement.differences import compare
from functions.reglement.source import compile_directory

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SOUND = (ROOT / "tests/reglement/sound_town.yml").read_text("utf-8")
KEYS = {"scope", "id", "name", "what", "before", "after", "from", "until", "whom"}


@pytest.fixture
def towns(tmp_path: Path) -> tuple[str, str]:
    """Before and after: the price of January goes up by ten centimes."""
    for name, text in (("avant", SOUND), ("apres", SOUND.replace("        prix: 3,50", "        prix: 3,60"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "ville.yml").write_text(text, "utf-8")
    return str(tmp_path / "avant"), str(tmp_path / "apres")


@pytest.fixture
def parvis(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Any:
    """Run the command; return (exit code, standard output, standard error), with plain spaces."""
    monkeypatch.setenv("PARVIS_VAR", str(tmp_path / "var"))

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["parvis", "rules", "diff", *arguments])
        code: Any = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code or 0
        said = capsys.readouterr()
        out, err = (text.replace("\u202f", " ").replace("\xa0", " ") for text in (said.out, said.err))
        return int(code), out, err

    return run


def test_the_same_rules(parvis: Any, towns: tuple[str, str]) -> None:
    assert parvis(towns[0], towns[0]) == (0, "Aucun changement.\n", "")
    assert parvis(towns[0], towns[0], "--json") == (0, "[]\n", "")


def test_what_changes_for_whom_from_when(parvis: Any, towns: tuple[str, str]) -> None:
    said = "Repas, toutes les familles : 3,50 € → 3,60 €, à partir du 1er janvier 2027\n"

    assert parvis(*towns) == (0, said, "")


def test_the_documented_json(parvis: Any, towns: tuple[str, str]) -> None:
    code, out, err = parvis(*towns, "--json")
    page = (ROOT / "docs/regles.md").read_text("utf-8")

    assert (code, err) == (0, "")
    assert json.loads(out) == [
        {
            "scope": "tariff",
            "id": "repas",
            "name": "Repas",
            "what": "prix",
            "before": "3,50 €",
            "after": "3,60 €",
            "from": "2027-01-01",
            "until": None,
            "whom": "toutes les familles",
        }
    ]
    assert {key for key in KEYS if f"`{key}`" not in page} == set()


def test_a_compiled_file(parvis: Any, towns: tuple[str, str], tmp_path: Path) -> None:
    compiled = tmp_path / "avant.json"
    compiled.write_bytes(compile_directory(towns[0]))

    assert parvis(str(compiled), towns[1]) == parvis(*towns)
    assert parvis(str(compiled), towns[0])[1] == "Aucun changement.\n"


@pytest.mark.parametrize("content", [b"", b"{}", b'{"commune": 3}', b"\xff\xfe", b"commune:\n  nom: Ici\n"])
def test_a_file_that_is_not_compiled_rules_is_one_sentence(
    parvis: Any, towns: tuple[str, str], tmp_path: Path, content: bytes
) -> None:
    wrong = tmp_path / "autre.json"
    wrong.write_bytes(content)
    code, out, err = parvis(str(wrong), towns[0])

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "n’est pas un fichier de règles compilé" in err


def test_a_place_that_does_not_exist_is_one_sentence(parvis: Any, towns: tuple[str, str]) -> None:
    code, out, err = parvis(towns[0], towns[1] + "-ailleurs")

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "n’existe pas" in err


def test_rules_with_problems_are_not_compared(parvis: Any, towns: tuple[str, str]) -> None:
    (Path(towns[1]) / "autre.yml").write_text("services: 3\n", "utf-8")
    code, out, err = parvis(*towns)

    assert (code, out) == (2, "")
    assert "parvis rules check" in err


@pytest.fixture
def on_the_engine(settings: config.Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARVIS_DYNAMODB_ENDPOINT", settings.dynamodb_endpoint)
    monkeypatch.setenv("PARVIS_TABLE_PREFIX", settings.table_prefix)


@pytest.mark.usefixtures("on_the_engine")
def test_the_rules_in_force(parvis: Any, towns: tuple[str, str]) -> None:
    before, after = (compile_directory(town) for town in towns)
    publish(before, NOW - timedelta(days=1))
    publish(after, NOW + timedelta(days=1))

    assert parvis("publie", towns[0])[1] == "Aucun changement.\n"
    assert parvis("publie", towns[1]) == parvis(*towns)
    assert len(compare(loads(before), loads(after))) == 1


@pytest.mark.usefixtures("on_the_engine")
def test_where_nothing_is_in_force_it_is_said(parvis: Any, towns: tuple[str, str]) -> None:
    publish(compile_directory(towns[0]), NOW + timedelta(days=1))
    code, out, err = parvis("publie", towns[0])

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "Aucune règle publiée n’est en vigueur" in err
