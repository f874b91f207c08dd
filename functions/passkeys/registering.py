"""Adding a passkey: the password again, then what the authenticator made."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from functions.actions import keyed, own_account, replay
from functions.domain import devices, passkeys
from functions.domain.errors import Invalid, Refused
from functions.kit import log
from functions.kit.sessions import Session
from functions.passkeys import ceremony
from functions.store import accounts, events
from functions.store import passkeys as store
from functions.store.events import Event
from functions.store.passkeys import Challenge, Passkey, Passkeys
from functions.store.transactions import Busy, ConditionFailed, Transaction

CHALLENGE_LIFE = timedelta(minutes=5)
_TRIES = 5
_TEMPLATE = "cle-acces-ajoutee"


@dataclass(frozen=True, slots=True)
class New:
    """What navigator.credentials.create() gave, in base64url, and what the person calls it ("" for the device)."""

    credential_id: str
    client_data: str
    attestation: str
    transports: tuple[str, ...]
    name: str
    user_agent: str


def begin(session: Session, password: str, now: datetime) -> dict[str, Any]:
    """The options of the authenticator. Raises Forbidden, Invalid, Throttled, Refused "too_many_passkeys"."""
    own_account.check_strength(session)
    account = own_account.with_password(session, password, "/current_password", now)
    known = store.find(session.account_id)
    _check_room(known)
    display = f"{session.access.given_name} {session.access.usual_name}"
    listed = [(each.credential_id, each.transports) for each in known.all]
    options = ceremony.creation(session.account_id, account.username, display, listed)
    digest = ceremony.digest(options["challenge"])
    store.put_challenge(digest, session.account_id, Challenge(account.version), now + CHALLENGE_LIFE)
    return options


def finish(session: Session, new: New, *, key: str, body_hash: str, now: datetime) -> Passkey:
    """Keep what the authenticator made. Raises Forbidden, Invalid "passkey_not_made", Refused "passkey_known",
    "too_many_passkeys", Busy.
    """
    subject, digest = f"COMPTE#{session.account_id}", keyed.digest("request", body_hash)
    for _ in range(_TRIES):
        done = replay.find("credentials", subject, key, digest)
        known = store.find(session.account_id)
        if done:
            return _kept(known, done)
        own_account.check_strength(session)
        made, transaction = _made(session, new, known, now)
        effect = {"kind": "mail", "template": _TEMPLATE, "account_id": session.account_id}
        event = Event(
            "credentials",
            subject,
            key,
            "passkey.added",
            session.account_id,
            now,
            digest,
            answer=made.passkey_id,
            effects=(effect,),
            details={"passkey_id": made.passkey_id},
        )
        events.add(transaction, event)
        try:
            transaction.commit()
        except ConditionFailed:
            continue  # another passkey was kept meanwhile, the account changed, or this very request came twice
        log.event("passkey_added", account_id=session.account_id, passkey_id=made.passkey_id)
        return made
    raise Busy


def _made(session: Session, new: New, known: Passkeys, now: datetime) -> tuple[Passkey, Transaction]:
    """The passkey, and the transaction that keeps it and uses its challenge."""
    challenge = ceremony.challenge_of(new.client_data)
    digest = ceremony.digest(challenge)
    asked = store.find_challenge(digest, session.account_id, now)
    account = own_account.find(session)
    if asked is None or asked.account_version != account.version:
        raise _not_made(session, "challenge")
    try:
        made = ceremony.check_creation(new.credential_id, new.client_data, new.attestation, challenge)
    except ceremony.NotProven as error:
        raise _not_made(session, error.why) from error
    if known.of_credential(made.credential_id):
        raise Refused("passkey_known", "Cet appareil a déjà une clé d’accès pour votre espace.")
    _check_room(known)
    passkey = Passkey(
        passkey_id=secrets.token_hex(16),
        credential_id=made.credential_id,
        public_key=made.public_key,
        name=new.name or devices.name_of(new.user_agent),
        created_at=now,
        sign_count=made.sign_count,
        transports=new.transports,
        may_sync=made.may_sync,
        synced=made.synced,
    )
    transaction = Transaction()
    accounts.unchanged(transaction, account)
    store.use_challenge(transaction, digest, session.account_id)
    store.add(transaction, Passkeys(session.account_id, (*known.all, passkey), known.version))
    return passkey, transaction


def _check_room(known: Passkeys) -> None:
    if len(known.all) >= passkeys.MOST:
        detail = f"Votre espace a déjà {passkeys.MOST} clés d’accès. Retirez-en une pour en ajouter une autre."
        raise Refused("too_many_passkeys", detail)


def _not_made(session: Session, why: str) -> Invalid:
    log.event("passkey_not_added", account_id=session.account_id, why=why)
    return Invalid("passkey_not_made", "La clé d’accès n’a pas pu être ajoutée. Recommencez.")


def _kept(known: Passkeys, done: Event) -> Passkey:
    passkey = known.one(done.answer)
    if passkey is None:  # removed since
        raise Refused("passkey_removed", "Cette clé d’accès a été retirée depuis.")
    return passkey
