"""A family as the town knows it: the foyer, the guardians, the children, the contacts.

Names keep the form the family or the town's file gave; comparing is done on `identity_key`.
Dates are civil dates; a quotient familial is in centimes of QF (498,29 -> 49829).
"""

import unicodedata
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Address:
    line1: str
    postcode: str
    town: str
    line2: str = ""


@dataclass(frozen=True, slots=True)
class Guardian:
    """A parent or legal guardian (responsable légal). `account_id` once their account is linked. `address` None: that
    of the file; `apart`: moved out of it for sure, whatever is written in `address`.
    """

    person_id: str
    title: str  # "Mme", "M." or ""
    usual_name: str
    given_names: tuple[str, ...]
    birth_name: str = ""
    birth_date: date | None = None
    birth_town: str = ""
    address: Address | None = None
    phones: tuple[str, ...] = ()  # E.164: +33612345678
    email: str = ""
    parental_authority: bool = True
    relationship: str = ""
    account_id: str = ""
    apart: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class Child:
    """`school` and `level` are ids of the town's rules. `custody`: "", "even" or "odd" weeks (garde alternée).
    `contract` (accueil régulier ou occasionnel): "", "regular" or "occasional". `sealed_notes` is ciphertext: a town's
    free-text remarks often speak of health.
    """

    person_id: str
    usual_name: str
    given_names: tuple[str, ...]
    birth_date: date | None
    birth_name: str = ""
    birth_town: str = ""
    relationship: str = ""
    school: str = ""
    level: str = ""
    custody: str = ""
    contract: str = ""
    sealed_notes: bytes = b""
    version: int = 0

    @property
    def first_name(self) -> str:
        return self.given_names[0] if self.given_names else ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to call, or allowed to collect the children; not a guardian."""

    person_id: str
    usual_name: str
    given_names: tuple[str, ...]
    relationship: str = ""
    phones: tuple[str, ...] = ()
    may_collect: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class Allocataire:
    """What the CAF or MSA says. The QF is in centimes, with the day it was taken."""

    regime: str = ""  # "CAF", "MSA" or ""
    number: str = ""
    quotient_familial_centimes: int | None = None
    taken_on: date | None = None


@dataclass(frozen=True, slots=True)
class AddressRequest:
    """Where the request stands, whatever has become of it."""

    request_id: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class FoyerFile:
    """The whole family file, as imported or read. `reference` is the town's own file number. `address_requests`: the
    last change of address that each guardian asked an agent for.
    """

    foyer_id: str
    reference: str
    address: Address
    allocataire: Allocataire
    resident: bool
    guardians: tuple[Guardian, ...]
    children: tuple[Child, ...]
    contacts: tuple[Contact, ...] = ()
    version: int = 0
    remarks: tuple[str, ...] = field(default=())
    address_requests: dict[str, AddressRequest] = field(default_factory=dict)

    def child(self, person_id: str) -> Child | None:
        return next((child for child in self.children if child.person_id == person_id), None)


def fold(text: str) -> str:
    """Letters and digits only, lower case, no accents: « Jean-Émile d'Aÿ » -> "jeanemileday"."""
    expanded = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    plain = unicodedata.normalize("NFKD", expanded)
    return "".join(char for char in plain.casefold() if char.isalnum())


def identity_key(usual_name: str, given_name: str, birth_date: date) -> str:
    """What makes two files speak of the same child: name, first given name, birth date."""
    return f"{fold(usual_name)}|{fold(given_name)}|{birth_date.isoformat()}"
