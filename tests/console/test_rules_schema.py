"""`parvis rules schema`: to the screen or to a file, the committed schema."""

import json
import sys
from pathlib import Path

import pytest
from support.engine import ROOT

from functions.console.main import main

COMMITTED = ROOT / "docs/reglement.schema.json"


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["parvis", "rules", "schema", *arguments])
    try:
        main()
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def test_it_is_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch) == 0
    assert capsys.readouterr().out == COMMITTED.read_text("utf-8")


def test_it_is_written_to_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "schema.json"

    assert run(monkeypatch, "--out", str(out)) == 0
    assert json.loads(out.read_text("utf-8")) == json.loads(COMMITTED.read_text("utf-8"))
    assert str(out) in capsys.readouterr().out


def test_a_file_that_cannot_be_written_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "--out", "/proc/nulle-part/schema.json") == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "ne peut pas être écrit" in said.err
