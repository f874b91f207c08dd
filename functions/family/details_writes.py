"""One change of a family file by a guardian: once for each Idempotency-Key, with its event, or refused as stale."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from functions.actions import address_changes, keyed, replay
from functions.domain import contact_details
from functions.domain.errors import FieldError, Invalid, Stale
from functions.family import details
from functions.family.details import Mine
from functions.kit import log, throttle
from functions.kit.throttle import Bound
from functions.store import events, foyers
from functions.store.access import Access
from functions.store.events import Event
from functions.store.transactions import Busy, ConditionFailed, Transaction

_HOUR = 3600
_TRIES = 5
NOTICE = "coordonnees-changees"


@dataclass(frozen=True, slots=True)
class Sent:
    """What came with the request. `about` tells two routes, or two persons, apart under one key."""

    access: Access
    foyer: str
    seen: str
    key: str
    body_hash: str
    about: str
    now: datetime


def once(sent: Sent, change: Callable[[Mine, Transaction], Event]) -> Mine:
    """Apply `change` on the file as it stands, and again when somebody wrote meanwhile; return the file afterwards.

    `change` adds its writes and returns their event; it refuses by raising: Invalid, Refused, Stale…
    """
    for attempt in range(_TRIES):
        own = details.mine(sent.access, sent.foyer)
        digest = keyed.digest("request", f"{sent.access.account_id}|{sent.about}|{sent.body_hash}")
        if replay.find("core", own.subject, sent.key, digest):
            return own
        if not attempt:
            throttle.check([Bound("coordonnees", sent.access.account_id, 60, _HOUR)], sent.now)
        transaction = Transaction()
        event = change(own, transaction)
        events.add(transaction, replace(event, body_hash=digest))
        try:
            transaction.commit()
        except ConditionFailed:
            continue
        log.event("own_file_changed", account_id=sent.access.account_id, change=event.name)
        return details.mine(sent.access, sent.foyer)
    raise Busy


def check_problems(errors: list[FieldError]) -> None:
    if errors:
        raise Invalid("invalid_body", "Certaines réponses sont à corriger.", errors=errors)


def stale(current: Any, differences: list[dict[str, str]], version: str) -> Stale:
    """What stands now, and each answer that differs from it: nothing that was typed is lost, nothing overwritten."""
    detail = "Ces informations viennent d’être modifiées par ailleurs. Comparez, puis enregistrez ce que vous gardez."
    extra = {"current": current, "differences": differences, "version": version}
    return Stale("stale", detail, extra=extra)


def difference(pointer: str, label: str, yours: str, now: str) -> list[dict[str, str]]:
    if yours == now:
        return []
    return [{"pointer": pointer, "label": label, "yours": yours, "current": now}]


def save_own(sent: Sent, title: str, phones: tuple[str, ...]) -> Mine:
    """The civilité and the telephones of the person signed in. Raises Invalid, Stale, Throttled, Busy."""
    check_problems(contact_details.phone_problems(phones))
    numbers = contact_details.phone_list(phones)

    def change(own: Mine, transaction: Transaction) -> Event:
        me = own.guardian
        if str(me.version) != sent.seen:
            found = difference("/title", "Civilité", title, me.title)
            found += difference("/phones", "Téléphones", ", ".join(numbers), ", ".join(me.phones))
            raise stale({"title": me.title, "phones": me.phones}, found, str(me.version))
        made = replace(me, title=title, phones=numbers)
        foyers.add_person(transaction, own.file.foyer_id, made, me.version)
        told = address_changes.others(own.file, (me,), NOTICE, {})
        about = {"guardian_id": me.person_id}
        event = Event("core", own.subject, sent.key, "details.changed", own.account_id, sent.now, "")
        return replace(event, effects=told, details=about)

    return once(sent, change)
