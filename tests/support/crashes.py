"""A process that dies at a given call to the database, before it is sent or after it is answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from functions.store import connection


class Killed(BaseException):
    """The process is gone: nothing in our code may catch it."""


@contextmanager
def killed(moment: str, number: int) -> Iterator[list[str]]:
    """Die before ("before-call") or after ("after-call") the database's call `number`; yields the calls seen."""
    hooks = connection.shared().client.meta.events
    seen: list[str] = []

    def die(model: Any, **_: Any) -> None:
        seen.append(model.name)
        if len(seen) == number:
            raise Killed

    hooks.register(f"{moment}.dynamodb", die)
    try:
        yield seen
    finally:
        hooks.unregister(f"{moment}.dynamodb", die)
