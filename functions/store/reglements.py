"""The town's rules as published: files that never change, and pointers that say from when. Keys, under REGLEMENT:

FICHIER#<SHA-256 of the compiled rules>   the compiled rules, gzip
DES#<instant, UTC>                        from this instant on, that file
EVT#<…>                                   who published or withdrew (see events)
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

import msgspec
from pynamodb.exceptions import PynamoDBException

from functions.domain.publication import Pointer
from functions.store import events
from functions.store.documents import dump, load
from functions.store.events import Event
from functions.store.models import PublishedRules
from functions.store.transactions import Transaction

PARTITION = "REGLEMENT"
_FILE = "FICHIER#"
_SINCE = "DES#"
_GZIP = 31  # zlib's window bits for the gzip format
_PAGE = 16


class Unreadable(Exception):
    """The rules asked for could not be read: `reason` names why, in one word; identifiers only."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class _Document:
    hash: str
    published_at: datetime
    by: str
    note: str


def pointers() -> list[Pointer]:
    """All of them, the earliest first. Raises Unreadable."""
    return list(_query(newest_first=False))


def schedule(now: datetime) -> list[Pointer]:
    """What a process must know, newest first: the pointers to come, the one in force, and the one before it (which
    stands in for a file that cannot be read). Raises Unreadable.

    One query, eventually consistent (half the price): a pointer is written two minutes before it counts.
    """
    found: list[Pointer] = []
    past = 0
    for pointer in _query(newest_first=True):
        found.append(pointer)
        past += pointer.since <= now
        if past == 2:  # noqa: PLR2004 - the one in force, the one before
            break
    return found


def find(since: datetime) -> Pointer | None:
    """The pointer of this very instant, as it stands now. Raises Unreadable."""
    with _reading():
        try:
            item = PublishedRules.get(PARTITION, _sort_key(since), consistent_read=True)
        except PublishedRules.DoesNotExist:
            return None
        return _pointer(item)


def read_file(digest: str, *, consistent: bool = False) -> bytes:
    """The compiled rules, checked against their SHA-256. Raises Unreadable ("missing", "corrupt", …)."""
    with _reading():
        try:
            item = PublishedRules.get(PARTITION, f"{_FILE}{digest}", consistent_read=consistent)
        except PublishedRules.DoesNotExist as error:
            raise Unreadable("missing") from error
        compiled = zlib.decompress(item.data or b"", _GZIP)
    if sha256(compiled).hexdigest() != digest:
        raise Unreadable("corrupt")
    return compiled


def pack(compiled: bytes) -> bytes:
    """As they are kept: an item holds 400 KB at most."""
    return zlib.compress(compiled, 9, _GZIP)


def publish(pointer: Pointer, packed: bytes | None, event: Event) -> None:
    """Write the pointer, its file (`None`: it is there already) and the event, or nothing.

    Raises ConditionFailed: "pointer" (this instant is taken), "file" (written meanwhile, or gone).
    """
    transaction = Transaction()
    file = f"{_FILE}{pointer.hash}"
    if packed is None:
        transaction.check("file", PublishedRules, PARTITION, file, PublishedRules.pk.exists())
    else:
        item = PublishedRules(PARTITION, file, data=packed, at=_text(pointer.published_at))
        transaction.put("file", item, PublishedRules.pk.does_not_exist())
    document = _Document(pointer.hash, pointer.published_at, pointer.by, pointer.note)
    entry = PublishedRules(PARTITION, _sort_key(pointer.since), doc=dump(document), at=_text(pointer.published_at))
    transaction.put("pointer", entry, PublishedRules.pk.does_not_exist())
    events.add(transaction, event)
    transaction.commit()


def withdraw(pointer: Pointer, event: Event) -> None:
    """Remove the pointer as it was read; its file stays. Raises ConditionFailed ("pointer") when it has gone."""
    transaction = Transaction()
    transaction.delete(
        "pointer",
        PublishedRules(PARTITION, _sort_key(pointer.since)),
        PublishedRules.at == _text(pointer.published_at),
    )
    events.add(transaction, event)
    transaction.commit()


def _query(*, newest_first: bool) -> Iterator[Pointer]:
    with _reading():
        items = PublishedRules.query(
            PARTITION, PublishedRules.sk.startswith(_SINCE), scan_index_forward=not newest_first, page_size=_PAGE
        )
        for item in items:
            yield _pointer(item)


def _pointer(item: PublishedRules) -> Pointer:
    document = load(item.doc or "", _Document)
    since = datetime.fromisoformat(item.sk.removeprefix(_SINCE))
    return Pointer(since, document.hash, document.published_at, document.by, document.note)


def _sort_key(since: datetime) -> str:
    return f"{_SINCE}{_text(since)}"


def _text(instant: datetime) -> str:
    """Of one length for every instant, so that keys sort as time does."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except PynamoDBException as error:
        raise Unreadable(error.cause_response_code or type(error.cause or error).__name__) from error
    except (zlib.error, msgspec.DecodeError, ValueError) as error:
        raise Unreadable("corrupt") from error
