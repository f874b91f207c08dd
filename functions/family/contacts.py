"""The entourage: whom to call, and who may collect the children. Both guardians see and change it."""

import uuid
from dataclasses import dataclass, replace

from functions.actions import address_changes, keyed
from functions.domain import contact_details, names
from functions.domain.contact_details import MOST_CONTACTS
from functions.domain.errors import NotFound, Refused
from functions.domain.foyer import Contact
from functions.family import details
from functions.family.details import Mine
from functions.family.details_writes import Sent, check_problems, difference, once, stale
from functions.kit import rules
from functions.store import foyers
from functions.store.events import Event
from functions.store.transactions import Transaction

_NOTICE = "entourage-change"


@dataclass(frozen=True, slots=True)
class Typed:
    """As it was typed."""

    usual_name: str
    given_name: str
    relationship: str
    phones: tuple[str, ...]
    may_collect: bool


def add(sent: Sent, typed: Typed) -> Mine:
    """Raises Invalid, Refused "too_many_contacts", Throttled, Busy."""
    identifier = uuid.UUID(keyed.digest("entourage", sent.key)[:32]).hex
    made = _made(typed, Contact(identifier, "", ()))

    def write(own: Mine, transaction: Transaction) -> Event:
        version = foyers.contacts_version(own.file.foyer_id)
        file = details.mine(own.access, own.file.foyer_id).file  # counted after the version that guards the count
        if len(file.contacts) >= MOST_CONTACTS:
            detail = f"Votre entourage compte déjà {MOST_CONTACTS} personnes\u202f: retirez-en une d’abord."
            raise Refused("too_many_contacts", detail)
        foyers.add_contacts_version(transaction, file.foyer_id, version)
        foyers.add_person(transaction, file.foyer_id, made, 0)
        event = Event("core", own.subject, sent.key, "contact.added", own.account_id, sent.now, "")
        return _told(event, own, identifier)

    return once(sent, write)


def change(sent: Sent, person_id: str, typed: Typed) -> Mine:
    """Raises Invalid, NotFound, Stale, Throttled, Busy."""
    _made(typed, Contact(person_id, "", ()))

    def write(own: Mine, transaction: Transaction) -> Event:
        known = _known(own, person_id)
        made = _made(typed, known)
        if str(known.version) != sent.seen:
            raise stale(details.contact_view(known), _differences(made, known), str(known.version))
        foyers.add_person(transaction, own.file.foyer_id, made, known.version)
        event = Event("core", own.subject, sent.key, "contact.changed", own.account_id, sent.now, "")
        return _told(event, own, person_id)

    return once(sent, write)


def remove(sent: Sent, person_id: str) -> Mine:
    """Raises Refused "removal_by_service", NotFound, Stale, Throttled, Busy."""

    def write(own: Mine, transaction: Transaction) -> Event:
        _check_removal()
        version = foyers.contacts_version(own.file.foyer_id)
        known = _known(own, person_id)
        if str(known.version) != sent.seen:
            raise stale(details.contact_view(known), [], str(known.version))
        foyers.add_contacts_version(transaction, own.file.foyer_id, version)
        foyers.remove_contact(transaction, own.file.foyer_id, known)
        event = Event("core", own.subject, sent.key, "contact.removed", own.account_id, sent.now, "")
        return _told(event, own, person_id)

    return once(sent, write)


def _made(typed: Typed, known: Contact) -> Contact:
    """`known` with what was typed. Raises Invalid with every wrong field."""
    given = names.tidy(typed.given_name)
    made = replace(
        known,
        usual_name=names.tidy(typed.usual_name),
        given_names=names.given_names(given),
        relationship=names.tidy(typed.relationship),
        phones=contact_details.phone_list(typed.phones),
        may_collect=typed.may_collect,
    )
    check_problems(contact_details.contact_problems(made, typed.phones))
    return made


def _known(own: Mine, person_id: str) -> Contact:
    for contact in own.file.contacts:
        if contact.person_id == person_id:
            return contact
    raise NotFound("contact_unknown", "Cette personne n’est pas, ou n’est plus, dans l’entourage de votre famille.")


def _differences(made: Contact, known: Contact) -> list[dict[str, str]]:
    fields = (
        ("/usual_name", "Nom", made.usual_name, known.usual_name),
        ("/given_name", "Prénom", ", ".join(made.given_names), ", ".join(known.given_names)),
        ("/relationship", "Lien", made.relationship, known.relationship),
        ("/phones", "Téléphones", ", ".join(made.phones), ", ".join(known.phones)),
        ("/may_collect", "Peut venir chercher les enfants", _yes(made), _yes(known)),
    )
    return [line for field in fields for line in difference(*field)]


def _yes(contact: Contact) -> str:
    return "oui" if contact.may_collect else "non"


def _check_removal() -> None:
    current = rules.current()
    if current.details.removal:
        return
    service = current.services.get(current.details.service or current.commune.desk)
    whom = ", ".join(filter(None, (service.name, service.phone, service.email))) if service else "la mairie"
    detail = f"Seul le service retire une personne de l’entourage. Demandez-le\u202f: {whom}."
    raise Refused("removal_by_service", detail)


def _told(event: Event, own: Mine, person_id: str) -> Event:
    """Every guardian is told, without the content: who may collect the children concerns them all."""
    effects = address_changes.others(own.file, own.file.guardians, _NOTICE, {})
    return replace(event, effects=effects, details={"person_id": person_id})
