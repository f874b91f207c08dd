"""An import from file to report: read, compare with the store, write when asked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from functions.console.failures import Failure
from functions.console.import_foyers import mapping, plan, reader, report
from functions.console.import_foyers.families import Parsed, parse
from functions.console.import_foyers.plan import Change
from functions.console.import_foyers.reader import Sheet
from functions.console.import_foyers.remarks import Remark, Severity
from functions.domain.reglement import Reglement
from functions.kit import clock

Follow = Callable[[Iterable[Change], int, str], Iterable[Change]]


@dataclass(frozen=True, slots=True)
class Import:
    """What an import found and did. `remarks` are in no order."""

    changes: tuple[Change, ...]
    remarks: tuple[Remark, ...]
    applied: bool

    @property
    def complete(self) -> bool:
        """Nothing of the file was refused."""
        return all(remark.severity is not Severity.ERROR for remark in self.remarks)

    def summary(self) -> list[str]:
        lines = []
        changed = list(report.changes(self.changes))
        if changed:
            lines += ["", "Ce qui change :", *changed]
        if self.remarks:
            lines += ["", "En résumé :", *report.kinds(self.remarks)]
        return [*lines, "", report.count(self.changes, applied=self.applied)]


def read(file: Path, mapping_file: Path, reglement: Reglement) -> tuple[Sheet, Parsed]:
    """Parse a file by its mapping. Raises Failure when the file or the mapping cannot be used at all."""
    columns = mapping.load(_text_of(mapping_file), mapping_file.name)
    sheet = reader.read(file.read_bytes(), columns.titles())
    return sheet, parse(sheet, columns, reglement, _today())


def run(parsed: Parsed, health_key: bytes, *, write: bool, follow: Follow) -> Import:
    """Compare with the store and, when asked, write. `follow` wraps each loop to show progress."""
    number = len(parsed.families)
    changes = list(follow(plan.plan(parsed.families, health_key), number, "Comparaison"))
    if write:
        todo = (plan.apply(change, health_key) for change in changes)
        changes = list(follow(todo, number, "Écriture"))
    remarks = (*parsed.remarks, *(remark for family in parsed.families for remark in family.remarks))
    return Import(tuple(changes), remarks, write)


def _today() -> date:
    return clock.now().astimezone(ZoneInfo("Europe/Paris")).date()


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Failure(f"{path.name} doit être enregistré en UTF-8.") from error
