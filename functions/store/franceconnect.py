"""Links between a FranceConnect identity and an account, both ways, in `credentials`:
FRANCECONNECT#<digest of the sub> / LIEN and COMPTE#<id> / FRANCECONNECT. What passes, in `ephemeral`:
FC_ETAT#<digest> (a sign-in under way), FC_IDENTITE#<digest> (who came back), FC_SESSION#<key> (to leave again).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from pynamodb.exceptions import DeleteError

from functions.domain.identities import Identity
from functions.store.documents import dump, load
from functions.store.models import Credentials, Ephemeral
from functions.store.transactions import Transaction

T = TypeVar("T")
_SK = "FRANCECONNECT"


@dataclass(frozen=True, slots=True)
class Link:
    """`sub_digest`: of the pairwise sub, keyed; the sub itself is not kept."""

    account_id: str
    sub_digest: str
    linked_at: datetime


def find_by_sub(sub_digest: str) -> Link | None:
    return _link(f"{_SK}#{sub_digest}", "LIEN")


def find_by_account(account_id: str) -> Link | None:
    return _link(f"COMPTE#{account_id}", _SK)


def _link(pk: str, sk: str) -> Link | None:
    try:
        return load(Credentials.get(pk, sk, consistent_read=True).doc or "", Link)
    except Credentials.DoesNotExist:
        return None


def add(transaction: Transaction, link: Link) -> None:
    """One identity, one account. Labels: "sub" when the identity has an account, "linked" when the account has one."""
    free = Credentials.pk.does_not_exist()
    transaction.put("sub", Credentials(f"{_SK}#{link.sub_digest}", "LIEN", doc=dump(link)), free)
    transaction.put("linked", Credentials(f"COMPTE#{link.account_id}", _SK, doc=dump(link)), free)


def remove(transaction: Transaction, link: Link) -> None:
    """Labels: "sub", "linked"; their conditions fail when the link is not the one that was read."""
    same = Credentials.doc == dump(link)
    transaction.delete("sub", Credentials(f"{_SK}#{link.sub_digest}", "LIEN"), same)
    transaction.delete("linked", Credentials(f"COMPTE#{link.account_id}", _SK), same)


@dataclass(frozen=True, slots=True)
class State:
    """A sign-in that left for FranceConnect. `browser`: digest of the cookie of the browser that left. `account_id` and
    `account_version`: whom a link is for, as the account was when its password was proven.
    """

    browser: str
    nonce: str
    account_id: str = ""
    account_version: int = 0


@dataclass(frozen=True, slots=True)
class Pending:
    """Somebody who came back, whom no account is linked to. `at`: when, for what was proven since."""

    sub_digest: str
    identity: Identity
    at: datetime
    id_token: str
    account_id: str = ""
    account_version: int = 0


@dataclass(frozen=True, slots=True)
class Leaving:
    """What FranceConnect asks for to close its own session."""

    account_id: str
    id_token: str


def put_state(digest: str, state: State, expires: datetime) -> None:
    _put(f"FC_ETAT#{digest}", state, expires)


def take_state(digest: str, now: datetime) -> State | None:
    """Used at once: of two that come together, one has it."""
    return _take(f"FC_ETAT#{digest}", State, now)


def put_pending(digest: str, pending: Pending, expires: datetime) -> None:
    _put(f"FC_IDENTITE#{digest}", pending, expires)


def find_pending(digest: str, now: datetime) -> Pending | None:
    return _find(f"FC_IDENTITE#{digest}", Pending, now)


def use_pending(transaction: Transaction, digest: str) -> None:
    """Label: "pending"; its condition fails when it was used meanwhile."""
    transaction.delete("pending", Ephemeral(f"FC_IDENTITE#{digest}", _SK), Ephemeral.pk.exists())


def put_leaving(key: str, leaving: Leaving, expires: datetime) -> None:
    _put(f"FC_SESSION#{key}", leaving, expires)


def take_leaving(key: str, now: datetime) -> Leaving | None:
    return _take(f"FC_SESSION#{key}", Leaving, now)


def _put(pk: str, value: Any, expires: datetime) -> None:
    """Written alone: its key was drawn at random, it replaces nothing."""
    Ephemeral(pk, _SK, doc=dump(value), version=1, expires=int(expires.timestamp())).save()


def _find(pk: str, shape: type[T], now: datetime) -> T | None:
    try:
        item = Ephemeral.get(pk, _SK, consistent_read=True)
    except Ephemeral.DoesNotExist:
        return None
    return load(item.doc or "", shape) if int(item.expires or 0) > now.timestamp() else None


def _take(pk: str, shape: type[T], now: datetime) -> T | None:
    found = _find(pk, shape, now)
    if found is None:
        return None
    try:
        Ephemeral(pk, _SK).delete(condition=Ephemeral.pk.exists())
    except DeleteError as error:
        if error.cause_response_code == "ConditionalCheckFailedException":
            return None
        raise
    return found
