"""A change of e-mail address under way: COMPTE#<id> / CHANGEMENT in `credentials`. One at a time: the last asked."""

from dataclasses import dataclass, replace
from datetime import datetime

from functions.store.documents import dump, load
from functions.store.models import Credentials
from functions.store.transactions import Transaction

_KEPT = 30 * 86_400


@dataclass(frozen=True, slots=True)
class EmailChange:
    """`email` is the address wanted, folded. `confirmed` holds "old" and "new" as each address answers."""

    change_id: str
    account_id: str
    email: str
    expires: datetime
    confirmed: tuple[str, ...] = ()
    version: int = 0


def find(account_id: str) -> EmailChange | None:
    try:
        item = Credentials.get(f"COMPTE#{account_id}", "CHANGEMENT", consistent_read=True)
    except Credentials.DoesNotExist:
        return None
    return replace(load(item.doc, EmailChange), version=int(item.version or 0))


def add(transaction: Transaction, change: EmailChange) -> None:
    """Create or replace the version that was read. Label: "change"."""
    item = Credentials(
        f"COMPTE#{change.account_id}",
        "CHANGEMENT",
        doc=dump(replace(change, version=0)),
        version=change.version + 1,
        expires=int(change.expires.timestamp()) + _KEPT,
    )
    condition = (Credentials.version == change.version) if change.version else Credentials.pk.does_not_exist()
    transaction.put("change", item, condition)
