"""What goes from the tables, and what stays, on the real engine."""

from dataclasses import replace
from datetime import timedelta

import pytest
from support import factories, retained
from support.retained import LATER, LONG_AGO, old_family, old_request, run, said, stored
from support.sign_up import run_jobs

from functions.store import access, accounts, foyers, requests, walks
from functions.store.access import AgentGrant, FoyerLink
from functions.store.documents import dump
from functions.store.models import Audit, Credentials, Ephemeral

pytestmark = pytest.mark.usefixtures("settings")


def test_a_family_that_left_goes_whole_with_its_account_its_key_and_its_names() -> None:
    stays = factories.family(factories.child("Nina"))
    foyers.note_seen(stays.foyer_id, LATER, LATER - timedelta(days=60))
    before = stored()
    gone = old_family()

    removed = run()

    assert stored() == before
    assert (removed["dossier_famille"], removed["espace_inactif"]) == (1, 1)
    assert said()["dossier_famille"] == [gone.file.foyer_id]
    assert said()["espace_inactif"] == [gone.account_id]
    assert not any(run().values())


def test_a_file_whose_parent_signed_in_stays_and_the_parent_too() -> None:
    old = old_family(signed_in=LATER - timedelta(days=30))
    before = stored("core")

    removed = run()

    assert (removed["dossier_famille"], removed["espace_inactif"], stored("core")) == (0, 0, before)
    assert foyers.load(old.file.foyer_id) == old.file


def test_a_file_that_no_date_speaks_of_stays() -> None:
    file = factories.family(factories.child())

    assert run()["dossier_famille"] == 0
    assert foyers.load(file.foyer_id) == file


def test_an_import_dates_a_file_once_a_school_year() -> None:
    file = factories.family(factories.child())
    year = LONG_AGO.replace(month=1)
    foyers.note_seen(file.foyer_id, LONG_AGO, year)
    foyers.note_seen(file.foyer_id, LONG_AGO + timedelta(days=1), year)
    foyers.note_seen("nobody", LONG_AGO, year)

    assert [line.at for line in walks.every("core") if line.sk == "NOYAU"] == [LONG_AGO.isoformat()]
    assert foyers.load(file.foyer_id) == file
    assert run()["dossier_famille"] == 1


def test_a_closed_account_goes_alone_and_the_file_stays() -> None:
    old = old_family()
    guardian = old.file.guardians[0]
    retained.close(old.account_id, LATER - timedelta(days=400))
    file = foyers.write(replace(old.file, guardians=(replace(guardian, account_id=""),)), old.file)
    retained.happened("core", foyers.partition(file.foyer_id), LATER - timedelta(days=30))

    removed = run()

    assert (removed["espace_ferme"], removed["dossier_famille"]) == (1, 0)
    assert foyers.load(file.foyer_id) == file
    assert not [key for key in stored() if key[1] == f"COMPTE#{old.account_id}"]


def test_a_parent_of_two_families_keeps_the_one_that_stays() -> None:
    old = old_family()
    other = factories.family(factories.child("Zoé"))
    retained.happened("core", foyers.partition(other.foyer_id), LATER - timedelta(days=30))
    known = access.find(old.account_id)
    assert known is not None
    access.save(replace(known, foyers=(*known.foyers, FoyerLink(other.foyer_id, other.guardians[0].person_id))))

    removed = run()

    after = access.find(old.account_id)
    assert (removed["dossier_famille"], removed["espace_inactif"]) == (1, 0)
    assert after is not None
    assert [link.foyer_id for link in after.foyers] == [other.foyer_id]
    assert foyers.load(old.file.foyer_id) is None
    assert foyers.load(other.foyer_id) == other


def test_an_account_that_reaches_a_file_which_no_longer_names_it_keeps_it_while_it_signs_in() -> None:
    old = old_family(signed_in=LATER - timedelta(days=30))
    unnamed = tuple(replace(one, account_id="") for one in old.file.guardians)
    foyers.write(replace(old.file, guardians=unnamed), old.file)

    assert run()["dossier_famille"] == 0


def test_an_identity_linked_to_an_account_goes_with_it() -> None:
    """Kept under its own key, as the account's name and address are."""
    before = stored()
    old = old_family()
    Credentials("IDENTITE#abc", "LIEN", doc=dump({"account_id": old.account_id, "since": "2021"})).save()
    Credentials("IDENTITE#def", "LIEN", doc=dump({"account_id": "f" * 32})).save()

    assert run()["espace_inactif"] == 1
    assert stored() - before == {("credentials", "IDENTITE#def", "LIEN")}


def test_an_open_request_about_a_family_keeps_its_file() -> None:
    old = old_family()
    asked = old_request(status="open")
    transaction = retained.Transaction()
    requests.add(transaction, replace(asked, subject=foyers.partition(old.file.foyer_id), version=1))
    transaction.commit()

    assert run()["dossier_famille"] == 0


def test_an_agent_who_has_not_signed_in_for_years_stays() -> None:
    made = factories.account()
    access.save(replace(made, agent=AgentGrant("Agnès Roux", ("all",)), last_sign_in=LONG_AGO))

    run()

    assert access.find(made.account_id) is not None


def test_only_decided_requests_go() -> None:
    decided, waiting = old_request(), old_request(status="open")

    assert run()["demande_decidee"] == 1
    assert requests.find(decided.request_id) is None
    assert requests.find(waiting.request_id) == replace(waiting, version=1)
    assert said()["demande_decidee"] == [decided.request_id]


def test_lines_past_their_own_end_go_and_a_pending_account_with_a_fresh_link_stays() -> None:
    now = LATER
    for table in (Ephemeral, Audit):
        table("un", "fini", expires=int(now.timestamp())).save()
        table("un", "vivant", expires=int(now.timestamp()) + 1).save()
    fresh = factories.account()
    account = accounts.find(fresh.account_id)
    assert account is not None
    for name, end in (("a" * 32, now + timedelta(seconds=1)), ("b" * 32, now)):
        transaction = retained.Transaction()
        accounts.add(transaction, replace(account, account_id=name, status="pending", expires=end, version=0))
        transaction.commit()

    removed = run()

    assert (removed["audit"], removed["essais_et_sessions"], removed["espace_non_active"]) == (1, 1, 1)
    assert stored("ephemeral", "audit") == {("ephemeral", "un", "vivant"), ("audit", "un", "vivant")}
    assert accounts.find("a" * 32) is not None
    assert accounts.find("b" * 32) is None


def test_the_audit_says_who_removed_what_by_identifiers_alone() -> None:
    old = old_family()

    run()
    run_jobs()

    lines = list(Audit.query("CONSERVATION"))
    assert len(lines) == 2
    assert all('"name":"retention.applied","actor":"camille"' in str(item.doc) for item in lines)
    told = "".join(str(item.doc) for item in lines)
    assert not any(word in told for word in ("Martin", "@", old.file.reference, "Camille"))
