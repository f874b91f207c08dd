"""From rows to family files: rows are grouped by file number; a family with an error is not made at all."""

from dataclasses import dataclass, field
from datetime import date

from functions.console.import_foyers import people
from functions.console.import_foyers.crosscheck import crosscheck
from functions.console.import_foyers.draft import Draft
from functions.console.import_foyers.mapping import ColumnMapping
from functions.console.import_foyers.people import Context
from functions.console.import_foyers.reader import Row, Sheet
from functions.console.import_foyers.reading import Reading
from functions.console.import_foyers.remarks import Remark, Severity
from functions.console.import_foyers.schooling import schooling
from functions.domain.foyer import FoyerFile
from functions.domain.reglement import Reglement
from functions.store.foyers import foyer_id_for


@dataclass(slots=True)
class Family:
    """`file` is None when a remark is an error. `notes`: child's person_id -> text to seal."""

    reference: str
    line: int
    file: FoyerFile | None = None
    notes: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)  # person_id -> line

    @property
    def refused(self) -> bool:
        return any(remark.severity is Severity.ERROR for remark in self.remarks)


@dataclass(frozen=True, slots=True)
class Parsed:
    """`remarks` are those of the file as a whole, and of rows that belong to no family."""

    families: tuple[Family, ...]
    remarks: tuple[Remark, ...]


def parse(sheet: Sheet, mapping: ColumnMapping, reglement: Reglement, today: date) -> Parsed:
    """Raises Unusable when a column of the mapping is missing."""
    unused = mapping.check_header(sheet.header)
    remarks = [
        Remark(1, title, Severity.NOTE, "colonne non reprise", "cette colonne n’est pas dans le fichier des colonnes")
        for title in unused
        if title
    ]
    groups, lost = _group(sheet.rows, mapping.columns["dossier"][0])
    families = [_family(reference, rows, mapping, reglement, today) for reference, rows in groups.items()]
    crosscheck(families, mapping)
    return Parsed(tuple(families), (*remarks, *lost))


def _group(rows: tuple[Row, ...], title: str) -> tuple[dict[str, list[Row]], list[Remark]]:
    groups: dict[str, list[Row]] = {}
    lost: list[Remark] = []
    for row in rows:
        reference = row.cells[title].strip()
        if reference:
            groups.setdefault(reference, []).append(row)
        else:
            lost.append(
                Remark(
                    row.line,
                    title,
                    Severity.ERROR,
                    "ligne sans dossier",
                    "le numéro de dossier manque : ligne non reprise",
                )
            )
    return groups, lost


def _family(reference: str, rows: list[Row], mapping: ColumnMapping, reglement: Reglement, today: date) -> Family:
    family = Family(reference, rows[0].line)
    family.remarks += _broken_rows(rows, reference)
    context = Context(
        foyer_id=foyer_id_for(reference),
        today=today,
        schooling=schooling(reglement.schools),
        commune_name=reglement.commune.name,
        commune_postcode=reglement.commune.postcode,
    )
    draft = Draft(reference, rows[0].line, mapping)
    for row in _without_repeats(family, rows):
        _read(draft, Reading(row, mapping, reference), context)
    family.notes = draft.notes
    family.lines = draft.lines()
    made = draft.close(context)
    family.remarks += draft.remarks()
    family.remarks.sort(key=lambda remark: remark.line)
    family.file = None if family.refused else made
    return family


def _read(draft: Draft, reading: Reading, context: Context) -> None:
    draft.readings.append(reading)
    kind = reading.word("type")
    if kind == "responsable":
        draft.guardians.append((reading, people.guardian(reading, context)))
    elif kind == "enfant":
        made, note = people.child(reading, context)
        draft.children.append((reading, made))
        if note:
            draft.notes.setdefault(made.person_id, note)
    elif kind == "contact":
        draft.contacts.append((reading, people.contact(reading, context)))
    else:
        word = reading.raw("type").strip()
        reading.say(Severity.ERROR, "type", "type inconnu", f"« {word} » n’est pas un type de personne connu")


def _broken_rows(rows: list[Row], reference: str) -> list[Remark]:
    return [
        Remark(row.line, "", Severity.ERROR, "ligne mal formée", row.problem, reference) for row in rows if row.problem
    ]


def _without_repeats(family: Family, rows: list[Row]) -> list[Row]:
    """A line written twice, to the letter, counts once and is said."""
    seen: dict[tuple[str, ...], int] = {}
    kept: list[Row] = []
    for row in rows:
        cells = tuple(row.cells.values())
        if cells in seen:
            message = f"la même ligne que la ligne {seen[cells]} : comptée une seule fois"
            family.remarks.append(Remark(row.line, "", Severity.CHECK, "ligne en double", message, family.reference))
            continue
        seen[cells] = row.line
        kept.append(row)
    return kept
