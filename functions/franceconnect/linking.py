"""Linking one's account to who came back from FranceConnect, and unlinking it."""

from dataclasses import replace
from datetime import datetime

from functions.actions import keyed, own_account, replay
from functions.domain import identities
from functions.domain.errors import Refused
from functions.domain.identities import Known
from functions.franceconnect import passing
from functions.kit import log, sessions
from functions.kit.sessions import Session
from functions.store import access as access_store
from functions.store import accounts, events, foyers
from functions.store import franceconnect as store
from functions.store.access import Access
from functions.store.accounts import Account
from functions.store.events import Event
from functions.store.franceconnect import Link, Pending
from functions.store.transactions import Busy, ConditionFailed, Transaction

_TRIES = 5


def link(session: Session, browser: str, *, sure: bool, key: str, body_hash: str, now: datetime) -> None:
    """Raises HttpProblem, Refused, Busy."""
    event = _event(session, key, "franceconnect.linked", "franceconnect-relie", body_hash, now)
    for _ in range(_TRIES):
        if replay.find(event.table, event.subject, key, event.body_hash):
            return
        pending = passing.pending(browser, now)
        account, access = own_account.find(session), _access(session)
        _check_proven(session, pending, account)
        _check_person(pending, account, access, sure=sure)
        try:
            _write(session, access, account, pending, passing.digest(browser), event)
        except ConditionFailed as failed:
            _say_why(failed)
            continue
        log.event("franceconnect_linked", account_id=session.account_id)
        return
    raise Busy


def unlink(session: Session, password: str, *, key: str, body_hash: str, now: datetime) -> None:
    """Raises Invalid (password), Refused, Throttled, Busy."""
    digest = keyed.digest("request", body_hash)  # the body holds the password
    event = _event(session, key, "franceconnect.unlinked", "franceconnect-retire", digest, now)
    for _ in range(_TRIES):
        if replay.find(event.table, event.subject, key, event.body_hash):
            return
        own_account.with_password(session, password, "/unlink_password", now)
        known = store.find_by_account(session.account_id)
        if known is None:
            raise Refused("franceconnect_not_linked", "Votre espace n’est pas relié à FranceConnect.")
        transaction = Transaction()
        store.remove(transaction, known)
        events.add(transaction, event)
        try:
            transaction.commit()
        except ConditionFailed:
            continue
        log.event("franceconnect_unlinked", account_id=session.account_id)
        return
    raise Busy


def _event(session: Session, key: str, name: str, template: str, body_hash: str, now: datetime) -> Event:
    effect = {"kind": "mail", "template": template, "account_id": session.account_id}
    subject = f"COMPTE#{session.account_id}"
    return Event("credentials", subject, key, name, session.account_id, now, body_hash, effects=(effect,))


def _access(session: Session) -> Access:
    access = access_store.find(session.account_id)
    if access is None or session.session_id not in access.devices:
        raise sessions.not_signed_in()
    return access


def _check_proven(session: Session, pending: Pending, account: Account) -> None:
    """The password opens the account to a new identity: proven just before leaving, or by signing in since."""
    device = session.access.devices.get(session.session_id)
    before = pending.account_id == account.account_id and pending.account_version == account.version
    since = device is not None and device.opened_at >= pending.at and not device.franceconnect
    if not before and not since:
        detail = "Pour relier votre espace à FranceConnect, recommencez depuis «\u202fMes identifiants\u202f»."
        raise Refused("franceconnect_password", detail)


def _check_person(pending: Pending, account: Account, access: Access, *, sure: bool) -> None:
    match = identities.compare_all(pending.identity, _known(account, access))
    if match == "different":
        log.event("franceconnect_other_person", account_id=account.account_id)
        detail = (
            "Le nom ou la date de naissance donnés par FranceConnect ne sont pas ceux de votre espace\u202f: il n’a "
            "pas été relié. S’ils sont mal écrits dans votre espace, appelez le service ci-dessous."
        )
        raise Refused("franceconnect_other_person", detail)
    if match == "unsure" and not sure:
        detail = "Confirmez que l’identité donnée par FranceConnect est bien la vôtre."
        raise Refused("franceconnect_unsure", detail)


def _known(account: Account, access: Access) -> list[Known]:
    """The account as it was typed, and the guardian that it is in each of its family files."""
    typed = account.profile
    profile = Known(
        str(typed.get("usual_name", "")),
        tuple(typed.get("given_names", ())),
        str(typed.get("birth_name", "")),
        str(typed.get("birth_date", "")),
    )
    guardians = (foyers.find_guardian(each.foyer_id, each.guardian_id) for each in access.foyers)
    listed = [
        Known(one.usual_name, one.given_names, one.birth_name, one.birth_date.isoformat() if one.birth_date else "")
        for one in guardians
        if one is not None
    ]
    return [profile, *listed]


def _write(
    session: Session, access: Access, account: Account, pending: Pending, pending_digest: str, event: Event
) -> None:
    """From now on, signing out of this session leaves FranceConnect too: it is open in this browser."""
    key = passing.keep_leaving(account.account_id, pending.id_token, event.at)
    device = replace(access.devices[session.session_id], franceconnect=key)
    transaction = Transaction()
    accounts.unchanged(transaction, account)
    access_store.add(transaction, replace(access, devices={**access.devices, session.session_id: device}))
    store.add(transaction, Link(account.account_id, pending.sub_digest, event.at))
    store.use_pending(transaction, pending_digest)
    events.add(transaction, event)
    transaction.commit()


def _say_why(failed: ConditionFailed) -> None:
    """Raises Refused, unless reading again may pass (or the very same request came twice)."""
    labels = set(failed.labels)
    if "event" in labels:
        return
    if "linked" in labels:
        raise passing.already_linked() from failed
    if "sub" in labels:
        raise passing.taken() from failed
