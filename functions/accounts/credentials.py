"""« Mes identifiants »: what one signs in with, from where one is signed in, and another password."""

from datetime import datetime

from functions.accounts import new_password
from functions.actions import keyed, replay
from functions.domain import passwords
from functions.domain.errors import FieldError, Invalid
from functions.gateways import hashing
from functions.kit import log, sessions, throttle
from functions.kit.sessions import Session
from functions.kit.throttle import Bound
from functions.store import access as access_store
from functions.store import accounts, events
from functions.store.accounts import Account
from functions.store.events import Event
from functions.store.transactions import Busy, ConditionFailed, Transaction

_QUARTER = 900
_TRIES = 3


def own(session: Session) -> Account:
    """Raises a 401 when the account is gone."""
    account = accounts.find(session.account_id)
    if account is None or account.status != "active":
        raise sessions.not_signed_in()
    return account


def change_password(
    session: Session,
    current: str,
    password: str,
    confirmation: str,
    *,
    key: str,
    body_hash: str,
    now: datetime,
) -> None:
    """Replace the password after proving the current one; the other devices are signed out.

    Raises Invalid, Throttled, Busy.
    """
    subject, digest = f"COMPTE#{session.account_id}", keyed.digest("request", body_hash)
    if replay.find("credentials", subject, key, digest):
        return
    throttle.check([Bound("mot-de-passe-compte", session.account_id, 10, _QUARTER)], now)
    for _ in range(_TRIES):
        account = own(session)
        if not hashing.matches(account.password_hash, passwords.canonical(current)):
            wrong = FieldError("/current_password", "Ce n’est pas votre mot de passe actuel.")
            raise Invalid("invalid_body", "Certaines réponses sont à corriger.", errors=[wrong])
        new_password.check(account, password, confirmation)
        access = access_store.find(session.account_id)
        transaction = Transaction()
        new_password.add(transaction, account, access and sessions.left_open(access, session.session_id), password)
        effects = new_password.told(account)
        event = Event("credentials", subject, key, "password.changed", session.account_id, now, digest, effects=effects)
        events.add(transaction, event)
        try:
            transaction.commit()
        except ConditionFailed:
            if replay.find("credentials", subject, key, digest):
                return
        else:
            log.event("password_changed", account_id=session.account_id)
            return
    raise Busy
