"""Counts what a request costs the database: calls and capacity units, at botocore's own hook, session included."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from functions.store import connection


@dataclass(slots=True)
class Cost:
    reads: int = 0
    transactions: int = 0
    writes: int = 0
    rcu: float = 0.0
    wcu: float = 0.0

    @property
    def calls(self) -> int:
        return self.reads + self.transactions + self.writes


@contextmanager
def counted() -> Iterator[Cost]:
    cost = Cost()
    events = connection.shared().client.meta.events

    def ask(params: dict[str, Any], **_: Any) -> None:
        params["ReturnConsumedCapacity"] = "TOTAL"

    def count(parsed: dict[str, Any], model: Any, **_: Any) -> None:
        consumed = parsed.get("ConsumedCapacity", [])
        units = sum(entry["CapacityUnits"] for entry in (consumed if isinstance(consumed, list) else [consumed]))
        if model.name == "TransactWriteItems":
            cost.transactions += 1
            cost.wcu += units
        elif model.name in {"GetItem", "Query", "BatchGetItem"}:
            cost.reads += 1
            cost.rcu += units
        else:
            cost.writes += 1
            cost.wcu += units

    events.register("provide-client-params.dynamodb", ask)
    events.register("after-call.dynamodb", count)
    try:
        yield cost
    finally:
        events.unregister("provide-client-params.dynamodb", ask)
        events.unregister("after-call.dynamodb", count)
