"""Speaking to FranceConnect: where to send the browser, and what its code gives."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from functions.domain.identities import Identity, Title
from functions.franceconnect import metadata, trust
from functions.franceconnect.trust import NotTrusted
from functions.gateways.web import Unreachable
from functions.kit import config
from functions.kit.config import FranceConnect
from functions.kit.problems import HttpProblem

_SCOPES = "openid identite_pivot email"
_TITLES: dict[str, Title] = {"female": "Mme", "male": "M."}
_SIGNED = "application/jwt"
_BEARER = re.compile(r"[A-Za-z0-9\-._~+/]+=*")


@dataclass(frozen=True, slots=True)
class Proven:
    """Who FranceConnect says came; `id_token` is asked back to leave it."""

    sub: str
    identity: Identity
    id_token: str


def settings() -> FranceConnect:
    """Raises HttpProblem 404 where the town does not have it."""
    found = config.current().franceconnect
    if found is None:
        raise HttpProblem(404, "franceconnect_off", "Ce portail n’utilise pas FranceConnect.")
    return found


def authorize_address(state: str, nonce: str, now: datetime) -> str:
    """Raises HttpProblem, Unreachable, NotTrusted."""
    asked = {
        "response_type": "code",
        "client_id": settings().client_id,
        "redirect_uri": redirect_uri(),
        "scope": _SCOPES,
        "acr_values": trust.ACR,
        "state": state,
        "nonce": nonce,
    }
    return f"{metadata.of(settings(), now).endpoints['authorization_endpoint']}?{urlencode(asked)}"


def leave_address(id_token: str, state: str, now: datetime) -> str:
    """Raises HttpProblem, Unreachable, NotTrusted."""
    back = f"{config.current().origin}/connexion/"
    asked = {"id_token_hint": id_token, "post_logout_redirect_uri": back, "state": state}
    return f"{metadata.of(settings(), now).endpoints['end_session_endpoint']}?{urlencode(asked)}"


def redirect_uri() -> str:
    return f"{config.current().origin}/franceconnect/"


def exchange(code: str, nonce: str, now: datetime) -> Proven:
    """Who this code stands for. Raises HttpProblem, Unreachable, NotTrusted."""
    known, ours = metadata.of(settings(), now), settings()
    answer = metadata.web().post_form(
        known.endpoints["token_endpoint"],
        {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri(),
            "client_id": ours.client_id,
            "client_secret": ours.client_secret,
        },
    )
    if answer.status in {400, 401}:
        raise NotTrusted("code")
    tokens = metadata.read_json(answer)
    access_token, id_token = tokens.get("access_token"), tokens.get("id_token")
    if not isinstance(access_token, str) or not isinstance(id_token, str) or not _BEARER.fullmatch(access_token):
        raise Unreachable("tokens")

    def keys(*, again: bool) -> dict[str, dict[str, Any]]:
        return metadata.keys(known, now, again=again)

    said = trust.id_token(id_token, ours, keys, nonce, now)
    signed = metadata.web().get(
        known.endpoints["userinfo_endpoint"], {"Authorization": f"Bearer {access_token}", "Accept": _SIGNED}
    )
    if signed.status != 200:  # noqa: PLR2004 - HTTP
        raise Unreachable(f"userinfo {signed.status}")
    if signed.content_type != _SIGNED:
        raise NotTrusted("userinfo not signed")
    person = trust.userinfo(signed.body.decode("ascii", "replace"), ours, keys, said["sub"], now)
    return Proven(said["sub"], _identity(person), id_token)


def _identity(claims: dict[str, Any]) -> Identity:
    given = claims.get("given_name_array")
    names = [str(name) for name in given] if isinstance(given, list) else _text(claims, "given_name").split(" ")
    return Identity(
        family_name=_text(claims, "family_name"),
        given_names=tuple(name for name in names if name),
        birth_date=_text(claims, "birthdate"),
        title=_TITLES.get(_text(claims, "gender"), ""),
        usual_name=_text(claims, "preferred_username"),
        email=_text(claims, "email"),
    )


def _text(claims: dict[str, Any], name: str) -> str:
    value = claims.get(name)
    return value[:200] if isinstance(value, str) else ""
