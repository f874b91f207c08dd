"""Addresses where letters do not arrive: REBOND#<digest> in `ephemeral`. The address itself is not written.

An item says either that letters come back since an instant, or that the address was proven since (its owner followed a
link received there): a notification about a letter sent before then comes too late to count.
"""

from datetime import datetime, timedelta

from pynamodb.exceptions import PutError

from functions.store.documents import dump, load
from functions.store.models import Ephemeral
from functions.store.transactions import Transaction

_WORKS, _FAILS = 1, 2
_FLAG_LIFE = timedelta(days=180)  # a mailbox may be opened again: one letter then tries
_PROOF_LIFE = timedelta(days=30)  # longer than a letter may wander before it comes back


def flag(digest: str, sent_at: datetime, at: datetime, now: datetime) -> bool:
    """The letter of `sent_at` came back at `at`; False when that was known already, or is too old to count."""
    item = _item(digest, _FAILS, sent_at, now + _FLAG_LIFE)
    item.doc = dump(at)
    counts = (Ephemeral.version == _WORKS) & (Ephemeral.at <= item.at)
    try:
        item.save(Ephemeral.pk.does_not_exist() | (Ephemeral.expires <= int(now.timestamp())) | counts)
    except PutError as error:
        if error.cause_response_code == "ConditionalCheckFailedException":
            return False
        raise
    return True


def failing_since(digest: str, now: datetime) -> datetime | None:
    try:
        item = Ephemeral.get(*_key(digest), consistent_read=True)
    except Ephemeral.DoesNotExist:
        return None
    if int(item.version or 0) != _FAILS or int(item.expires or 0) <= now.timestamp():
        return None
    return load(item.doc or "", datetime)


def add_proof(transaction: Transaction, digest: str, at: datetime) -> None:
    """Letters arrive there, or may be tried again. Label: "proof"."""
    transaction.put("proof", _item(digest, _WORKS, at, at + _PROOF_LIFE))


def _item(digest: str, version: int, at: datetime, expires: datetime) -> Ephemeral:
    # microseconds always: two instants are compared as they are written
    text = at.isoformat(timespec="microseconds")
    return Ephemeral(*_key(digest), at=text, version=version, expires=int(expires.timestamp()))


def _key(digest: str) -> tuple[str, str]:
    return f"REBOND#{digest}", "ETAT"
