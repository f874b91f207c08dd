"""Activation tokens: the link holds a keyed digest of `token_id`, the database holds only a digest of that token.

An event may therefore name `token_id`: jobs makes the link again from it, and nobody else can.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from functions.actions import keyed
from functions.kit import config
from functions.store import accounts
from functions.store.accounts import Account, MailToken
from functions.store.transactions import Transaction

LIFE = timedelta(hours=24)
TEMPLATE = "activation"
KNOWN_ADDRESS_TEMPLATE = "espace-existant"


def stored_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def link(token_id: str) -> str:
    """The address in the mail. The token stands after # and so reaches no server's log."""
    return f"{config.current().origin}/activation/#{_token(token_id)}"


def issue(transaction: Transaction, account: Account, now: datetime) -> tuple[dict[str, Any], ...]:
    """Add a new token for a pending account; return the effects that send it (to the address, whoever owns it).

    Where an active account has the address already, its owner is told so instead, and every write is the same:
    nobody else can tell the two apart.
    """
    token_id = secrets.token_urlsafe(16)
    token = MailToken(account.account_id, now + LIFE)
    accounts.add_token(transaction, stored_hash(_token(token_id)), token)
    known = accounts.find_claim("COURRIEL", account.email, now) is not None
    template = KNOWN_ADDRESS_TEMPLATE if known else TEMPLATE
    return ({"kind": "mail", "template": template, "account_id": account.account_id, "token_id": token_id},)


def decoy(transaction: Transaction, now: datetime) -> None:
    """A token that no link leads to, already over: a write like any other, where there is nobody to write to."""
    accounts.add_token(transaction, stored_hash(_token(secrets.token_urlsafe(16))), MailToken("", now))


def _token(token_id: str) -> str:
    return keyed.token("activation", token_id)
