"""« Mes coordonnées »: what one guardian reads of a family file, and where a write begins.

Each guardian sees their own name, telephones and address; of the other ones, at most that they live together. The
entourage is the whole family's.
"""

from dataclasses import dataclass
from datetime import date, datetime

from functions.actions import address_requests, rights
from functions.actions.rights import FoyerChoice
from functions.domain import contact_details
from functions.domain.contact_details import MOST_CONTACTS
from functions.domain.errors import Forbidden
from functions.domain.foyer import Address, Contact, FoyerFile, Guardian
from functions.domain.reglement import Reglement
from functions.kit import rules
from functions.store import foyers, requests
from functions.store.access import Access


@dataclass(frozen=True, slots=True)
class ServiceView:
    """Whom to call."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class RequestView:
    """The last change of address sent to an agent. `status`: "open", "accepted", "refused" (with a reason) or
    "withdrawn"; `at`, `decided_at`: UTC.
    """

    request_id: str
    status: str
    at: datetime
    address: Address
    together: bool
    decided_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class ContactView:
    """`phones` are in E.164."""

    person_id: str
    usual_name: str
    given_name: str
    relationship: str
    phones: tuple[str, ...]
    may_collect: bool
    version: int


@dataclass(frozen=True, slots=True)
class OwnView:
    """What the town knows of this guardian. Names and birth are changed by the town alone."""

    title: str
    usual_name: str
    given_names: tuple[str, ...]
    birth_name: str
    birth_date: date | None
    birth_town: str
    relationship: str
    phones: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True)
class AddressView:
    """`address` None: not known. `companions`: the first names of those who live there too, among the guardians.
    `approval`: a service accepts every change, having seen `documents`. `version` goes back in If-Match.
    """

    address: Address | None
    at_home: bool
    companions: tuple[str, ...]
    approval: bool
    documents: tuple[str, ...]
    request: RequestView | None
    version: str


@dataclass(frozen=True, slots=True)
class Details:
    """`removal`: families take somebody out of the entourage themselves."""

    foyer_id: str
    reference: str
    email: str
    me: OwnView
    address: AddressView
    contacts: tuple[ContactView, ...]
    most_contacts: int
    removal: bool
    service: ServiceView
    foyers: tuple[FoyerChoice, ...]


@dataclass(frozen=True, slots=True)
class Mine:
    """The file asked for and the guardian asking."""

    access: Access
    file: FoyerFile
    guardian: Guardian

    @property
    def account_id(self) -> str:
        return self.access.account_id

    @property
    def subject(self) -> str:
        """The partition of the file, where its events stand."""
        return foyers.partition(self.file.foyer_id)


def mine(access: Access, asked: str) -> Mine:
    """The file asked for, else the first. Raises NotFound for somebody else's, Forbidden "no_foyer" without any."""
    for link in rights.links(access, asked):
        file = foyers.load(link.foyer_id)
        for guardian in file.guardians if file else ():
            if file and guardian.person_id == link.guardian_id:
                return Mine(access, file, guardian)
    raise Forbidden(
        "no_foyer",
        "Votre compte n’est pas encore relié à votre dossier famille. Saisissez votre clé enfance pour continuer.",
    )


def shown(own: Mine) -> Details:
    """One read more while a change of address was asked for."""
    current, file, me = rules.current(), own.file, own.guardian
    return Details(
        file.foyer_id,
        file.reference,
        own.access.email,
        OwnView(
            me.title,
            me.usual_name,
            me.given_names,
            me.birth_name,
            me.birth_date,
            me.birth_town,
            me.relationship,
            me.phones,
            me.version,
        ),
        _address(current, file, me),
        tuple(contact_view(each) for each in file.contacts),
        MOST_CONTACTS,
        current.details.removal,
        _service(current),
        rights.choices(own.access, file.foyer_id),
    )


def contact_view(contact: Contact) -> ContactView:
    given_name = ", ".join(contact.given_names)
    names = (contact.person_id, contact.usual_name, given_name, contact.relationship)
    return ContactView(*names, contact.phones, contact.may_collect, contact.version)


def address_version(file: FoyerFile, guardian: Guardian) -> str:
    """Moves when this guardian's address does, or who lives there; not with a household that they have no part in."""
    home = file.version if contact_details.at_home(file, guardian) else ""
    return f"{home}-{guardian.version}"


def last_request(file: FoyerFile, guardian: Guardian) -> RequestView | None:
    known = file.address_requests.get(guardian.person_id)
    request = requests.find(known.request_id) if known else None
    if request is None:
        return None
    change = address_requests.read(request)
    told = (request.request_id, request.status, request.at, change.new, change.together)
    return RequestView(*told, request.decided_at, request.reason)


def _address(current: Reglement, file: FoyerFile, me: Guardian) -> AddressView:
    home = contact_details.at_home(file, me)
    companions = contact_details.companions(file, me) if home else ()
    known = (current.documents.get(identifier) for identifier in current.details.documents)
    return AddressView(
        contact_details.address_of(file, me),
        home,
        tuple(" ".join(each.given_names[:1]) or each.usual_name for each in companions),
        current.details.address == "approval",
        tuple(document.name for document in known if document),
        last_request(file, me),
        address_version(file, me),
    )


def _service(current: Reglement) -> ServiceView:
    found = current.services.get(current.details.service or current.commune.desk)
    return ServiceView(found.name, found.phone, found.email) if found else ServiceView("", "", "")
