"""What each function touches is what its role allows: refused beyond it, and nothing granted that no call needs.

`support.iam` refuses any call beyond the role, in every API test; here the grants nobody used are looked for.
"""

from pathlib import Path

import pytest
from parvis_infra import roles
from support import iam
from support.client import Portal
from support.journey import every_action

from functions.kit import config


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


def test_only_accounts_and_activation_read_credentials() -> None:
    readers = [name for name in roles.functions() if any(table == "credentials" for table, _ in roles.allowed(name))]

    assert sorted(readers) == ["accounts", "activation", "jobs"]


def test_no_function_of_families_may_write_the_ledger_or_the_audit() -> None:
    for name in ("accounts", "activation", "family", "reservations"):
        assert not [grant for grant in roles.allowed(name) if grant[0].split("/")[0] in {"ledger", "audit"}]
