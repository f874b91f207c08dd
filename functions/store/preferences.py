"""What a person chose to receive: COMPTE#<id> / PREFERENCES in `core`."""

from dataclasses import replace

from functions.domain.preferences import Preferences
from functions.store.documents import dump, load
from functions.store.models import Core
from functions.store.transactions import Transaction


def find(account_id: str) -> Preferences:
    """The defaults, at version 0, for somebody who never chose."""
    try:
        item = Core.get(f"COMPTE#{account_id}", "PREFERENCES", consistent_read=True)
    except Core.DoesNotExist:
        return Preferences()
    return replace(load(item.doc or "", Preferences), version=int(item.version or 0))


def add(transaction: Transaction, account_id: str, preferences: Preferences) -> None:
    """Create (version 0) or replace the version that was read. Label: "preferences"."""
    item = Core(
        f"COMPTE#{account_id}",
        "PREFERENCES",
        doc=dump(replace(preferences, version=0)),
        version=preferences.version + 1,
    )
    condition = (Core.version == preferences.version) if preferences.version else Core.pk.does_not_exist()
    transaction.put("preferences", item, condition)
