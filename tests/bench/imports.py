"""Cold start of each function: import of its app plus the first database client, from staged, compiled code."""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from parvis_infra import package, roles

_PROBE = """
import json, sys, time
start = time.perf_counter()
import functions.{function}.app
imported = time.perf_counter()
from functions.store import connection
connection.configure(connection.Settings("p-", "eu-west-3", "http://127.0.0.1:9"))
connection.shared().client
end = time.perf_counter()
took = {{"import_ms": (imported - start) * 1000, "cold_ms": (end - start) * 1000, "modules": len(sys.modules)}}
print(json.dumps(took))
"""
RUNS = 7


def measure(folder: Path) -> dict[str, dict[str, float]]:
    """Medians over RUNS processes, by function: import_ms, cold_ms, modules, zip_mb."""
    folder.mkdir(parents=True, exist_ok=True)
    libraries = package.stage_libraries(folder)
    results = {}
    for function in roles.functions():
        code = package.stage_code(function, folder)
        runs = [_one(function, f"{code}{os.pathsep}{libraries}") for _ in range(RUNS)]
        results[function] = {
            **{key: round(statistics.median(run[key] for run in runs), 1) for key in runs[0]},
            "zip_mb": round(package.zip_size(libraries, code) / 1e6, 2),
        }
    return results


def _one(function: str, path: str) -> dict[str, float]:
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-S", "-c", _PROBE.format(function=function)],
        env={"PYTHONPATH": path, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    measured: dict[str, float] = json.loads(done.stdout)
    return measured
