"""Removing what has been kept long enough: killed at each of its calls and run again, it ends the same; whoever comes
back between the listing and the removal keeps everything.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from support import retained
from support.crashes import Killed, killed
from support.retained import LATER, old_family, old_request, run, said, stored

from functions.actions import cles, invitations
from functions.kit import sessions
from functions.store import access, foyers
from functions.store import retention as store
from functions.store.transactions import Transaction

pytestmark = pytest.mark.usefixtures("settings")
WRITES = {"TransactWriteItems", "PutItem", "DeleteItem", "UpdateItem", "BatchWriteItem"}


def test_killed_after_each_write_and_run_again_it_ends_the_same() -> None:
    """One run dies after its first write, the next after its second… until one ends: dying anywhere before a write
    leaves what the write before it left.
    """
    before = stored()
    for number in count(1):
        old, request = old_family(), old_request()
        with killed("after-call", number, WRITES) as calls, suppress(Killed):
            run()
        run()

        told = said()
        assert stored() == before, number
        assert store.under_way() == []
        assert told["dossier_famille"].count(old.file.foyer_id) == 1, "each id is said once"
        assert told["espace_inactif"].count(old.account_id) == 1
        assert told["demande_decidee"].count(request.request_id) == 1
        if len(calls) < number:
            break
    assert number > 8


def _signs_in(old: retained.Old) -> None:
    sessions.open_session(old.account_id, LATER)


def _is_invited(old: retained.Old) -> None:
    guardian = replace(old.file.guardians[0], account_id="")
    assert invitations.send(old.file, guardian, {}, by="agent", now=LATER)


def _gets_a_key(old: retained.Old) -> None:
    file = replace(old.file, guardians=(replace(old.file.guardians[0], account_id=""),))
    assert cles.prepare_keys(file, LATER + timedelta(days=60), LATER)


def _is_imported_again(old: retained.Old) -> None:
    foyers.write(replace(old.file, resident=False), old.file)
    foyers.note_seen(old.file.foyer_id, LATER, LATER)


@pytest.mark.parametrize("comes_back", [_signs_in, _is_invited, _gets_a_key, _is_imported_again])
@pytest.mark.parametrize("when", ["after the walk", "between the readings", "before the write"])
def test_whoever_comes_back_before_the_removal_keeps_the_file(
    monkeypatch: pytest.MonkeyPatch, comes_back: Callable[[retained.Old], None], when: str
) -> None:
    old = old_family()
    if when == "after the walk":
        removed = run(meanwhile=lambda: comes_back(old))
    else:
        meanwhile = _just_before_the_write if when == "before the write" else _just_after_the_accounts_are_read
        meanwhile(monkeypatch, lambda: comes_back(old))
        removed = run()

    assert (removed["dossier_famille"], removed["espace_inactif"]) == (0, 0)
    assert foyers.load(old.file.foyer_id) is not None
    if comes_back is _signs_in:
        known = access.find(old.account_id)
        assert known is not None
        assert known.foyers


def _just_before_the_write(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Between the second reading of a file and the transaction that removes it."""
    commit, acted = Transaction.commit, []

    def late(transaction: Transaction) -> None:
        if any(label.endswith("/NOYAU") for label, _ in transaction._deletes) and not acted:
            acted.append(True)
            act()
        commit(transaction)

    monkeypatch.setattr(Transaction, "commit", late)


def _just_after_the_accounts_are_read(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Between the reading of who reaches the file and what is decided."""
    find, acted = access.find, []

    def late(account_id: str) -> access.Access | None:
        found = find(account_id)
        if not acted:
            acted.append(True)
            act()
        return found

    monkeypatch.setattr(access, "find", late)


def test_without_its_conditions_the_removal_would_take_the_file_of_who_signs_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Negative control."""
    old = old_family()
    put = Transaction.put
    monkeypatch.setattr(Transaction, "put", lambda self, label, item, _=None: put(self, label, item))
    _just_before_the_write(monkeypatch, lambda: _signs_in(old))

    assert run()["dossier_famille"] == 1


def test_a_dry_run_writes_nothing() -> None:
    from functions.console.retention import report
    from functions.console.retention.gather import gather
    from functions.reglement import retention as lengths

    old_family()
    old_request()

    with killed("before-call", 0) as calls:
        rows = report.rows(lengths.build(None), gather(LATER, retained.silent), LATER)

    assert sum(row.count for row in rows) >= 3
    assert calls
    assert not WRITES & {*calls}
