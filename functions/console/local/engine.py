"""The DynamoDB engine of one machine: dynoxide, one binary on one SQLite file under `var/`."""

import platform
from contextlib import suppress
from pathlib import Path

from functions.console.failures import Failure
from functions.console.local import processes
from functions.console.local.layout import ROOT, Layout
from functions.console.local.processes import Child

_PACKAGES = {("Linux", "x86_64"): "linux-x64"}
_PATIENCE = 20.0


def binary() -> Path:
    """Failure, saying what to do, where the engine has no binary for this machine or it was not installed."""
    machine = (platform.system(), platform.machine())
    package = _PACKAGES.get(machine)
    if package is None:
        raise Failure(
            f"Le moteur de base de données fourni (dynoxide) n’existe pas ici pour {' '.join(machine)}. "
            "Indiquez l’adresse d’une base compatible : PARVIS_DYNAMODB_ENDPOINT=http://127.0.0.1:8001 make run."
        )
    path = ROOT / "node_modules" / "@dynoxide" / package / "dynoxide"
    if not path.exists():
        raise Failure(f"Le moteur de base de données n’est pas installé ({path}). Lancez « npm ci », ou « make run ».")
    return path


def start(layout: Layout) -> tuple[Child, str]:
    """The engine and its address, ready to answer. `layout` must be held by this process."""
    stop_stale(layout)
    _check_database(layout.database)
    port = processes.free_port()
    log = layout.logs / "dynoxide.log"
    log.write_bytes(b"")
    command = [str(binary()), "serve", "--host", "127.0.0.1", "--port", str(port), "--db-path", str(layout.database)]
    child = processes.start("dynoxide", command, log)
    layout.engine.write_text(str(child.popen.pid))
    processes.wait_until(lambda: not child.alive or processes.listens(port), _PATIENCE)
    if not child.alive or not processes.listens(port):
        child.stop()
        raise Failure(_broken(layout.database, child.last_words()))
    return child, f"http://127.0.0.1:{port}"


def _broken(database: Path, words: str) -> str:
    said = f" Il dit : {words}" if words else ""
    return (
        f"Le moteur de base de données ne démarre pas sur {database}. Remettez une sauvegarde de ce fichier, "
        f"ou effacez tout avec « make reset ».{said}"
    )


def _check_database(database: Path) -> None:
    """A SQLite file begins with sixteen known bytes; anything else was damaged or put there by mistake."""
    if not database.exists() or database.stat().st_size == 0:
        return
    with database.open("rb") as file:
        if file.read(16) != b"SQLite format 3\x00":
            raise Failure(_broken(database, "ce n’est pas un fichier SQLite"))


def stop_stale(layout: Layout) -> None:
    """A command that was killed leaves its engine behind; it is ours if it works on our file."""
    layout.state.unlink(missing_ok=True)
    try:
        pid = int(layout.engine.read_text())
    except (OSError, ValueError):
        return
    if _works_on(pid, layout.database):
        processes.stop_group(pid, lambda: not _works_on(pid, layout.database))


def _works_on(pid: int, database: Path) -> bool:
    with suppress(OSError):
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\x00")
        return command[0].endswith(b"dynoxide") and str(database).encode() in command
    return False
