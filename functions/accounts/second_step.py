"""The second step of signing in: a code of the application, a recovery code, or a code sent by mail."""

import hmac
import re
import secrets
from dataclasses import replace
from datetime import datetime

from functions.actions import keyed, replay, sign_in_codes
from functions.domain.errors import FieldError, Invalid, Refused
from functions.gateways import totp
from functions.kit import log, second_factor, sessions, throttle
from functions.kit.sessions import Cookie, Session
from functions.kit.throttle import Bound
from functions.store import access as access_store
from functions.store import events
from functions.store import second_factors as store
from functions.store.access import Access
from functions.store.events import Event
from functions.store.second_factors import SentCode, Totp
from functions.store.transactions import Busy, ConditionFailed, Transaction

_QUARTER = 900
_HOUR = 3600
_TRIES = 3
_SIX_DIGITS = re.compile(r"\d{6}")


def send(session: Session, *, key: str, body_hash: str, now: datetime) -> None:
    """Send a code to the account's address; the one before it opens nothing any more. Raises Refused "no_mail_code"
    for an account that has an application, Throttled, Busy.
    """
    subject, digest = f"COMPTE#{session.account_id}", keyed.digest("request", f"{session.session_id}|{body_hash}")
    if replay.find("credentials", subject, key, digest):
        return
    if second_factor.means(session.access) != "mail":
        raise Refused("no_mail_code", "Votre code est dans l’application que vous avez reliée à votre espace.")
    throttle.check([Bound("code-envoi", session.account_id, 5, _HOUR)], now)
    code_id = secrets.token_urlsafe(16)
    transaction = Transaction()
    store.add_code(
        transaction, session.account_id, session.session_id, SentCode(code_id, now + sign_in_codes.MAIL_LIFE)
    )
    effect = {
        "kind": "mail",
        "template": sign_in_codes.MAIL_TEMPLATE,
        "account_id": session.account_id,
        "code_id": code_id,
    }
    event = Event("credentials", subject, key, "sign_in_code.asked", session.account_id, now, digest, effects=(effect,))
    events.add(transaction, event)
    try:
        transaction.commit()
    except ConditionFailed as failed:  # the same request, sent twice at once
        if not replay.find("credentials", subject, key, digest):
            raise Busy from failed


def prove(session: Session, typed: str, address: str, now: datetime) -> tuple[Access, list[Cookie]]:
    """Open the session for good. Raises Invalid "wrong_code", Throttled, Busy, a 401 when it was closed meanwhile."""
    account_id = session.account_id
    throttle.check([Bound("code-adresse", address, 50, _QUARTER), Bound("code-compte", account_id, 10, _QUARTER)], now)
    code = "".join(typed.split()).lower()
    for _ in range(_TRIES):
        access = access_store.find(account_id)
        if access is None:
            raise sessions.not_signed_in()
        transaction = Transaction()
        proven = _use(transaction, session, access, code, now)
        if not proven:
            log.event("second_factor_refused", account_id=account_id)
            raise wrong_code()
        opened = sessions.renewed(session, access, proven, now)
        access_store.add(transaction, opened.access)
        try:
            transaction.commit()
        except ConditionFailed:
            continue  # another device of the account moved, or this very code was used meanwhile
        log.event("second_factor_proven", account_id=account_id, means=proven)
        return opened.access, sessions.cookies_of(opened, now)
    raise Busy


def wrong_code() -> Invalid:
    words = "Ce code n’est pas le bon, ou il ne vaut plus. Attendez le suivant, ou demandez-en un autre."
    return Invalid("wrong_code", "Certaines réponses sont à corriger.", errors=[FieldError("/code", words)])


def use_totp(known: Totp, seed: str, code: str, now: datetime) -> Totp | None:
    """The record once this code of this secret is used; None when it is wrong or was used already."""
    if not seed or not _SIX_DIGITS.fullmatch(code):
        return None
    step = totp.matching_step(sign_in_codes.totp_secret(known.account_id, seed), code, now)
    return replace(known, last_step=step) if step is not None and step > known.last_step else None


def _use(transaction: Transaction, session: Session, access: Access, code: str, now: datetime) -> str:
    """What this code proves: "totp", "recovery" or "mail"; "" when it proves nothing, and then nothing is added."""
    if second_factor.means(access) == "mail":
        return "mail" if _use_mailed(transaction, session, code, now) else ""
    known = store.find(session.account_id)
    used, proven = use_totp(known, known.seed, code, now), "totp"
    if used is None:
        used, proven = _use_recovery(known, code), "recovery"
    if used is None:
        return ""
    store.add(transaction, used)
    return proven


def _use_mailed(transaction: Transaction, session: Session, code: str, now: datetime) -> bool:
    sent = store.find_code(session.account_id, session.session_id, now)
    if sent is None:
        return False
    throttle.check([Bound("code-courriel", sent.code_id, 5, _QUARTER)], now)
    if not hmac.compare_digest(sign_in_codes.mailed(sent.code_id).encode(), code.encode()):
        return False
    store.use_code(transaction, session.account_id, session.session_id, sent)
    return True


def _use_recovery(known: Totp, code: str) -> Totp | None:
    if not known.batch:
        return None
    codes = sign_in_codes.recovery(known.account_id, known.batch)
    right = [number for number, each in enumerate(codes) if hmac.compare_digest(each.encode(), code.encode())]
    if not right or right[0] in known.recovery_used:
        return None
    return replace(known, recovery_used=(*known.recovery_used, right[0]))
