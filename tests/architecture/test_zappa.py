"""Each function's app answers through Zappa's own handler, to API Gateway (HTTP API) events, on a read-only disk."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.engine import ROOT

from functions.kit.config import Config

HTTP_FUNCTIONS = ("accounts", "activation", "family", "reservations")
READS = {
    "family": "/api/family/dashboard",
    "reservations": "/api/reservations/agenda",
}


def http_event(method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {
            "host": "localhost",
            "x-parvis": "1",
            "idempotency-key": "0c1b7d1e-1111-4222-8333-444455556666",
            "content-type": "application/json",
        },
        "requestContext": {
            "http": {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.7"},
            "stage": "$default",
            "requestId": "test",
        },
        "body": json.dumps(body) if body is not None else None,
        "isBase64Encoded": False,
    }


def settings_source(function: str) -> str:
    """What `zappa package` would write into the zip for this stage, by Zappa's own code."""
    from zappa.cli import ZappaCLI

    cli = ZappaCLI()
    cli.api_stage = function
    cli.load_settings(str(ROOT / "zappa_settings.json"))
    return str(cli.get_zappa_settings_string())


def through_zappa(function: str, settings: Config, folder: Path, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The answers of a fresh process, as Lambda would start one."""
    folder.mkdir(exist_ok=True)
    source = settings_source(function)
    (folder / "zappa_settings.py").write_text(source, encoding="utf-8")
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, ROOT / "tests/support/zappa_run.py"],
        input=json.dumps({"folder": str(folder), "events": events}),
        env={
            "PATH": os.environ["PATH"],
            "AWS_ACCESS_KEY_ID": "local",
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_DEFAULT_REGION": settings.region,
            "PARVIS_ORIGIN": settings.origin,
            "PARVIS_REGION": settings.region,
            "PARVIS_TABLE_PREFIX": settings.table_prefix,
            "PARVIS_DYNAMODB_ENDPOINT": settings.dynamodb_endpoint,
            "PARVIS_SESSION_KEYS": json.dumps({key: value.hex() for key, value in settings.session_keys.items()}),
            "PARVIS_PEPPER": settings.pepper.hex(),
            "PARVIS_HEALTH_KEY": settings.health_key.hex(),
            "PARVIS_REGLEMENT": str(settings.reglement),
            "PARVIS_MAIL": settings.mail,
            "PARVIS_MAIL_FROM": settings.mail_from,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    answer = next(line for line in done.stdout.splitlines() if line.startswith("ANSWERS "))
    found: list[dict[str, Any]] = json.loads(answer.removeprefix("ANSWERS "))
    return found


@pytest.mark.parametrize("function", sorted(READS))
def test_a_signed_in_route_refuses_a_stranger_through_zappa(function: str, settings: Config, tmp_path: Path) -> None:
    [answer] = through_zappa(function, settings, tmp_path / "zappa", [http_event("GET", READS[function])])

    assert answer["statusCode"] == 401
    assert json.loads(answer["body"])["code"] == "not_signed_in"


def test_wrong_sign_in_is_refused_through_zappa(settings: Config, tmp_path: Path) -> None:
    event = http_event("POST", "/api/accounts/sessions", {"username": "personne", "password": "rien du tout"})

    [answer] = through_zappa("accounts", settings, tmp_path / "zappa", [event])

    assert answer["statusCode"] == 401
    assert json.loads(answer["body"])["code"] == "bad_credentials"


def test_an_unknown_activation_token_is_refused_through_zappa(settings: Config, tmp_path: Path) -> None:
    event = http_event("POST", "/api/activation", {"token": "x" * 43})

    [answer] = through_zappa("activation", settings, tmp_path / "zappa", [event])

    assert answer["statusCode"] == 404
    assert json.loads(answer["body"])["code"] == "token_unknown"


def test_jobs_runs_by_schedule_through_zappa(settings: Config, tmp_path: Path) -> None:
    event = {"command": "functions.jobs.app.handle"}

    [answer] = through_zappa("jobs", settings, tmp_path / "zappa", [event])

    assert answer is not None
    assert "statusCode" not in answer
