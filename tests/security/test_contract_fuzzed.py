"""docs/openapi.json is kept: whatever a program sends, each route answers what it declares, and never breaks.

Bounded and repeatable: the same examples at each run.
"""

import json
import re
import uuid
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi import checks
from support import factories, journey
from support.client import Browser, Portal
from support.engine import ROOT
from werkzeug.wrappers import Response

DOCUMENT: dict[str, Any] = json.loads((ROOT / "docs/openapi.json").read_text())
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
OPERATIONS: dict[str, APIOperation] = {
    f"{result.ok().method.upper()} {result.ok().path}": result.ok() for result in SCHEMA.get_all_operations()
}
EXAMPLES = 15
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


def declared(operation: APIOperation) -> set[int]:
    """The statuses that the document names: of the answer, and of the refusals."""
    responses = DOCUMENT["paths"][operation.path][operation.method.lower()]["responses"]
    named = re.findall(r"\b\d{3}\b", responses["default"]["description"])
    return {*map(int, named), *(int(status) for status in responses if status.isdigit())}


def test_every_route_is_in_the_document_once() -> None:
    assert len(OPERATIONS) == sum(len(methods) for methods in DOCUMENT["paths"].values())
    assert len(OPERATIONS) > 15


@pytest.fixture
def family(portal: Portal) -> Browser:
    return factories.signed_in(portal, factories.family(factories.child("Léo"), factories.child("Zoé")).foyer_id)


def send(browser: Browser, case: Any) -> Response:
    """As our pages send it (X-Parvis, key), with what the case generated on top."""
    kwargs = case.as_transport_kwargs()
    usual = {"X-Parvis": "1", "Idempotency-Key": str(uuid.uuid4()), "Sec-Fetch-Site": "same-origin"}
    given_ = {name: str(value) for name, value in (kwargs.get("headers") or {}).items() if name != "User-Agent"}
    data = json.dumps(kwargs["json"]).encode() if "json" in kwargs else kwargs.get("data")
    return browser.client.open(
        case.formatted_path,
        method=case.method,
        query_string={name: value for name, value in (kwargs.get("params") or {}).items() if value is not None},
        data=data if isinstance(data, str | bytes | None) else b"",
        content_type="application/json" if case.operation.body else None,
        headers={**usual, **given_},
        base_url="https://localhost",
        environ_overrides={"REMOTE_ADDR": f"192.0.2.{crc32(repr(case.body).encode()) % 250}"},
    )


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_route_answers_what_it_declares(family: Browser, name: str) -> None:
    operation = OPERATIONS[name]
    sound, spoilt = (operation.as_strategy(generation_mode=mode) for mode in GenerationMode)

    @seed(20261121)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=sound | spoilt)
    def holds(case: Any) -> None:
        answer = send(family, case)
        case.validate_response(answer, checks=CHECKS)
        assert answer.status_code in declared(operation), answer.text
        if answer.status_code == 401:  # the case has signed out
            factories.sign_in_again(family)

    holds()


def operation_of(method: str, path: str) -> APIOperation:
    """The operation that a call goes to; a path without parameters before one with."""
    asked = path.partition("?")[0]
    known = sorted(OPERATIONS, key=lambda name: name.count("{"))
    for name in known:
        template = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(name))
        if re.fullmatch(template, f"{method} {asked}"):
            return OPERATIONS[name]
    raise LookupError(f"{method} {asked} is not in the document")


def test_what_families_really_do_is_answered_as_declared(
    portal: Portal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Creating, activating, signing in, linking, reading, booking, signing out: real answers, not refusals."""
    call, seen = Browser.call, set()

    def checked(browser: Browser, method: str, path: str, *arguments: Any, **named: Any) -> Response:
        answer = call(browser, method, path, *arguments, **named)
        operation = operation_of(method, path)
        operation.validate_response(answer)
        assert answer.status_code in declared(operation)
        seen.add(operation.label)
        return answer

    monkeypatch.setattr(Browser, "call", checked)
    journey.every_action(portal, tmp_path / "courriel")

    assert len(seen) > 12
