"""The import told in French: remarks one by one, gravest last (so that they stay on the screen), then the count."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from functions.console.import_foyers.plan import Change
from functions.console.import_foyers.reader import SEPARATORS, Sheet
from functions.console.import_foyers.remarks import Remark, Severity

_TITLES = {
    Severity.NOTE: "Mises en forme et rappels",
    Severity.CHECK: "À vérifier (importé ; quelqu’un doit regarder)",
    Severity.ERROR: "Erreurs (la famille entière n’est pas importée)",
}
_ENCODINGS = {"cp1252": "Windows-1252", "latin-1": "Latin-1", "utf-8": "UTF-8", "utf-8-sig": "UTF-8 (BOM)"}


def opening(sheet: Sheet, families: int) -> str:
    encoding = _ENCODINGS.get(sheet.encoding, sheet.encoding.upper())
    return (
        f"{len(sheet.rows)} lignes, {families} dossiers "
        f"(encodage {encoding}, séparateur : {SEPARATORS[sheet.separator]})."
    )


def remarks(everything: Sequence[Remark]) -> Iterator[str]:
    """Every remark, one a line, by gravity then line."""
    for severity, title in _TITLES.items():
        found = sorted((item for item in everything if item.severity is severity), key=lambda item: item.line)
        if not found:
            continue
        yield ""
        yield f"{title} : {len(found)}"
        yield from (f"  {one(remark)}" for remark in found)


def one(remark: Remark) -> str:
    """« ligne 12, colonne « QF » (dossier 01004) : … »"""
    column = f", colonne « {remark.column} »" if remark.column else ""
    file = f" (dossier {remark.reference})" if remark.reference else ""
    return f"ligne {remark.line}{column}{file} : {remark.message}."


def kinds(everything: Iterable[Remark]) -> Iterator[str]:
    """How many remarks of each kind, most grave first."""
    order = (Severity.ERROR, Severity.CHECK, Severity.NOTE)
    counts = Counter((item.severity, item.kind) for item in everything)
    for (severity, kind), number in sorted(counts.items(), key=lambda item: (order.index(item[0][0]), -item[1])):
        yield f"  {number:>5}  {kind} ({severity})"


def changes(found: Iterable[Change]) -> Iterator[str]:
    for change in found:
        if change.outcome == "changed":
            yield f"  dossier {change.family.reference} :"
            yield from (f"    {detail}" for detail in change.details)


def count(found: Sequence[Change], *, applied: bool) -> str:
    outcomes = Counter(change.outcome for change in found)
    verbs = ("créés", "modifiés") if applied else ("à créer", "à modifier")
    sentence = (
        f"{outcomes['created']} dossiers {verbs[0]}, {outcomes['changed']} {verbs[1]}, "
        f"{outcomes['unchanged']} inchangés, {outcomes['refused']} refusés."
    )
    return sentence if applied else f"{sentence} Rien n’a été écrit : ajoutez --apply pour importer."
