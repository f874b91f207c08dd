"""Accepting an invitation: the link proves the address and the guardian; the person chooses how to sign in.

Somebody who has an account at this address already has the file linked to it instead.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from functions.actions import bounces, invitations, keyed, linking, replay
from functions.actions.invitations import INVITATION, Invited
from functions.domain import passwords, usernames
from functions.domain.errors import Conflict, FieldError, Invalid
from functions.gateways import hashing
from functions.kit import log, throttle
from functions.kit.throttle import Bound
from functions.store import access as access_store
from functions.store import accounts, events
from functions.store.access import Access, FoyerLink
from functions.store.accounts import Account
from functions.store.events import Event
from functions.store.transactions import Busy, ConditionFailed, Transaction

_HALF_HOUR = 1800
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page of the link shows. `has_account`: this address has an account, which the file can be linked to."""

    given_name: str
    usual_name: str
    email: str
    has_account: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    username: str
    password: str
    confirmation: str


def show(token: str, *, address: str, now: datetime) -> Shown:
    """Changes nothing. Raises NotFound, Gone, Conflict "already_linked", Throttled."""
    _bound(address, now)
    invited = invitations.find(token, now)
    person = invited.guardian
    taken = accounts.find_claim("COURRIEL", invited.email, now) is not None
    return Shown(person.given_names[0], person.usual_name, invited.email, taken)


def accept(token: str, chosen: Chosen | None, *, key: str, body_hash: str, address: str, now: datetime) -> str:
    """Make the account, active and linked (`chosen`), or link the one this address has (None); return the given name.

    Raises NotFound, Gone, Conflict "already_linked" or "email_taken" or "no_account", Invalid, Throttled, Busy.
    """
    digest = keyed.digest("request", body_hash)
    subject = invitations.subject_of(token)
    done = replay.find("core", subject, key, digest) if subject else None
    if done:
        return done.answer
    _bound(address, now)
    for _ in range(_TRIES):
        transaction, event = _acceptance(
            invitations.find(token, now),
            token,
            chosen,
            Event("core", subject, key, "invitation.accepted", "", now, digest),
        )
        try:
            transaction.commit()
        except ConditionFailed as failed:
            done = replay.find("core", subject, key, digest)
            if done:
                return done.answer
            if "claim:IDENTIFIANT" in failed.labels:
                raise _invalid(_taken()) from failed
        else:
            log.event("invitation_accepted", account_id=event.actor)
            return event.answer
    raise Busy


def _acceptance(invited: Invited, token: str, chosen: Chosen | None, event: Event) -> tuple[Transaction, Event]:
    transaction = Transaction()
    INVITATION.use(transaction, token)
    bounces.proven(transaction, invited.email, event.at)
    if chosen is None:
        account_id = _link(transaction, invited, event.at)
    else:
        account_id = _create(transaction, invited, chosen, event.at)
    linking.name(transaction, invited.file, invited.guardian, account_id)
    done = replace(
        event,
        actor=account_id,
        answer=invited.guardian.given_names[0],
        details={"guardian_id": invited.guardian.person_id},
    )
    events.add(transaction, done)
    return transaction, done


def _bound(address: str, now: datetime) -> None:
    total = Bound("invitation-total", "", 2000, _HALF_HOUR)
    throttle.check([Bound("invitation-adresse", address, 30, _HALF_HOUR), total], now)


def _create(transaction: Transaction, invited: Invited, chosen: Chosen, now: datetime) -> str:
    if accounts.find_claim("COURRIEL", invited.email, now) is not None:
        raise Conflict("email_taken", "Un espace existe déjà à cette adresse : reliez-le à votre dossier.")
    username = usernames.fold(chosen.username)
    _check(chosen, username, invited.email, now)
    person = invited.guardian
    account = Account(
        account_id=keyed.digest("account", f"{invited.file.foyer_id}|{person.person_id}|{now.isoformat()}")[:32],
        username=username,
        email=invited.email,
        password_hash=hashing.hash_secret(passwords.canonical(chosen.password)),
        status="active",
        created_at=now,
        profile=_profile(invited),
    )
    accounts.add(transaction, account)
    accounts.claim(transaction, "COURRIEL", account.email, account.account_id, now=now)
    if not usernames.is_address(username):
        accounts.claim(transaction, "IDENTIFIANT", username, account.account_id, now=now)
    link = FoyerLink(invited.file.foyer_id, person.person_id)
    access = Access(
        account.account_id, person.title, person.given_names[0], person.usual_name, account.email, foyers=(link,)
    )
    access_store.add(transaction, access)
    return account.account_id


def _link(transaction: Transaction, invited: Invited, now: datetime) -> str:
    """The account of this address reaches one more file. One account stands for one guardian of a file."""
    account_id = accounts.find_claim("COURRIEL", invited.email, now)
    access = access_store.find(account_id) if account_id else None
    if access is None:
        raise Conflict("no_account", "Aucun espace n’existe à cette adresse : choisissez un identifiant.")
    file = invited.file
    named = {one.account_id for one in file.guardians} | {""}
    if access.account_id in named or any(link.foyer_id == file.foyer_id for link in access.foyers):
        detail = (
            "L’espace de cette adresse est celui de l’autre responsable : chacun a le sien, avec sa propre adresse."
        )
        raise Conflict("already_linked", detail)
    link = FoyerLink(file.foyer_id, invited.guardian.person_id)
    access_store.add(transaction, replace(access, foyers=(*access.foyers, link)))
    return access.account_id


def _check(chosen: Chosen, username: str, email: str, now: datetime) -> None:
    errors = []
    wrong_name = usernames.username_problem(chosen.username, email)
    if wrong_name:
        errors.append(FieldError("/username", wrong_name))
    elif not usernames.is_address(username) and accounts.find_claim("IDENTIFIANT", username, now):
        errors.append(_taken())
    wrong = passwords.problem(chosen.password, chosen.username)
    if wrong:
        errors.append(FieldError("/password", wrong))
    if chosen.password != chosen.confirmation:
        message = "Les deux mots de passe sont différents : saisissez deux fois le même."
        errors.append(FieldError("/password_confirmation", message))
    if errors:
        raise _invalid(*errors)


def _profile(invited: Invited) -> dict[str, Any]:
    """What the family file says of this person, in the shape of an account that was typed."""
    person = invited.guardian
    address = person.address or invited.file.address
    phones = [*person.phones, "", ""]
    return {
        "title": person.title,
        "usual_name": person.usual_name,
        "given_names": list(person.given_names),
        "birth_name": person.birth_name,
        "birth_date": person.birth_date.isoformat() if person.birth_date else "",
        "birth_country": "",
        "birth_department": "",
        "birth_town": person.birth_town,
        "line1": address.line1,
        "line2": address.line2,
        "postcode": address.postcode,
        "town": address.town,
        "mobile_phone": phones[0],
        "home_phone": phones[1],
    }


def _taken() -> FieldError:
    return FieldError("/username", "Cet identifiant est déjà pris : choisissez-en un autre.")


def _invalid(*errors: FieldError) -> Invalid:
    return Invalid("invalid_body", "Certaines réponses sont à corriger.", errors=errors)
