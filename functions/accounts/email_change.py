"""Another e-mail address: the password first, then a link followed at the old address and one at the new, in any order.

Until both are, nothing changes: somebody who has the password alone, or one mailbox alone, takes nothing over. A person
who has lost the old mailbox asks the service.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from functions.actions import bounces, keyed, own_account, replay
from functions.actions.mail_links import EMAIL
from functions.domain import passwords, usernames
from functions.domain.errors import Conflict, FieldError, Gone, Invalid, NotFound
from functions.gateways import hashing
from functions.kit import log, throttle
from functions.kit.sessions import Session
from functions.kit.throttle import Bound
from functions.store import access as access_store
from functions.store import accounts, email_changes, events
from functions.store.accounts import Account, MailToken
from functions.store.email_changes import EmailChange
from functions.store.events import Event
from functions.store.transactions import Busy, ConditionFailed, Transaction

Outcome = Literal["half", "changed"]
_HOUR = 3600
_TRIES = 3
_SIDES = ("old", "new")
_ASK = {"old": "adresse-a-quitter", "new": "adresse-a-confirmer"}
_DONE = "adresse-changee"


@dataclass(frozen=True, slots=True)
class Wanted:
    email: str
    password: str


def ask(session: Session, wanted: Wanted, *, key: str, body_hash: str, now: datetime) -> None:
    """Write to both addresses. Raises Invalid (address, password), Throttled, Busy."""
    subject, digest = f"COMPTE#{session.account_id}", keyed.digest("request", body_hash)
    if replay.find("credentials", subject, key, digest):
        return
    throttle.check([Bound("adresse-compte", session.account_id, 5, _HOUR)], now)
    account = own_account.find(session)
    _check(account, wanted)
    change = EmailChange(
        change_id=secrets.token_hex(8),
        account_id=account.account_id,
        email=usernames.fold(wanted.email),
        expires=now + EMAIL.life,
        version=known.version if (known := email_changes.find(account.account_id)) else 0,
    )
    transaction = Transaction()
    email_changes.add(transaction, change)
    effects = tuple(_asks(transaction, change, side) for side in _SIDES)
    events.add(
        transaction,
        Event("credentials", subject, key, "email.asked", account.account_id, now, digest, effects=effects),
    )
    try:
        transaction.commit()
    except ConditionFailed as failed:
        if not replay.find("credentials", subject, key, digest):
            raise Busy from failed


def confirm(token: str, *, key: str, body_hash: str, address: str, now: datetime) -> Outcome:
    """One of the two addresses answers; with the second, the account changes.

    Raises NotFound "token_unknown", Gone "token_expired", Conflict "email_taken", Throttled, Busy.
    """
    digest = keyed.digest("request", body_hash)
    found = EMAIL.find(token)
    if found is not None:
        done = replay.find("credentials", f"COMPTE#{found.account_id}", key, digest)
        if done:
            return _outcome(done)
    throttle.check([Bound("confirmer-adresse", address, 30, _HOUR // 2)], now)
    for _ in range(_TRIES):
        known, change = _known(token, now)
        event = Event(
            "credentials", f"COMPTE#{change.account_id}", key, "email.confirmed", change.account_id, now, digest
        )
        try:
            return _confirmed(token, known.about.partition(":")[0], change, event)
        except ConditionFailed as failed:
            if "claim:COURRIEL" in failed.labels:
                raise _taken() from failed
            done = replay.find("credentials", event.subject, key, digest)
            if done:
                return _outcome(done)
    raise Busy


def _check(account: Account, wanted: Wanted) -> None:
    errors = []
    problem = usernames.address_problem(wanted.email)
    if problem:
        errors.append(FieldError("/email", problem))
    elif usernames.fold(wanted.email) == account.email:
        errors.append(FieldError("/email", "C’est déjà l’adresse de votre espace."))
    if not hashing.matches(account.password_hash, passwords.canonical(wanted.password)):
        errors.append(FieldError("/account_password", "Ce n’est pas votre mot de passe actuel."))
    if errors:
        raise Invalid("invalid_body", "Certaines réponses sont à corriger.", errors=errors)


def _asks(transaction: Transaction, change: EmailChange, side: str) -> dict[str, Any]:
    token = MailToken(change.account_id, change.expires, about=f"{side}:{change.change_id}")
    token_id = EMAIL.add(transaction, token)
    effect = {
        "kind": "mail",
        "template": _ASK[side],
        "purpose": EMAIL.purpose,
        "account_id": change.account_id,
        "token_id": token_id,
    }
    return {**effect, "to": "new_email"} if side == "new" else effect


def _known(token: str, now: datetime) -> tuple[MailToken, EmailChange]:
    known = EMAIL.find(token)
    if known is None:
        raise NotFound("token_unknown", "Ce lien n’est pas reconnu. Ouvrez le dernier message reçu.")
    change = email_changes.find(known.account_id)
    stale = change is None or not known.about.endswith(f":{change.change_id}")
    if change is None or stale or known.used or change.expires <= now:
        raise Gone("token_expired", "Ce lien a déjà servi ou a expiré. Demandez de nouveau le changement d’adresse.")
    return known, change


def _confirmed(token: str, side: str, change: EmailChange, event: Event) -> Outcome:
    confirmed = tuple(sorted({*change.confirmed, side}))
    whole = len(confirmed) == len(_SIDES)
    transaction = Transaction()
    EMAIL.use(transaction, token)
    email_changes.add(transaction, replace(change, confirmed=confirmed))
    if side == "new":
        bounces.proven(transaction, change.email, event.at)
    effects: tuple[dict[str, Any], ...] = ()
    if whole:
        effects = _move(transaction, change, event.at)
    outcome: Outcome = "changed" if whole else "half"
    name = "email.changed" if whole else event.name
    events.add(transaction, replace(event, name=name, answer=outcome, effects=effects))
    transaction.commit()
    log.event("email_changed" if whole else "email_half_confirmed", account_id=change.account_id)
    return outcome


def _move(transaction: Transaction, change: EmailChange, now: datetime) -> tuple[dict[str, Any], ...]:
    """The account under its new address. Whoever signs in with the address as identifiant now does with the new one."""
    account, access = accounts.find(change.account_id), access_store.find(change.account_id)
    if account is None or access is None or account.status != "active":
        raise Gone("token_expired", "Cet espace n’existe plus.")
    if accounts.find_claim("COURRIEL", change.email, now) not in {None, account.account_id}:
        raise _taken()
    accounts.claim(transaction, "COURRIEL", change.email, account.account_id, now=now)
    accounts.release(transaction, "COURRIEL", account.email, account.account_id, now)
    username = change.email if account.username == account.email else account.username
    accounts.add(transaction, replace(account, email=change.email, username=username))
    access_store.add(transaction, replace(access, email=change.email))
    return ({"kind": "mail", "template": _DONE, "account_id": account.account_id},)


def _taken() -> Conflict:
    return Conflict("email_taken", "Un autre espace utilise déjà cette adresse e-mail.")


def _outcome(event: Event) -> Outcome:
    return "changed" if event.answer == "changed" else "half"
