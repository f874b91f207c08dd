"""What an import would change: each family beside what the store holds. Applying writes one family a transaction."""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import Literal

from functions.console.import_foyers.families import Family
from functions.console.import_foyers.remarks import Remark, Severity
from functions.domain.calendar import at_paris, paris_day
from functions.domain.errors import Stale
from functions.domain.foyer import Child, Contact, FoyerFile, Guardian
from functions.domain.school_years import school_year_of, span_of_year
from functions.gateways import seal
from functions.kit import clock
from functions.store import foyers

Outcome = Literal["created", "changed", "unchanged", "refused"]
_TRIES = 3
_FIELDS = {
    "reference": "numéro de dossier",
    "address": "adresse",
    "allocataire": "allocataire",
    "resident": "commune de résidence",
    "remarks": "points à vérifier",
    "title": "civilité",
    "usual_name": "nom",
    "given_names": "prénoms",
    "birth_name": "nom de naissance",
    "birth_date": "date de naissance",
    "birth_town": "commune de naissance",
    "phones": "téléphones",
    "email": "e-mail",
    "parental_authority": "autorité parentale",
    "relationship": "lien",
    "school": "école",
    "level": "classe",
    "custody": "garde alternée",
    "contract": "contrat d’accueil",
    "sealed_notes": "observations (confidentielles)",
    "apart": "habite ailleurs",
    "may_collect": "autorisation de récupérer",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One family of the plan. `details` are French lines; `target` is None for a family refused."""

    family: Family
    outcome: Outcome
    details: tuple[str, ...] = ()
    target: FoyerFile | None = None
    previous: FoyerFile | None = None


def plan(families: Iterable[Family], health_key: bytes) -> Iterator[Change]:
    """Compare each family with the store; reads, never writes."""
    for family in families:
        yield _change(family, health_key)


def apply(change: Change, health_key: bytes) -> Change:
    """Write one family; read again and retry when somebody changed it meanwhile. Raises Stale after a few tries."""
    for attempt in range(_TRIES):
        if change.target is None or change.outcome == "unchanged":
            break
        try:
            foyers.write(change.target, change.previous)
        except Stale:
            if attempt == _TRIES - 1:
                raise
            change = _change(change.family, health_key)
        else:
            break
    if change.target is not None:
        _note_seen(change.target)
    return change


def _note_seen(file: FoyerFile) -> None:
    """Once a school year: a family that stands in the town's export has not left, even when nothing changes."""
    now = clock.now()
    first = span_of_year(school_year_of(paris_day(now))).first
    foyers.note_seen(file.foyer_id, now, at_paris(first, time()))


def _change(family: Family, health_key: bytes) -> Change:
    if family.file is None:
        return Change(family, "refused")
    previous = foyers.load(family.file.foyer_id)
    target = _merge(family, family.file, previous, health_key)
    if previous is None:
        return Change(family, "created", target=target)
    details = tuple(_differences(target, previous))
    _say_missing(family, target, previous)
    return Change(family, "changed" if details else "unchanged", details, target, previous)


def _merge(family: Family, file: FoyerFile, previous: FoyerFile | None, key: bytes) -> FoyerFile:
    """The file as imported, keeping what an import does not know: linked accounts, who moved out, notes already sealed,
    and the contract of a child when the export says nothing of it.

    Who moved out online may still have the old address in the town's software: reading it there again must not show
    them where the others live since.
    """
    people = {known.person_id: known for known in previous.guardians} if previous else {}
    return replace(
        file,
        version=previous.version if previous else 0,
        guardians=tuple(
            replace(guardian, account_id=known.account_id, apart=known.apart)
            if (known := people.get(guardian.person_id))
            else guardian
            for guardian in file.guardians
        ),
        children=tuple(
            replace(
                child,
                contract=child.contract or _known_contract(child, previous),
                sealed_notes=_sealed(child, family.notes.get(child.person_id, ""), previous, key),
            )
            for child in file.children
        ),
    )


def _known_contract(child: Child, previous: FoyerFile | None) -> str:
    known = previous.child(child.person_id) if previous else None
    return known.contract if known else ""


def _sealed(child: Child, note: str, previous: FoyerFile | None, key: bytes) -> bytes:
    """Sealing twice gives two ciphertexts: what is sealed already and says the same is kept as it is."""
    known = previous.child(child.person_id) if previous else None
    before = known.sealed_notes if known else b""
    if not note:
        return before
    if before and _opened(before, child.person_id, key) == note:
        return before
    return seal.seal(note, child.person_id, key)


def _opened(sealed: bytes, context: str, key: bytes) -> str | None:
    from cryptography.exceptions import InvalidTag

    try:
        return seal.unseal(sealed, context, key)
    except InvalidTag:  # sealed under another key: seal it again under this one
        return None


def _differences(target: FoyerFile, previous: FoyerFile) -> Iterator[str]:
    core = [
        _FIELDS[name]
        for name in ("reference", "address", "allocataire", "resident", "remarks")
        if getattr(target, name) != getattr(previous, name)
    ]
    if core:
        yield f"dossier : {', '.join(core)}"
    before = {person.person_id: person for person in _people(previous)}
    for person in _people(target):
        known = before.get(person.person_id)
        if known is None:
            yield f"{_name(person)} : personne ajoutée"
            continue
        changed = [
            _FIELDS.get(item.name, item.name)
            for item in dataclasses.fields(person)
            if item.name != "version" and getattr(person, item.name) != getattr(known, item.name, None)
        ]
        if changed:
            yield f"{_name(person)} : {', '.join(changed)}"


def _say_missing(family: Family, target: FoyerFile, previous: FoyerFile) -> None:
    """Somebody no longer in the export stays in the file: leaving is the town's decision, not an absence."""
    present = {person.person_id for person in _people(target)}
    for person in _people(previous):
        if person.person_id not in present:
            message = f"{_name(person)} n’est plus dans l’export : gardé dans le dossier"
            remark = Remark(family.line, "", Severity.CHECK, "personne absente de l’export", message, family.reference)
            if remark not in family.remarks:
                family.remarks.append(remark)


def _people(file: FoyerFile) -> Sequence[Guardian | Child | Contact]:
    return (*file.guardians, *file.children, *file.contacts)


def _name(person: Guardian | Child | Contact) -> str:
    return " ".join((*person.given_names[:1], person.usual_name))
