"""The command as it is run, and a small town to import families into."""

import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from support.engine import ROOT
from support.export import Row, write_csv

from functions.console.import_foyers import mapping, reader
from functions.console.import_foyers.families import Parsed, parse
from functions.console.main import main
from functions.domain.reglement import Calendar, Commune, Reglement, School
from functions.domain.spans import Span

TODAY = date(2026, 11, 21)
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run_parvis(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run `parvis` with these arguments; (exit code, standard output, standard error)."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["parvis", *arguments])
        code: Any = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code or 0
        said = capsys.readouterr()
        return int(code), said.out, said.err

    return run


@pytest.fixture(scope="session")
def town() -> Reglement:
    return Reglement(
        hash="",
        commune=Commune("Villeparvis-sur-Loire", "49290", "B", "guichet"),
        services={},
        schools={
            "port": School("port", "École du Port", public=True, levels=("CE1", "CE2", "CM2")),
            "quai": School("quai", "Maternelle du Quai", public=True, levels=("PS",), aliases=("Le Quai",)),
        },
        activities={},
        tariffs={},
        documents={},
        calendar=Calendar(Span(date(2026, 9, 1), date(2027, 7, 31)), {}, {}, {}),
    )


@pytest.fixture
def columns() -> mapping.ColumnMapping:
    return mapping.load((ROOT / "content/demonstration/colonnes.yml").read_text("utf-8"), "colonnes.yml")


@pytest.fixture
def read_rows(town: Reglement, columns: mapping.ColumnMapping) -> Callable[..., Parsed]:
    """Parse rows given as dicts of cells, in an encoding and with a separator."""

    def read(*rows: Row, encoding: str = "utf-8", separator: str = ";") -> Parsed:
        data = write_csv(list(rows), separator=separator).encode(encoding)
        return parse(reader.read(data, columns.titles()), columns, town, TODAY)

    return read
