"""« Mes préférences »: what a person chose to receive, and choosing otherwise."""

from dataclasses import asdict, replace
from datetime import datetime

from functions.actions import replay
from functions.domain import preferences as choices
from functions.domain.errors import Stale
from functions.domain.preferences import Preferences
from functions.domain.reglement import Service
from functions.kit import log, rules
from functions.kit.sessions import Session
from functions.store import events
from functions.store import preferences as store
from functions.store.events import Event
from functions.store.transactions import ConditionFailed, Transaction


def own(session: Session) -> Preferences:
    return store.find(session.account_id)


def services() -> tuple[Service, ...]:
    """The services of the town whose news may be asked for, as the rules list them."""
    return tuple(service for service in rules.current().services.values() if service.listed)


def choose(session: Session, wanted: Preferences, *, seen: str, key: str, body_hash: str, now: datetime) -> Preferences:
    """Replace what was chosen, as it stood at the version `seen`. Raises Invalid, Stale."""
    subject = f"COMPTE#{session.account_id}"
    if replay.find("core", subject, key, body_hash):
        return own(session)
    choices.check(wanted, {service.id for service in services()})
    known = own(session)
    if str(known.version) != seen:
        raise _stale()
    made = replace(wanted, news=tuple(sorted(set(wanted.news))), version=known.version)
    transaction = Transaction()
    store.add(transaction, session.account_id, made)
    details = {name: value for name, value in asdict(made).items() if name != "version"}
    events.add(
        transaction,
        Event("core", subject, key, "preferences.chosen", session.account_id, now, body_hash, details=details),
    )
    try:
        transaction.commit()
    except ConditionFailed as failed:
        if replay.find("core", subject, key, body_hash):
            return own(session)
        raise _stale() from failed
    log.event("preferences_chosen", account_id=session.account_id)
    return replace(made, version=made.version + 1)


def _stale() -> Stale:
    return Stale("stale", "Vos préférences viennent d’être modifiées par ailleurs. Vérifiez-les avant de recommencer.")
