"""The link that lets a new agent choose a password: the page of a forgotten one, with more time to open it."""

from datetime import datetime, timedelta
from typing import Any

from functions.actions.mail_links import MailLink
from functions.store.accounts import MailToken
from functions.store.transactions import Transaction

AGENT = MailLink("agent_invitation", "/nouveau-mot-de-passe/", timedelta(days=7), "OUBLI")
TEMPLATE = "invitation-agent"


def issue(transaction: Transaction, account_id: str, account_version: int, now: datetime) -> tuple[dict[str, Any], ...]:
    """Add a token for the account as it stands at this version; return the effects that send it. Label: "token"."""
    token_id = AGENT.add(transaction, MailToken(account_id, now + AGENT.life, account_version))
    effect = {
        "kind": "mail",
        "template": TEMPLATE,
        "purpose": AGENT.purpose,
        "account_id": account_id,
        "token_id": token_id,
    }
    return (effect,)
