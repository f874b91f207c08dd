"""A process that dies at a given call to the database, before it is sent or after it is answered."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from functions.store import connection


class Killed(BaseException):
    """The process is gone: nothing in our code may catch it."""


@contextmanager
def killed(moment: str, number: int, only: Collection[str] = ()) -> Iterator[list[str]]:
    """Die before ("before-call") or after ("after-call") the database's call `number`; yields the calls seen.
    `only`: the operations that count, every one when none is named.
    """
    hooks = connection.shared().client.meta.events
    seen: list[str] = []

    def die(model: Any, **_: Any) -> None:
        if only and model.name not in only:
            return
        seen.append(model.name)
        if len(seen) == number:
            raise Killed

    hooks.register(f"{moment}.dynamodb", die)
    try:
        yield seen
    finally:
        hooks.unregister(f"{moment}.dynamodb", die)
