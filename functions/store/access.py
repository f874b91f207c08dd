"""What an account may reach, read on every signed-in request: COMPTE#<id> / ACCES in `core`.

One read gives the rights, the sessions still open (signing out is felt at the next request) and the names shown.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from functions.store.documents import dump, load
from functions.store.models import Core
from functions.store.transactions import ConditionFailed, Transaction


@dataclass(frozen=True, slots=True)
class FoyerLink:
    foyer_id: str
    guardian_id: str


@dataclass(frozen=True, slots=True)
class AgentGrant:
    """What makes an account an agent's: the name that families and colleagues read, and the services it decides for
    (ids of the rules, or "all" for an administrator).
    """

    name: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Device:
    """Where a session was opened (« Firefox sur Android ») and when (UTC). `second_factor` is how the session proved
    more than a password ("totp", "recovery", "mail", "passkey"); "" while it has not. `franceconnect`: what leaves
    FranceConnect too is kept under it; "" for a session that did not come from there.
    """

    name: str
    opened_at: datetime
    second_factor: str = ""
    franceconnect: str = ""


@dataclass(frozen=True, slots=True)
class Access:
    """`sessions` maps a session id to the instant it ends at the latest, `devices` to where it was opened. `epoch`
    grows to close them all. `second_factor` is the one that the person chose ("totp"), or "". A `closed` one is never
    read again: whoever asks for it is answered as for an account that never was.
    """

    account_id: str
    title: str
    given_name: str
    usual_name: str
    email: str
    epoch: int = 1
    foyers: tuple[FoyerLink, ...] = ()
    sessions: dict[str, datetime] = field(default_factory=dict)
    last_sign_in: datetime | None = None
    previous_sign_in: datetime | None = None
    version: int = 0
    devices: dict[str, Device] = field(default_factory=dict)
    agent: AgentGrant | None = None
    second_factor: str = ""
    closed: bool = False


def find(account_id: str) -> Access | None:
    try:
        item = Core.get(f"COMPTE#{account_id}", "ACCES", consistent_read=True)
    except Core.DoesNotExist:
        return None
    access = load(item.doc or "", Access)
    return None if access.closed else replace(access, version=int(item.version or 0))


def add(transaction: Transaction, access: Access) -> None:
    """Create (version 0) or replace the version that was read. Label: "access"."""
    item = Core(
        f"COMPTE#{access.account_id}",
        "ACCES",
        doc=dump(replace(access, version=0)),
        version=access.version + 1,
    )
    condition = (Core.version == access.version) if access.version else Core.pk.does_not_exist()
    transaction.put("access", item, condition)


def save(access: Access) -> bool:
    """Write it alone; False when it changed since it was read (read again and retry)."""
    transaction = Transaction()
    add(transaction, access)
    try:
        transaction.commit()
    except ConditionFailed:
        return False
    return True
