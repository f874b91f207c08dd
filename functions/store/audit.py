"""Who did what, append only. One partition a subject; identifiers only."""

from functions.store.documents import dump
from functions.store.events import Event
from functions.store.models import Audit


def append(event: Event) -> None:
    """Writing the same event twice leaves one line: the key is the event's own."""
    Audit(
        event.subject,
        f"{event.at.isoformat()}#{event.key}",
        doc=dump({"name": event.name, "actor": event.actor, "details": event.details}),
        at=event.at.isoformat(),
    ).save()
