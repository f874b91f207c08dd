"""The links that let somebody choose a new password: made as activation links are, for one account as it stands now."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from functions.actions import keyed
from functions.kit import config
from functions.store import accounts
from functions.store.accounts import Account, MailToken
from functions.store.transactions import Transaction

LIFE = timedelta(hours=2)
PURPOSE = "password"
TEMPLATE = "mot-de-passe-oublie"


def stored_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def link(token_id: str) -> str:
    """The address in the mail. The token stands after # and so reaches no server's log."""
    return f"{config.current().origin}/nouveau-mot-de-passe/#{_token(token_id)}"


def issue(transaction: Transaction, account: Account, now: datetime) -> tuple[dict[str, Any], ...]:
    """Add a token; return the effects that send it. Any change of the account meanwhile makes it worthless."""
    token_id = secrets.token_urlsafe(16)
    _add(transaction, token_id, MailToken(account.account_id, now + LIFE, account.version))
    effect = {
        "kind": "mail",
        "template": TEMPLATE,
        "purpose": PURPOSE,
        "account_id": account.account_id,
        "token_id": token_id,
    }
    return (effect,)


def decoy(transaction: Transaction, now: datetime) -> None:
    """What an unknown name costs: as many writes as a known one, opening nothing, and gone in a month."""
    for _ in range(2):
        _add(transaction, secrets.token_urlsafe(16), MailToken("", now))


def _add(transaction: Transaction, token_id: str, token: MailToken) -> None:
    accounts.add_token(transaction, stored_hash(_token(token_id)), token, "OUBLI")


def _token(token_id: str) -> str:
    return keyed.token(PURPOSE, token_id)
