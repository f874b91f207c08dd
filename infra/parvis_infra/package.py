"""What goes into a function's zip: its own package, the floors below it, the locked libraries, the compiled rules of
the town where it reads them (what it follows until some are published), nothing else.

botocore carries the descriptions of every AWS service (80 MB, and 50 ms of listing folders at start); only those
that the functions call are kept.
"""

import compileall
import hashlib
import json
import os
import py_compile
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_FLOORS = ("domain", "shapes", "reglement", "store", "gateways", "kit", "actions")
_SERVICES = {"dynamodb", "email", "s3", "ses", "ssm", "sts"}  # "email": how endpoints call ses
READ_RULES = ("accounts", "activation", "agents", "family", "jobs", "reservations")
_RULES_NAME = "reglement.json"
CHECK_SIGNATURES = ("franceconnect", "passkeys")  # they alone carry cryptography (requirements/signatures.in)


def stage_libraries(function: str, folder: Path) -> Path:
    """Install the locked libraries of a function, once per lock file and version of this module; return where they
    are. Functions with the same lock share them.
    """
    lock = ROOT / "requirements" / ("signatures.txt" if function in CHECK_SIGNATURES else "functions.txt")
    digest = hashlib.sha256(lock.read_bytes() + Path(__file__).read_bytes()).hexdigest()[:16]
    target = folder / f"libraries-{digest}"
    if not (target / ".complete").exists():
        shutil.rmtree(target, ignore_errors=True)
        uv = ROOT / ".venv/bin/uv"
        subprocess.run(  # noqa: S603 - our own tools and files
            [uv, "pip", "install", "--quiet", "--require-hashes", "--target", target, "-r", lock],
            check=True,
        )
        _slim(target)
        _compile(target)
        (target / ".complete").touch()
    return target


def stage_code(function: str, folder: Path, town: Path | None = None) -> Path:
    """Copy the code of one function, compiled; return the folder to put on the path."""
    target = folder / f"code-{function}"
    shutil.rmtree(target, ignore_errors=True)
    package = target / "functions"
    package.mkdir(parents=True)
    shutil.copy(ROOT / "functions/__init__.py", package)
    for name in (*_FLOORS, function):
        shutil.copytree(ROOT / "functions" / name, package / name, ignore=shutil.ignore_patterns("__pycache__"))
    if function == "jobs":
        shutil.copytree(ROOT / "content/courriels", target / "content/courriels")
    if function in READ_RULES:
        (target / _RULES_NAME).write_bytes(compiled_rules(town))
    _compile(target)
    return target


def add_rules(zappa: Any) -> None:
    """Zappa calls it on each zip it has just made, before it is sent (`callbacks` in zappa_settings.json)."""
    entry = zipfile.ZipInfo(_RULES_NAME)
    entry.external_attr = 0o644 << 16  # without it, nobody but the owner could read the file
    entry.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(zappa.zip_path, "a") as archive:
        archive.writestr(entry, compiled_rules())


def compiled_rules(town: Path | None = None) -> bytes:
    """Those of `town`, of PARVIS_COMMUNE, or of content/commune. Raises Incoherent: wrong rules are never packed."""
    from functions.reglement.source import compile_directory

    return compile_directory(town or Path(os.environ.get("PARVIS_COMMUNE") or ROOT / "content/commune"))


def zip_size(libraries: Path, code: Path) -> int:
    """Bytes of the zip that would be uploaded."""
    archive = code.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for root in (libraries, code):
            for path in sorted(root.rglob("*")):
                if path.is_file():
                    out.write(path, path.relative_to(root))
    return archive.stat().st_size


def _compile(target: Path) -> None:
    """Bytecode that is trusted as it is: the dates of files in a zip would make Python compile again at each start."""
    compileall.compile_dir(target, quiet=2, workers=2, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)


def _slim(target: Path) -> None:
    data = target / "botocore/data"
    for entry in data.iterdir():
        if entry.is_dir() and entry.name not in _SERVICES:
            shutil.rmtree(entry)
    _slim_endpoints(data / "endpoints.json")
    shutil.rmtree(target / "bin", ignore_errors=True)


def _slim_endpoints(path: Path) -> None:
    """1.2 MB of JSON about every service, parsed at each cold start: only ours are kept."""
    document = json.loads(path.read_text(encoding="utf-8"))
    for partition in document["partitions"]:
        services = partition["services"]
        partition["services"] = {name: services[name] for name in sorted(_SERVICES & services.keys())}
    path.unlink()  # the installer hard-links files from its cache: never write through the link
    path.write_text(json.dumps(document, separators=(",", ":")), encoding="utf-8")
