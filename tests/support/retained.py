"""Families, accounts and requests of long ago, and what a run of `parvis retention` leaves of them."""

import itertools
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from functions.console.retention import report
from functions.console.retention.apply import Remover
from functions.console.retention.gather import gather
from functions.domain.foyer import FoyerFile
from functions.domain.requests import Request
from functions.kit import clock
from functions.reglement import retention as lengths
from functions.store import access, accounts, cles, events, foyers, requests, second_factors, walks
from functions.store import retention as store
from functions.store.access import FoyerLink
from functions.store.cles import Cle
from functions.store.events import Event
from functions.store.second_factors import Totp
from functions.store.transactions import Transaction
from support import factories

LONG_AGO = datetime(2021, 3, 2, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Old:
    """A family that has left: its file, and the account of its guardian."""

    file: FoyerFile
    account_id: str


def happened(table: str, subject: str, at: datetime) -> None:
    """An event whose effects are done."""
    transaction = Transaction()
    event = Event(table, subject, f"{next(_numbers):032x}", "booking", "somebody", at, "")
    events.add(transaction, event)
    transaction.commit()
    events.done(event)


def old_family(*, signed_in: datetime | None = LONG_AGO) -> Old:
    """With a clé enfance, an event, an account that last signed in then."""
    with clock.at(LONG_AGO):
        file = factories.family(factories.child())
        guardian = file.guardians[0]
        cles.prepare(Cle(file.foyer_id, guardian.person_id, "", LONG_AGO + timedelta(days=60)), ["a" * 64], LONG_AGO)
        made = factories.account(FoyerLink(file.foyer_id, guardian.person_id), guardian=guardian)
        transaction = Transaction()
        second_factors.add(transaction, Totp(made.account_id, seed="s"))
        transaction.commit()
    held = {"COURRIEL": made.email, "IDENTIFIANT": made.email.partition("@")[0]}
    claims = Transaction()
    for kind, value in held.items():
        accounts.claim(claims, kind, value, made.account_id, now=LONG_AGO)  # type: ignore[arg-type]
    claims.commit()
    access.save(replace(made, last_sign_in=signed_in))
    linked = (replace(guardian, account_id=made.account_id),)
    written = foyers.write(replace(file, guardians=linked), file)
    happened("core", foyers.partition(file.foyer_id), LONG_AGO)
    happened("credentials", f"COMPTE#{made.account_id}", LONG_AGO)
    return Old(written, made.account_id)


def old_request(*, status: str = "accepted") -> Request:
    number = next(_numbers)
    made = Request(f"{number:032x}", "activation", "guichet-unique", "", LONG_AGO, "Une demande")
    transaction = Transaction()
    requests.add(transaction, made)
    transaction.commit()
    if status == "open":
        return made
    decided = replace(made, status=status, decided_at=LONG_AGO, version=1)  # type: ignore[arg-type]
    transaction = Transaction()
    requests.add(transaction, decided)
    transaction.commit()
    happened("core", requests.partition(made.request_id), LONG_AGO)
    return decided


def close(account_id: str, at: datetime) -> None:
    known, account = access.find(account_id), accounts.find(account_id)
    assert known is not None
    assert account is not None
    transaction = Transaction()
    accounts.add(transaction, replace(account, status="closed"))
    access.add(transaction, replace(known, closed=True, foyers=()))
    transaction.commit()
    happened("credentials", f"COMPTE#{account_id}", at)


def silent(lines: Iterable[Any], _: str) -> Iterable[Any]:
    return lines


def run(now: datetime = LATER, *, meanwhile: Any = None) -> dict[str, int]:
    """As the command does with --apply; `meanwhile` is called between the walk and the removal."""
    found = gather(now, silent)
    keepings = lengths.build(None)
    rows = report.rows(keepings, found, now)
    if meanwhile:
        meanwhile()
    remover = Remover(keepings, found, "camille", now)
    remover.finish_earlier_runs()
    return {
        row.category: sum(remover.remove(row.due) if row.due else remover.remove_ended(row.category, row.ended))
        for row in rows
    }


def stored(*tables: str) -> set[tuple[str, str, str]]:
    """Every item but the traces of removals themselves."""
    return {
        (table, line.pk, line.sk)
        for table in tables or ("core", "credentials")
        for line in walks.every(table)
        if line.pk != "CONSERVATION"
    }


def said() -> dict[str, list[str]]:
    """Category -> the ids that the events say went."""
    found: dict[str, list[str]] = {}
    for line in store.lines("core", store.PARTITION):
        details = json.loads(line.doc)["details"]
        found.setdefault(details["category"], []).extend(details["ids"])
    return {category: sorted(ids) for category, ids in found.items()}
