"""The town's rules in force, kept in memory.

A process looks for published rules (functions.store.reglements) once a minute, and reads ahead the files of the
pointers to come: at their instant it switches by itself, and every process at the same one, since a pointer is
published at least two minutes before it counts. Where nothing is published, and where nothing could ever be read, it
falls back on a compiled file: PARVIS_REGLEMENT, or the one packed at the root of the zip.

Trouble while looking never fails a request: the rules already known go on, and one line says why.
"""

import logging
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from functions.domain.publication import Pointer
from functions.domain.reglement import Reglement
from functions.kit import clock, config, log
from functions.reglement import compiled
from functions.store import reglements

LOOK_EVERY = timedelta(seconds=60)
_AFTER_TROUBLE = timedelta(seconds=10)
# While one thread looks, the others may go on with what is known for so long: well under the notice of a publication.
_GOOD_FOR = timedelta(seconds=90)
_Stamp = tuple[Path, int, int]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a look brought; never changed, only replaced. `schedule`: newest first. `read_at`: the last good look."""

    settings: config.Config
    schedule: tuple[Pointer, ...] = ()
    files: dict[str, Reglement] = field(default_factory=dict)
    read_at: datetime | None = None
    look_from: datetime | None = None
    pause: timedelta = timedelta()

    def is_fresh(self, now: datetime) -> bool:
        """A clock that jumps, either way, asks for a new look."""
        return self.look_from is not None and abs(now - self.look_from) < self.pause

    def is_usable(self, now: datetime) -> bool:
        return self.read_at is not None and abs(now - self.read_at) < _GOOD_FOR


class Rules:
    """The rules as one process knows them; safe for threads."""

    def __init__(self) -> None:
        self._looking = threading.Lock()
        self._seen: _Seen | None = None
        self._fallback: tuple[_Stamp, Reglement] | None = None

    def current(self) -> Reglement:
        """Published: a comparison of instants. Not published: one `stat`, so that a new file is felt at once."""
        now = clock.now()
        seen = self._look(config.current(), now)
        for pointer in seen.schedule:
            if pointer.since <= now and pointer.hash in seen.files:
                return seen.files[pointer.hash]
        return self._from_file(seen.settings.reglement)

    def _look(self, settings: config.Config, now: datetime) -> _Seen:
        seen = self._seen
        known = seen if seen is not None and seen.settings is settings else _Seen(settings)
        if known.is_fresh(now):
            return known
        if not self._looking.acquire(blocking=not known.is_usable(now)):
            return known  # another thread is at it
        try:
            seen = self._seen
            if seen is None or seen.settings is not settings or not seen.is_fresh(now):  # not done while we waited
                self._seen = seen = _looked(known, now)
            return seen
        finally:
            self._looking.release()

    def _from_file(self, path: Path) -> Reglement:
        found = path.stat()
        stamp = (path, found.st_mtime_ns, found.st_ino)
        kept = self._fallback
        if kept is None or kept[0] != stamp:
            self._fallback = kept = (stamp, compiled.load_file(path))
        return kept[1]


def _looked(known: _Seen, now: datetime) -> _Seen:
    """One query, and each file that was never read; what cannot be read leaves what is known.

    The pointer before the one in force is read only to stand in for it.
    """
    try:
        schedule = tuple(reglements.schedule(now))
    except reglements.Unreadable as error:
        log.event("rules_not_looked_up", level=logging.WARNING, reason=error.reason)
        return _Seen(known.settings, known.schedule, known.files, known.read_at, now, _AFTER_TROUBLE)
    files: dict[str, Reglement] = {}
    whole = True
    for pointer in schedule:
        found = known.files.get(pointer.hash) or files.get(pointer.hash) or _read(pointer)
        whole = whole and found is not None
        if found is not None:
            files[pointer.hash] = found
            if pointer.since <= now:
                break
    return _Seen(known.settings, schedule, files, now, now, LOOK_EVERY if whole else _AFTER_TROUBLE)


def _read(pointer: Pointer) -> Reglement | None:
    reason = "other_version"  # compiled by a Parvis whose rules have another shape
    try:
        return compiled.loads(reglements.read_file(pointer.hash))
    except reglements.Unreadable as error:
        reason = error.reason
    except msgspec.DecodeError:
        pass
    log.event("rules_not_read", level=logging.ERROR, hash=pointer.hash, since=pointer.since.isoformat(), reason=reason)
    return None


_own = Rules()


def current() -> Reglement:
    """The rules in force now, as this process knows them."""
    return _own.current()
