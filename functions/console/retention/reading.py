"""From the items of a partition to what the domain decides on. Days are civil days of Paris."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from functions.domain.calendar import paris_day
from functions.domain.foyer import Guardian
from functions.domain.requests import Request
from functions.domain.retention import AccountSeen, FamilySeen, RequestSeen
from functions.store.access import Access
from functions.store.accounts import Account
from functions.store.documents import load
from functions.store.events import OUTBOX
from functions.store.invitations import Invitation
from functions.store.walks import Line

FAMILY, ACCOUNT, REQUEST = "FOYER#", "COMPTE#", "DEMANDE#"
_LATE_DECEMBER = 12


def family(lines: Sequence[Line], cles: Sequence[Line], now: datetime) -> FamilySeen:
    """`lines`: its partition of `core`; `cles`: its clés enfance, of `credentials`."""
    days, accounts = [], set()
    busy = any(line.outbox == OUTBOX for line in lines) or any(line.expires > now.timestamp() for line in cles)
    for line in lines:
        if line.at:
            days.append(_day(line.at))
        if line.sk.startswith("MOIS#"):
            days.append(_end_of_month(line.sk.split("#")[1]))
        elif line.sk.startswith("INVITATION#"):
            invitation = load(line.doc, Invitation)
            days.append(paris_day(invitation.at))
            busy |= invitation.expires > now
        elif line.sk.startswith("PERSONNE#A#"):
            accounts.add(load(line.doc, Guardian).account_id)
    return FamilySeen(max(days, default=None), frozenset(accounts - {""}), busy)


def account(core: Sequence[Line], credentials: Sequence[Line], now: datetime) -> AccountSeen | None:
    """Its partitions of `core` and of `credentials`. None for one that waits to be activated: it has its own end."""
    known = next((load(line.doc, Account) for line in credentials if line.sk == "COMPTE"), None)
    if known is None or known.status == "pending":
        return None
    access = next((load(line.doc, Access) for line in core if line.sk == "ACCES"), None)
    events = [line for line in (*core, *credentials) if line.sk.startswith("EVT#")]
    days = [paris_day(known.created_at), *(_day(line.at) for line in events)]
    if access is not None and access.last_sign_in is not None:
        days.append(paris_day(access.last_sign_in))
    return AccountSeen(
        closed=known.status == "closed",
        last=max(days),
        families=frozenset(link.foyer_id for link in access.foyers) if access else frozenset(),
        agent=access is not None and access.agent is not None,
        busy=any(line.outbox == OUTBOX for line in events)
        or (access is not None and any(end > now for end in access.sessions.values())),
    )


def request(lines: Sequence[Line]) -> RequestSeen | None:
    known = next((load(line.doc, Request) for line in lines if line.sk == "DEMANDE"), None)
    if known is None:
        return None
    decided = paris_day(known.decided_at) if known.decided_at and known.status != "open" else None
    return RequestSeen(decided, known.subject, busy=any(line.outbox == OUTBOX for line in lines))


def _day(instant: str) -> date:
    found = datetime.fromisoformat(instant)
    return paris_day(found if found.tzinfo else found.replace(tzinfo=UTC))


def _end_of_month(month: str) -> date:
    year, number = (int(part) for part in month.split("-"))
    following = date(year + number // _LATE_DECEMBER, number % _LATE_DECEMBER + 1, 1)
    return following - timedelta(days=1)
