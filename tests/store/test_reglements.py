"""Published rules: a file and its pointer are written together, never changed, and read back checked."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from support.published import cut_off, publish

from functions.domain.publication import Pointer
from functions.store import connection, events, reglements
from functions.store.events import Event
from functions.store.models import PublishedRules
from functions.store.transactions import ConditionFailed

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
COMPILED = b'{"rules": "of a town"}' * 40

pytestmark = pytest.mark.usefixtures("settings")


def event(number: int = 1) -> Event:
    return Event("core", "REGLEMENT", f"{number:036}", "rules_published", "agent", NOW, "")


def pointer(minutes: int, compiled: bytes = COMPILED) -> Pointer:
    return Pointer(NOW + timedelta(minutes=minutes), sha256(compiled).hexdigest(), NOW, "agent", "rentrée")


def test_a_publication_comes_back_as_it_was_written() -> None:
    reglements.publish(pointer(5), reglements.pack(COMPILED), event())

    assert reglements.pointers() == [pointer(5)]
    assert reglements.find(NOW + timedelta(minutes=5)) == pointer(5)
    assert reglements.find(NOW) is None
    assert reglements.read_file(pointer(5).hash) == COMPILED
    assert events.find("core", "REGLEMENT", event().key) == event()


def test_a_file_is_written_once_and_serves_several_pointers() -> None:
    reglements.publish(pointer(5), reglements.pack(COMPILED), event(1))
    reglements.publish(pointer(9), None, event(2))

    with pytest.raises(ConditionFailed) as failed:
        reglements.publish(pointer(12), reglements.pack(COMPILED), event(3))

    assert failed.value.labels == ("file",)
    assert reglements.pointers() == [pointer(5), pointer(9)]


def test_a_pointer_to_a_file_that_is_not_there_is_not_written() -> None:
    with pytest.raises(ConditionFailed):
        reglements.publish(pointer(5), None, event())

    assert reglements.pointers() == []


def test_an_instant_has_one_pointer_and_nothing_is_half_written() -> None:
    reglements.publish(pointer(5), reglements.pack(COMPILED), event(1))
    other = pointer(5, b"others")

    with pytest.raises(ConditionFailed) as failed:
        reglements.publish(other, reglements.pack(b"others"), event(2))

    assert failed.value.labels == ("pointer",)
    assert reglements.pointers() == [pointer(5)]
    with pytest.raises(reglements.Unreadable, match="missing"):
        reglements.read_file(other.hash)
    assert events.find("core", "REGLEMENT", event(2).key) is None


def test_a_withdrawn_pointer_is_gone_and_its_file_stays() -> None:
    reglements.publish(pointer(5), reglements.pack(COMPILED), event(1))
    reglements.withdraw(pointer(5), event(2))

    assert reglements.pointers() == []
    assert reglements.read_file(pointer(5).hash) == COMPILED
    with pytest.raises(ConditionFailed):
        reglements.withdraw(pointer(5), event(3))


def test_the_schedule_holds_what_comes_what_is_in_force_and_the_one_before() -> None:
    for minutes in (-300, -200, -100, 100, 200):
        publish(COMPILED, NOW + timedelta(minutes=minutes))

    found = [(each.since - NOW) // timedelta(minutes=1) for each in reglements.schedule(NOW)]

    assert found == [200, 100, -100, -200]


def test_the_schedule_is_one_query_of_half_a_unit() -> None:
    for minutes in range(-40, 3):
        publish(COMPILED, NOW + timedelta(minutes=minutes))
    seen: list[str] = []
    connection.shared().client.meta.events.register("before-call.dynamodb", lambda model, **_: seen.append(model.name))

    assert len(reglements.schedule(NOW)) == 4
    assert seen == ["Query"]


@pytest.mark.parametrize("kept", [b"", b"not gzip", reglements.pack(b"other rules")])
def test_a_file_that_is_not_what_its_hash_says_is_not_read(kept: bytes) -> None:
    publish(COMPILED, NOW)
    PublishedRules("REGLEMENT", f"FICHIER#{pointer(0).hash}", data=kept).save()

    with pytest.raises(reglements.Unreadable, match="corrupt"):
        reglements.read_file(pointer(0).hash)


def test_an_engine_that_does_not_answer_is_one_word() -> None:
    publish(COMPILED, NOW)

    with cut_off("Query", "GetItem"):
        with pytest.raises(reglements.Unreadable, match="EndpointConnectionError"):
            reglements.schedule(NOW)
        with pytest.raises(reglements.Unreadable, match="EndpointConnectionError"):
            reglements.read_file(pointer(0).hash)
