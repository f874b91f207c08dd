"""Links sent by mail, each opening one thing once. The link holds a keyed digest of `token_id`, the database only a
digest of that token: an event may name `token_id`, jobs makes the link again from it, and nobody else can.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from functions.actions import keyed
from functions.kit import config
from functions.store import accounts
from functions.store.accounts import MailToken, TokenKind
from functions.store.transactions import Transaction


@dataclass(frozen=True, slots=True)
class MailLink:
    """`purpose` also keys the digest: a token of one purpose is never one of another. `path` is the page it opens."""

    purpose: str
    path: str
    life: timedelta
    kind: TokenKind

    def address(self, token_id: str) -> str:
        """The token stands after # and so reaches no server's log."""
        return f"{config.current().origin}{self.path}#{self._token(token_id)}"

    def add(self, transaction: Transaction, token: MailToken) -> str:
        """Add a token; return its id, for the effect that sends it. Label: "token"."""
        token_id = secrets.token_urlsafe(16)
        accounts.add_token(transaction, stored_hash(self._token(token_id)), token, self.kind)
        return token_id

    def find(self, token: str) -> MailToken | None:
        return accounts.find_token(stored_hash(token), self.kind)

    def use(self, transaction: Transaction, token: str) -> None:
        """Label: "token"; its condition fails when the token was used meanwhile."""
        accounts.use_token(transaction, stored_hash(token), self.kind)

    def _token(self, token_id: str) -> str:
        return keyed.token(self.purpose, token_id)


def stored_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


PASSWORD = MailLink("password", "/nouveau-mot-de-passe/", timedelta(hours=2), "OUBLI")
EMAIL = MailLink("email", "/confirmer-adresse/", timedelta(hours=24), "ADRESSE")
