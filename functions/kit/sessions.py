"""Sessions: a JWT of 15 minutes in a `__Host-` cookie, a rotating refresh token, and the access item read each time.

The JWT says who; the access item says whether this session is still open (signing out is felt at the next request)
and what the account may reach. A refresh token used twice closes the session it belongs to.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import jwt

from functions.kit import config
from functions.kit.problems import HttpProblem
from functions.store import access as access_store
from functions.store import ephemeral
from functions.store.access import Access, Device

SESSION_COOKIE = "__Host-parvis"
REFRESH_COOKIE = "__Host-parvis-refresh"
ACCESS_LIFE = timedelta(minutes=15)
IDLE_LIFE = timedelta(hours=12)
ABSOLUTE_LIFE = timedelta(days=7)
_AUDIENCE = "parvis"
_ALGORITHM = "HS256"
_MOST_SESSIONS = 10
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Session:
    session_id: str
    access: Access

    @property
    def account_id(self) -> str:
        return self.access.account_id


@dataclass(frozen=True, slots=True)
class Cookie:
    """`value` empty: delete it."""

    name: str
    value: str
    max_age: int


def require(token: str, now: datetime) -> Session:
    """The open session of this JWT; raises a 401 in every other case, always with the same words."""
    claims = _decode(token, now)
    if claims is None:
        raise not_signed_in()
    access = access_store.find(str(claims["sub"]))
    session_id = str(claims["sid"])
    if access is None or access.epoch != claims["epoch"] or access.sessions.get(session_id, now) <= now:
        raise not_signed_in()
    return Session(session_id, access)


def not_signed_in() -> HttpProblem:
    return HttpProblem(401, "not_signed_in", "Connectez-vous pour continuer.")


def open_session(
    account_id: str, now: datetime, device: str = "", second_factor: str = "", franceconnect: str = ""
) -> tuple[Session, list[Cookie]]:
    """Start a session after a successful sign-in; the oldest ones give way beyond ten devices. `device` is its name,
    `second_factor` what the sign-in proved beyond a password, `franceconnect` as in Device.
    """
    session_id = secrets.token_hex(16)
    for _ in range(_TRIES):
        access = access_store.find(account_id)
        if access is None:
            raise not_signed_in()
        alive = {key: end for key, end in access.sessions.items() if end > now}
        kept = dict(sorted(alive.items(), key=lambda entry: entry[1])[-(_MOST_SESSIONS - 1) :])
        opened = replace(
            access,
            sessions={**kept, session_id: now + ABSOLUTE_LIFE},
            devices={
                **{key: known for key, known in access.devices.items() if key in kept},
                session_id: Device(device, now, second_factor, franceconnect),
            },
            previous_sign_in=access.last_sign_in,
            last_sign_in=now,
        )
        if access_store.save(opened):
            session = Session(session_id, replace(opened, version=access.version + 1))
            return session, _cookies(session, now, now + ABSOLUTE_LIFE)
    raise HttpProblem(503, "busy", "Le service est très demandé. Recommencez dans un instant.", retry_after=2)


def renewed(session: Session, access: Access, second_factor: str, now: datetime) -> Session:
    """A session of another id in place of this one, once it has proven `second_factor`: an id seen before that opens
    nothing afterwards. Write its access, then ask `cookies_of`. Raises a 401 when the session was closed meanwhile.
    """
    end = access.sessions.get(session.session_id)
    if end is None:
        raise not_signed_in()
    device = access.devices.get(session.session_id, Device("", now))
    others, session_id = _only(access, lambda known: known != session.session_id), secrets.token_hex(16)
    renewed = replace(
        others,
        sessions={**others.sessions, session_id: end},
        devices={**others.devices, session_id: replace(device, second_factor=second_factor)},
    )
    return Session(session_id, renewed)


def cookies_of(session: Session, now: datetime) -> list[Cookie]:
    return _cookies(session, now, session.access.sessions[session.session_id])


def refresh(token: str, now: datetime) -> list[Cookie]:
    """Exchange a refresh token for new cookies; raises 401. Reuse closes the session."""
    digest = _digest(token)
    found = ephemeral.find_refresh(digest, now) if token else None
    if found is None:
        raise not_signed_in()
    if found.rotated or not ephemeral.rotate_refresh(digest):
        close(found.account_id, found.session_id)
        raise not_signed_in()
    access = access_store.find(found.account_id)
    if access is None or access.epoch != found.epoch or found.session_id not in access.sessions:
        raise not_signed_in()
    return _cookies(Session(found.session_id, access), now, found.absolute_end)


def close(account_id: str, session_id: str) -> None:
    """Sign out: the access token in hand is refused from the next request on."""
    _leave_open(account_id, lambda known: known != session_id)


def close_all(account_id: str) -> None:
    """Sign out everywhere."""
    _leave_open(account_id, lambda _: False)


def left_open(access: Access, keep: str) -> Access:
    """The same access with this session alone."""
    return _only(access, lambda known: known == keep)


def _leave_open(account_id: str, stays: Callable[[str], bool]) -> None:
    for _ in range(_TRIES):
        access = access_store.find(account_id)
        if access is None or all(stays(session_id) for session_id in access.sessions):
            return
        if access_store.save(_only(access, stays)):
            return
    raise HttpProblem(503, "busy", "Le service est très demandé. Recommencez dans un instant.", retry_after=2)


def _only(access: Access, stays: Callable[[str], bool]) -> Access:
    return replace(
        access,
        sessions={key: end for key, end in access.sessions.items() if stays(key)},
        devices={key: known for key, known in access.devices.items() if stays(key)},
    )


def forget_cookies() -> list[Cookie]:
    return [Cookie(SESSION_COOKIE, "", 0), Cookie(REFRESH_COOKIE, "", 0)]


def _cookies(session: Session, now: datetime, absolute_end: datetime) -> list[Cookie]:
    token = secrets.token_urlsafe(32)
    idle_end = min(now + IDLE_LIFE, absolute_end)
    record = ephemeral.RefreshToken(session.account_id, session.session_id, session.access.epoch, absolute_end)
    ephemeral.put_refresh(_digest(token), record, idle_end)
    # The session cookie outlives the JWT in it: an expired JWT is then told apart from no session at all.
    life = int((idle_end - now).total_seconds())
    return [
        Cookie(SESSION_COOKIE, _encode(session, now), life),
        Cookie(REFRESH_COOKIE, token, life),
    ]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _encode(session: Session, now: datetime) -> str:
    settings = config.current()
    key_id, key = next(iter(settings.session_keys.items()))
    claims = {
        "iss": settings.origin,
        "aud": _AUDIENCE,
        "sub": session.account_id,
        "sid": session.session_id,
        "epoch": session.access.epoch,
        "iat": now,
        "exp": now + ACCESS_LIFE,
        "jti": secrets.token_hex(8),
    }
    return jwt.encode(claims, key, algorithm=_ALGORITHM, headers={"kid": key_id})


def _decode(token: str, now: datetime) -> dict[str, object] | None:
    settings = config.current()
    try:
        key = settings.session_keys[str(jwt.get_unverified_header(token).get("kid", ""))]
        claims: dict[str, object] = jwt.decode(
            token,
            key,
            algorithms=[_ALGORITHM],
            audience=_AUDIENCE,
            issuer=settings.origin,
            # expiry is judged by our clock, below: tests and demonstrations set it
            options={
                "require": ["exp", "iat", "sub", "aud", "iss", "jti"],
                "verify_exp": False,
                "verify_iat": False,
                "enforce_minimum_key_length": True,
            },
        )
        fresh = int(str(claims["exp"])) > now.timestamp()
    except (jwt.InvalidTokenError, KeyError, ValueError):
        return None
    return claims if fresh and {"sid", "epoch"} <= claims.keys() else None
