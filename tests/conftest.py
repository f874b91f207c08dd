"""What every test may use: the engine, a configuration, the clock, the functions' HTTP clients."""

import copy
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support import iam
from support.client import Portal
from support.engine import ROOT, engine

from functions.kit import app as kit_app
from functions.kit import clock, config
from functions.store import connection

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)  # a Saturday, 10:00 in Paris


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with engine(tmp_path_factory.mktemp("engine") / "parvis.db") as address:
        yield address


@pytest.fixture(scope="session")
def reglement_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration town's rules, compiled once a session."""
    from functions.reglement.source import compile_directory

    path = tmp_path_factory.mktemp("reglement") / "reglement.json"
    path.write_bytes(compile_directory(ROOT / "content/commune"))
    return path


_prefixes = iter(range(1, 1_000_000))


@pytest.fixture
def settings(endpoint: str, reglement_file: Path, tmp_path: Path) -> Iterator[config.Config]:
    """A configuration with tables of its own: nothing is shared between two tests but the client, which takes a tenth
    of a second to make; what a test hangs on it goes with the test.
    """
    from parvis_infra.tables import create_all

    prefix = f"t{next(_prefixes)}-"
    create_all(endpoint, prefix, "eu-west-3")
    made = config.Config(
        origin="http://localhost:8000",
        region="eu-west-3",
        table_prefix=prefix,
        dynamodb_endpoint=endpoint,
        session_keys={"k1": b"1" * 32},
        pepper=b"p" * 32,
        health_key=b"h" * 32,
        reglement=reglement_file,
        mail=f"maildir://{tmp_path}/courriel",
        mail_from="ne-pas-repondre@villeparvis.example",
        behind_cloudfront=False,
        robot_cost=1,
    )
    config.use(made)
    kit_app.prepare()
    iam.enforce(prefix)
    events = connection.shared().client.meta.events
    before = copy.copy(events._emitter)
    yield made
    events._emitter = before


@pytest.fixture(autouse=True)
def _frozen_clock() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def portal(settings: config.Config) -> Portal:
    """The functions behind one origin, called as a browser would; `portal.browser()` gives a fresh cookie jar."""
    return Portal(settings)


@pytest.fixture
def travel() -> Callable[[datetime], None]:
    """Set the instant that the functions read."""
    return clock.set_now
