"""Closing one's account, after the password. The family file stays the town's: bookings, invoices and the other parent
are untouched, and a new clé enfance or an invitation may link somebody to the file again.
"""

from dataclasses import replace
from datetime import datetime

from functions.actions import keyed, own_account, replay
from functions.domain import usernames
from functions.domain.errors import Refused
from functions.domain.preferences import Preferences
from functions.kit import log, sessions, throttle
from functions.kit.sessions import Session
from functions.kit.throttle import Bound
from functions.store import access as access_store
from functions.store import accounts, events, foyers, franceconnect, passkeys, preferences, second_factors
from functions.store.access import Access
from functions.store.accounts import Account
from functions.store.events import Event
from functions.store.passkeys import Passkeys
from functions.store.second_factors import Totp
from functions.store.transactions import Busy, ConditionFailed, Transaction

_QUARTER = 900
_TRIES = 5
_TEMPLATE = "espace-ferme"
_KEPT = ("title", "given_names", "usual_name")  # who closed it; the mail greets by it


def close(session: Session, password: str, *, key: str, body_hash: str, now: datetime) -> None:
    """Raises Invalid (password), Refused "agent_account", Throttled, Busy, a 401 once it is closed."""
    subject, digest = f"COMPTE#{session.account_id}", keyed.digest("request", body_hash)
    throttle.check([Bound("mot-de-passe-compte", session.account_id, 10, _QUARTER)], now)
    for _ in range(_TRIES):
        if replay.find("credentials", subject, key, digest):
            return
        account = own_account.find(session)
        access = access_store.find(session.account_id)
        if access is None:
            raise sessions.not_signed_in()
        _check(account, access, password)
        effect = {"kind": "mail", "template": _TEMPLATE, "account_id": account.account_id, "to": "closed_account"}
        event = Event("credentials", subject, key, "account.closed", account.account_id, now, digest, effects=(effect,))
        try:
            _write(account, access, event)
        except ConditionFailed:
            continue
        log.event("account_closed", account_id=account.account_id)
        return
    raise Busy


def _check(account: Account, access: Access, password: str) -> None:
    own_account.check_password(account, password, "/current_password")
    if access.agent is not None:
        detail = "Ce compte est celui d’un agent\u202f: un administrateur lui retire d’abord ses droits."
        raise Refused("agent_account", detail)


def _write(account: Account, access: Access, event: Event) -> None:
    transaction = Transaction()
    profile = {name: account.profile[name] for name in _KEPT}
    accounts.add(transaction, replace(account, status="closed", password_hash="", profile=profile))
    accounts.release(transaction, "COURRIEL", account.email, account.account_id, event.at)
    if not usernames.is_address(account.username):
        accounts.release(transaction, "IDENTIFIANT", account.username, account.account_id, event.at)
    gone = replace(access, closed=True, epoch=access.epoch + 1, sessions={}, devices={}, foyers=(), second_factor="")
    access_store.add(transaction, gone)
    _unlink(transaction, access)
    _forget(transaction, account.account_id)
    events.add(transaction, event)
    transaction.commit()


def _unlink(transaction: Transaction, access: Access) -> None:
    for link in access.foyers:
        guardian = foyers.find_guardian(link.foyer_id, link.guardian_id)
        if guardian is not None and guardian.account_id == access.account_id:
            free = replace(guardian, account_id="")
            foyers.add_person(transaction, link.foyer_id, free, guardian.version)


def _forget(transaction: Transaction, account_id: str) -> None:
    """Back to nothing chosen (the paper invoice, for one), no application of codes, no passkey, no FranceConnect."""
    chosen = preferences.find(account_id)
    if chosen.version:
        preferences.add(transaction, account_id, Preferences(version=chosen.version))
    totp = second_factors.find(account_id)
    if totp.version:
        second_factors.add(transaction, Totp(account_id, version=totp.version))
    # even when there are none: one that is being added meanwhile must not stay behind
    passkeys.add(transaction, Passkeys(account_id, version=passkeys.find(account_id).version))
    link = franceconnect.find_by_account(account_id)
    if link:
        franceconnect.remove(transaction, link)
