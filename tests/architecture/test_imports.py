"""Importing an app loads nothing that only some requests need: the cold start of every one would pay for it."""

import subprocess
import sys

import pytest
from parvis_infra import roles

HEAVY = (
    "altcha",
    "argon2",
    "boto3",
    "cbor2",
    "webauthn",
    "yaml",
    "holidays",
    "icalendar",
    "zeep",
    "mkdocs",
    "smtplib",
    "vacances_scolaires_france",
)


def loaded(statement: str) -> set[str]:
    """Which of the heavy libraries a fresh process has after this statement."""
    code = f"{statement}; import sys; print(*({set(HEAVY)!r} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    return set(done.stdout.split())


@pytest.mark.parametrize("function", roles.functions())
def test_an_app_loads_nothing_heavy(function: str) -> None:
    assert loaded(f"import functions.{function}.app") == set()


def test_the_test_sees_a_heavy_library() -> None:
    assert loaded("import argon2, smtplib") == {"argon2", "smtplib"}
