"""Asking for a new password: the token for one account as it stands now, or what an unknown name costs."""

from datetime import datetime
from typing import Any

from functions.actions.mail_links import PASSWORD
from functions.store.accounts import Account, MailToken
from functions.store.transactions import Transaction

TEMPLATE = "mot-de-passe-oublie"


def issue(transaction: Transaction, account: Account, now: datetime) -> tuple[dict[str, Any], ...]:
    """Add a token; return the effects that send it. Any change of the account meanwhile makes it worthless."""
    token_id = PASSWORD.add(transaction, MailToken(account.account_id, now + PASSWORD.life, account.version))
    effect = {
        "kind": "mail",
        "template": TEMPLATE,
        "purpose": PASSWORD.purpose,
        "account_id": account.account_id,
        "token_id": token_id,
    }
    return (effect,)


def decoy(transaction: Transaction, now: datetime) -> None:
    """What an unknown name costs: as many writes as a known one, opening nothing, and gone in a month."""
    for _ in range(2):
        PASSWORD.add(transaction, MailToken("", now))
