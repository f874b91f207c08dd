"""The notice that letters no longer reach the account's address, and having one try again."""

from dataclasses import dataclass
from datetime import datetime

from functions.actions import bounces, keyed, replay
from functions.kit import throttle
from functions.kit.sessions import Session
from functions.kit.throttle import Bound
from functions.store import events
from functions.store.events import Event
from functions.store.transactions import ConditionFailed, Transaction

_TEMPLATE = "adresse-essayee"
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class MailState:
    """`failing_since`: the instant (UTC) when a letter first came back, None while they arrive."""

    email: str
    failing_since: datetime | None


def state(session: Session, now: datetime) -> MailState:
    email = session.access.email
    return MailState(email, bounces.failing_since(email, now))


def try_again(session: Session, *, key: str, body_hash: str, now: datetime) -> None:
    """Forget that letters came back, and send one: if it comes back too, the notice does as well. Raises Throttled."""
    subject, digest = f"COMPTE#{session.account_id}", keyed.digest("request", body_hash)
    if replay.find("credentials", subject, key, digest):
        return
    throttle.check([Bound("essai-adresse-compte", session.account_id, 3, _DAY)], now)
    if state(session, now).failing_since is None:
        return
    transaction = Transaction()
    bounces.proven(transaction, session.access.email, now)
    effect = {"kind": "mail", "template": _TEMPLATE, "account_id": session.account_id}
    actor = session.account_id
    events.add(
        transaction,
        Event("credentials", subject, key, "email.tried", actor, now, digest, effects=(effect,)),
    )
    try:
        transaction.commit()
    except ConditionFailed:  # the same request, sent twice at once: one of the two has written
        replay.find("credentials", subject, key, digest)
