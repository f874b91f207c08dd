"""Where FranceConnect answers and what it signs with: read from it, kept an hour."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from functions.franceconnect.trust import NotTrusted
from functions.gateways.web import Answer, Unreachable, Urllib3, Web
from functions.kit.config import FranceConnect

_LIFE = timedelta(hours=1)
_OK = 200
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri", "end_session_endpoint")


@dataclass(slots=True)
class Metadata:
    """`endpoints` by the names of OpenID Connect Discovery; `keys` of the JWKS by their kid."""

    endpoints: dict[str, str]
    until: datetime
    keys: dict[str, dict[str, Any]] = field(default_factory=dict)
    keys_until: datetime | None = None


_known: dict[str, Metadata] = {}
_webs: list[Web] = []


def web() -> Web:
    if not _webs:
        _webs.append(Urllib3())
    return _webs[0]


def forget() -> None:
    """What this process knows of any provider (the tests)."""
    _known.clear()


def of(settings: FranceConnect, now: datetime) -> Metadata:
    """Raises Unreachable, NotTrusted."""
    found = _known.get(settings.issuer)
    if found is None or found.until <= now:
        document = read_json(web().get(f"{settings.issuer}/.well-known/openid-configuration", {}))
        if document.get("issuer") != settings.issuer:
            raise NotTrusted("issuer of the discovery")
        endpoints = {name: _own(settings.issuer, document.get(name)) for name in _ENDPOINTS}
        found = _known[settings.issuer] = Metadata(endpoints, now + _LIFE)
    return found


def keys(known: Metadata, now: datetime, *, again: bool = False) -> dict[str, dict[str, Any]]:
    """`again`: ask even if they are known. Raises Unreachable, NotTrusted."""
    if again or known.keys_until is None or known.keys_until <= now:
        listed = read_json(web().get(known.endpoints["jwks_uri"], {})).get("keys")
        if not isinstance(listed, list):
            raise NotTrusted("jwks")
        known.keys = {str(key.get("kid", "")): key for key in listed if isinstance(key, dict)}
        known.keys_until = now + _LIFE
    return known.keys


def read_json(answer: Answer) -> dict[str, Any]:
    """Raises Unreachable: what is not the JSON that was expected is no answer."""
    try:
        value = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise Unreachable("unreadable") from error
    if answer.status != _OK or not isinstance(value, dict):
        raise Unreachable(f"status {answer.status}")
    return value


def _own(issuer: str, address: object) -> str:
    """Browsers and secrets go to the issuer's own host alone."""
    if not isinstance(address, str):
        raise NotTrusted("endpoint missing")
    own, other = urlsplit(issuer), urlsplit(address)
    if (own.scheme, own.netloc) != (other.scheme, other.netloc):
        raise NotTrusted("endpoint elsewhere")
    return address
