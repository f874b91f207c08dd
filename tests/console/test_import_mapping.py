"""The mapping file: its own mistakes are named, and so are the columns that an export has not."""

from collections.abc import Callable

import pytest
from support.engine import ROOT
from support.export import CHILD, GUARDIAN, TITLES, write_csv

from functions.console.import_foyers import mapping, reader
from functions.console.import_foyers.families import Parsed
from functions.console.import_foyers.mapping import ColumnMapping
from functions.console.import_foyers.remarks import Unusable

GOOD = (ROOT / "content/demonstration/colonnes.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("  quotient: QF", "  quotien: QF", "« quotien » n’est pas connue"),
        ("  type: Type\n", "", "« type » est obligatoire"),
        ("valeurs:", "valeur:", "« valeur » n’est pas connue"),
        ("  enfant: [ENFANT]\n", "", "« enfant » manque"),
        ("  nom: Nom\n", "  nom: [Nom, Nom de naissance]\n", "une seule colonne"),
        ("  nom: Nom\n", "  nom: 3\n", "titre de colonne"),
        ("  PS: 3", "  PS: trois", "âge en années"),
        ("rentree: 2026", "rentree: bientôt", "une année est attendue"),
        ("  contact: [CONTACT]", "  contact: [ENFANT]", "a deux sens"),
        ("  non: [N, Non]", "  non: [no]", "entre guillemets"),
        ("colonnes:\n", "colonnes:\n  - dossier\n", "ne peut pas être lu"),
    ],
)
def test_a_mistake_in_the_mapping_is_named(before: str, after: str, message: str) -> None:
    assert before in GOOD

    with pytest.raises(Unusable, match=message) as raised:
        mapping.load(GOOD.replace(before, after), "colonnes.yml")

    assert str(raised.value).startswith("colonnes.yml")


def test_a_mapping_that_is_no_list_of_keys_is_refused() -> None:
    with pytest.raises(Unusable, match="liste de clés"):
        mapping.load("bonjour", "colonnes.yml")


def test_a_missing_column_is_named_with_the_columns_found(columns: ColumnMapping) -> None:
    titles = [title for title in TITLES if title != "Prénoms"]
    sheet = reader.read(write_csv([GUARDIAN], titles=titles).encode(), columns.titles())

    with pytest.raises(Unusable, match=r"« Prénoms » \(attendue pour prenoms\) manque.*« Nom »"):
        columns.check_header(sheet.header)


def test_a_column_that_nothing_takes_is_told(columns: ColumnMapping) -> None:
    assert columns.check_header((*TITLES, "Assurance")) == ["Assurance"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_same_family_is_read_in_every_encoding_and_separator(
    read_rows: Callable[..., Parsed], encoding: str, separator: str
) -> None:
    parsed = read_rows(GUARDIAN, {**CHILD, "Nom": "d'Aÿ"}, encoding=encoding, separator=separator)

    file = parsed.families[0].file
    assert file is not None
    assert file.children[0].usual_name == "d'Aÿ"
