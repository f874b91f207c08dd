"""« Mes données »: a copy of everything held about the account, and of each family what this parent may see."""

from datetime import datetime

from functions.accounts import export_family, export_words
from functions.accounts import export_schemas as shapes
from functions.actions import bounces, own_account, replay
from functions.domain import security_events
from functions.kit import log, rules, throttle
from functions.kit.sessions import Session
from functions.kit.throttle import Bound
from functions.store import email_changes, events, franceconnect, passkeys, preferences
from functions.store.accounts import Account
from functions.store.events import Event
from functions.store.transactions import ConditionFailed, Transaction

_HOUR = 3600
_MOST = 3


def make(session: Session, *, key: str, body_hash: str, now: datetime) -> shapes.Export:
    """Three an hour; each leaves an event. Raises Throttled."""
    account = own_account.find(session)
    subject = f"COMPTE#{session.account_id}"
    if not replay.find("core", subject, key, body_hash):
        throttle.check([Bound("copie-compte", session.account_id, _MOST, _HOUR)], now)
        _note(Event("core", subject, key, "export.made", session.account_id, now, body_hash))
    return _export(session, account, now)


def _note(event: Event) -> None:
    transaction = Transaction()
    events.add(transaction, event)
    try:
        transaction.commit()
    except ConditionFailed:
        replay.find(event.table, event.subject, event.key, event.body_hash)  # the same request, sent twice at once
    else:
        log.event("export_made", account_id=event.actor)


def _export(session: Session, account: Account, now: datetime) -> shapes.Export:
    current, access = rules.current(), session.access
    families = (export_family.of(link, current) for link in access.foyers)
    chosen = preferences.find(account.account_id)
    return shapes.Export(
        about=shapes.About(current.commune.name, now, export_words.NOT_INCLUDED),
        legend=export_words.LABELS,
        account=_account(session, account, now),
        devices=[shapes.OpenDevice(device.name, device.opened_at) for device in access.devices.values()],
        passkeys=[
            shapes.Passkey(one.name, one.created_at, one.last_used_at, one.synced)
            for one in passkeys.find(account.account_id).all
        ],
        franceconnect=_franceconnect(account.account_id),
        preferences=shapes.Choices(chosen.invoice, chosen.deadline_reminders, chosen.gap_alerts, chosen.news),
        families=[family for family in families if family],
        history=_history(account.account_id),
    )


def _franceconnect(account_id: str) -> shapes.FranceConnect | None:
    link = franceconnect.find_by_account(account_id)
    return shapes.FranceConnect(link.linked_at) if link else None


def _account(session: Session, account: Account, now: datetime) -> shapes.Account:
    change = email_changes.find(account.account_id)
    waits = change is not None and change.email != account.email and change.expires > now
    agent = session.access.agent
    return shapes.Account(
        account_id=account.account_id,
        username=account.username,
        email=account.email,
        created_at=account.created_at,
        profile=account.profile,
        last_sign_in=session.access.last_sign_in,
        second_factor=session.access.second_factor,
        agent_services=agent.services if agent else (),
        email_asked=change.email if change and waits else "",
        mail_failing_since=bounces.failing_since(account.email, now),
    )


def _history(account_id: str) -> list[shapes.Happened]:
    found = [
        event for table in ("core", "credentials") for event in events.find_by_prefix(table, f"COMPTE#{account_id}", "")
    ]
    words = security_events.AUDIT
    return [shapes.Happened(event.at, words[event.name].label) for event in sorted(found, key=lambda event: event.at)]
