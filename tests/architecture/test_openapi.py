"""docs/openapi.json is what the route tables say today. `parvis openapi` writes it again."""

import json

from openapi_spec_validator import validate
from support.engine import ROOT

from functions.console.openapi import document

COMMITTED = ROOT / "docs/openapi.json"


def test_the_committed_document_is_current() -> None:
    assert json.loads(COMMITTED.read_text(encoding="utf-8")) == document(), "run: .venv/bin/parvis openapi"


def test_the_document_is_valid_openapi() -> None:
    validate(document())


def test_every_operation_says_what_it_does_in_french_and_who_may_call_it() -> None:
    operations = [operation for methods in document()["paths"].values() for operation in methods.values()]

    assert len(operations) >= 13
    assert all(len(operation["summary"]) > 10 for operation in operations)
    assert all("security" in operation for operation in operations)
