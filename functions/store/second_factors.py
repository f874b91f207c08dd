"""What an account proves itself with beyond its password: COMPTE#<id> / TOTP in `credentials`, and the code last sent
by mail to a session, CODE#<id> / <session> in `ephemeral`.

Neither secrets nor codes are stored: what is kept here gives them back only with the pepper.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from functions.store.documents import dump, load
from functions.store.models import Credentials, Ephemeral
from functions.store.transactions import Transaction


@dataclass(frozen=True, slots=True)
class Totp:
    """`seed` names the secret in use ("" for none), `pending` the one that waits for its first code. `last_step` is
    the 30-second step of the last code used: none up to it opens again. `batch` names the recovery codes.
    """

    account_id: str
    seed: str = ""
    pending: str = ""
    last_step: int = 0
    batch: str = ""
    recovery_used: tuple[int, ...] = ()
    version: int = 0


def find(account_id: str) -> Totp:
    """Nothing enrolled, and version 0, for an account that never did."""
    try:
        item = Credentials.get(f"COMPTE#{account_id}", "TOTP", consistent_read=True)
    except Credentials.DoesNotExist:
        return Totp(account_id)
    return replace(load(item.doc or "", Totp), version=int(item.version or 0))


def add(transaction: Transaction, totp: Totp) -> None:
    """Create (version 0) or replace the version that was read. Label: "totp"."""
    item = Credentials(
        f"COMPTE#{totp.account_id}", "TOTP", doc=dump(replace(totp, version=0)), version=totp.version + 1
    )
    condition = (Credentials.version == totp.version) if totp.version else Credentials.pk.does_not_exist()
    transaction.put("totp", item, condition)


@dataclass(frozen=True, slots=True)
class SentCode:
    code_id: str
    expires: datetime


def add_code(transaction: Transaction, account_id: str, session_id: str, code: SentCode) -> None:
    """The only code that this session may type from now on. Label: "code"."""
    expires = int(code.expires.timestamp())
    item = Ephemeral(f"CODE#{account_id}", session_id, doc=dump(code), version=1, expires=expires)
    transaction.put("code", item)


def find_code(account_id: str, session_id: str, now: datetime) -> SentCode | None:
    """None when no code was sent, or it was used, or it ran out."""
    try:
        item = Ephemeral.get(f"CODE#{account_id}", session_id, consistent_read=True)
    except Ephemeral.DoesNotExist:
        return None
    code = load(item.doc or "", SentCode)
    return code if int(item.version or 0) == 1 and code.expires > now else None


def use_code(transaction: Transaction, account_id: str, session_id: str, code: SentCode) -> None:
    """Label: "code"; its condition fails when the code was used, or another one sent, meanwhile."""
    item = Ephemeral(f"CODE#{account_id}", session_id)
    condition = (Ephemeral.version == 1) & (Ephemeral.doc == dump(code))
    transaction.update("code", item, [Ephemeral.version.set(2)], condition)
