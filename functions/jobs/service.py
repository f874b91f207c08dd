"""Empties the outbox: each event's effects, its line in the audit, then out of the outbox.

At most twice, never zero: an effect is noted once it is done, so only a crash between the two does it again.
An event that always fails is set aside after a few tries, and the rest goes on. While the mail service is away,
letters wait and nothing counts against them.
"""

import hashlib
import logging
from datetime import datetime

from functions.gateways import mail
from functions.gateways.mail import Mailer
from functions.jobs import delivery, letters
from functions.kit import config, log
from functions.store import audit, ephemeral, events
from functions.store.events import Event

TABLES = ("core", "credentials")
MOST_FAILURES = 5
_DAY = 86_400
_BATCH = 50
_MOST_BATCHES = 200


def run_once(now: datetime) -> int:
    """Handle the oldest events of each table; return how many were done."""
    handled = 0
    settings = config.current()
    with mail.open_mailer(settings.mail, settings.mail_configuration) as mailer:
        for table in TABLES:
            for event in list(events.pending(table, _BATCH)):
                handled += _handle(event, mailer, now)
    return handled


def run_all(now: datetime) -> int:
    """Until nothing more can be done now; return how many events were done."""
    handled = 0
    for _ in range(_MOST_BATCHES):
        done = run_once(now)
        handled += done
        if not done:
            break
    return handled


def _handle(event: Event, mailer: Mailer, now: datetime) -> bool:
    try:
        for number in range(event.effects_done, len(event.effects)):
            _perform(event, number, mailer, now)
            events.advance(event, number + 1)
        audit.append(event)
        events.done(event)
    except mail.Unavailable as error:
        log.event("mail_unavailable", level=logging.WARNING, subject=event.subject, reason=str(error))
        return False
    except Exception as error:  # noqa: BLE001 - one bad event must not stop the others, whatever is wrong with it
        _count_failure(event, error, now)
        return False
    return True


def _perform(event: Event, number: int, mailer: Mailer, now: datetime) -> None:
    effect = event.effects[number]
    if effect.get("kind") != "mail":
        raise ValueError("unknown effect")
    letter = letters.write(effect, _key(event, number), event.at, now)
    if letter is None:
        log.event("mail_without_reader", subject=event.subject, template=effect["template"])
        return
    delivery.deliver(letter, effect["template"], event.subject, mailer, now)


def _key(event: Event, number: int) -> str:
    text = f"{event.table}|{event.subject}|{event.key}|{number}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _count_failure(event: Event, error: Exception, now: datetime) -> None:
    failures = ephemeral.hit(f"evenement#{event.table}#{event.subject}#{event.key}", _DAY, now)
    where = {"subject": event.subject, "name": event.name, "kind": type(error).__name__, "failures": failures}
    if failures < MOST_FAILURES:
        log.event("event_failed", level=logging.WARNING, **where)
        return
    events.set_aside(event)
    log.event("event_set_aside", level=logging.ERROR, **where)
