"""The functions' roles, enforced on the local engine: a call that the template does not grant is refused, as AWS
would, and what each function really touched is kept so that a test can find grants nobody needs.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from parvis_infra import roles

from functions.store import connection

_acting: ContextVar[str] = ContextVar("acting", default="")
touched: defaultdict[str, set[roles.Grant]] = defaultdict(set)

_TRANSACTED = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}


class AccessDenied(AssertionError):
    """An assertion, so that no handler of the functions can take it for an ordinary failure."""


@contextmanager
def acting_as(function: str) -> Iterator[None]:
    """As this function's role, or as somebody who is given this managed policy."""
    token = _acting.set(function)
    try:
        yield
    finally:
        _acting.reset(token)


def enforce(prefix: str) -> None:
    """Watch the store's client, whose tables have this prefix; call it again after each connection.configure()."""
    _prefix[0] = prefix
    events = connection.shared().client.meta.events
    events.register("provide-client-params.dynamodb", _watch, unique_id="roles")


_prefix = [""]


def _watch(params: dict[str, Any], model: Any, **_: Any) -> None:
    _check(_prefix[0], params, model.name)


@cache
def _allowed(function: str) -> frozenset[roles.Grant]:
    known = function in roles.functions()
    return frozenset(roles.allowed(function) if known else roles.allowed_by_policy(function))


def _check(prefix: str, params: dict[str, Any], operation: str) -> None:
    function = _acting.get()
    if not function:
        return
    for table, partition, done in _calls(params, operation):
        name = table.removeprefix(prefix)
        kind = partition.partition("#")[0]
        # the whole table, this partition alone, or those of its kind
        used = [(name, done), (f"{name}#{partition}", done), (f"{name}#{kind}#*", done)]
        granted = _allowed(function).intersection(used)
        touched[function] |= granted
        if not granted:
            raise AccessDenied(f"{function} may not {done} on {name}")


def _calls(params: dict[str, Any], operation: str) -> list[tuple[str, str, str]]:
    """Table (or table/index), partition where one is named, operation."""
    if operation == "TransactWriteItems":
        return [
            (str(item["TableName"]), _partition(item), _TRANSACTED[kind])
            for entry in params["TransactItems"]
            for kind, item in entry.items()
        ]
    if operation == "BatchGetItem":
        return [(str(name), "", operation) for name in params["RequestItems"]]
    index = f"/index/{params['IndexName']}" if "IndexName" in params else ""
    return [(f"{params['TableName']}{index}", _partition(params), operation)]


def _partition(params: dict[str, Any]) -> str:
    if "KeyConditionExpression" in params:
        names, values = params["ExpressionAttributeNames"], params["ExpressionAttributeValues"]
        found = re.search(r"(#\w+) = (:\w+)", params["KeyConditionExpression"])
        return str(values[found[2]]["S"]) if found and names[found[1]] == "pk" else ""
    return str((params.get("Key") or params.get("Item") or {}).get("pk", {}).get("S", ""))
