"""Choosing a second factor on « Mes identifiants »: an application that gives codes, recovery codes, taking it off."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from functions.accounts import second_step
from functions.actions import keyed, own_account, replay, sign_in_codes
from functions.domain.errors import Refused
from functions.gateways import totp
from functions.gateways.totp import Picture
from functions.kit import config, log, sessions, throttle
from functions.kit.sessions import Session
from functions.kit.throttle import Bound
from functions.store import access as access_store
from functions.store import events
from functions.store import second_factors as store
from functions.store.access import Access
from functions.store.events import Event
from functions.store.second_factors import Totp
from functions.store.transactions import Busy, ConditionFailed, Transaction

_QUARTER = 900
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What the application is given, by its camera or typed by hand."""

    secret: str
    address: str
    picture: Picture


@dataclass(frozen=True, slots=True)
class State:
    enrolled: bool
    compulsory: bool
    recovery_codes_left: int


def state(session: Session) -> State:
    known, access = store.find(session.account_id), session.access
    left = sign_in_codes.RECOVERY_CODES - len(known.recovery_used) if access.second_factor else 0
    return State(bool(access.second_factor), access.agent is not None, left)


def begin(session: Session, password: str, now: datetime) -> Enrolment:
    """A new secret, which replaces the one in use once its first code is confirmed.

    Raises Forbidden, Invalid, Throttled, Busy.
    """
    own_account.check_strength(session)
    account = own_account.with_password(session, password, "/current_password", now)
    for _ in range(_TRIES):
        known, transaction = store.find(session.account_id), Transaction()
        pending = secrets.token_urlsafe(16)
        store.add(transaction, replace(known, pending=pending))
        try:
            transaction.commit()
        except ConditionFailed:
            continue
        secret = sign_in_codes.totp_secret(session.account_id, pending)
        host = urlsplit(config.current().origin).hostname or ""
        address = totp.address(secret, account.username, host)
        return Enrolment(secret, address, totp.picture(address))
    raise Busy


def confirm(session: Session, typed: str, *, key: str, body_hash: str, now: datetime) -> list[str]:
    """The recovery codes, once the first code proves that the application works.

    Raises Forbidden, Invalid "wrong_code", Refused "nothing_pending", Throttled, Busy.
    """
    subject, digest = f"COMPTE#{session.account_id}", keyed.digest("request", body_hash)
    for _ in range(_TRIES):
        known = store.find(session.account_id)
        if replay.find("credentials", subject, key, digest):
            return sign_in_codes.recovery(session.account_id, known.batch)
        own_account.check_strength(session)
        throttle.check([Bound("code-compte", session.account_id, 10, _QUARTER)], now)
        if not known.pending:
            raise Refused("nothing_pending", "Commencez par afficher le code à scanner.")
        fresh = replace(known, last_step=0)
        used = second_step.use_totp(fresh, known.pending, "".join(typed.split()), now)
        if used is None:
            raise second_step.wrong_code()
        batch = secrets.token_urlsafe(16)
        enrolled = replace(used, seed=known.pending, pending="", batch=batch, recovery_used=())
        event = Event("credentials", subject, key, "second_factor.enrolled", session.account_id, now, digest)
        if _write(session, enrolled, "totp", event):
            log.event("second_factor_enrolled", account_id=session.account_id)
            return sign_in_codes.recovery(session.account_id, batch)
    raise Busy


def remove(session: Session, password: str, *, key: str, body_hash: str, now: datetime) -> None:
    """Back to the password alone. Raises Refused "compulsory" for an agent, Invalid, Throttled, Busy."""
    subject, digest = f"COMPTE#{session.account_id}", keyed.digest("request", body_hash)
    if replay.find("credentials", subject, key, digest):
        return
    if session.access.agent is not None:
        raise Refused(
            "compulsory", "Les agents gardent toujours une application de codes. Reliez-en une autre à la place."
        )
    own_account.with_password(session, password, "/account_password", now)
    for _ in range(_TRIES):
        known = store.find(session.account_id)
        event = Event("credentials", subject, key, "second_factor.removed", session.account_id, now, digest)
        if _write(session, Totp(session.account_id, version=known.version), "", event):
            log.event("second_factor_removed", account_id=session.account_id)
            return
        if replay.find("credentials", subject, key, digest):
            return
    raise Busy


def _write(session: Session, known: Totp, second_factor: str, event: Event) -> bool:
    """One transaction: the record, what the account asks from now on, the event and its mail. False when raced."""
    access = access_store.find(session.account_id)
    if access is None or session.session_id not in access.sessions:
        raise sessions.not_signed_in()
    transaction = Transaction()
    store.add(transaction, known)
    access_store.add(transaction, _proven(access, session.session_id, second_factor))
    effect = {"kind": "mail", "template": f"second-facteur-{_NAMES[second_factor]}", "account_id": session.account_id}
    events.add(transaction, replace(event, effects=(effect,)))
    try:
        transaction.commit()
    except ConditionFailed:
        return False
    return True


_NAMES = {"totp": "ajoute", "": "retire"}


def _proven(access: Access, session_id: str, second_factor: str) -> Access:
    """This session goes on; the others prove the new factor, or are asked nothing any more."""
    devices = {
        key: replace(device, second_factor=second_factor if key == session_id else "")
        for key, device in access.devices.items()
    }
    return replace(access, second_factor=second_factor, devices=devices)
