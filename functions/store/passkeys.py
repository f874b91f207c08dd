"""The passkeys of an account, one item: COMPTE#<id> / CLES_ACCES in `credentials`; the challenges they sign,
DEFI#<digest> / <whose> in `ephemeral`.

A passkey that signs names its account (the handle that it was given): no other way leads from one to the other.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from pynamodb.exceptions import UpdateError

from functions.store.documents import dump, load
from functions.store.models import Credentials, Ephemeral
from functions.store.transactions import Transaction


@dataclass(frozen=True, slots=True)
class Passkey:
    """`credential_id` and `public_key` (COSE) are base64url. `synced`: copied between the devices of its owner
    (`may_sync`: it could be). `version` grows when the person calls it otherwise.
    """

    passkey_id: str
    credential_id: str
    public_key: str
    name: str
    created_at: datetime
    sign_count: int = 0
    transports: tuple[str, ...] = ()
    may_sync: bool = False
    synced: bool = False
    last_used_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Passkeys:
    account_id: str
    all: tuple[Passkey, ...] = ()
    version: int = 0

    def one(self, passkey_id: str) -> Passkey | None:
        return next((each for each in self.all if each.passkey_id == passkey_id), None)

    def of_credential(self, credential_id: str) -> Passkey | None:
        return next((each for each in self.all if each.credential_id == credential_id), None)

    def changed(self, passkey: Passkey) -> "Passkeys":
        return replace(self, all=tuple(passkey if each.passkey_id == passkey.passkey_id else each for each in self.all))


def find(account_id: str) -> Passkeys:
    """None in it, and version 0, for an account that never had any."""
    try:
        item = Credentials.get(f"COMPTE#{account_id}", "CLES_ACCES", consistent_read=True)
    except Credentials.DoesNotExist:
        return Passkeys(account_id)
    return replace(load(item.doc or "", Passkeys), version=int(item.version or 0))


def add(transaction: Transaction, passkeys: Passkeys) -> None:
    """Create (version 0) or replace the version that was read. Label: "passkeys"."""
    item = Credentials(
        f"COMPTE#{passkeys.account_id}",
        "CLES_ACCES",
        doc=dump(replace(passkeys, version=0)),
        version=passkeys.version + 1,
    )
    condition = (Credentials.version == passkeys.version) if passkeys.version else Credentials.pk.does_not_exist()
    transaction.put("passkeys", item, condition)


@dataclass(frozen=True, slots=True)
class Challenge:
    """`account_version`: the account that a new passkey is for, as it was when its password was proven."""

    account_version: int = 0


SIGN_IN = "CONNEXION"


def put_challenge(digest: str, owner: str, challenge: Challenge, expires: datetime) -> None:
    """`owner` is the account that will register, or SIGN_IN. Written alone: drawn at random, it replaces nothing."""
    Ephemeral(f"DEFI#{digest}", owner, doc=dump(challenge), version=1, expires=int(expires.timestamp())).save()


def find_challenge(digest: str, owner: str, now: datetime) -> Challenge | None:
    """None when it is somebody else's, was used, or ran out."""
    try:
        item = Ephemeral.get(f"DEFI#{digest}", owner, consistent_read=True)
    except Ephemeral.DoesNotExist:
        return None
    alive = int(item.version or 0) == 1 and int(item.expires or 0) > now.timestamp()
    return load(item.doc or "", Challenge) if alive else None


def use_challenge(transaction: Transaction, digest: str, owner: str) -> None:
    """Label: "challenge"; its condition fails when it was used meanwhile."""
    item = Ephemeral(f"DEFI#{digest}", owner)
    transaction.update("challenge", item, [Ephemeral.version.set(2)], Ephemeral.version == 1)


def take_challenge(digest: str, owner: str, now: datetime) -> bool:
    """Use it at once; False when there is none to use."""
    item = Ephemeral(f"DEFI#{digest}", owner)
    condition = (Ephemeral.version == 1) & (Ephemeral.expires > int(now.timestamp()))
    try:
        item.update(actions=[Ephemeral.version.set(2)], condition=condition)
    except UpdateError as error:
        if error.cause_response_code == "ConditionalCheckFailedException":
            return False
        raise
    return True
