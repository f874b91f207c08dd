"""Letters that come back: an address that refuses for ever, or whose owner complained, is flagged for a while.

Nothing public reads the flag: what a visitor is answered never depends on it.
"""

from datetime import UTC, datetime

from functions.actions import keyed
from functions.domain import usernames
from functions.store import bounces
from functions.store.transactions import Transaction


def report(address: str, sent_at: datetime, at: datetime, now: datetime) -> bool:
    """The letter sent there at `sent_at` came back at `at`. The same news twice, or older than the last proof that the
    address works, changes nothing: False.
    """
    return bounces.flag(digest(address), sent_at.astimezone(UTC), at.astimezone(UTC), now)


def failing_since(address: str, now: datetime) -> datetime | None:
    return bounces.failing_since(digest(address), now)


def proven(transaction: Transaction, address: str, now: datetime) -> None:
    """Its owner has just read a letter there, or asks that it be tried again. Label: "proof"."""
    bounces.add_proof(transaction, digest(address), now)


def digest(address: str) -> str:
    return keyed.digest("bounce", usernames.fold(address))
