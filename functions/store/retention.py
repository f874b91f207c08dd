"""Removing what has been kept long enough. A subject (a family file, an account, a request) goes in two times:

1. one transaction removes what makes it exist (its head), only as it was read: whoever signs in, links or writes
   meanwhile makes it fail, and nothing is removed;
2. what is left of its partitions goes by batches, each only while there is no head. A command killed in between is run
   again: a partition without a head is finished.

What a run is removing stands under CONSERVATION / EN_COURS#<chunk> until the audit's event says what went.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pynamodb.exceptions import DeleteError

from functions.store import events
from functions.store.documents import dump, load
from functions.store.events import Event
from functions.store.models import Audit, Core, Credentials, Ephemeral
from functions.store.transactions import ConditionFailed, Transaction
from functions.store.walks import Line, line_of

PARTITION = "CONSERVATION"
_UNDER_WAY = "EN_COURS#"
_BATCH = 50  # a transaction holds a hundred writes
_MODELS: dict[str, Any] = {"core": Core, "credentials": Credentials, "ephemeral": Ephemeral, "audit": Audit}


@dataclass(frozen=True, slots=True)
class Head:
    """The item without which a subject does not exist."""

    table: str
    pk: str
    sk: str

    def stands(self) -> bool:
        return bool(_MODELS[self.table].count(self.pk, _MODELS[self.table].sk == self.sk, consistent_read=True))


@dataclass(frozen=True, slots=True)
class Chunk:
    """What a run is removing: ids of one category, and who asked for it."""

    chunk_id: str
    category: str
    ids: tuple[str, ...]
    by: str


def lines(table: str, pk: str) -> list[Line]:
    """A whole partition, as it stands now."""
    return [line_of(item) for item in _MODELS[table].query(pk, consistent_read=True)]


def remove(transaction: Transaction, table: str, line: Line) -> None:
    """Only as it was read."""
    model = _MODELS[table]
    same = (model.version == line.version) if line.version else (model.doc == line.doc)
    transaction.delete(f"{line.pk}/{line.sk}", model(line.pk, line.sk), same)


def check_closed(transaction: Transaction, table: str, pk: str, sk: str, now: datetime) -> None:
    """Only while there is no such item, or its end has passed."""
    model = _MODELS[table]
    closed = model.pk.does_not_exist() | (model.expires <= int(now.timestamp()))
    transaction.check(f"{pk}/{sk}", model, pk, sk, closed)


def clear(head: Head, rest: Iterable[tuple[str, str, str]]) -> bool:
    """Remove these (table, pk, sk) while there is no head; False when it has come back."""
    keys = list(rest)
    model = _MODELS[head.table]
    for start in range(0, len(keys), _BATCH):
        transaction = Transaction()
        transaction.check("head", model, head.pk, head.sk, model.pk.does_not_exist())
        for table, pk, sk in keys[start : start + _BATCH]:
            transaction.delete(f"{pk}/{sk}", _MODELS[table](pk, sk))
        try:
            transaction.commit()
        except ConditionFailed:
            return False
    return True


def remove_ended(table: str, pk: str, sk: str, now: datetime) -> bool:
    """Remove an item past its own end; False when it was renewed meanwhile."""
    model = _MODELS[table]
    try:
        model(pk, sk).delete(model.expires <= int(now.timestamp()))
    except DeleteError as error:
        if error.cause_response_code == "ConditionalCheckFailedException":
            return False
        raise
    return True


def under_way() -> list[Chunk]:
    """What runs that were killed left unsaid."""
    found = Core.query(PARTITION, Core.sk.startswith(_UNDER_WAY), consistent_read=True)
    return [load(item.doc or "", Chunk) for item in found]


def begin(chunk: Chunk) -> None:
    Core(PARTITION, f"{_UNDER_WAY}{chunk.chunk_id}", doc=dump(chunk)).save()


def end(chunk: Chunk, event: Event | None) -> None:
    """With the event that says what went; None when nothing did."""
    transaction = Transaction()
    transaction.delete("chunk", Core(PARTITION, f"{_UNDER_WAY}{chunk.chunk_id}"), Core.pk.exists())
    if event is not None:
        events.add(transaction, event)
    transaction.commit()


def said(event: Event) -> None:
    """An event alone: of what is counted and has no identifier."""
    transaction = Transaction()
    events.add(transaction, event)
    transaction.commit()
