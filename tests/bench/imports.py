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
from functions.store import connection
connection.configure(connection.Settings("p-", "eu-west-3", "http://127.0.0.1:9"))
connection.shared().client
end = time.perf_counter()
took = {{"cold_ms": (end - start) * 1000, "modules": len(sys.modules)}}
print(json.dumps(took))
"""
RUNS = 9


def measure(folder: Path) -> dict[str, dict[str, float]]:
    """By function: cold_ms (the least of RUNS starts: a shared machine only ever adds), median_ms, modules, zip_mb."""
    folder.mkdir(parents=True, exist_ok=True)
    results = {}
    for function in roles.functions():
        libraries = package.stage_libraries(function, folder)
        code = package.stage_code(function, folder)
        runs = [_one(function, f"{code}{os.pathsep}{libraries}") for _ in range(RUNS)]
        results[function] = {
            "cold_ms": round(min(run["cold_ms"] for run in runs), 1),
            "median_ms": round(statistics.median(run["cold_ms"] for run in runs), 1),
            "modules": runs[0]["modules"],
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
