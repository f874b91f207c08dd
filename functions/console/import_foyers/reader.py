"""From bytes to rows: finds the encoding and the separator by itself, keeps the line of each row."""

import codecs
import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from functions.console.import_foyers.remarks import Unusable

SEPARATORS = {";": "point-virgule", ",": "virgule", "\t": "tabulation"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` is by column title. `problem` is set when the row has not as many cells as there are titles."""

    line: int
    cells: Mapping[str, str]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    encoding: str
    separator: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def read(data: bytes, expected: Collection[str]) -> Sheet:
    """Read a CSV file (RFC 4180, line breaks inside quotes included). `expected` are the column titles hoped for.

    Raises Unusable, in French, for anything that is not such a file.
    """
    encoding, text = _decode(data)
    separator = _separator(text, expected)
    records = _records(text, separator)
    if not records:
        raise Unusable("Le fichier est vide.")
    header = tuple(title.strip() for title in records[0][1])
    _check_header(header)
    rows = tuple(_row(line, cells, header) for line, cells in records[1:] if any(map(str.strip, cells)))
    if not rows:
        raise Unusable("Le fichier ne contient que la ligne de titres.")
    return Sheet(encoding, separator, header, rows)


def _decode(data: bytes) -> tuple[str, str]:
    if data.startswith(b"PK\x03\x04"):
        raise Unusable("Ce fichier est un classeur (Excel ou Calc). Enregistrez-le au format CSV.")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, _strictly(data, encoding)
    if b"\x00" in data:
        raise Unusable("Ce fichier n’est pas un texte CSV.")
    # latin-1 accepts any byte: it comes last, for the five that cp1252 leaves undefined.
    for encoding in ("utf-8", "cp1252", "latin-1"):
        try:
            return encoding, data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unusable("L’encodage de ce fichier n’est pas reconnu.")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Unusable(f"Ligne {line} : un caractère ne peut pas être lu en {encoding}.") from error


def _separator(text: str, expected: Collection[str]) -> str:
    """The separator under which the first line holds most of the expected titles, then most titles."""

    def score(separator: str) -> tuple[int, int]:
        titles = _first_record(text, separator)
        return sum(title in expected for title in titles), len(titles)

    return max(SEPARATORS, key=score)


def _first_record(text: str, separator: str) -> list[str]:
    try:
        return [title.strip() for title in next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])]
    except csv.Error:
        return []


def _records(text: str, separator: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    records: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for cells in reader:
            records.append((start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        raise Unusable(
            f"Ligne {start} : un guillemet est mal placé ou n’est jamais refermé ; la suite ne peut pas être lue."
        ) from error
    return records


def _check_header(header: tuple[str, ...]) -> None:
    twice = sorted({title for title in header if title and header.count(title) > 1})
    if twice:
        raise Unusable(f"La colonne « {twice[0]} » figure deux fois dans la ligne de titres.")


def _row(line: int, cells: list[str], header: tuple[str, ...]) -> Row:
    problem = "" if len(cells) == len(header) else f"{len(cells)} cellules au lieu de {len(header)}"
    padded = cells + [""] * (len(header) - len(cells))
    return Row(line, dict(zip(header, padded, strict=False)), problem)
