"""The durable database engine, one process for a test session, on a free loopback port."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = ROOT / "node_modules/@dynoxide/linux-x64/dynoxide"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def engine(database: Path) -> Iterator[str]:
    """Yield the endpoint; PARVIS_DYNAMODB_ENDPOINT points the tests at another engine."""
    given = os.environ.get("PARVIS_DYNAMODB_ENDPOINT")
    if given:
        yield given
        return
    port = free_port()
    process = subprocess.Popen(  # noqa: S603 - our own binary
        [BINARY, "serve", "--host", "127.0.0.1", "--port", str(port), "--db-path", str(database)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise RuntimeError(f"the database engine stopped with code {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the database engine does not answer")
