"""Rules put into the table whatever the instant, and an engine that does not answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from typing import Any

from botocore.exceptions import EndpointConnectionError

from functions.domain.publication import Pointer
from functions.store import connection, reglements
from functions.store.documents import dump
from functions.store.models import PublishedRules


def publish(compiled: bytes, since: datetime, note: str = "") -> Pointer:
    """A pointer, past or to come, with its file; no event, no check."""
    pointer = Pointer(since, sha256(compiled).hexdigest(), since, "agent", note)
    PublishedRules("REGLEMENT", f"FICHIER#{pointer.hash}", data=reglements.pack(compiled)).save()
    entry = {"hash": pointer.hash, "published_at": since, "by": "agent", "note": note}
    key = f"DES#{since:%Y-%m-%dT%H:%M:%SZ}"
    PublishedRules("REGLEMENT", key, doc=dump(entry), at=f"{since:%Y-%m-%dT%H:%M:%SZ}").save()
    return pointer


@contextmanager
def cut_off(*calls: str) -> Iterator[list[str]]:
    """Nobody answers these calls; yields every call that is tried meanwhile."""
    hooks = connection.shared().client.meta.events
    seen: list[str] = []

    def refuse(model: Any, **_: Any) -> None:
        seen.append(model.name)
        if model.name in calls:
            raise EndpointConnectionError(endpoint_url="http://127.0.0.1:9")

    hooks.register("before-call.dynamodb", refuse)
    try:
        yield seen
    finally:
        hooks.unregister("before-call.dynamodb", refuse)
