"""What passes: throttle counters and refresh tokens. TTL removes them late, so expiry is checked here as well."""

from dataclasses import dataclass
from datetime import datetime

from pynamodb.exceptions import PutError, UpdateError

from functions.store.documents import dump, load
from functions.store.models import Ephemeral


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """`rotated` once it was exchanged: seeing it again means it was stolen, or copied."""

    account_id: str
    session_id: str
    epoch: int
    absolute_end: datetime
    rotated: bool = False


def hit(key: str, window_seconds: int, now: datetime) -> int:
    """Count one try under `key` in the current window; return the count, this one included."""
    start = int(now.timestamp()) // window_seconds
    item = Ephemeral(f"FREIN#{key}", f"{window_seconds}#{start}")
    item.update(
        actions=[
            Ephemeral.hits.add(1),
            Ephemeral.expires.set((start + 2) * window_seconds),
        ]
    )
    return int(item.hits or 0)


def spend(key: str, by: str, expires: int) -> bool:
    """Use something that serves once; True for who uses it first, and again for the same one."""
    item = Ephemeral(key, "DEPENSE", doc=dump(by), expires=expires)
    try:
        item.save(Ephemeral.pk.does_not_exist() | (Ephemeral.doc == item.doc))
    except PutError as error:
        if error.cause_response_code == "ConditionalCheckFailedException":
            return False
        raise
    return True


def put_refresh(token_hash: str, token: RefreshToken, expires: datetime) -> None:
    item = Ephemeral(
        f"RENOUVELLEMENT#{token_hash}", "JETON", doc=dump(token), expires=int(expires.timestamp()), version=1
    )
    try:
        item.save(Ephemeral.pk.does_not_exist())
    except PutError as error:
        raise RuntimeError("a refresh token was drawn twice") from error


def find_refresh(token_hash: str, now: datetime) -> RefreshToken | None:
    try:
        item = Ephemeral.get(f"RENOUVELLEMENT#{token_hash}", "JETON", consistent_read=True)
    except Ephemeral.DoesNotExist:
        return None
    token = load(item.doc or "", RefreshToken)
    if int(item.expires or 0) <= now.timestamp() or token.absolute_end <= now:
        return None
    if int(item.version or 0) > 1:
        return RefreshToken(token.account_id, token.session_id, token.epoch, token.absolute_end, rotated=True)
    return token


def rotate_refresh(token_hash: str) -> bool:
    """Mark as exchanged; False when somebody already did."""
    item = Ephemeral(f"RENOUVELLEMENT#{token_hash}", "JETON")
    try:
        item.update(actions=[Ephemeral.version.set(2)], condition=Ephemeral.version == 1)
    except UpdateError as error:
        if error.cause_response_code == "ConditionalCheckFailedException":
            return False
        raise
    return True
