"""Signing in with a passkey. It is two factors by itself: the device that holds it, and what unlocks that device.

Nobody is named beforehand, and one answer is given to everything that does not hold.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from functions.actions import signing_in
from functions.actions.signing_in import Caller
from functions.domain import passkeys
from functions.kit import log, throttle
from functions.kit.problems import HttpProblem
from functions.kit.sessions import Cookie
from functions.kit.throttle import Bound
from functions.passkeys import ceremony
from functions.passkeys.ceremony import Signed, Used
from functions.passkeys.registering import CHALLENGE_LIFE
from functions.store import accounts
from functions.store import passkeys as store
from functions.store.access import Access
from functions.store.passkeys import SIGN_IN, Challenge, Passkey, Passkeys
from functions.store.transactions import Busy, ConditionFailed, Transaction

PROVEN = "passkey"
_QUARTER = 900
_TRIES = 5
_NOBODY = "-"


@dataclass(frozen=True, slots=True)
class Claim:
    """Whose passkey it says it is (the handle it was given), and what it signed."""

    account_id: str
    signed: Signed


def begin(address: str, now: datetime) -> dict[str, Any]:
    """The options of the authenticator. Raises Throttled."""
    throttle.check(
        [Bound("cle-acces-adresse", address, 100, _QUARTER), Bound("cle-acces-total", "", 6000, _QUARTER)], now
    )
    options = ceremony.request()
    store.put_challenge(ceremony.digest(options["challenge"]), SIGN_IN, Challenge(), now + CHALLENGE_LIFE)
    return options


def sign_in(claim: Claim, caller: Caller, now: datetime) -> tuple[Access, list[Cookie]]:
    """Open a session. Raises HttpProblem 401, Throttled, Busy."""
    throttle.check(
        [Bound("connexion-adresse", caller.address, 50, _QUARTER), Bound("connexion-total", "", 3000, _QUARTER)], now
    )
    challenge = ceremony.challenge_of(claim.signed.client_data)
    if not store.take_challenge(ceremony.digest(challenge), SIGN_IN, now):
        raise _refused("challenge")
    for _ in range(_TRIES):
        known, passkey = _known(claim)
        used = _check(claim, passkey, challenge)
        if _note(known, passkey, used, now):
            return signing_in.open_session(claim.account_id, caller, now, PROVEN)
    raise Busy


def _known(claim: Claim) -> tuple[Passkeys, Passkey]:
    """Nobody is looked for as somebody is: the number of reads does not tell which accounts exist."""
    account_id = claim.account_id or _NOBODY
    known, account = store.find(account_id), accounts.find(account_id)
    passkey = known.of_credential(claim.signed.credential_id)
    if passkey is None or account is None or account.status != "active":
        raise _refused("unknown")
    return known, passkey


def _check(claim: Claim, passkey: Passkey, challenge: str) -> Used:
    try:
        used = ceremony.check_use(claim.signed, passkey.public_key, challenge)
    except ceremony.NotProven as error:
        raise _refused(error.why, passkey.passkey_id) from error
    if passkeys.counter_went_back(passkey.sign_count, used.sign_count):
        log.event("passkey_counter_back", account_id=claim.account_id, passkey_id=passkey.passkey_id)
        raise _refused("counter", passkey.passkey_id)
    return used


def _note(known: Passkeys, passkey: Passkey, used: Used, now: datetime) -> bool:
    """Keep the counter before anything opens; False when another sign-in moved it meanwhile."""
    seen = replace(passkey, sign_count=used.sign_count, may_sync=used.may_sync, synced=used.synced, last_used_at=now)
    transaction = Transaction()
    store.add(transaction, known.changed(seen))
    try:
        transaction.commit()
    except ConditionFailed:
        return False
    return True


def _refused(why: str, passkey_id: str = "") -> HttpProblem:
    log.event("passkey_refused", why=why, passkey_id=passkey_id)
    detail = "Cette clé d’accès n’a pas été reconnue. Recommencez, ou connectez-vous avec votre mot de passe."
    return HttpProblem(401, "passkey_refused", detail)
