"""« Changement d’adresse »: a guardian's new postal address, which an agent of the service that the rules name accepts.

The old address stays in force meanwhile. The agent alone says whether the household lives in the commune afterwards:
prices depend on it.
"""

from datetime import datetime
from typing import Any

from functions.actions import address_changes
from functions.domain import contact_details
from functions.domain.contact_details import AddressChange
from functions.domain.errors import Conflict, FieldError, Invalid
from functions.domain.foyer import Address, FoyerFile, Guardian
from functions.domain.reglement import Reglement
from functions.domain.requests import Decision, Request
from functions.store import foyers
from functions.store.documents import dump, load
from functions.store.transactions import Transaction

KIND = "address_change"
LABEL = "Changement d’adresse"
RESIDENT = "resident"
YES, NO = "oui", "non"
_REFUSED = "adresse-postale-refusee"
_CHANGE = "change"
_UNKNOWN = Address("", "", "")

Effects = tuple[dict[str, Any], ...]


def opened(
    identifier: str, file: FoyerFile, guardian: Guardian, change: AddressChange, rules: Reglement, now: datetime
) -> Request:
    """The request as it opens, for the service that decides."""
    name = " ".join((*guardian.given_names[:1], guardian.usual_name))
    return Request(
        request_id=identifier,
        kind=KIND,
        service=rules.details.service or rules.commune.desk,
        subject=foyers.partition(file.foyer_id),
        at=now,
        summary=name,
        data=_shown(file, change, rules),
        applicant={_CHANGE: dump(change)},
    )


def read(request: Request) -> AddressChange:
    return load(request.applicant[_CHANGE], AddressChange)


def accept(transaction: Transaction, request: Request, decision: Decision, _: datetime) -> Effects:
    """Raises Conflict "file_moved" when the file is no longer what was shown, Invalid when the agent does not say
    whether the household now lives in the commune.
    """
    change = read(request)
    file = foyers.load(change.foyer_id)
    guardian = next((each for each in file.guardians if each.person_id == change.guardian_id), None) if file else None
    if file is None or guardian is None:
        raise Conflict("file_moved", "Cette personne n’est plus dans le dossier\u202f: refusez en le lui disant.")
    _check_unmoved(file, guardian, change)
    return address_changes.add(transaction, file, guardian, change, resident=_resident(change, decision))


def refuse(_: Transaction, request: Request, __: Decision, ___: datetime) -> Effects:
    account_id, request_id = read(request).account_id, request.request_id
    return ({"kind": "mail", "template": _REFUSED, "account_id": account_id, "request_id": request_id},)


def asks_residence(request: Request) -> bool:
    return read(request).together


def in_force(file: FoyerFile, guardian: Guardian) -> Address:
    return contact_details.address_of(file, guardian) or _UNKNOWN


def in_words(address: Address) -> str:
    lines = (address.line1, address.line2, f"{address.postcode} {address.town}")
    return ", ".join(line.strip() for line in lines if line.strip()) or "non connue"


def _check_unmoved(file: FoyerFile, guardian: Guardian, change: AddressChange) -> None:
    now = in_force(file, guardian)
    home = contact_details.at_home(file, guardian)
    if home and not change.together and not contact_details.companions(file, guardian):
        detail = (
            "Cette personne est maintenant la seule à habiter l’adresse du dossier\u202f: son départ est celui de "
            "toute la famille. Refusez la demande en le lui disant, elle peut en envoyer une autre."
        )
        raise Conflict("file_moved", detail)
    if now == change.old and file.resident is change.resident and (home or not change.together):
        return
    detail = (
        "Le dossier a changé depuis cette demande\u202f: l’adresse y est maintenant "
        f"«\u202f{in_words(now)}\u202f». Refusez la demande en le disant à la famille, qui peut en envoyer une autre."
    )
    raise Conflict("file_moved", detail)


def _resident(change: AddressChange, decision: Decision) -> bool:
    if not change.together:
        return change.resident
    chosen = decision.choice.get(RESIDENT, "")
    if chosen not in (YES, NO):
        detail = "Dites si la famille habite la commune\u202f: ses prix en dépendent."
        raise Invalid("invalid_choice", detail, errors=[FieldError(f"/choice/{RESIDENT}", detail)])
    return bool(chosen == YES)


def _shown(file: FoyerFile, change: AddressChange, rules: Reglement) -> dict[str, Any]:
    """What the agent reads; a value with `before` and `after` is shown side by side."""
    commune = rules.commune
    in_commune = contact_details.inside(change.new, commune.name, commune.postcode)
    written = f"{'oui' if in_commune else 'non'}, d’après le code postal et le nom de la commune"
    shown: dict[str, Any] = {
        "Dossier famille": file.reference,
        "Qui déménage": "Toute la famille" if change.together else "Cette personne seule",
        "Adresse": {"before": in_words(change.old), "after": in_words(change.new)},
    }
    if change.together:
        shown["Dans la commune"] = {"before": "oui" if change.resident else "non", "after": written}
    documents = [rules.documents[each].name for each in rules.details.documents if each in rules.documents]
    if documents:
        shown["À vérifier"] = ", ".join(documents)
    return shown
