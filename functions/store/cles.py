"""Clés enfance, in `credentials`: one a guardian, found through any child of the file, never stored in clear.

ENFANT#<hmac of the child's identity> / <foyer_id> leads to the file; CLES#<foyer_id> / <guardian_id> holds the key.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from functions.store.documents import dump, load
from functions.store.models import Credentials
from functions.store.transactions import ConditionFailed, Transaction


@dataclass(frozen=True, slots=True)
class Cle:
    """`key_hash` is argon2id. `used` once an account was linked with it."""

    foyer_id: str
    guardian_id: str
    key_hash: str
    expires: datetime
    used: bool = False


def prepare(cle: Cle, child_lookups: Sequence[str], now: datetime) -> bool:
    """Store a new key and the ways to find it; False when this guardian already has one that still counts."""
    transaction = Transaction()
    free = Credentials.pk.does_not_exist() | (Credentials.expires <= int(now.timestamp()))
    transaction.put("cle", _item(cle), free)
    for lookup in child_lookups:
        transaction.put(f"child:{lookup}", Credentials(f"ENFANT#{lookup}", cle.foyer_id))
    try:
        transaction.commit()
    except ConditionFailed:
        return False
    return True


def find(foyer_id: str, guardian_id: str) -> Cle | None:
    try:
        return _cle(Credentials.get(f"CLES#{foyer_id}", guardian_id, consistent_read=True))
    except Credentials.DoesNotExist:
        return None


def foyers_of_child(lookup: str) -> list[str]:
    """The files in which a child of this identity stands (two when the parents are separated)."""
    return [item.sk for item in Credentials.query(f"ENFANT#{lookup}", consistent_read=True)]


def of_foyer(foyer_id: str) -> list[Cle]:
    return [_cle(item) for item in Credentials.query(f"CLES#{foyer_id}", consistent_read=True)]


def use(transaction: Transaction, cle: Cle) -> None:
    """Label: "cle"; its condition fails when the key was used meanwhile."""
    item = Credentials(f"CLES#{cle.foyer_id}", cle.guardian_id)
    transaction.update("cle", item, [Credentials.version.set(2)], Credentials.version == 1)


def _item(cle: Cle) -> Credentials:
    return Credentials(
        f"CLES#{cle.foyer_id}",
        cle.guardian_id,
        doc=dump(replace(cle, used=False)),
        version=1,
        expires=int(cle.expires.timestamp()),
    )


def _cle(item: Credentials) -> Cle:
    return replace(load(item.doc or "", Cle), used=int(item.version or 0) > 1)
