"""Events: written once under their key, found again, taken out of the outbox when their effects are done."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.store import audit, documents, events
from functions.store.events import Event
from functions.store.models import Audit
from functions.store.transactions import ConditionFailed, Transaction

KEY = "3f2a9c1e-7b00-4000-8000-00000000000a"
EVENT = Event(
    table="core",
    subject="FOYER#f",
    key=KEY,
    name="booking",
    actor="a",
    at=datetime(2026, 11, 21, 9, 0, tzinfo=UTC),
    body_hash="h",
    answer='{"receipt_number":"R-2611-7WN9R7KV"}',
    effects=({"kind": "mail", "template": "activation"},),
    details={"month": "2026-12"},
)


def write(event: Event) -> None:
    transaction = Transaction()
    events.add(transaction, event)
    transaction.commit()


@pytest.mark.usefixtures("settings")
@pytest.mark.parametrize("table", ["core", "credentials"])
def test_an_event_comes_back_as_it_was_written(table: str) -> None:
    write(replace(EVENT, table=table))

    assert events.find(table, "FOYER#f", KEY) == replace(EVENT, table=table)
    assert events.find(table, "FOYER#f", "x" * 36) is None
    assert events.find(table, "FOYER#g", KEY) is None


@pytest.mark.usefixtures("settings")
def test_an_event_is_written_once() -> None:
    write(EVENT)

    with pytest.raises(ConditionFailed) as failed:
        write(replace(EVENT, answer="{}"))

    assert failed.value.labels == ("event",)
    assert events.find("core", "FOYER#f", KEY) == EVENT


@pytest.mark.usefixtures("settings")
def test_events_wait_in_order_until_they_are_done() -> None:
    later = replace(EVENT, key="b" * 36, at=datetime(2026, 11, 21, 9, 0, 1, tzinfo=UTC))
    write(later)
    write(EVENT)

    assert [event.key for event in events.pending("core")] == [KEY, later.key]
    events.done(EVENT)

    assert [event.key for event in events.pending("core")] == [later.key]
    assert events.find("core", "FOYER#f", KEY) == EVENT


@pytest.mark.usefixtures("settings")
def test_events_are_found_by_the_beginning_of_their_key() -> None:
    write(EVENT)
    write(replace(EVENT, key="3f2a9c1e-7c00-4000-8000-00000000000a"))

    assert events.find_by_prefix("core", "FOYER#f", "3f2a9c1e-7b") == [EVENT]
    assert events.find_by_prefix("core", "FOYER#g", "3f2a9c1e-7b") == []


@pytest.mark.usefixtures("settings")
def test_the_audit_keeps_one_line_an_event() -> None:
    audit.append(EVENT)
    audit.append(EVENT)

    (line,) = Audit.query("FOYER#f")
    assert documents.load(line.doc, dict) == {"name": "booking", "actor": "a", "details": {"month": "2026-12"}}


@pytest.mark.usefixtures("settings")
def test_a_line_of_the_audit_ends_when_the_register_says() -> None:
    audit.append(replace(EVENT, name="password.changed"))
    audit.append(replace(EVENT, name="of-no-kind", key="3f2a9c1e-7c00-4000-8000-00000000000b"))

    lines = {json.loads(line.doc)["name"]: line.expires for line in Audit.query("FOYER#f")}
    assert lines == {"password.changed": int((EVENT.at + timedelta(days=1095)).timestamp()), "of-no-kind": None}


@given(st.text(max_size=2_000))
def test_a_packed_answer_comes_back_as_it_was(text: str) -> None:
    json = documents.dump(text)

    assert documents.unpack(documents.pack(json)) == json


def test_a_long_answer_is_packed_small() -> None:
    lines = ",".join(f'{{"day":"2026-12-{day:02}","price_centimes":340}}' for day in range(1, 32))

    assert len(documents.pack(f"[{lines}]")) < len(lines) / 4
    assert documents.pack("[]") == "[]"
