"""One row being read: gives the value of a field, and gathers what there is to say with its line and column."""

from collections.abc import Callable
from typing import TypeVar

from functions.console.import_foyers import normalise
from functions.console.import_foyers.mapping import ColumnMapping
from functions.console.import_foyers.normalise import Cleaned
from functions.console.import_foyers.reader import Row
from functions.console.import_foyers.remarks import Remark, Severity
from functions.domain.foyer import fold

T = TypeVar("T")


class Reading:
    """`remarks` grows as fields are taken; `leftovers` says what was filled and never taken."""

    def __init__(self, row: Row, mapping: ColumnMapping, reference: str) -> None:
        self.row = row
        self.mapping = mapping
        self.reference = reference
        self.remarks: list[Remark] = []
        self._taken: set[str] = {"dossier", "type"}

    @property
    def line(self) -> int:
        return self.row.line

    def raw(self, field: str) -> str:
        """The cell of a single-column field, as it stands; "" when the export has no such column."""
        self._taken.add(field)
        titles = self.mapping.columns.get(field, ())
        return self.row.cells[titles[0]] if titles else ""

    def take(self, field: str, clean: Callable[[str], Cleaned[T]]) -> T:
        cleaned = clean(self.raw(field))
        self._hear(self.title(field), cleaned)
        return cleaned.value

    def phones(self) -> tuple[str, ...]:
        """Every telephone column, in the mapping's order, each number once."""
        self._taken.add("telephones")
        found: list[str] = []
        for title in self.mapping.columns.get("telephones", ()):
            cleaned = normalise.phone(self.row.cells[title])
            self._hear(title, cleaned)
            if cleaned.value and cleaned.value not in found:
                found.append(cleaned.value)
        return tuple(found)

    def word(self, field: str) -> str:
        """The meaning of a cell by the mapping's words ("responsable", "oui", …); "" when empty or unknown."""
        return self.mapping.words.get(fold(self.raw(field)), "")

    def title(self, field: str) -> str:
        titles = self.mapping.columns.get(field, ())
        return titles[0] if titles else field

    def say(self, severity: Severity, field: str, kind: str, message: str) -> None:
        self.remarks.append(Remark(self.line, self.title(field), severity, kind, message, self.reference))

    def leftovers(self) -> None:
        """Say which filled cells have no place on this kind of person. Their content is not shown."""
        for field, titles in self.mapping.columns.items():
            if field in self._taken:
                continue
            for title in titles:
                if self.row.cells[title].strip():
                    self.remarks.append(
                        Remark(
                            self.line,
                            title,
                            Severity.CHECK,
                            "cellule sans usage",
                            "cette cellule est remplie mais ne concerne pas ce type de personne : non reprise",
                            self.reference,
                        )
                    )

    def _hear(self, column: str, cleaned: Cleaned[T]) -> None:
        self.remarks += [
            Remark(self.line, column, said.severity, said.kind, said.message, self.reference) for said in cleaned.said
        ]
