"""The functions' roles, enforced on the local engine: a call that the template does not grant is refused, as AWS
would, and what each function really touched is kept so that a test can find grants nobody needs.
"""

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
    token = _acting.set(function)
    try:
        yield
    finally:
        _acting.reset(token)


def enforce(prefix: str) -> None:
    """Watch the store's client; call it again after each connection.configure()."""
    events = connection.shared().client.meta.events
    events.register("provide-client-params.dynamodb", lambda params, model, **_: _check(prefix, params, model.name))


@cache
def _allowed(function: str) -> frozenset[roles.Grant]:
    return frozenset(roles.allowed(function))


def _check(prefix: str, params: dict[str, Any], operation: str) -> None:
    function = _acting.get()
    if not function:
        return
    for grant in _grants(params, operation):
        used = (grant[0].removeprefix(prefix), grant[1])
        touched[function].add(used)
        if used not in _allowed(function):
            raise AccessDenied(f"{function} may not {used[1]} on {used[0]}")


def _grants(params: dict[str, Any], operation: str) -> list[roles.Grant]:
    if operation == "TransactWriteItems":
        return [
            (str(item["TableName"]), _TRANSACTED[kind])
            for entry in params["TransactItems"]
            for kind, item in entry.items()
        ]
    if operation == "BatchGetItem":
        return [(str(name), operation) for name in params["RequestItems"]]
    index = f"/index/{params['IndexName']}" if "IndexName" in params else ""
    return [(f"{params['TableName']}{index}", operation)]
