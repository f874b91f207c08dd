"""The town's rules in force, kept in memory: read again only when the compiled file is replaced."""

from pathlib import Path

from functions.domain.reglement import Reglement
from functions.kit import config
from functions.reglement import compiled

_Stamp = tuple[Path, int, int]
_kept: list[tuple[_Stamp, Reglement]] = []


def current() -> Reglement:
    """One `stat` a call; a publication is felt at the next request."""
    path = config.current().reglement
    found = path.stat()
    stamp = (path, found.st_mtime_ns, found.st_ino)
    if not _kept or _kept[0][0] != stamp:
        _kept[:] = [(stamp, compiled.load_file(path))]
    return _kept[0][1]
