"""Access items, accounts and their claims, clés enfance, refresh tokens and throttle counters."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from support import factories

from functions.store import access, accounts, cles, ephemeral
from functions.store.access import FoyerLink
from functions.store.accounts import Account, MailToken
from functions.store.cles import Cle
from functions.store.ephemeral import RefreshToken
from functions.store.transactions import ConditionFailed, Transaction

pytestmark = pytest.mark.usefixtures("settings")

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def commit(add: object, *args: object, **more: object) -> None:
    transaction = Transaction()
    add(transaction, *args, **more)  # type: ignore[operator]
    transaction.commit()


def test_an_access_item_is_saved_only_over_the_version_that_was_read() -> None:
    made = factories.account(FoyerLink("f", "g"))
    opened = replace(made, sessions={"s": NOW}, last_sign_in=NOW)

    assert access.save(opened)
    assert not access.save(replace(opened, sessions={}))

    assert access.find(made.account_id) == replace(opened, version=2)
    assert access.find("0" * 32) is None


ACCOUNT = Account("a" * 32, "camille", "camille@exemple.fr", "$argon2id$", "pending", NOW, {"title": "Mme"}, NOW + HOUR)


def test_an_account_comes_back_as_it_was_written_and_moves_by_versions() -> None:
    commit(accounts.add, ACCOUNT)
    active = replace(ACCOUNT, status="active", expires=None, version=1)

    commit(accounts.add, active)

    assert accounts.find(ACCOUNT.account_id) == replace(active, version=2)
    with pytest.raises(ConditionFailed):
        commit(accounts.add, active)
    with pytest.raises(ConditionFailed):
        commit(accounts.add, ACCOUNT)


def test_a_name_is_claimed_by_one_account_until_it_runs_out() -> None:
    commit(accounts.claim, "IDENTIFIANT", "camille", "a", now=NOW, expires=NOW + HOUR)

    commit(accounts.claim, "IDENTIFIANT", "camille", "a", now=NOW, expires=NOW + HOUR)
    with pytest.raises(ConditionFailed) as failed:
        commit(accounts.claim, "IDENTIFIANT", "camille", "b", now=NOW + HOUR - timedelta(seconds=1))
    assert failed.value.labels == ("claim:IDENTIFIANT",)
    commit(accounts.claim, "IDENTIFIANT", "camille", "b", now=NOW + HOUR)

    assert accounts.find_claim("IDENTIFIANT", "camille", NOW + HOUR) == "b"
    assert accounts.find_claim("COURRIEL", "camille", NOW) is None
    with pytest.raises(ConditionFailed):
        commit(accounts.claim, "IDENTIFIANT", "camille", "c", now=NOW + timedelta(days=9999))


def test_an_activation_token_is_used_once() -> None:
    token = MailToken("a" * 32, NOW + HOUR)
    commit(accounts.add_token, "hash", token)

    assert accounts.find_token("hash") == token
    commit(accounts.use_token, "hash")

    assert accounts.find_token("hash") == replace(token, used=True)
    with pytest.raises(ConditionFailed):
        commit(accounts.use_token, "hash")
    with pytest.raises(ConditionFailed):
        commit(accounts.use_token, "unknown")
    assert accounts.find_token("unknown") is None


def test_a_key_is_prepared_once_found_through_a_child_and_used_once() -> None:
    cle = Cle("f", "g", "$argon2id$", NOW + HOUR)

    assert cles.prepare(cle, ["leo", "zoe"], NOW)
    assert not cles.prepare(replace(cle, key_hash="other"), ["leo"], NOW)

    assert cles.find("f", "g") == cle
    assert cles.find("f", "h") is None
    assert cles.foyers_of_child("zoe") == ["f"]
    assert cles.of_foyer("f") == [cle]
    commit(cles.use, cle)
    assert cles.of_foyer("f") == [replace(cle, used=True)]
    with pytest.raises(ConditionFailed):
        commit(cles.use, cle)


def test_a_key_that_ran_out_gives_way_to_a_new_one() -> None:
    cle = Cle("f", "g", "$argon2id$", NOW + HOUR)
    cles.prepare(cle, ["leo"], NOW)

    assert cles.prepare(replace(cle, key_hash="new", expires=NOW + 2 * HOUR), ["leo"], NOW + HOUR)

    assert [found.key_hash for found in cles.of_foyer("f")] == ["new"]


def test_a_refresh_token_is_exchanged_once_and_runs_out() -> None:
    token = RefreshToken("a", "s", 1, NOW + HOUR)
    ephemeral.put_refresh("hash", token, NOW + HOUR)

    assert ephemeral.find_refresh("hash", NOW) == token
    assert ephemeral.rotate_refresh("hash")
    assert not ephemeral.rotate_refresh("hash")
    assert ephemeral.find_refresh("hash", NOW) == replace(token, rotated=True)
    assert ephemeral.find_refresh("hash", NOW + HOUR) is None
    assert ephemeral.find_refresh("unknown", NOW) is None
    assert not ephemeral.rotate_refresh("unknown")


def test_tries_are_counted_by_window() -> None:
    counts = [ephemeral.hit("camille", 60, NOW) for _ in range(3)]

    assert counts == [1, 2, 3]
    assert ephemeral.hit("camille", 60, NOW + timedelta(seconds=60)) == 1
    assert ephemeral.hit("dominique", 60, NOW) == 1
