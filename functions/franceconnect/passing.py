"""Leaving for FranceConnect and coming back. What is under way is kept on our side, for ten minutes and one use, and
belongs to the browser that left: a cookie says which, and the state that comes back must be its own.
"""

import hashlib
import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.actions import keyed, own_account, signing_in
from functions.actions.signing_in import Caller
from functions.domain.errors import Refused
from functions.franceconnect import provider
from functions.franceconnect.provider import Proven
from functions.franceconnect.trust import NotTrusted
from functions.gateways.web import Unreachable
from functions.kit import log, throttle
from functions.kit.problems import HttpProblem
from functions.kit.sessions import ABSOLUTE_LIFE, Cookie, Session
from functions.kit.throttle import Bound
from functions.store import accounts
from functions.store import franceconnect as store
from functions.store.access import Access
from functions.store.franceconnect import Leaving, Link, Pending, State

COOKIE = "__Host-parvis-fc"
_LIFE = timedelta(minutes=10)
_QUARTER = 900


@dataclass(frozen=True, slots=True)
class Back:
    """What the browser brought back: a code, or the error that FranceConnect gave instead; `browser` is our cookie."""

    state: str
    browser: str
    code: str
    error: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """`access` of the session that was opened; None when no account is linked to who came back."""

    access: Access | None
    cookies: list[Cookie]


def to_sign_in(address: str, now: datetime) -> tuple[str, list[Cookie]]:
    """Where to send the browser. Raises HttpProblem, Throttled."""
    provider.settings()
    _throttle(address, now)
    return _leave(State("", ""), now)


def to_link(session: Session, password: str, now: datetime) -> tuple[str, list[Cookie]]:
    """The same, to link one's account. Raises Invalid (password), Refused, HttpProblem, Throttled."""
    provider.settings()
    account = own_account.with_password(session, password, "/link_password", now)
    if store.find_by_account(account.account_id):
        raise already_linked()
    return _leave(State("", "", account.account_id, account.version), now)


def come_back(back: Back, caller: Caller, now: datetime) -> Outcome:
    """Open the session of who came, or keep who they are. Raises HttpProblem, Refused, Throttled."""
    provider.settings()
    _throttle(caller.address, now)
    state = store.take_state(digest(back.state), now)
    if state is None or state.browser != digest(back.browser):
        log.event("franceconnect_refused", why="state")
        detail = "Cette connexion a expiré, ou n’a pas commencé dans ce navigateur. Recommencez."
        raise HttpProblem(409, "franceconnect_state", detail)
    if not back.code:
        raise _denied(back.error)
    with speaking():
        proven = provider.exchange(back.code, state.nonce, now)
    sub_digest = digest_of_sub(proven.sub)
    link = store.find_by_sub(sub_digest)
    if state.account_id and link:
        raise already_linked() if link.account_id == state.account_id else taken()
    if link and _is_open(link):
        return _signed_in(link, proven, caller, now)
    browser, cookie = _cookie()
    pending = Pending(sub_digest, proven.identity, now, proven.id_token, state.account_id, state.account_version)
    store.put_pending(digest(browser), pending, now + _LIFE)
    return Outcome(None, [cookie])


def pending(browser: str, now: datetime) -> Pending:
    """Who came back with this browser. Raises HttpProblem 404."""
    provider.settings()
    found = store.find_pending(digest(browser), now) if browser else None
    if found is None:
        detail = "Le retour de FranceConnect a expiré, ou a déjà servi. Recommencez."
        raise HttpProblem(404, "franceconnect_nobody", detail)
    return found


def keep_leaving(account_id: str, id_token: str, now: datetime) -> str:
    """Keep what leaves FranceConnect, as long as a session; return what it is kept under."""
    key = secrets.token_hex(16)
    store.put_leaving(key, Leaving(account_id, id_token), now + ABSOLUTE_LIFE)
    return key


@contextmanager
def speaking() -> Iterator[None]:
    """What goes wrong with FranceConnect is said to the person, with another way in."""
    try:
        yield
    except Unreachable as error:
        log.event("franceconnect_unreachable", level=logging.WARNING, why=str(error))
        detail = "FranceConnect ne répond pas. Rien n’a été enregistré\u202f: vous pouvez vous connecter autrement."
        raise HttpProblem(502, "franceconnect_unreachable", detail) from error
    except NotTrusted as error:
        log.event("franceconnect_refused", level=logging.WARNING, why=error.why)
        detail = (
            "La réponse de FranceConnect n’a pas pu être vérifiée. Rien n’a été enregistré\u202f: recommencez, ou "
            "connectez-vous autrement."
        )
        raise HttpProblem(502, "franceconnect_not_trusted", detail) from error


def digest(value: str) -> str:
    """Of what was drawn at random: what it is stored under."""
    return hashlib.sha256(value.encode()).hexdigest()


def digest_of_sub(sub: str) -> str:
    """The issuer counts: a sub of the trial platform is nobody in the real one."""
    return keyed.digest("franceconnect", f"{provider.settings().issuer}|{sub}")


def already_linked() -> Refused:
    return Refused("franceconnect_linked", "Votre espace est déjà relié à FranceConnect.")


def taken() -> Refused:
    detail = "Cette identité FranceConnect ouvre déjà un autre espace. Retirez-la d’abord de celui-ci."
    return Refused("franceconnect_taken", detail)


def _leave(wanted: State, now: datetime) -> tuple[str, list[Cookie]]:
    """Ask where FranceConnect is before anything is kept."""
    state, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    browser, cookie = _cookie()
    with speaking():
        address = provider.authorize_address(state, nonce, now)
    kept = State(digest(browser), nonce, wanted.account_id, wanted.account_version)
    store.put_state(digest(state), kept, now + _LIFE)
    return address, [cookie]


def _signed_in(link: Link, proven: Proven, caller: Caller, now: datetime) -> Outcome:
    key = keep_leaving(link.account_id, proven.id_token, now)
    access, cookies = signing_in.open_session(link.account_id, caller, now, franceconnect=key)
    return Outcome(access, [*cookies, forget_cookie()])


def _is_open(link: Link) -> bool:
    account = accounts.find(link.account_id)
    return account is not None and account.status == "active"


def _denied(error: str) -> HttpProblem:
    log.event("franceconnect_left", error=error if error in {"access_denied", "login_required"} else "other")
    detail = (
        "Vous avez quitté FranceConnect avant la fin. Rien n’a été enregistré\u202f: recommencez, ou connectez-vous "
        "autrement."
    )
    return HttpProblem(409, "franceconnect_denied", detail)


def _throttle(address: str, now: datetime) -> None:
    throttle.check(
        [Bound("franceconnect-adresse", address, 100, _QUARTER), Bound("franceconnect-total", "", 6000, _QUARTER)], now
    )


def _cookie() -> tuple[str, Cookie]:
    value = secrets.token_urlsafe(32)
    return value, Cookie(COOKIE, value, int(_LIFE.total_seconds()))


def forget_cookie() -> Cookie:
    return Cookie(COOKIE, "", 0)
