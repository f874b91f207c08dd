"""Encoding, separator, line numbers, and files that are not CSV."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.console.import_foyers import reader
from functions.console.import_foyers.remarks import Unusable

_CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12)
# From U+00A0 on, latin-1 and cp1252 agree; between 0x80 and 0x9F cp1252 has the signs that exports really use.
_LATIN = st.text(st.sampled_from([chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100))]), max_size=12)


def _write(rows: list[list[str]], separator: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue()


@given(st.lists(st.tuples(_CELLS, _CELLS), min_size=1, max_size=8), st.sampled_from(";,\t"))
def test_what_is_written_is_read_back_whatever_the_separator(rows: list[tuple[str, str]], separator: str) -> None:
    filled = [list(row) for row in rows if any(cell.strip() for cell in row)]
    text = _write([["Nom", "Prénoms"], ["Repère", "toujours là"], *filled], separator)

    sheet = reader.read(text.encode("utf-8-sig"), {"Nom", "Prénoms"})

    assert sheet.separator == separator
    assert [list(row.cells.values()) for row in sheet.rows[1:]] == filled


@given(_LATIN)
def test_latin_letters_survive_one_byte_encodings(name: str) -> None:
    sheet = reader.read(_write([["Nom"], [name + " élève"]], ";").encode("latin-1"), {"Nom"})

    assert sheet.rows[0].cells["Nom"] == name + " élève"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp1252", "cp1252"), ("latin-1", "cp1252"), ("utf-16", "utf-16")],
)
def test_the_encoding_is_found_by_itself(encoding: str, found: str) -> None:
    sheet = reader.read("Nom;Prénoms\r\nd’Aÿ;Zoé\r\n".replace("’", "'").encode(encoding), {"Nom", "Prénoms"})

    assert sheet.encoding == found
    assert sheet.rows[0].cells == {"Nom": "d'Aÿ", "Prénoms": "Zoé"}


def test_the_line_of_a_row_counts_the_line_breaks_inside_quotes() -> None:
    sheet = reader.read(b'Nom;Lieu\r\nA;"Rez ""bas""\r\nB\xe2t. B"\r\nB;x\r\n', {"Nom"})

    assert [(row.line, row.cells["Nom"]) for row in sheet.rows] == [(2, "A"), (4, "B")]
    assert sheet.rows[0].cells["Lieu"] == 'Rez "bas"\r\nBât. B'


def test_a_row_with_missing_cells_is_told() -> None:
    sheet = reader.read(b"Nom;Prenom;Ville\nA;B\n", {"Nom"})

    assert sheet.rows[0].problem == "2 cellules au lieu de 3"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "vide"),
        (b"Nom;Prenom\n", "ligne de titres"),
        (b"PK\x03\x04rest", "classeur"),
        (b"Nom\x00;Prenom\n", "pas un texte CSV"),
        (b'Nom;Prenom\nA;"B\n', "guillemet"),
        (b"Nom;Nom\nA;B\n", "figure deux fois"),
        (b"\xef\xbb\xbfNom\n\xff\xff\n", "Ligne 2"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_french_sentence(data: bytes, message: str) -> None:
    with pytest.raises(Unusable, match=message):
        reader.read(data, {"Nom"})
