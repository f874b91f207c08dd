"""Family files in `core`: FOYER#<id> holds NOYAU (the core of the file) and one PERSONNE# item a person.

Sort keys are ordered so that one query from the current month brings the coming bookings, the core and the people:
EVT# < MOIS#yyyy-mm#activity#child < NOYAU < NOYAU#ADRESSE#guardian < PERSONNE#.
ENTOURAGE alone is read apart: whoever adds or takes away a contact moves its version, so that they are counted rightly.
"""

import dataclasses
import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime

from pynamodb.exceptions import UpdateError

from functions.domain.errors import Stale
from functions.domain.foyer import Address, AddressRequest, Allocataire, Child, Contact, FoyerFile, Guardian
from functions.store.documents import dump
from functions.store.documents import load as read
from functions.store.models import Core
from functions.store.transactions import ConditionFailed, Transaction

Person = Guardian | Child | Contact
_ASKED = "NOYAU#ADRESSE#"
_AROUND = "ENTOURAGE"
_NAMESPACE = uuid.UUID("6c1d1c62-6f5e-4d6c-9a6b-0d6f1b7f4a55")
_PARTITION = "FOYER#"
_KINDS: dict[str, type[Guardian] | type[Child] | type[Contact]] = {"A": Guardian, "E": Child, "T": Contact}


def foyer_id_for(reference: str) -> str:
    """The same town file number always gives the same id, so that an import can run twice."""
    return uuid.uuid5(_NAMESPACE, f"foyer:{reference.strip()}").hex


def person_id_for(kind: str, identity: str, foyer_id: str = "") -> str:
    """`foyer_id` is left out for a child, who may stand in two files (separated parents)."""
    return uuid.uuid5(_NAMESPACE, f"{kind}:{foyer_id}:{identity}").hex


def partition(foyer_id: str) -> str:
    return f"{_PARTITION}{foyer_id}"


@dataclasses.dataclass(frozen=True, slots=True)
class _Core:
    reference: str
    address: Address
    allocataire: Allocataire
    resident: bool
    remarks: tuple[str, ...] = ()


def load(foyer_id: str) -> FoyerFile | None:
    items = list(Core.query(partition(foyer_id), Core.sk.between("NOYAU", "PERSONNE#~"), consistent_read=True))
    return assemble(foyer_id, items)


def every_id() -> Iterator[str]:
    """The ids of all the files: reads the whole table, so for an operator's command alone."""
    for item in Core.scan(Core.sk == "NOYAU", attributes_to_get=["pk", "sk"]):
        yield item.pk.removeprefix(_PARTITION)


def find_child(foyer_id: str, child_id: str) -> Child | None:
    """One child of this file: one read."""
    try:
        item = Core.get(partition(foyer_id), f"PERSONNE#E#{child_id}", consistent_read=True)
    except Core.DoesNotExist:
        return None
    return dataclasses.replace(read(item.doc or "", Child), version=int(item.version or 0))


def find_guardian(foyer_id: str, person_id: str) -> Guardian | None:
    """One guardian alone (whom a mail goes to), without reading the file."""
    try:
        item = Core.get(partition(foyer_id), f"PERSONNE#A#{person_id}", consistent_read=True)
    except Core.DoesNotExist:
        return None
    return dataclasses.replace(read(item.doc or "", Guardian), version=int(item.version or 0))


def assemble(foyer_id: str, items: Iterable[Core]) -> FoyerFile | None:
    """Put a file together from the items of one query; other kinds of items are passed over."""
    core: _Core | None = None
    version = 0
    people: dict[str, list[Person]] = {"A": [], "E": [], "T": []}
    asked: dict[str, AddressRequest] = {}
    for item in items:
        if item.sk == "NOYAU":
            core = read(item.doc or "", _Core)
            version = int(item.version or 0)
        elif item.sk.startswith(_ASKED):
            request = read(item.doc or "", AddressRequest)
            asked[item.sk.removeprefix(_ASKED)] = dataclasses.replace(request, version=int(item.version or 0))
        elif item.sk.startswith("PERSONNE#"):
            kind = item.sk.split("#")[1]
            person = read(item.doc or "", _KINDS[kind])
            people[kind].append(dataclasses.replace(person, version=int(item.version or 0)))
    if core is None:
        return None
    return FoyerFile(
        foyer_id=foyer_id,
        reference=core.reference,
        address=core.address,
        allocataire=core.allocataire,
        resident=core.resident,
        guardians=tuple(person for person in people["A"] if isinstance(person, Guardian)),
        children=tuple(
            sorted(
                (person for person in people["E"] if isinstance(person, Child)),
                key=lambda child: (str(child.birth_date), child.given_names),
            )
        ),
        contacts=tuple(person for person in people["T"] if isinstance(person, Contact)),
        version=version,
        remarks=core.remarks,
        address_requests=asked,
    )


def write(file: FoyerFile, previous: FoyerFile | None) -> FoyerFile:
    """Create or replace a whole file in one transaction; people no longer listed are kept.

    Only what differs is written. Raises Stale when the file changed since `previous` was read.
    """
    transaction = Transaction()
    before = {person.person_id: person for person in _people(previous)} if previous else {}
    changed = previous is None or _core_of(file) != _core_of(previous)
    if changed:
        add_core(transaction, file, previous.version if previous else 0)
    for person in _people(file):
        known = before.get(person.person_id)
        if known is None or dataclasses.replace(person, version=known.version) != known:
            add_person(transaction, file.foyer_id, person, known.version if known else 0)
            changed = True
    if changed:
        _commit(transaction)
    return load(file.foyer_id) or file


def note_seen(foyer_id: str, now: datetime, since: datetime) -> None:
    """Date a file that the town still knows, unless it was dated after `since`: retention counts from there."""
    undated = Core.at.does_not_exist() | (Core.at < since.isoformat())
    try:
        Core(partition(foyer_id), "NOYAU").update([Core.at.set(now.isoformat())], Core.pk.exists() & undated)
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise


def add_core(transaction: Transaction, file: FoyerFile, previous_version: int) -> None:
    item = Core(partition(file.foyer_id), "NOYAU", doc=dump(_core_of(file)), version=previous_version + 1)
    transaction.put("foyer", item, _unchanged(previous_version))


def add_person(transaction: Transaction, foyer_id: str, person: Person, previous_version: int) -> None:
    kind = next(letter for letter, shape in _KINDS.items() if isinstance(person, shape))
    item = Core(
        partition(foyer_id),
        f"PERSONNE#{kind}#{person.person_id}",
        doc=dump(dataclasses.replace(person, version=0)),
        version=previous_version + 1,
    )
    transaction.put(f"person:{person.person_id}", item, _unchanged(previous_version))


def remove_contact(transaction: Transaction, foyer_id: str, contact: Contact) -> None:
    """Only as it was read."""
    item = Core(partition(foyer_id), f"PERSONNE#T#{contact.person_id}")
    transaction.delete(f"person:{contact.person_id}", item, _unchanged(contact.version))


def contacts_version(foyer_id: str) -> int:
    """Read before the file whose contacts are counted."""
    try:
        return int(Core.get(partition(foyer_id), _AROUND, consistent_read=True).version or 0)
    except Core.DoesNotExist:
        return 0


def add_contacts_version(transaction: Transaction, foyer_id: str, previous_version: int) -> None:
    """Label "contacts": its condition fails when a contact came or went since that version was read."""
    item = Core(partition(foyer_id), _AROUND, version=previous_version + 1)
    transaction.put("contacts", item, _unchanged(previous_version))


def add_address_request(transaction: Transaction, file: FoyerFile, guardian_id: str, request_id: str) -> None:
    """Label "address_request": its condition fails when another one was opened since the file was read."""
    known = file.address_requests.get(guardian_id, AddressRequest(""))
    item = Core(
        partition(file.foyer_id),
        f"{_ASKED}{guardian_id}",
        doc=dump(AddressRequest(request_id)),
        version=known.version + 1,
    )
    transaction.put("address_request", item, _unchanged(known.version))


def _unchanged(version: int) -> object:
    return (Core.version == version) if version else Core.pk.does_not_exist()


def _commit(transaction: Transaction) -> None:
    try:
        transaction.commit()
    except ConditionFailed as failed:
        raise Stale(
            "stale", "Ce dossier vient d’être modifié par ailleurs. Relisez-le avant de recommencer."
        ) from failed


def _people(file: FoyerFile) -> tuple[Person, ...]:
    return (*file.guardians, *file.children, *file.contacts)


def _core_of(file: FoyerFile) -> _Core:
    return _Core(file.reference, file.address, file.allocataire, file.resident, file.remarks)
