"""A publication is felt by a portal that runs: its web server, the command, one engine between them."""

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from support import factories
from support.client import Portal
from support.engine import ROOT, free_port
from support.reservations import reglement_file

from functions.kit import clock, config
from functions.kit.sessions import SESSION_COOKIE
from functions.reglement.compiled import load_file, loads
from functions.reglement.source import compile_directory

__all__ = ["reglement_file"]

CHAMBLY = ROOT / "tests/communes/chambly"
NOTICE = timedelta(minutes=5)


def environment(settings: config.Config, folder: Path, instant: datetime) -> dict[str, str]:
    """What `parvis serve` gives to its parts, with a clock that stands at `instant` and goes on."""
    return {
        **os.environ,
        "PARVIS_CLOCK": instant.isoformat(),
        "PARVIS_VAR": str(folder / "var"),
        "PARVIS_WWW": str(folder),
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
    }


@contextmanager
def serving(env: dict[str, str]) -> Iterator[int]:
    """The local web server on a port of its own."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "functions.local_server"], cwd=ROOT, env={**env, "PARVIS_PORT": str(port)}
    )
    try:
        yield port
    finally:
        server.terminate()
        server.wait(20)


def ask(port: int, path: str, cookie: str) -> dict[str, Any]:
    """The answer of a signed-in family's request; waits for the server to listen."""
    for _ in range(200):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", path, headers={"Cookie": cookie})
            answer = connection.getresponse()
            content: dict[str, Any] = json.loads(answer.read())
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            assert answer.status == 200, content
            return content
        finally:
            connection.close()
    raise AssertionError("the server does not listen")


def server_now(port: int, cookie: str) -> datetime:
    """The clock of the server is its own: it starts at its first request."""
    return datetime.fromisoformat(ask(port, "/api/reservations/agenda?from=2026-11-01", cookie)["generated_at"])


def activities(port: int, cookie: str) -> set[str]:
    """Those of the rules in force."""
    return {each["id"] for each in ask(port, "/api/reservations/activities", cookie)["activities"]}


def test_a_running_portal_switches_to_what_the_command_publishes(portal: Portal, tmp_path: Path) -> None:
    """The command's clock is late by the usual notice, so that what it publishes comes into force in a few seconds."""
    settings, start = portal.settings, clock.now()
    old = set(load_file(settings.reglement).activities)
    new = set(loads(compile_directory(CHAMBLY)).activities)
    browser = factories.signed_in(portal, factories.family().foyer_id)
    session = browser.client.get_cookie(SESSION_COOKIE, domain="localhost")
    assert session is not None
    cookie = f"{SESSION_COOKIE}={session.value}"
    seen: list[set[str]] = []

    with serving(environment(settings, tmp_path, start)) as port:
        late = environment(settings, tmp_path, start - NOTICE + timedelta(seconds=3))
        command = [Path(sys.executable).with_name("parvis"), "rules", "publish", CHAMBLY, "--json"]
        done = subprocess.run(command, env=late, capture_output=True, text=True, check=True, timeout=60)  # noqa: S603
        since = datetime.fromisoformat(json.loads(done.stdout)["since"])
        while (asked := server_now(port, cookie)) < since + timedelta(seconds=1):
            found, answered = activities(port, cookie), server_now(port, cookie)
            if answered < since or asked >= since:  # else the switch may be between the two
                assert found == (old if answered < since else new)
                seen.append(found)
            time.sleep(0.1)

    assert seen[0] == old
    assert seen[-1] == new
