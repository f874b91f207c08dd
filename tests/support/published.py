"""Rules put into the table whatever the instant, and an engine that does not answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from functions.domain.publication import Pointer
from functions.domain.reglement import Welcome
from functions.kit import clock, config
from functions.kit.rules import Rules
from functions.store import connection, reglements
from functions.store.documents import dump
from functions.store.models import PublishedRules
from support import town

Publish = Callable[[str, datetime], str]


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


def compiled(folder: Path, words: str) -> bytes:
    """The test town, welcoming its families with these words."""
    path = folder / "reglement.json"
    rules = town.reglement()
    welcome = Welcome(clock.now().date(), words, words)
    town.publish(path, replace(rules, commune=replace(rules.commune, welcome=welcome)))
    return path.read_bytes()


def words_of(rules: Rules) -> str:
    welcome = rules.current().commune.welcome
    return welcome.title if welcome else ""


@pytest.fixture
def publish_words(settings: config.Config, tmp_path: Path) -> Callable[[str, datetime], str]:
    """Publish rules told by their words; return their hash."""
    assert settings
    return lambda words, since: publish(compiled(tmp_path, words), since).hash
