"""The last invitation sent to a guardian, in `core`: FOYER#<id> / INVITATION#<guardian_id>, beside the family file.

The link itself stands in `credentials`, hashed.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from functions.store import foyers
from functions.store.documents import dump, load
from functions.store.models import Core
from functions.store.transactions import Transaction

_PREFIX = "INVITATION#"


@dataclass(frozen=True, slots=True)
class Invitation:
    """`at` and `expires` are UTC."""

    foyer_id: str
    guardian_id: str
    at: datetime
    expires: datetime
    version: int = 0


def of_foyer(foyer_id: str) -> dict[str, Invitation]:
    """Guardian id -> the last invitation sent: one query."""
    items = Core.query(foyers.partition(foyer_id), Core.sk.startswith(_PREFIX), consistent_read=True)
    found = [replace(load(item.doc or "", Invitation), version=int(item.version or 0)) for item in items]
    return {each.guardian_id: each for each in found}


def add(transaction: Transaction, invitation: Invitation) -> None:
    """Replace the version that was read. Label: "invitation"."""
    item = Core(
        foyers.partition(invitation.foyer_id),
        f"{_PREFIX}{invitation.guardian_id}",
        doc=dump(replace(invitation, version=0)),
        version=invitation.version + 1,
    )
    known = invitation.version
    transaction.put("invitation", item, (Core.version == known) if known else Core.pk.does_not_exist())
