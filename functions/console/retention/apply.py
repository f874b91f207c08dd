"""Removes what is due, each subject read again and only while nobody makes use of it.

A run that was killed is run again and ends the same; what went is said to the audit by chunks, ids alone.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from functions.console.retention import reading
from functions.console.retention.gather import Found
from functions.console.retention.reading import ACCOUNT, FAMILY, REQUEST
from functions.domain import retention
from functions.domain.calendar import paris_day
from functions.domain.keeping import Keeping
from functions.domain.retention import AccountSeen, Due, FamilySeen, Seen
from functions.store import access as access_store
from functions.store import retention as store
from functions.store.events import Event
from functions.store.retention import Chunk, Head
from functions.store.transactions import ConditionFailed, Transaction
from functions.store.walks import Line

_CHUNK = 25
_PREFIXES = {
    "dossier_famille": FAMILY,
    "espace_ferme": ACCOUNT,
    "espace_inactif": ACCOUNT,
    "demande_decidee": REQUEST,
}


class Remover:
    """One run: `by` whom, at what instant, under which rules, on what a walk found."""

    def __init__(self, keepings: Sequence[Keeping], found: Found, by: str, now: datetime) -> None:
        self._keepings, self._found, self._by, self._now = keepings, found, by, now

    def finish_earlier_runs(self) -> None:
        """Say what a killed run removed, then remove what it left."""
        for chunk in store.under_way():
            self._end(chunk, [each for each in chunk.ids if not _head(_PREFIXES[chunk.category] + each).stands()])
        for partition in self._found.remains:
            self._clear(partition)

    def remove(self, due: Sequence[Due]) -> Iterator[bool]:
        """Whether each one went, or is kept this time as somebody made use of it meanwhile."""
        for start in range(0, len(due), _CHUNK):
            some = due[start : start + _CHUNK]
            chunk = Chunk(uuid.uuid4().hex, some[0].category, tuple(each.id for each in some), self._by)
            store.begin(chunk)
            gone = []
            for each in some:
                went = self._remove(each)
                gone += [each.id] if went else []
                yield went
            self._end(chunk, gone)

    def remove_ended(self, category: str, ended: Iterable[tuple[str, Line]]) -> Iterator[bool]:
        number = 0
        for table, line in ended:
            went = store.remove_ended(table, line.pk, line.sk, self._now)
            number += went
            yield went
        if number:
            store.said(self._event(uuid.uuid4().hex, category, self._by, number, []))

    def _end(self, chunk: Chunk, gone: Sequence[str]) -> None:
        event = self._event(chunk.chunk_id, chunk.category, chunk.by, len(gone), gone) if gone else None
        store.end(chunk, event)

    def _event(self, key: str, category: str, by: str, count: int, ids: Sequence[str]) -> Event:
        details = {"category": category, "count": count, "ids": list(ids)}
        return Event("core", store.PARTITION, key, "retention.applied", by, self._now, "", details=details)

    def _remove(self, due: Due) -> bool:
        partition = _PREFIXES[due.category] + due.id
        transaction = self._family(due) if partition.startswith(FAMILY) else self._other(due, partition)
        if transaction is None:
            return False
        try:
            transaction.commit()
        except ConditionFailed:
            return False
        self._clear(partition)
        return True

    def _family(self, due: Due) -> Transaction | None:
        """The core of the file and its guardians, as they were just read, while their accounts stay as they are: nobody
        can book without signing in, and signing in changes the account.
        """
        partition, known = FAMILY + due.id, self._found.seen.families[due.id].accounts
        lines, cles = store.lines("core", partition), store.lines("credentials", f"CLES#{due.id}")
        family = reading.family(lines, cles, self._now)
        family = replace(family, accounts=family.accounts | known)
        # read before what is decided on: whoever signs in after this makes the transaction fail
        reached = [access for name in sorted(family.accounts) if (access := access_store.find(name))]
        accounts = {name: account for name in family.accounts if (account := _account(name, self._now))}
        if not self._still(due, Seen(families={due.id: family}, accounts=accounts)):
            return None
        transaction = Transaction()
        for access in reached:
            others = tuple(link for link in access.foyers if link.foyer_id != due.id)
            access_store.add(transaction, replace(access, foyers=others))
        for line in lines:
            if line.sk == "NOYAU" or line.sk.startswith(("PERSONNE#A#", "INVITATION#")):
                store.remove(transaction, "core", line)
        sent = {line.sk for line in lines}
        for guardian_id in (line.sk.rpartition("#")[2] for line in lines if line.sk.startswith("PERSONNE#A#")):
            store.check_closed(transaction, "credentials", f"CLES#{due.id}", guardian_id, self._now)
            if f"INVITATION#{guardian_id}" not in sent:
                store.check_closed(transaction, "core", partition, f"INVITATION#{guardian_id}", self._now)
        return transaction

    def _other(self, due: Due, partition: str) -> Transaction | None:
        """The head of an account or of a request and, for an account, what it reaches and claims."""
        core = store.lines("core", partition)
        if partition.startswith(REQUEST):
            request = reading.request(core)
            seen = Seen(requests={due.id: request} if request else {})
            heads = [("core", line) for line in core if line.sk == "DEMANDE"]
        else:
            credentials = store.lines("credentials", partition)
            account = reading.account(core, credentials, self._now)
            # a file that still stands was kept, whatever the walk thought of it: undated, it is not due here either
            standing = (name for name in (account.families if account else ()) if _head(FAMILY + name).stands())
            seen = Seen(
                families=dict.fromkeys(standing, FamilySeen(None)), accounts={due.id: account} if account else {}
            )
            heads = [("credentials", line) for line in credentials if line.sk == "COMPTE"]
            heads += [("core", line) for line in core if line.sk == "ACCES"]
            heads += [("credentials", line) for line in self._found.claims.get(due.id, ())]
        if not self._still(due, seen):
            return None
        transaction = Transaction()
        for table, line in heads:
            store.remove(transaction, table, line)
        return transaction

    def _still(self, due: Due, seen: Seen) -> bool:
        """Decided again, on what was just read; requests as the walk saw them, since asking needs a sign-in."""
        seen = replace(seen, requests=seen.requests or self._found.seen.requests)
        again = retention.due(self._keepings, seen, paris_day(self._now))
        return any((each.category, each.id) == (due.category, due.id) for each in again)

    def _clear(self, partition: str) -> None:
        rest = [("core", line.pk, line.sk) for line in store.lines("core", partition)]
        if partition.startswith(ACCOUNT):
            rest += [("credentials", line.pk, line.sk) for line in store.lines("credentials", partition)]
        if partition.startswith(FAMILY):
            foyer_id = partition.removeprefix(FAMILY)
            ways = [("credentials", pk, foyer_id) for pk in self._found.ways.get(foyer_id, ())]
            cles = [("credentials", line.pk, line.sk) for line in store.lines("credentials", f"CLES#{foyer_id}")]
            rest = [*ways, *cles, *rest]
        store.clear(_head(partition), rest)


def _head(partition: str) -> Head:
    if partition.startswith(FAMILY):
        return Head("core", partition, "NOYAU")
    if partition.startswith(ACCOUNT):
        return Head("credentials", partition, "COMPTE")
    return Head("core", partition, "DEMANDE")


def _account(account_id: str, now: datetime) -> AccountSeen | None:
    partition = ACCOUNT + account_id
    return reading.account(store.lines("core", partition), store.lines("credentials", partition), now)
