"""All or nothing, over several tables, with the label of what failed."""

import threading

import pytest
from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from functions.kit.config import Config
from functions.store import transactions
from functions.store.models import Core, Counter, Credentials
from functions.store.transactions import Busy, ConditionFailed, Transaction

pytestmark = pytest.mark.usefixtures("settings")


def item(sk: str, **more: object) -> Core:
    return Core("ESSAI", sk, **more)


def stored() -> list[str]:
    return [found.sk for found in Core.query("ESSAI")]


def test_writes_of_several_tables_are_done_together() -> None:
    transaction = Transaction()
    transaction.put("core", item("A"))
    transaction.put("credentials", Credentials("ESSAI", "B"))
    transaction.update("counter", Counter("ESSAI", "C"), [Counter.d01.add(3)])

    transaction.commit()

    assert stored() == ["A", "C"]
    assert Credentials.get("ESSAI", "B").sk == "B"
    assert Counter.get("ESSAI", "C").d01 == 3


def test_one_failed_condition_undoes_the_whole_and_is_named() -> None:
    item("B").save()
    transaction = Transaction()
    transaction.put("first", item("A"), Core.pk.does_not_exist())
    transaction.put("second", item("B"), Core.pk.does_not_exist())

    with pytest.raises(ConditionFailed) as failed:
        transaction.commit()

    assert failed.value.labels == ("second",)
    assert stored() == ["B"]


def test_every_kind_of_write_is_named_whatever_the_order_it_was_added_in() -> None:
    for sk in ("A", "B", "C", "D"):
        item(sk, version=1).save()
    adding = {
        "update": lambda t: t.update("update", item("D"), [Core.version.set(9)], Core.version == 2),
        "put": lambda t: t.put("put", item("C"), Core.version == 2),
        "delete": lambda t: t.delete("delete", item("B"), Core.version == 2),
        "check": lambda t: t.check("check", Core, "ESSAI", "A", Core.version == 2),
    }

    for wrong in adding:
        transaction = Transaction()
        for label, add in adding.items():
            item(label[0].upper() + label, version=1).save()
            if label == wrong:
                add(transaction)
            else:
                transaction.put(f"fine {label}", item(f"fine {label}"))
        with pytest.raises(ConditionFailed) as failed:
            transaction.commit()
        assert failed.value.labels == (wrong,)

    transaction = Transaction()
    for add in adding.values():
        add(transaction)
    with pytest.raises(ConditionFailed) as failed:
        transaction.commit()
    assert set(failed.value.labels) == set(adding)


def test_what_waiting_cannot_cure_is_not_tried_again() -> None:
    transaction = Transaction()
    transaction.put("once", item("A"))
    transaction.put("twice", item("A"))

    with pytest.raises(TransactWriteError):
        transaction.commit()

    assert stored() == []


def test_a_database_that_goes_on_refusing_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    calls, waits = [], []

    class Throttled(TransactWrite):
        def _commit(self) -> None:
            calls.append(1)
            cause = RuntimeError()
            cause.response = {"Error": {"Code": "ThrottlingException"}}  # type: ignore[attr-defined]
            raise TransactWriteError("throttled", cause)

    monkeypatch.setattr(transactions, "TransactWrite", Throttled)
    monkeypatch.setattr(transactions.time, "sleep", waits.append)
    transaction = Transaction()
    transaction.put("core", item("A"))

    with pytest.raises(Busy):
        transaction.commit()

    assert len(calls) == 7
    assert max(waits) < 5
    assert len(set(waits)) == len(waits)


def test_conditional_additions_of_many_threads_never_pass_the_limit(settings: Config) -> None:
    barrier, won = threading.Barrier(20), []

    def take() -> None:
        transaction = Transaction()
        room = Counter.d01.does_not_exist() | (Counter.d01 <= 4)
        transaction.update("seat", Counter("ESSAI", "C"), [Counter.d01.add(1)], room)
        barrier.wait()
        try:
            transaction.commit()
        except ConditionFailed:
            return
        won.append(1)

    threads = [threading.Thread(target=take) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert settings.dynamodb_endpoint
    assert len(won) == 5
    assert Counter.get("ESSAI", "C").d01 == 5
