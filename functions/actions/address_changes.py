"""Writing a change of address into the family file, and telling whom it concerns: at once, or once an agent accepts."""

from typing import Any

from functions.domain import contact_details
from functions.domain.contact_details import AddressChange
from functions.domain.foyer import FoyerFile, Guardian
from functions.store import foyers
from functions.store.transactions import Transaction

_CHANGED = "adresse-postale-changee"
_HOUSEHOLD = "adresse-du-foyer-changee"

Effects = tuple[dict[str, Any], ...]


def add(
    transaction: Transaction, file: FoyerFile, guardian: Guardian, change: AddressChange, *, resident: bool
) -> Effects:
    """The writes, on the versions that were read, and the mails: to who asked, and to those who move with them."""
    core, people = contact_details.moved(file, guardian, change, resident=resident)
    if core is not file or contact_details.at_home(file, guardian):  # of two who leave at once, one is the last there
        foyers.add_core(transaction, core, file.version)
    for person in people:
        foyers.add_person(transaction, file.foyer_id, person, person.version)
    residence = _residence(file, core)
    told = others(file, (guardian,), _CHANGED, residence)  # their account of now: another one may have been closed
    if not change.together:
        return told
    return told + others(file, contact_details.companions(file, guardian), _HOUSEHOLD, residence)


def others(file: FoyerFile, people: tuple[Guardian, ...], template: str, details: dict[str, str]) -> Effects:
    """A mail to each of these guardians that the town can write to."""
    return tuple(
        {"kind": "mail", "template": template, "details": details, **_to(file, person)}
        for person in people
        if person.account_id or person.email
    )


def _to(file: FoyerFile, person: Guardian) -> dict[str, str]:
    if person.account_id:
        return {"account_id": person.account_id}
    return {"foyer_id": file.foyer_id, "guardian_id": person.person_id}


def _residence(before: FoyerFile, after: FoyerFile) -> dict[str, str]:
    if before.resident is after.resident:
        return {"residence": ""}
    return {"residence": "in" if after.resident else "out"}
