"""`parvis calendar`: the files, where they are asked for, and one sentence when they cannot be written."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from support.engine import ROOT

from functions.reglement import ics
from functions.reglement.compiled import loads
from functions.reglement.source import compile_directory

CHATOU = ROOT / "tests/communes/chatou"


@pytest.fixture
def parvis(run_parvis: Any) -> Any:
    return partial(run_parvis, "calendar")


def test_the_calendars_are_written_where_asked(parvis: Any, tmp_path: Path) -> None:
    out = tmp_path / "a/b"
    code, said, err = parvis(str(CHATOU), "--out", str(out))

    assert (code, err) == (0, "")
    assert said.splitlines() == [str(out / name) for name in (ics.VACATIONS, ics.CLOSURES, ics.REGISTRATIONS)]
    assert {path.name: path.read_bytes() for path in out.iterdir()} == ics.files(loads(compile_directory(CHATOU)))


def test_a_folder_that_cannot_be_written_is_one_sentence(parvis: Any, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", "utf-8")
    code, said, err = parvis(str(CHATOU), "--out", str(tmp_path / "out/in"))

    assert (code, said) == (2, "")
    assert "ne peut pas être écrit" in err
    assert len(err.splitlines()) == 1


def test_rules_that_do_not_exist_are_one_sentence(parvis: Any, tmp_path: Path) -> None:
    code, _, err = parvis(str(tmp_path / "nulle-part"), "--out", str(tmp_path))

    assert code == 2
    assert "n’existe pas" in err
