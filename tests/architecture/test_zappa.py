"""Each function's app answers through Zappa's own handler, to API Gateway (HTTP API) events, on a read-only disk."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from parvis_infra import package
from support import factories, published
from support.client import Portal
from support.engine import ROOT

from functions.actions import bounces
from functions.kit import clock
from functions.kit.config import Config
from functions.kit.sessions import SESSION_COOKIE

HTTP_FUNCTIONS = ("accounts", "activation", "agents", "family", "franceconnect", "passkeys", "reservations")
READS = {
    "agents": "/api/agents/requests",
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


def handler_of(function: str) -> str:
    """What Lambda is told to call: Zappa's own handler, unless the stage names another."""
    stage = json.loads((ROOT / "zappa_settings.json").read_text(encoding="utf-8"))[function]
    return str(stage.get("lambda_handler", "zappa.handler.lambda_handler"))


def through_zappa(function: str, settings: Config, folder: Path, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The answers of a fresh process, as Lambda would start one; what stands in `folder` goes before the project."""
    folder.mkdir(exist_ok=True)
    source = settings_source(function)
    (folder / "zappa_settings.py").write_text(source, encoding="utf-8")
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, ROOT / "tests/support/zappa_run.py"],
        input=json.dumps({"folder": str(folder), "handler": handler_of(function), "events": events}),
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
            "PARVIS_MAIL": settings.mail,
            "PARVIS_MAIL_FROM": settings.mail_from,
            "PARVIS_CLOCK": clock.now().isoformat(),
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


def test_jobs_are_told_by_sns_of_a_letter_that_came_back(settings: Config, tmp_path: Path) -> None:
    """As SNS calls the function: no « command », a topic whose ARN nobody wrote in the settings."""
    at, email = clock.now(), "inconnu@exemple.fr"
    bounce = {"bounceType": "Permanent", "timestamp": at.isoformat(), "bouncedRecipients": [{"emailAddress": email}]}
    message = json.dumps({"eventType": "Bounce", "mail": {"timestamp": at.isoformat()}, "bounce": bounce})
    topic = "arn:aws:sns:eu-west-3:123456789012:parvis-mail-came-back"
    record = {"EventSource": "aws:sns", "EventVersion": "1.0", "Sns": {"TopicArn": topic, "Message": message}}

    [answer] = through_zappa("jobs", settings, tmp_path / "zappa", [{"Records": [record]}])

    assert answer == {"came_back": 1}
    assert bounces.failing_since(email, at) == at


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """The code of `family` as it goes into its zip, with the rules of a town."""
    return package.stage_code("family", tmp_path, ROOT / "tests/communes/chambly")


def dashboard(settings: Config, folder: Path) -> dict[str, Any]:
    """What a family sees through Zappa, in a fresh process."""
    browser = factories.signed_in(Portal(settings), factories.family().foyer_id)
    cookie = browser.client.get_cookie(SESSION_COOKIE, domain="localhost")
    assert cookie is not None
    event = http_event("GET", "/api/family/dashboard")
    event["cookies"] = [f"{SESSION_COOKIE}={cookie.value}"]
    [answer] = through_zappa("family", settings, folder, [event])
    assert answer["statusCode"] == 200, answer["body"]
    content: dict[str, Any] = json.loads(answer["body"])
    return content


def welcomed(compiled: bytes, words: str) -> bytes:
    """The same rules, with these words of welcome."""
    content = json.loads(compiled)
    content["commune"]["welcome"] = {"dated": "2026-11-02", "title": words, "text": words}
    return json.dumps(content).encode()


def test_a_packed_function_falls_back_on_the_rules_in_its_zip(settings: Config, packed: Path) -> None:
    """No PARVIS_REGLEMENT, nothing published, nothing that can be written."""
    rules = packed / "reglement.json"
    assert rules.read_bytes() == package.compiled_rules(ROOT / "tests/communes/chambly")
    rules.write_bytes(welcomed(rules.read_bytes(), "Les règles du zip"))

    assert dashboard(settings, packed)["welcome"]["title"] == "Les règles du zip"


def test_a_packed_function_follows_the_published_rules(settings: Config, packed: Path) -> None:
    published.publish(welcomed((packed / "reglement.json").read_bytes(), "Les règles publiées"), clock.now())

    assert dashboard(settings, packed)["welcome"]["title"] == "Les règles publiées"


def loads_rules(function: str) -> bool:
    code = f"import functions.{function}.app, sys; sys.exit('functions.kit.rules' in sys.modules)"
    return subprocess.run([sys.executable, "-c", code], check=False).returncode == 1  # noqa: S603 - our own interpreter


@pytest.mark.parametrize("function", [*HTTP_FUNCTIONS, "jobs"])
def test_a_zip_carries_the_rules_when_its_function_reads_them(
    function: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By Zappa's own call, on a zip such as it makes."""
    from zappa.cli import ZappaCLI

    monkeypatch.setenv("PARVIS_COMMUNE", str(ROOT / "tests/communes/chambly"))
    cli = ZappaCLI()
    cli.api_stage = function
    cli.load_settings(str(ROOT / "zappa_settings.json"))
    cli.zip_path = str(tmp_path / "function.zip")
    with zipfile.ZipFile(cli.zip_path, "w") as archive:
        archive.writestr("package_info.json", "{}")

    cli.callback("zip")

    with zipfile.ZipFile(cli.zip_path) as archive:
        carried = {entry.filename: entry for entry in archive.infolist()}
    assert ("reglement.json" in carried) == (function in package.READ_RULES) == loads_rules(function)
    if "reglement.json" in carried:
        assert carried["reglement.json"].external_attr >> 16 == 0o644
