"""What a family changes of its own file online: telephones, postal address, people to call.

Whether an address waits for an agent is a rule of the town. A change that could move the household into the commune or
out of it always waits: prices depend on it, and no price changes in silence.
"""

from dataclasses import dataclass, replace
from typing import Literal

from functions.domain import names, phones
from functions.domain.errors import FieldError
from functions.domain.foyer import Address, Contact, FoyerFile, Guardian, fold

MOST_CONTACTS = 10
_LINES = ("line1", "line2", "town")


@dataclass(frozen=True, slots=True)
class DetailsRule:
    """address    "at_once" (applied as soon as it is sent) or "approval" (an agent accepts it)
    service    who decides; "": the town's desk
    documents  ids of what the service wants to see
    removal    whether families take a person out of their entourage themselves
    """

    address: str = "approval"
    service: str = ""
    documents: tuple[str, ...] = ()
    removal: bool = True
    source: str = ""
    choice: str = ""


@dataclass(frozen=True, slots=True)
class AddressChange:
    """`old` is the address in force when it was asked for. `together`: all who live there move, not this person alone;
    `resident`: what the file said then.
    """

    foyer_id: str
    guardian_id: str
    account_id: str
    old: Address
    new: Address
    together: bool
    resident: bool


Refusal = Literal["", "approval", "residence"]


def at_home(file: FoyerFile, guardian: Guardian) -> bool:
    """Whether this guardian lives at the address of the family file. Somebody who moved out stays apart, even at an
    address typed alike: typing it must open nothing of the other household.
    """
    return not guardian.apart and guardian.address in (None, file.address)


def address_of(file: FoyerFile, guardian: Guardian) -> Address | None:
    """Where this guardian lives; None when the town does not know."""
    return file.address if at_home(file, guardian) else guardian.address


def companions(file: FoyerFile, guardian: Guardian) -> tuple[Guardian, ...]:
    """The other guardians who live at the address of the file."""
    return tuple(each for each in file.guardians if each.person_id != guardian.person_id and at_home(file, each))


def inside(address: Address, name: str, postcode: str) -> bool:
    """Whether the commune of this name is the one of the address, as far as can be told from what is written."""
    return address.postcode == postcode and fold(address.town) == fold(name)


def waits(rule: DetailsRule, change: AddressChange, *, in_commune: bool) -> Refusal:
    """Why an agent must look at this change first; "" when it is applied at once."""
    if rule.address != "at_once":
        return "approval"
    return "residence" if change.together and in_commune is not change.resident else ""


def moved(
    file: FoyerFile, guardian: Guardian, change: AddressChange, *, resident: bool
) -> tuple[FoyerFile, tuple[Guardian, ...]]:
    """The core of the file and the guardians to write. Who moves alone leaves the household and its address alone."""
    if not change.together:
        return file, (replace(guardian, address=change.new, apart=True),)
    movers = (guardian, *companions(file, guardian))
    written = tuple(replace(each, address=None, apart=False) for each in movers if each.address is not None)
    return replace(file, address=change.new, resident=resident), written + _met(file, change.new)


def _met(file: FoyerFile, new: Address) -> tuple[Guardian, ...]:
    """Who lives elsewhere, at the address that the household types as its own: they stay apart, or typing it would tell
    that they live there, and take them along the next time.
    """
    elsewhere = (each for each in file.guardians if not at_home(file, each) and not each.apart)
    return tuple(replace(each, apart=True) for each in elsewhere if each.address and _alike(each.address, new))


def _alike(one: Address, other: Address) -> bool:
    return one.postcode == other.postcode and all(
        fold(getattr(one, key)) == fold(getattr(other, key)) for key in _LINES
    )


def tidy_address(address: Address) -> Address:
    tidied = {name: names.tidy(getattr(address, name)) for name in _LINES}
    return Address(postcode=address.postcode, **tidied)


def address_problems(address: Address, current: Address | None) -> list[FieldError]:
    found = [
        FieldError(f"/{name}", problem)
        for name in _LINES
        if (problem := names.line_problem(getattr(address, name))) is not None
    ]
    if not found and current is not None and tidy_address(current) == address:
        found.append(FieldError("/line1", "C’est déjà l’adresse de votre dossier\u202f: rien n’est à changer."))
    return found


def phone_problems(typed: tuple[str, ...], pointer: str = "/phones") -> list[FieldError]:
    message = "Saisissez un numéro de téléphone qui existe, par exemple 06 12 34 56 78."
    return [
        FieldError(f"{pointer}/{rank}", message)
        for rank, text in enumerate(typed)
        if text.strip() and phones.normalise(text) is None
    ]


def phone_list(typed: tuple[str, ...]) -> tuple[str, ...]:
    """In E.164, without blanks, each once, in the order they were typed."""
    return tuple(dict.fromkeys(number for text in typed if (number := phones.normalise(text))))


def contact_problems(contact: Contact, typed: tuple[str, ...]) -> list[FieldError]:
    """`contact` is tidied; `typed`: its telephones as they were typed."""
    texts = {"usual_name": contact.usual_name, "given_name": contact.given_names[0] if contact.given_names else ""}
    found = [FieldError(f"/{name}", problem) for name, text in texts.items() if (problem := names.name_problem(text))]
    problem = names.line_problem(contact.relationship)
    found += [FieldError("/relationship", problem)] if problem else []
    wrong = phone_problems(typed)
    if not wrong and not contact.phones:
        wrong = [FieldError("/phones/0", "Saisissez au moins un numéro\u202f: on doit pouvoir appeler cette personne.")]
    return found + wrong
