"""The passkeys of one's own account: called otherwise, removed."""

from dataclasses import replace
from datetime import datetime

from functions.actions import keyed, own_account, replay
from functions.domain.errors import NotFound, Stale
from functions.kit import log
from functions.kit.sessions import Session
from functions.store import events
from functions.store import passkeys as store
from functions.store.events import Event
from functions.store.passkeys import Passkey, Passkeys
from functions.store.transactions import Busy, ConditionFailed, Transaction

_TRIES = 5
_TEMPLATE = "cle-acces-retiree"


def rename(
    session: Session, passkey_id: str, name: str, *, seen: str, key: str, body_hash: str, now: datetime
) -> Passkey:
    """Raises NotFound, Stale when it was called otherwise since the version `seen`, Busy."""
    for _ in range(_TRIES):
        event = _event(session, key, "passkey.renamed", passkey_id, body_hash, now)
        done = replay.find(event.table, event.subject, key, event.body_hash)
        known, passkey = _own(session, passkey_id)
        if done:
            return passkey
        if str(passkey.version) != seen:
            raise Stale("stale", "Le nom de cette clé vient d’être changé par ailleurs.")
        renamed = replace(passkey, name=name, version=passkey.version + 1)
        if _commit(known.changed(renamed), event):
            log.event("passkey_renamed", account_id=session.account_id, passkey_id=passkey_id)
            return renamed
    raise Busy


def remove(session: Session, passkey_id: str, *, key: str, body_hash: str, now: datetime) -> None:
    """At once, without the password: a lost device must not keep a key, and the password still opens the account.

    Raises Forbidden, NotFound, Busy.
    """
    effect = {"kind": "mail", "template": _TEMPLATE, "account_id": session.account_id}
    event = _event(session, key, "passkey.removed", passkey_id, body_hash, now)
    for _ in range(_TRIES):
        if replay.find(event.table, event.subject, key, event.body_hash):
            return
        own_account.check_strength(session)
        known, _passkey = _own(session, passkey_id)
        left = replace(known, all=tuple(each for each in known.all if each.passkey_id != passkey_id))
        if _commit(left, replace(event, effects=(effect,))):
            log.event("passkey_removed", account_id=session.account_id, passkey_id=passkey_id)
            return
    raise Busy


def _own(session: Session, passkey_id: str) -> tuple[Passkeys, Passkey]:
    known = store.find(session.account_id)
    passkey = known.one(passkey_id)
    if passkey is None:
        raise NotFound("passkey_unknown", "Cette clé d’accès n’est pas, ou plus, dans votre espace.")
    return known, passkey


def _event(session: Session, key: str, name: str, passkey_id: str, body_hash: str, now: datetime) -> Event:
    """The digest also says which passkey: the address holds it, the body does not."""
    digest = keyed.digest("request", f"{passkey_id}|{body_hash}")
    details = {"passkey_id": passkey_id}
    subject = f"COMPTE#{session.account_id}"
    return Event("credentials", subject, key, name, session.account_id, now, digest, details=details)


def _commit(known: Passkeys, event: Event) -> bool:
    """False when raced: by another change, or by this very request."""
    transaction = Transaction()
    store.add(transaction, known)
    events.add(transaction, event)
    try:
        transaction.commit()
    except ConditionFailed:
        return False
    return True
