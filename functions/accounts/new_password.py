"""Setting another password: what is wrong with it, what is written, what is told by mail."""

from dataclasses import replace
from typing import Any

from functions.domain import passwords
from functions.domain.errors import FieldError, Invalid
from functions.gateways import hashing
from functions.store import access as access_store
from functions.store import accounts
from functions.store.access import Access
from functions.store.accounts import Account
from functions.store.transactions import Transaction

_TEMPLATE = "mot-de-passe-change"


def check(account: Account, password: str, confirmation: str) -> None:
    """Raises Invalid with everything that is wrong."""
    errors = []
    problem = passwords.problem(password, account.username)
    if problem:
        errors.append(FieldError("/password", problem))
    if password != confirmation:
        message = "Les deux mots de passe sont différents : saisissez deux fois le même."
        errors.append(FieldError("/password_confirmation", message))
    if errors:
        raise Invalid("invalid_body", "Certaines réponses sont à corriger.", errors=errors)


def add(transaction: Transaction, account: Account, access: Access | None, password: str) -> None:
    """The new digest, and the sessions that stay open (`access`). Labels: "account", "access"."""
    accounts.add(transaction, replace(account, password_hash=hashing.hash_secret(passwords.canonical(password))))
    if access is not None:
        access_store.add(transaction, access)


def told(account: Account) -> tuple[dict[str, Any], ...]:
    """The effects that tell the person, at the address of the account."""
    return ({"kind": "mail", "template": _TEMPLATE, "account_id": account.account_id},)
