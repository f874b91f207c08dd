"""Publish a town's compiled rules, or take back a publication to come. Refusals are French sentences."""

import uuid
from datetime import datetime
from hashlib import sha256

from functions.domain import publication
from functions.domain.errors import Conflict, NotFound, Refused
from functions.domain.publication import Pointer, paris_words
from functions.store import reglements
from functions.store.events import Event
from functions.store.transactions import ConditionFailed

MOST_BYTES = 350_000  # packed; an item of the table holds 400 KB, keys included
_TRIES = 3


def publish(compiled: bytes, wanted: datetime | None, *, by: str, note: str, now: datetime) -> Pointer:
    """The pointer that stands: this one, or the one that a first try of the same publication left.

    Raises a DomainError that says why not, Busy, reglements.Unreadable.
    """
    digest = sha256(compiled).hexdigest()
    for _ in range(_TRIES):
        standing = reglements.find(wanted) if wanted else None
        if standing:
            return _same(standing, digest)
        pointer = Pointer(publication.activation(wanted, now), digest, now, by, note)
        packed = None if _is_there(digest) else _packed(compiled)
        try:
            reglements.publish(pointer, packed, _event("rules_published", pointer, by, now))
        except ConditionFailed:
            wanted = pointer.since  # somebody was faster: look at what they wrote
        else:
            return pointer
    raise Conflict("raced", "Quelqu’un publie au même moment. Recommencez.")


def withdraw(since: datetime, *, by: str, now: datetime) -> Pointer:
    """The pointer that was taken back. Raises a DomainError, Busy, reglements.Unreadable."""
    pointer = reglements.find(since)
    if pointer is None:
        raise NotFound("not_published", f"Aucune règle n’est publiée pour le {paris_words(since)}.")
    publication.check_withdrawal(pointer, now)
    try:
        reglements.withdraw(pointer, _event("rules_withdrawn", pointer, by, now))
    except ConditionFailed as error:
        raise Conflict("raced", "Cette publication vient d’être retirée par quelqu’un d’autre.") from error
    return pointer


def rules_in_force(now: datetime) -> tuple[Pointer, bytes] | None:
    """What the table says is in force, compiled; None where nothing is. Raises reglements.Unreadable."""
    pointer = publication.in_force(reglements.schedule(now), now)
    return (pointer, reglements.read_file(pointer.hash)) if pointer else None


def _same(standing: Pointer, digest: str) -> Pointer:
    if standing.hash != digest:
        detail = (
            f"D’autres règles ({standing.hash[:12]}) sont déjà publiées pour le {paris_words(standing.since)}\u202f: "
            "retirez-les d’abord, ou choisissez un autre instant."
        )
        raise Conflict("instant_taken", detail)
    return standing


def _is_there(digest: str) -> bool:
    """A file never changes: what stands under this hash must have it."""
    try:
        reglements.read_file(digest, consistent=True)
    except reglements.Unreadable as error:
        if error.reason == "missing":
            return False
        if error.reason == "corrupt":
            detail = (
                f"Un autre contenu, abîmé, est gardé sous l’empreinte {digest[:12]}. Rien n’a été publié\u202f: "
                "changez un mot des règles (une source, par exemple) pour les publier sous une autre empreinte."
            )
            raise Conflict("file_differs", detail) from error
        raise
    return True


def _packed(compiled: bytes) -> bytes:
    packed = reglements.pack(compiled)
    if len(packed) > MOST_BYTES:
        detail = (
            f"Les règles compilées pèsent {len(packed) // 1000}\u202fko une fois compressées, et un fichier publié "
            f"{MOST_BYTES // 1000}\u202fko au plus. Allégez les textes ou le calendrier."
        )
        raise Refused("too_big", detail)
    return packed


def _event(name: str, pointer: Pointer, by: str, now: datetime) -> Event:
    """Each has a key of its own: what makes a publication unique is its pointer."""
    details = {"hash": pointer.hash, "since": pointer.since.isoformat()}
    return Event("core", reglements.PARTITION, str(uuid.uuid4()), name, by, now, "", details=details)
