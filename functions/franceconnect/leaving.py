"""Signing out of a session that came from FranceConnect: the portal first, whatever FranceConnect does."""

import secrets
from datetime import datetime

from functions.franceconnect import passing, provider
from functions.kit import sessions
from functions.kit.problems import HttpProblem
from functions.kit.sessions import Session
from functions.store import franceconnect as store


def leave(session: Session, now: datetime) -> str:
    """Where to send the browser for FranceConnect's own sign-out; "" when there is nothing to leave, or no answer."""
    provider.settings()
    device = session.access.devices.get(session.session_id)
    sessions.close(session.account_id, session.session_id)
    kept = store.take_leaving(device.franceconnect, now) if device and device.franceconnect else None
    if kept is None or kept.account_id != session.account_id:
        return ""
    try:
        with passing.speaking():
            return provider.leave_address(kept.id_token, secrets.token_urlsafe(16), now)
    except HttpProblem:  # said in the log
        return ""
