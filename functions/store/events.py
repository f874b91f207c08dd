"""One event item per action: idempotency record, receipt, outbox entry and source of the audit, at once.

It stands beside what it changed (EVT#<Idempotency-Key>) and is created, only if absent, in the action's own
transaction. While it has effects left to do (a mail), it stands in the sparse `outbox` index.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from functions.store.documents import dump, load, pack, unpack
from functions.store.models import Core, Credentials
from functions.store.transactions import Transaction

OUTBOX = "0"
SET_ASIDE = "X"
_MODELS: dict[str, Any] = {"core": Core, "credentials": Credentials}


@dataclass(frozen=True, slots=True)
class Event:
    """`subject` is the partition ("FOYER#…", "COMPTE#…"); `answer` is the JSON answered to the caller;
    `effects` are what jobs must do, each {"kind": …, …}: identifiers only, never a secret; the first `effects_done`
    of them are done.
    """

    table: str
    subject: str
    key: str
    name: str
    actor: str
    at: datetime
    body_hash: str
    answer: str = ""
    effects: tuple[dict[str, Any], ...] = ()
    details: dict[str, Any] = field(default_factory=dict)
    effects_done: int = 0


@dataclass(frozen=True, slots=True)
class _Document:
    name: str
    actor: str
    body_hash: str
    answer: str
    effects: tuple[dict[str, Any], ...]
    details: dict[str, Any]


def add(transaction: Transaction, event: Event) -> None:
    """Label: "event". Its condition fails when this action was already done under the same key."""
    model = _MODELS[event.table]
    item = model(
        event.subject,
        f"EVT#{event.key}",
        doc=dump(_Document(event.name, event.actor, event.body_hash, pack(event.answer), event.effects, event.details)),
        at=event.at.isoformat(),
        # Every event is copied to the audit table by jobs, so each one starts in the outbox.
        outbox=OUTBOX,
    )
    transaction.put("event", item, model.pk.does_not_exist())


def find(table: str, subject: str, key: str) -> Event | None:
    model = _MODELS[table]
    try:
        item = model.get(subject, f"EVT#{key}", consistent_read=True)
    except model.DoesNotExist:
        return None
    return _event(table, item)


def find_by_prefix(table: str, subject: str, prefix: str) -> list[Event]:
    """The events of a subject whose key begins so: one query (a receipt number holds the beginning of a key)."""
    model = _MODELS[table]
    items = model.query(subject, model.sk.startswith(f"EVT#{prefix}"))
    return [_event(table, item) for item in items]


def pending(table: str, limit: int = 50) -> Iterable[Event]:
    """The oldest events with something left to do. The index may lag: `find` again before acting."""
    return _standing(table, OUTBOX, limit)


def _standing(table: str, where: str, limit: int) -> Iterable[Event]:
    model = _MODELS[table]
    for entry in model.outbox_index.query(where, limit=limit):
        event = find(table, entry.pk, entry.sk.removeprefix("EVT#"))
        if event is not None:
            yield event


def advance(event: Event, effects_done: int) -> Event:
    """Note that so many effects are done: what fails afterwards does not do them again."""
    model = _MODELS[event.table]
    model(event.subject, f"EVT#{event.key}").update(actions=[model.version.set(effects_done)])
    return replace(event, effects_done=effects_done)


def done(event: Event) -> None:
    """Take the event out of the outbox: its effects are done and the audit has it."""
    model = _MODELS[event.table]
    model(event.subject, f"EVT#{event.key}").update(actions=[model.outbox.remove()])


def set_aside(event: Event) -> None:
    """Move an event that fails again and again out of the way, where `aside` still finds it."""
    model = _MODELS[event.table]
    model(event.subject, f"EVT#{event.key}").update(actions=[model.outbox.set(SET_ASIDE)])


def aside(table: str, limit: int = 50) -> Iterable[Event]:
    """The events set aside, for somebody to look at."""
    return _standing(table, SET_ASIDE, limit)


def _event(table: str, item: Any) -> Event:
    document = load(item.doc, _Document)
    return Event(
        table=table,
        subject=item.pk,
        key=item.sk.removeprefix("EVT#"),
        name=document.name,
        actor=document.actor,
        at=datetime.fromisoformat(item.at),
        body_hash=document.body_hash,
        answer=unpack(document.answer),
        effects=document.effects,
        details=document.details,
        effects_done=int(item.version or 0),
    )
