"""What each function touches is what its role allows: refused beyond it, and nothing granted that no call needs.

`support.iam` refuses any call beyond the role, in every API test; here the grants nobody used are looked for.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from parvis_infra import roles
from support import iam
from support.client import Portal
from support.journey import every_action

from functions.kit import clock, config


@pytest.mark.usefixtures("settings")
def test_a_call_beyond_the_role_is_refused() -> None:
    from functions.store import accounts

    with iam.acting_as("family"), pytest.raises(iam.AccessDenied, match="family may not GetItem on credentials"):
        accounts.find("somebody")


def test_no_role_grants_what_no_call_needs(portal: Portal, settings: config.Config) -> None:
    iam.touched.clear()

    every_action(portal, Path(settings.mail.removeprefix("maildir://")))

    unused = {name: sorted(roles.allowed(name) - iam.touched[name]) for name in roles.functions()}
    assert {name: grants for name, grants in unused.items() if grants} == {}


def test_who_reads_credentials() -> None:
    readers = [name for name in roles.functions() if any(table == "credentials" for table, _ in roles.allowed(name))]

    assert sorted(readers) == ["accounts", "activation", "jobs"]
    assert {grant[0] for grant in roles.allowed("passkeys")} == {
        "core#COMPTE#*",
        "credentials#COMPTE#*",
        "ephemeral#DEFI#*",
        "ephemeral#FREIN#*",
        "ephemeral#RENOUVELLEMENT#*",
    }
    assert {grant for grant in roles.allowed("agents") if grant[0].startswith("credentials")} == {
        ("credentials#INVITATION#*", "PutItem")
    }


@pytest.mark.usefixtures("settings")
def test_an_agent_may_write_an_invitation_and_no_account() -> None:
    from functions.store import accounts
    from functions.store.accounts import MailToken
    from functions.store.transactions import Transaction

    now = clock.now()
    invitation, account = Transaction(), Transaction()
    accounts.add_token(invitation, "a" * 64, MailToken("", now, about="foyer:guardian:address"), "INVITATION")
    accounts.claim(account, "COURRIEL", "un@exemple.fr", "b" * 32, now=now)
    with iam.acting_as("agents"):
        invitation.commit()
        with pytest.raises(iam.AccessDenied, match="agents may not PutItem on credentials"):
            account.commit()


def test_no_function_of_families_may_write_the_ledger_or_the_audit() -> None:
    for name in ("accounts", "activation", "agents", "family", "franceconnect", "passkeys", "reservations"):
        assert not [grant for grant in roles.allowed(name) if grant[0].split("/")[0] in {"ledger", "audit"}]


@pytest.mark.usefixtures("settings")
def test_jobs_query_the_rules_and_no_other_partition_of_core() -> None:
    from functions.store import foyers, reglements

    with iam.acting_as("jobs"):
        assert reglements.pointers() == []
        with pytest.raises(iam.AccessDenied, match="jobs may not Query on core"):
            foyers.load("somebody")


@pytest.mark.usefixtures("settings")
def test_retention_needs_its_policy_and_nothing_beyond() -> None:
    from support import retained

    from functions.store.models import Audit, Ephemeral

    policy, over = "retention", int(clock.now().timestamp())
    retained.old_family()
    retained.old_request()
    for table in (Audit, Ephemeral):
        table("un", "fini", expires=over).save()
    iam.touched.clear()
    with iam.acting_as(policy):
        assert sum(retained.run(clock.now()).values()) == 5

    assert roles.allowed_by_policy(policy) == iam.touched[policy]


def test_no_function_may_walk_through_a_table() -> None:
    assert not [grant for name in roles.functions() for grant in roles.allowed(name) if grant[1] == "Scan"]


def test_publishing_needs_its_policy_and_nothing_beyond(settings: config.Config) -> None:
    """The person who publishes reaches the rules, all that the policy grants, and no family."""
    from functions.actions import publication
    from functions.store import foyers, reglements

    policy, now = "rules-publication", clock.now()
    compiled = settings.reglement.read_bytes()
    iam.touched.clear()
    with iam.acting_as(policy):
        for minutes in (5, 9):
            since = now + timedelta(minutes=minutes)
            publication.publish(compiled, since, by="agent", note="", now=now)
        publication.withdraw(since, by="agent", now=now)
        assert len(reglements.pointers()) == 1
        with pytest.raises(iam.AccessDenied):
            foyers.load("somebody")

    assert roles.allowed_by_policy(policy) == iam.touched[policy]
    assert {table for table, _ in roles.allowed_by_policy(policy)} == {"core#REGLEMENT"}
