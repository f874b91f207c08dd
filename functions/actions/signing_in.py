"""Opening a session for somebody who has just proven who they are: the same one, whatever they proved it with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from functions.domain import devices
from functions.kit import known_devices, log, sessions
from functions.kit.endpoint import Call
from functions.kit.sessions import Cookie
from functions.shapes.signed_in import SignedIn
from functions.store.access import Access


@dataclass(frozen=True, slots=True)
class Caller:
    """Where a sign-in comes from; `device` is the value of the cookie that knows the device."""

    address: str
    user_agent: str
    device: str


def caller(call: Call[Any]) -> Caller:
    return Caller(call.address, call.user_agent, call.cookies.get(known_devices.COOKIE, ""))


def open_session(
    account_id: str, where: Caller, now: datetime, proven: str = "", franceconnect: str = ""
) -> tuple[Access, list[Cookie]]:
    """`proven`: the second factor that this very sign-in proves; "" for a password or FranceConnect, which prove none.
    `franceconnect`: as in Device, for a session that comes from there.
    """
    device = devices.name_of(where.user_agent)
    session, cookies = sessions.open_session(account_id, now, device, proven, franceconnect)
    means = "franceconnect" if franceconnect else proven or "password"
    log.event("signed_in", account_id=account_id, means=means)
    return session.access, [*cookies, known_devices.remember(where.device, account_id)]


def answer(access: Access) -> SignedIn:
    previous = access.previous_sign_in
    return SignedIn(
        given_name=access.given_name,
        usual_name=access.usual_name,
        title=access.title,
        previous_sign_in=previous.strftime("%Y-%m-%dT%H:%M:%SZ") if previous else None,
        has_foyer=bool(access.foyers),
    )


def half_answer() -> SignedIn:
    """To somebody whose second factor is not proven yet: no name is told."""
    return SignedIn("", "", "", None, has_foyer=False, second_factor="needed")
