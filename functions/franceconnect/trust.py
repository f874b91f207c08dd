"""What FranceConnect signed, checked: the id_token and the userinfo are JWT of ES256 or RS256, as the town registered.
Never HS256 nor none: the algorithm comes from our settings, not from the token.
"""

import hmac
from datetime import datetime
from typing import Any, Protocol

import jwt

from functions.kit.config import FranceConnect

ACR = "eidas1"


class Keys(Protocol):
    """By kid; `again` asks the provider even if they are known."""

    def __call__(self, *, again: bool) -> dict[str, dict[str, Any]]: ...


class NotTrusted(Exception):
    """What came does not hold; `why` is for the log alone."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def id_token(token: str, settings: FranceConnect, keys: Keys, nonce: str, now: datetime) -> dict[str, Any]:
    """Its claims. Raises NotTrusted, Unreachable."""
    claims = _verified(token, settings, keys)
    _check_origin(claims, settings)
    _check_expiry(claims, now, needed=True)
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise NotTrusted("nonce")
    if claims.get("acr") != ACR:
        raise NotTrusted("acr")
    if not isinstance(claims.get("sub"), str) or not claims["sub"]:
        raise NotTrusted("sub")
    return claims


def userinfo(token: str, settings: FranceConnect, keys: Keys, sub: str, now: datetime) -> dict[str, Any]:
    """Its claims, which must be of the same person. Raises NotTrusted, Unreachable."""
    claims = _verified(token, settings, keys)
    _check_origin(claims, settings)
    _check_expiry(claims, now, needed=False)
    if claims.get("sub") != sub:
        raise NotTrusted("sub of userinfo")
    return claims


def _check_origin(claims: dict[str, Any], settings: FranceConnect) -> None:
    if claims.get("iss") != settings.issuer:
        raise NotTrusted("iss")
    if claims.get("aud") not in (settings.client_id, [settings.client_id]):
        raise NotTrusted("aud")


def _check_expiry(claims: dict[str, Any], now: datetime, *, needed: bool) -> None:
    """By our clock, which tests and demonstrations set."""
    end = claims.get("exp")
    if end is None and not needed:
        return
    if not isinstance(end, int) or isinstance(end, bool) or end <= now.timestamp():
        raise NotTrusted("exp")


def _verified(token: str, settings: FranceConnect, keys: Keys) -> dict[str, Any]:
    """With the keys that are known, then once more with those asked again: the provider may have changed them."""
    try:
        return _decoded(token, settings, keys(again=False))
    except NotTrusted:
        return _decoded(token, settings, keys(again=True))


def _decoded(token: str, settings: FranceConnect, keys: dict[str, dict[str, Any]]) -> dict[str, Any]:
    options: Any = {f"verify_{name}": False for name in ("exp", "iat", "nbf", "aud", "iss", "sub", "jti")}
    try:
        key = keys.get(str(jwt.get_unverified_header(token).get("kid", "")))
        if key is None:
            raise NotTrusted("kid")
        public = jwt.PyJWK(key, settings.algorithm).key
        claims: dict[str, Any] = jwt.decode(token, public, algorithms=[settings.algorithm], options=options)
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise NotTrusted(type(error).__name__) from error
    return claims
