"""All-or-nothing writes, over any of the tables.

A write is a label and what it adds to the transaction; when a condition fails, the labels say which one.
DynamoDB cancels a transaction that meets another one (TransactionConflict) and botocore does not try again: we do,
with jitter, and such a conflict is never told to a family as « complet ».
"""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pynamodb.exceptions import PynamoDBException, TransactWriteError
from pynamodb.transactions import TransactWrite

from functions.store.connection import shared

_TRANSIENT = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}
_OVERLOADED = {
    "ThrottlingException",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "TransactionConflictException",
    "TransactionInProgressException",
}
_TRIES = 7


class ConditionFailed(Exception):
    """At least one condition did not hold; nothing was written. `labels` name the writes concerned."""

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__(", ".join(labels))
        self.labels = tuple(labels)


class Busy(Exception):
    """The database asked to wait and went on asking: the caller answers 503 with Retry-After."""


def is_overload(error: Exception) -> bool:
    """Whether the database asked to wait, for a read as for a write: nothing was done, trying later may pass."""
    return isinstance(error, PynamoDBException) and error.cause_response_code in _OVERLOADED


@dataclass(slots=True)
class Transaction:
    """Collects writes. PynamoDB sends checks, deletes, puts and updates in that order; reasons come back so."""

    _checks: list[tuple[str, Callable[[TransactWrite], None]]] = field(default_factory=list)
    _deletes: list[tuple[str, Callable[[TransactWrite], None]]] = field(default_factory=list)
    _puts: list[tuple[str, Callable[[TransactWrite], None]]] = field(default_factory=list)
    _updates: list[tuple[str, Callable[[TransactWrite], None]]] = field(default_factory=list)

    def check(self, label: str, model: Any, pk: str, sk: str, condition: Any) -> None:
        self._checks.append((label, lambda write: write.condition_check(model, pk, sk, condition)))

    def delete(self, label: str, item: Any, condition: Any = None) -> None:
        self._deletes.append((label, lambda write: write.delete(item, condition)))

    def put(self, label: str, item: Any, condition: Any = None) -> None:
        self._puts.append((label, lambda write: write.save(item, condition)))

    def update(self, label: str, item: Any, actions: Sequence[Any], condition: Any = None) -> None:
        self._updates.append((label, lambda write: write.update(item, list(actions), condition)))

    def commit(self) -> None:
        """Write everything or nothing. Raises ConditionFailed, Busy, or what the database said."""
        writes = [*self._checks, *self._deletes, *self._puts, *self._updates]
        for attempt in range(_TRIES):
            try:
                with TransactWrite(connection=shared()) as batch:
                    for _, add in writes:
                        add(batch)
            except TransactWriteError as error:
                _judge(error, [label for label, _ in writes])
                time.sleep(random.uniform(0.01, 0.05) * 2**attempt)  # noqa: S311 - jitter, not a secret
            else:
                return
        raise Busy


def _judge(error: TransactWriteError, labels: Sequence[str]) -> None:
    """Return when trying again makes sense; else raise."""
    reasons = error.cancellation_reasons
    codes = [reason.code if reason else "" for reason in reasons]
    failed = [label for label, code in zip(labels, codes, strict=False) if code == "ConditionalCheckFailed"]
    if failed:
        raise ConditionFailed(failed) from error
    if any(code in _TRANSIENT for code in codes) or is_overload(error):
        return
    raise error
