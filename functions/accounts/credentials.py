"""« Mes identifiants »: what one signs in with, from where one is signed in, and another password."""

from datetime import datetime

from functions.accounts import new_password
from functions.actions import keyed, own_account, replay
from functions.kit import log, sessions, throttle
from functions.kit.sessions import Session
from functions.kit.throttle import Bound
from functions.store import access as access_store
from functions.store import events
from functions.store.events import Event
from functions.store.transactions import Busy, ConditionFailed, Transaction

_QUARTER = 900
_TRIES = 3


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
        account = own_account.find(session)
        own_account.check_password(account, current, "/current_password")
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
