"""A publication interrupted anywhere is there in full or not at all, and asking again ends in one."""

import threading
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from support.crashes import Killed, killed
from support.reservations import reglement_file

from functions.actions import publication
from functions.domain.errors import Conflict
from functions.domain.publication import Pointer
from functions.store import reglements
from functions.store.models import Core

__all__ = ["reglement_file"]

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SINCE = NOW + timedelta(days=40)
COMPILED = b'{"rules": "of a town"}' * 40

pytestmark = pytest.mark.usefixtures("settings")


def publish(compiled: bytes = COMPILED, now: datetime = NOW) -> Pointer:
    return publication.publish(compiled, SINCE, by="agent", note="", now=now)


def items() -> list[str]:
    """What stands in the table, by the beginning of the keys."""
    return sorted(item.sk.split("#")[0] for item in Core.query("REGLEMENT"))


@pytest.mark.parametrize("moment", ["before-call", "after-call"])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_crash_at_each_call_leaves_all_or_nothing_and_is_cured_by_asking_again(moment: str, number: int) -> None:
    with killed(moment, number) as calls, pytest.raises(Killed):
        publish()
    left = items()

    pointer = publish(now=NOW + timedelta(seconds=30))

    assert calls == ["GetItem", "GetItem", "TransactWriteItems"][:number]
    assert left == (["DES", "EVT", "FICHIER"] if (moment, number) == ("after-call", 3) else [])
    assert items() == ["DES", "EVT", "FICHIER"]
    assert reglements.pointers() == [pointer]
    assert reglements.read_file(pointer.hash) == COMPILED


@pytest.mark.parametrize("moment", ["before-call", "after-call"])
def test_a_withdrawal_interrupted_is_done_or_not(moment: str) -> None:
    publish()

    with killed(moment, 2), pytest.raises(Killed):
        publication.withdraw(SINCE, by="agent", now=NOW)

    assert items() == (["DES", "EVT", "FICHIER"] if moment == "before-call" else ["EVT", "EVT", "FICHIER"])


def test_two_agents_who_publish_other_rules_for_one_instant_get_one_publication() -> None:
    start = threading.Barrier(2)
    ends: list[str] = []

    def ask(compiled: bytes) -> None:
        start.wait()
        try:
            ends.append(publish(compiled).hash)
        except Conflict as refusal:
            ends.append(refusal.code)

    both = (COMPILED, b"others" * 40)
    threads = [threading.Thread(target=ask, args=(compiled,)) for compiled in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    (pointer,) = reglements.pointers()
    assert sorted(ends) == sorted(["instant_taken", pointer.hash])
    assert pointer.hash in {sha256(compiled).hexdigest() for compiled in both}
    assert items() == ["DES", "EVT", "FICHIER"]


def test_two_agents_who_publish_the_same_rules_get_the_same_answer() -> None:
    start = threading.Barrier(2)
    ends: list[Pointer] = []

    def ask() -> None:
        start.wait()
        ends.append(publish())

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ends[0] == ends[1]
    assert items() == ["DES", "EVT", "FICHIER"]
