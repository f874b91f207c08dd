"""`parvis serve` as a process: it starts, says what is wrong in one sentence, and leaves nothing behind."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.engine import ROOT, free_port

READY = "Parvis est prêt."


@dataclass
class Portal:
    """A `parvis serve` of its own, with its `var/` and port. `output` is what it printed so far."""

    var: Path
    port: int
    popen: subprocess.Popen[bytes]
    log: Path

    @property
    def output(self) -> str:
        return self.log.read_text()

    def wait_for(self, condition: Callable[[], bool], seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, self.output
            time.sleep(0.05)

    def wait_ready(self) -> None:
        self.wait_for(lambda: READY in self.output or self.popen.poll() is not None)
        assert READY in self.output, self.output

    def get(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        answer = connection.getresponse()
        content = answer.read().decode()
        connection.close()
        return answer.status, content

    def engine_pid(self) -> int:
        return int(json.loads((self.var / "serveur.json").read_text())["engine_pid"])

    def stop(self, sign: int = signal.SIGINT) -> int:
        self.popen.send_signal(sign)
        return self.popen.wait(30)


Start = Callable[..., Portal]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started: list[Portal] = []

    def start_(*, var: Path | None = None, port: int | None = None, **more: str) -> Portal:
        folder = var or tmp_path / "var"
        chosen = port or free_port()
        env = {**os.environ, "PARVIS_VAR": str(folder), "PARVIS_PORT": str(chosen), **more}
        env.pop("PARVIS_DYNAMODB_ENDPOINT", None)
        log = tmp_path / f"sortie-{len(started)}.txt"
        with log.open("wb") as output:
            popen = subprocess.Popen(  # noqa: S603 - our own command
                [str(Path(sys.executable).with_name("parvis")), "serve"],
                cwd=ROOT,
                env={**env, **more},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        portal = Portal(folder, chosen, popen, log)
        started.append(portal)
        return portal

    yield start_
    for portal in started:
        if portal.popen.poll() is None:
            portal.stop()


def _alive(pid: int) -> bool:
    return Path(f"/proc/{pid}/cmdline").exists() and b"dynoxide" in Path(f"/proc/{pid}/cmdline").read_bytes()


def _fails(portal: Portal) -> str:
    """The single French sentence of a start that cannot be."""
    assert portal.popen.wait(60) == 2, portal.output
    errors = [line for line in portal.output.splitlines() if line.startswith("Erreur")]
    assert len(errors) == 1, portal.output
    assert "Traceback" not in portal.output
    return errors[0]


def test_the_portal_starts_serves_and_stops_without_leaving_anything_behind(start: Start) -> None:
    portal = start()
    portal.wait_ready()
    engine = portal.engine_pid()

    assert portal.get("/")[0] == 200
    assert portal.get("/api/family/dashboard")[0] == 401
    assert "espace personnel" in portal.get("/boite-mail/")[1]
    assert "mot de passe" in portal.output
    assert portal.stop() == 0
    assert not _alive(engine)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", portal.port)) != 0

    again = start(var=portal.var)
    again.wait_ready()
    assert "dossiers créés" not in again.output
    assert again.stop(signal.SIGTERM) == 0


def test_what_a_killed_portal_leaves_is_tidied_by_the_next_start(start: Start) -> None:
    portal = start()
    portal.wait_ready()
    engine = portal.engine_pid()

    portal.stop(signal.SIGKILL)

    again = start(var=portal.var)
    again.wait_ready()
    assert not _alive(engine)
    assert again.get("/")[0] == 200


def test_a_second_portal_on_the_same_data_is_refused(start: Start) -> None:
    portal = start()
    portal.wait_for((portal.var / "serveur.json").exists)

    second = start(var=portal.var)

    assert "tourne déjà" in _fails(second)
    assert portal.popen.poll() is None


def test_a_part_that_stops_by_itself_stops_the_portal_and_is_named(start: Start) -> None:
    portal = start()
    portal.wait_ready()

    os.kill(portal.engine_pid(), signal.SIGKILL)

    assert "dynoxide s’est arrêté tout seul" in _fails(portal)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", portal.port)) != 0


def test_a_busy_port_is_named_with_the_way_out(start: Start) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = int(busy.getsockname()[1])

        message = _fails(start(port=port))

    assert f"Le port {port} est déjà pris" in message
    assert "PARVIS_PORT=" in message


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("base/parvis.db", b"rien de bon", "ne démarre pas"),
        ("base/parvis.db", b"SQLite format 3\x00" + b"rien de bon" * 500, "ne démarre pas"),
        ("secrets.json", b"{", "est abîmé"),
        ("demonstration.json", b"[]", "est abîmé"),
    ],
)
def test_a_broken_file_is_named(start: Start, tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    path = tmp_path / "var" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(content)

    message = _fails(start())

    assert expected in message
    assert path.name in message


def test_a_folder_that_cannot_be_written_is_named(start: Start, tmp_path: Path) -> None:
    (tmp_path / "var").write_text("un fichier, pas un dossier")

    assert "ne peut pas être écrit" in _fails(start())


def test_a_wrong_port_is_named(start: Start) -> None:
    assert "PARVIS_PORT" in _fails(start(PARVIS_PORT="huit mille"))
