"""A build is made beside the one that is served and takes its place at the end; two builds never run at once."""

import fcntl
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Publication:
    """Where one build works (`www`, `reglement`) and what it replaces: `<build>/www`, `<build>/reglement/…`."""

    def __init__(self, build: Path) -> None:
        self._build = build
        self._work = build / "next"
        self.www = self._work / "www"
        self.reglement = self._work / "reglement.json"
        self.served_www = build / "www"
        self.served_reglement = build / "reglement" / "reglement.json"
        self.stamp = build / "site.stamp"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the build that runs, if there is one. The lock falls with the process that holds it."""
        self._build.mkdir(parents=True, exist_ok=True)
        with (self._build / "site.lock").open("a") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                sys.stdout.write("  Une autre construction est en cours : attente de sa fin…\n")
                sys.stdout.flush()
                fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def clear(self) -> None:
        """Start from an empty folder, whatever a stopped build left."""
        shutil.rmtree(self._work, ignore_errors=True)
        self._work.mkdir(parents=True)

    def publish(self, stamp: str) -> None:
        """Two renames: a portal that runs meanwhile finds whole pages, the old ones then the new.

        The stamp goes first and comes back last: a build stopped in between is made again.
        """
        self.stamp.unlink(missing_ok=True)
        self.served_reglement.parent.mkdir(parents=True, exist_ok=True)
        self.reglement.replace(self.served_reglement)
        if self.served_www.exists():
            self.served_www.rename(self._work / "former")
        self.www.rename(self.served_www)
        self.stamp.write_text(stamp, encoding="utf-8")
        shutil.rmtree(self._work, ignore_errors=True)
