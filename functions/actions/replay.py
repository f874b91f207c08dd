"""A request sent again under its Idempotency-Key: the same request gets its answer, another one a refusal."""

from functions.domain.errors import Invalid
from functions.store import events
from functions.store.events import Event


def find(table: str, subject: str, key: str, body_hash: str) -> Event | None:
    """The event that this request already made; raises Invalid "idempotency_mismatch" when it was another request."""
    event = events.find(table, subject, key)
    if event is not None and event.body_hash != body_hash:
        raise Invalid("idempotency_mismatch", "Cette clé Idempotency-Key a déjà servi à une autre demande.")
    return event
