"""One walk through the tables: what was seen, what an interrupted run left, and what is past its own end."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from functions.console.retention import reading
from functions.console.retention.reading import ACCOUNT, FAMILY, REQUEST
from functions.domain.retention import Seen
from functions.store import walks
from functions.store.accounts import Claim
from functions.store.documents import load
from functions.store.events import OUTBOX
from functions.store.walks import Line

_CHILD, _CLES = "ENFANT#", "CLES#"
_CLAIMS = ("RESERVE", "LIEN")
_SETTLED = timedelta(days=7)  # a partition without a head this old is nobody's writing under way
Follow = Callable[[Iterable[Line], str], Iterable[Line]]


@dataclass(slots=True)
class Found:
    """`ways`: the ENFANT# items that lead to a file, by file; `claims`: what stands elsewhere and leads to an account
    (its name, its address, an identity linked to it), by account; `ended`: table, and line past its own end; `remains`:
    partitions that lost their head ("FOYER#…").
    """

    seen: Seen
    ways: dict[str, list[str]]
    claims: dict[str, list[Line]] = field(default_factory=dict)
    ended: list[tuple[str, Line]] = field(default_factory=list)
    remains: list[str] = field(default_factory=list)


def gather(now: datetime, follow: Follow) -> Found:
    core, credentials, ended = _partitions("core", follow, now), _partitions("credentials", follow, now), []
    for table in ("ephemeral", "audit"):
        ended += [(table, line) for line in follow(walks.ended(table, now), table)]
    ended += [("credentials", line) for lines in credentials.values() for line in lines if _is_over(line, now)]
    ways: dict[str, list[str]] = defaultdict(list)
    for pk, lines in credentials.items():
        if pk.startswith(_CHILD):
            for line in lines:
                ways[line.sk].append(pk)
    return Found(
        _seen(core, credentials, now),
        ways,
        _claims(credentials, now),
        ended,
        sorted(_remains(core, credentials, ways, now)),
    )


def _partitions(table: str, follow: Follow, now: datetime) -> dict[str, list[Line]]:
    kept: dict[str, list[Line]] = defaultdict(list)
    for line in follow(walks.every(table), table):
        if line.pk.startswith((FAMILY, ACCOUNT, REQUEST, _CHILD, _CLES)) or line.sk in _CLAIMS or _is_over(line, now):
            kept[line.pk].append(line)
    return kept


def _claims(credentials: dict[str, list[Line]], now: datetime) -> dict[str, list[Line]]:
    claims: dict[str, list[Line]] = defaultdict(list)
    for lines in credentials.values():
        for line in lines:
            if line.sk in _CLAIMS and not _is_over(line, now):
                claims[load(line.doc, Claim).account_id].append(line)
    return claims


def _is_over(line: Line, now: datetime) -> bool:
    return 0 < line.expires <= now.timestamp()


def _seen(core: dict[str, list[Line]], credentials: dict[str, list[Line]], now: datetime) -> Seen:
    families = {
        pk.removeprefix(FAMILY): reading.family(lines, credentials.get(_cles_of(pk), []), now)
        for pk, lines in core.items()
        if pk.startswith(FAMILY) and any(line.sk == "NOYAU" for line in lines)
    }
    accounts = {
        pk.removeprefix(ACCOUNT): account
        for pk, lines in credentials.items()
        if pk.startswith(ACCOUNT) and (account := reading.account(core.get(pk, []), lines, now))
    }
    requests = {
        pk.removeprefix(REQUEST): request
        for pk, lines in core.items()
        if pk.startswith(REQUEST) and (request := reading.request(lines))
    }
    for account_id, account in accounts.items():
        for foyer_id in account.families & families.keys():  # a link that the file does not know any more opens it too
            family = families[foyer_id]
            families[foyer_id] = replace(family, accounts=family.accounts | {account_id})
    return Seen(families, accounts, requests)


def _cles_of(partition: str) -> str:
    return _CLES + partition.removeprefix(FAMILY)


def _remains(
    core: dict[str, list[Line]], credentials: dict[str, list[Line]], ways: dict[str, list[str]], now: datetime
) -> Iterator[str]:
    """What has no head: left by a run that was killed, or by the database, which removes an account never activated
    and not its events.
    """
    known = {pk for pk, lines in core.items() for line in lines if line.sk in {"NOYAU", "DEMANDE"}}
    known |= {pk for pk, lines in credentials.items() for line in lines if line.sk == "COMPTE"}
    of_families = {FAMILY + foyer_id for foyer_id in ways}
    of_families |= {FAMILY + pk.removeprefix(_CLES) for pk in credentials if pk.startswith(_CLES)}
    for pk in {*core, *credentials, *of_families} - known:
        lines = [*core.get(pk, []), *credentials.get(pk, []), *credentials.get(_cles_of(pk), [])]
        fresh = any(line.at and datetime.fromisoformat(line.at) > now - _SETTLED for line in lines)
        waits = any(line.outbox == OUTBOX for line in lines)
        if pk.startswith((FAMILY, ACCOUNT, REQUEST)) and not fresh and not waits:
            yield pk
