"""A forgotten identifiant or password: a mail reminds the one and lets choose the other. Known names and unknown ones
are answered alike, for as many reads and writes.
"""

from dataclasses import replace
from datetime import datetime

from functions.accounts import new_password
from functions.actions import bounces, keyed, replay, reset_tokens
from functions.actions.mail_links import PASSWORD
from functions.domain import usernames
from functions.domain.errors import Gone, NotFound
from functions.kit import log, throttle
from functions.kit.throttle import Bound
from functions.store import access as access_store
from functions.store import accounts, events
from functions.store.accounts import Account
from functions.store.events import Event
from functions.store.transactions import Busy, ConditionFailed, Transaction

_HOUR = 3600
_TRIES = 3


def ask(typed: str, *, key: str, address: str, now: datetime) -> None:
    """Send the reminder to the active account of this identifiant or address, if there is one. Raises Throttled."""
    name = usernames.fold(typed)
    bounds = [
        Bound("oubli-adresse", address, 10, _HOUR),
        Bound("oubli-compte", name, 3, _HOUR),
        Bound("oubli-total", "", 500, _HOUR),
    ]
    throttle.check(bounds, now)
    account_id = _holder(name, now) or keyed.digest("unknown", name)[:32]
    account = accounts.find(account_id)
    digest = keyed.digest("request", name)
    done = replay.find("credentials", f"COMPTE#{account_id}", key, digest)
    if not done:
        _send(account if account and account.status == "active" else None, key, digest, now)


def choose(
    token: str, password: str, confirmation: str, *, key: str, body_hash: str, address: str, now: datetime
) -> None:
    """Set the new password, once, and close every session. Raises NotFound "token_unknown", Gone "token_expired",
    Invalid, Throttled, Busy.
    """
    digest = keyed.digest("request", body_hash)
    found = PASSWORD.find(token)
    if found and replay.find("credentials", f"COMPTE#{found.account_id}", key, digest):
        return
    bounds = [Bound("nouveau-adresse", address, 30, _HOUR // 2), Bound("nouveau-total", "", 1000, _HOUR // 2)]
    throttle.check(bounds, now)
    for _ in range(_TRIES):
        account = _account_of(token, now)
        new_password.check(account, password, confirmation)
        try:
            _write(account, token, password, key, digest, now)
        except ConditionFailed:
            if replay.find("credentials", f"COMPTE#{account.account_id}", key, digest):
                return
        else:
            log.event("password_reset", account_id=account.account_id)
            return
    raise Busy


def _holder(name: str, now: datetime) -> str | None:
    if usernames.is_too_long(name):
        return None
    return accounts.find_claim("COURRIEL" if usernames.is_address(name) else "IDENTIFIANT", name, now)


def _send(account: Account | None, key: str, digest: str, now: datetime) -> None:
    transaction = Transaction()
    if account is None:
        reset_tokens.decoy(transaction, now)
    else:
        effects = reset_tokens.issue(transaction, account, now)
        subject, actor = f"COMPTE#{account.account_id}", account.account_id
        events.add(
            transaction, Event("credentials", subject, key, "password.asked", actor, now, digest, effects=effects)
        )
    try:
        transaction.commit()
    except ConditionFailed:  # the same request, sent twice at once: one of the two has sent the mail
        log.event("password_asked_twice")


def _account_of(token: str, now: datetime) -> Account:
    known = PASSWORD.find(token)
    if known is None:
        detail = "Ce lien n’est pas reconnu. Ouvrez le dernier message reçu, ou demandez-en un autre."
        raise NotFound("token_unknown", detail)
    account = accounts.find(known.account_id) if known.account_id else None
    stale = account is None or account.status != "active" or account.version != known.account_version
    if account is None or stale or known.used or known.expires <= now:
        raise Gone("token_expired", "Ce lien a déjà servi ou a expiré. Demandez-en un autre.")
    return account


def _write(account: Account, token: str, password: str, key: str, digest: str, now: datetime) -> None:
    access = access_store.find(account.account_id)
    transaction = Transaction()
    PASSWORD.use(transaction, token)
    bounces.proven(transaction, account.email, now)
    if access is not None:  # whoever is signed in with the old password is not any more
        access = replace(access, epoch=access.epoch + 1, sessions={}, devices={})
    new_password.add(transaction, account, access, password)
    subject, effects = f"COMPTE#{account.account_id}", new_password.told(account)
    event = Event("credentials", subject, key, "password.reset", account.account_id, now, digest, effects=effects)
    events.add(transaction, event)
    transaction.commit()
