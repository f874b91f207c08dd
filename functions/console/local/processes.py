"""Child processes: each in a session of its own, so that Ctrl-C reaches the supervisor alone."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from functions.console.failures import Failure

_PATIENCE = 8.0
_STEP = 0.05


@dataclass(slots=True)
class Child:
    """`log` is where its output goes."""

    name: str
    popen: subprocess.Popen[bytes]
    log: Path

    @property
    def alive(self) -> bool:
        return self.popen.poll() is None

    def stop(self) -> None:
        """Ask, wait, then insist. Safe to call twice."""
        if self.alive:
            stop_group(self.popen.pid, self._gone)
        if self.popen.stdin:
            self.popen.stdin.close()
        self.popen.wait()

    def last_words(self) -> str:
        try:
            lines = self.log.read_text(errors="replace").strip().splitlines()
        except OSError:
            return ""
        return lines[-1] if lines else ""

    def _gone(self) -> bool:
        return not self.alive


def start(name: str, command: Sequence[str], log: Path, env: Mapping[str, str] | None = None) -> Child:
    """Its standard input is a pipe that closes when the supervisor dies, however it dies."""
    with log.open("ab") as output:
        popen = subprocess.Popen(  # noqa: S603 - our own programs, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **env} if env is not None else None,
            start_new_session=True,
        )
    return Child(name, popen, log)


def stop_group(pid: int, gone: Callable[[], bool]) -> None:
    """SIGTERM to a process group that we made (its leader is `pid`), SIGKILL when it does not listen."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(pid, sign)
        except ProcessLookupError:
            return
        if wait_until(gone, _PATIENCE):
            return


def wait_until(ready: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if ready():
            return True
        time.sleep(_STEP)
    return ready()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def check_free(port: int) -> None:
    """Failure when somebody already listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise Failure(
                f"Le port {port} est réservé : choisissez-en un autre, par exemple PARVIS_PORT=8080 make run."
            ) from error
        except OSError as error:
            raise Failure(
                f"Le port {port} est déjà pris par un autre programme. "
                "Arrêtez-le, ou choisissez un autre port : PARVIS_PORT=8080 make run."
            ) from error


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.3)
        return probe.connect_ex(("127.0.0.1", port)) == 0
