"""Where things are on one machine, and who holds them: one running portal a `var/` folder."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from functions.console.failures import Failure

ROOT = Path(__file__).resolve().parents[3]
DEFAULT_PORT = 8000


@dataclass(frozen=True, slots=True)
class Running:
    """What a running portal tells the other commands: where the engine answers, who runs it."""

    pid: int
    port: int
    endpoint: str
    engine_pid: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """`var` holds all that lives; deleting it (parvis reset) is starting anew."""

    var: Path
    build: Path = ROOT / "build"

    @property
    def database(self) -> Path:
        return self.var / "base" / "parvis.db"

    @property
    def engine(self) -> Path:
        """Who runs the engine on `database`, written when it starts: its process number."""
        return self.var / "base" / "moteur.pid"

    @property
    def maildir(self) -> Path:
        return self.var / "courriel"

    @property
    def logs(self) -> Path:
        return self.var / "journaux"

    @property
    def secrets(self) -> Path:
        return self.var / "secrets.json"

    @property
    def demonstration(self) -> Path:
        return self.var / "demonstration.json"

    @property
    def import_report(self) -> Path:
        return self.var / "import-foyers.txt"

    @property
    def state(self) -> Path:
        return self.var / "serveur.json"

    @property
    def lock(self) -> Path:
        return self.var / "verrou"

    @property
    def www(self) -> Path:
        return self.build / "www"

    @property
    def reglement(self) -> Path:
        return self.build / "reglement" / "reglement.json"

    def prepare(self) -> None:
        """Make the folders, or say in one sentence why not."""
        try:
            for folder in (self.var, self.database.parent, self.logs):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            probe = self.var / ".essai"
            probe.write_text("")
            probe.unlink()
        except OSError as error:
            raise Failure(f"Le dossier {self.var} ne peut pas être écrit ({error.strerror}).") from error

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold `var/` for this process; Failure when another one does. The lock falls with the process."""
        self.prepare()
        with self.lock.open("a+") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                running = self.running()
                where = f" sur http://localhost:{running.port}" if running else ""
                raise Failure(
                    f"Parvis tourne déjà avec ce dossier var/{where}. Arrêtez-le d’abord (Ctrl-C)."
                ) from error
            yield

    def is_held(self) -> bool:
        if not self.lock.exists():
            return False
        with self.lock.open("a+") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return True
        return False

    def running(self) -> Running | None:
        """What the last portal wrote about itself; it may be gone."""
        try:
            return Running(**json.loads(self.state.read_text()))
        except (OSError, ValueError, TypeError):
            return None

    def write_running(self, running: Running) -> None:
        self.state.write_text(json.dumps(asdict(running)))

    def clear(self) -> None:
        """Delete what Parvis made in `var`, and nothing else that may stand there."""
        known = (
            self.maildir,
            self.database.parent,
            self.logs,
            self.secrets,
            self.demonstration,
            self.import_report,
            self.state,
            self.lock,
        )
        for path in known:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        if self.var.is_dir() and not any(self.var.iterdir()):
            self.var.rmdir()


def current() -> Layout:
    """PARVIS_VAR puts the living data elsewhere than in the project."""
    return Layout(var=Path(os.environ.get("PARVIS_VAR") or ROOT / "var").absolute())
