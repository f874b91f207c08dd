"""Accounts, what claims a name or an address, and activation tokens: the `credentials` table.

Only the accounts and activation functions may read it. Tokens are stored hashed.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from functions.store.documents import dump, load
from functions.store.models import Credentials
from functions.store.transactions import Transaction

Status = Literal["pending", "active", "closed"]


@dataclass(frozen=True, slots=True)
class Account:
    """`email` is folded. `profile` keeps what the person typed at creation. A pending account passes away at `expires`;
    `foyer_id` and `guardian_id` remember the clé enfance it was created with.
    """

    account_id: str
    username: str
    email: str
    password_hash: str
    status: Status
    created_at: datetime
    profile: dict[str, Any]
    expires: datetime | None = None
    foyer_id: str = ""
    guardian_id: str = ""
    version: int = 0

    def alive(self, now: datetime) -> bool:
        """False for a pending account past its time, which the database removes late."""
        return self.expires is None or self.expires > now


@dataclass(frozen=True, slots=True)
class MailToken:
    """What a link sent by mail opens, once: an activation, a new password for the account as it was at that version,
    one of the two confirmations of the change of address named by `about`, or the invitation of the guardian that
    `about` names, who has no account yet.
    """

    account_id: str
    expires: datetime
    account_version: int = 0
    about: str = ""
    used: bool = False


# An activation, a forgotten password, a change of address, an invitation: one never opens the other.
TokenKind = Literal["JETON", "OUBLI", "ADRESSE", "INVITATION"]


@dataclass(frozen=True, slots=True)
class Claim:
    """What holds a name or an address."""

    account_id: str


_MOST_PENDING = 300  # more than throttling lets anybody make for one address


def find(account_id: str) -> Account | None:
    item = _get(f"COMPTE#{account_id}", "COMPTE")
    if item is None:
        return None
    return replace(load(item.doc, Account), version=int(item.version or 0))


def find_claim(kind: Literal["IDENTIFIANT", "COURRIEL"], value: str, now: datetime) -> str | None:
    """The account that holds this (folded) username or e-mail."""
    item = _get(f"{kind}#{value}", "RESERVE")
    if item is None or (item.expires is not None and int(item.expires) <= now.timestamp()):
        return None
    return load(item.doc, Claim).account_id


def pending_at(email: str, now: datetime, limit: int) -> list[Account]:
    """Accounts waiting to be activated at this (folded) address, the newest first."""
    entries = list(Credentials.query(f"COURRIEL_EN_ATTENTE#{email}", consistent_read=True, limit=_MOST_PENDING))
    waiting = [entry for entry in entries if int(entry.expires or 0) > now.timestamp()]
    newest = sorted(waiting, key=lambda entry: str(entry.at or ""), reverse=True)[:limit]
    found = (find(entry.sk) for entry in newest)
    return [account for account in found if account and account.status == "pending" and account.alive(now)]


def add_pending(transaction: Transaction, account: Account) -> None:
    """The way from an address to the accounts that wait there, until `expires`. Label: "pending"."""
    item = Credentials(
        f"COURRIEL_EN_ATTENTE#{account.email}",
        account.account_id,
        at=account.created_at.isoformat(),
        expires=int(account.expires.timestamp()) if account.expires else None,
    )
    transaction.put("pending", item)


def add(transaction: Transaction, account: Account) -> None:
    """Create or replace the version that was read. Label: "account"."""
    item = Credentials(
        f"COMPTE#{account.account_id}",
        "COMPTE",
        doc=dump(replace(account, version=0)),
        version=account.version + 1,
        expires=int(account.expires.timestamp()) if account.expires else None,
    )
    condition = (Credentials.version == account.version) if account.version else Credentials.pk.does_not_exist()
    transaction.put("account", item, condition)


def unchanged(transaction: Transaction, account: Account) -> None:
    """Nothing else is written unless the account is still the version that was read. Label: "account"."""
    condition = Credentials.version == account.version
    transaction.check("account", Credentials, f"COMPTE#{account.account_id}", "COMPTE", condition)


def claim(
    transaction: Transaction,
    kind: Literal["IDENTIFIANT", "COURRIEL"],
    value: str,
    account_id: str,
    *,
    now: datetime,
    expires: datetime | None = None,
) -> None:
    """Reserve a username or an e-mail; a claim that ran out may be taken over. Label: "claim:<kind>"."""
    item = Credentials(
        f"{kind}#{value}",
        "RESERVE",
        doc=dump(Claim(account_id)),
        expires=int(expires.timestamp()) if expires else None,
    )
    condition = (
        Credentials.pk.does_not_exist()
        | (Credentials.expires <= int(now.timestamp()))
        | (Credentials.doc == dump(Claim(account_id)))
    )
    transaction.put(f"claim:{kind}", item, condition)


def release(
    transaction: Transaction, kind: Literal["IDENTIFIANT", "COURRIEL"], value: str, account_id: str, now: datetime
) -> None:
    """Let go of a username or an e-mail at once. Label: "release:<kind>"; fails when somebody else holds it."""
    document = dump(Claim(account_id))
    item = Credentials(f"{kind}#{value}", "RESERVE", doc=document, expires=int(now.timestamp()))
    transaction.put(f"release:{kind}", item, Credentials.doc == document)


def add_token(transaction: Transaction, token_hash: str, token: MailToken, kind: TokenKind = "JETON") -> None:
    """Label: "token"."""
    item = Credentials(
        f"{kind}#{token_hash}",
        "JETON",
        doc=dump(token),
        version=1,
        # kept a while after it ran out, so that a late click is told « expiré », not « inconnu »
        expires=int(token.expires.timestamp()) + 30 * 86400,
    )
    transaction.put("token", item, Credentials.pk.does_not_exist())


def find_token(token_hash: str, kind: TokenKind = "JETON") -> MailToken | None:
    item = _get(f"{kind}#{token_hash}", "JETON")
    if item is None:
        return None
    return replace(load(item.doc, MailToken), used=int(item.version or 0) > 1)


def use_token(transaction: Transaction, token_hash: str, kind: TokenKind = "JETON") -> None:
    """Label: "token"; its condition fails when the token was used meanwhile."""
    item = Credentials(f"{kind}#{token_hash}", "JETON")
    transaction.update("token", item, [Credentials.version.set(2)], Credentials.version == 1)


def _get(pk: str, sk: str) -> Any:
    try:
        return Credentials.get(pk, sk, consistent_read=True)
    except Credentials.DoesNotExist:
        return None
