"""What only shows when all families stand side by side: a child in two files, an e-mail that two people give."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from functions.console.import_foyers.remarks import Remark, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions.console.import_foyers.families import Family
    from functions.console.import_foyers.mapping import ColumnMapping
    from functions.domain.foyer import Child


def crosscheck(families: Sequence[Family], mapping: ColumnMapping) -> None:
    _shared_children(families, mapping)
    _shared_emails(families, mapping)


def _shared_children(families: Sequence[Family], mapping: ColumnMapping) -> None:
    """The child stays in both files; the town sees it on both, to be checked."""
    places: dict[str, list[tuple[Family, Child]]] = {}
    for family in families:
        for child in family.file.children if family.file else ():
            places.setdefault(child.person_id, []).append((family, child))
    for found in places.values():
        for family, child in found if len(found) > 1 else ():
            others = [(other, twin) for other, twin in found if other is not family]
            message = _shared_message(child, others)
            _say(family, mapping, "nom", child.person_id, "enfant dans deux dossiers", message)
            if family.file:
                family.file = replace(family.file, remarks=(*family.file.remarks, message))


def _shared_message(child: Child, others: Sequence[tuple[Family, Child]]) -> str:
    numbers = ", ".join(other.reference for other, _ in others)
    plural = "les dossiers" if len(others) > 1 else "le dossier"
    message = (
        f"{child.first_name} {child.usual_name} figure aussi dans {plural} {numbers} : rattaché à chacun, à vérifier"
    )
    if any((twin.school, twin.level) != (child.school, child.level) for _, twin in others):
        message += " ; l’école ou la classe n’y est pas la même"
    return message


def _shared_emails(families: Sequence[Family], mapping: ColumnMapping) -> None:
    """An account has one address of its own: two guardians who share one cannot both be invited."""
    owners: dict[str, list[tuple[Family, str]]] = {}
    for family in families:
        for guardian in family.file.guardians if family.file else ():
            if guardian.email:
                owners.setdefault(guardian.email, []).append((family, guardian.person_id))
    for email, found in owners.items():
        if len(found) == 1:
            continue
        for family, person_id in found:
            message = f"{email} est donné pour {len(found)} responsables"
            _say(family, mapping, "courriel", person_id, "e-mail partagé", message)


def _say(family: Family, mapping: ColumnMapping, column: str, person_id: str, kind: str, message: str) -> None:
    line = family.lines.get(person_id, family.line)
    title = mapping.columns.get(column, ("",))[0]
    family.remarks.append(Remark(line, title, Severity.CHECK, kind, message, family.reference))
