"""Who did what, append only. One partition a subject; identifiers only. The database removes a line at its end."""

from datetime import timedelta

from functions.domain.security_events import AUDIT
from functions.store.documents import dump
from functions.store.events import Event
from functions.store.models import Audit


def append(event: Event) -> None:
    """Writing the same event twice leaves one line: the key is the event's own."""
    listed = AUDIT.get(event.name)
    end = event.at + timedelta(days=listed.days) if listed else None
    Audit(
        event.subject,
        f"{event.at.isoformat()}#{event.key}",
        doc=dump({"name": event.name, "actor": event.actor, "details": event.details}),
        at=event.at.isoformat(),
        expires=int(end.timestamp()) if end else None,
    ).save()
