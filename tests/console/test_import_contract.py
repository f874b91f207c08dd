"""The contract of a child (régulier, occasionnel) is read where the export has a column for it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

import pytest
from support.export import CHILD, GUARDIAN, TITLES, Row, write_csv

from functions.console.import_foyers import reader, run
from functions.console.import_foyers.families import Parsed, parse
from functions.console.import_foyers.mapping import ColumnMapping
from functions.domain.foyer import Child
from functions.domain.reglement import Reglement
from functions.kit import config
from functions.store import foyers

TODAY = date(2026, 11, 21)
Read = Callable[..., Parsed]


@pytest.fixture
def read(town: Reglement, columns: ColumnMapping) -> Read:
    """A family of one child, whose cell « Contrat » holds that; None: the export has no such column."""

    def parsed(contract: str | None) -> Parsed:
        child: Row = CHILD if contract is None else {**CHILD, "Contrat": contract}
        titles = TITLES if contract is None else [*TITLES, "Contrat"]
        known = columns if contract is None else replace(columns, columns={**columns.columns, "contrat": ("Contrat",)})
        return parse(
            reader.read(write_csv([GUARDIAN, child], titles=titles).encode(), known.titles()), known, town, TODAY
        )

    return parsed


def child_of(parsed: Parsed) -> Child:
    file = parsed.families[0].file
    assert file is not None
    return file.children[0]


@pytest.mark.parametrize(
    ("cell", "contract"),
    [("Régulier", "regular"), (" REGULIER ", "regular"), ("occasionnel", "occasional"), ("", ""), (None, "")],
)
def test_a_contract_is_read_whatever_its_capitals_and_accents(read: Read, cell: str | None, contract: str) -> None:
    parsed = read(cell)

    assert child_of(parsed).contract == contract
    assert parsed.families[0].remarks == []


def test_a_word_that_nobody_declared_is_left_empty_and_said(read: Read) -> None:
    parsed = read("au forfait")

    (remark,) = parsed.families[0].remarks
    assert child_of(parsed).contract == ""
    assert (remark.kind, remark.column, remark.line) == ("contrat inconnu", "Contrat", 3)


def _silent(items: Iterable[object], _length: int, _label: str) -> Iterable[object]:
    return items


def test_a_contract_is_kept_by_an_export_that_says_nothing_of_it(read: Read, settings: config.Config) -> None:
    def imported(cell: str | None) -> tuple[str, tuple[str, ...], str]:
        (change,) = run.run(read(cell), settings.health_key, write=True, follow=_silent).changes
        stored = foyers.load(foyers.foyer_id_for("700"))
        assert stored is not None
        return change.outcome, change.details, stored.children[0].contract

    assert imported("régulier") == ("created", (), "regular")
    assert imported(None) == ("unchanged", (), "regular")
    assert imported("") == ("unchanged", (), "regular")
    assert imported("occasionnel") == ("changed", ("Zoé Martin\u202f: contrat d’accueil",), "occasional")
