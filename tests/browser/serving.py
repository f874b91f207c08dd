"""The whole portal as `make run` starts it, on a free port and a data folder of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from support.engine import ROOT, free_port

START = "2026-11-21T09:00:00+00:00"
_PATIENCE = 180


@dataclass
class Serving:
    """`start` waits until the portal says it is ready; `stop` is Ctrl-C. The data stay in `var` in between."""

    var: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    environment: dict[str, str] = field(default_factory=dict)  # beside what every portal of the tests is given

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def log(self) -> Path:
        return self.var.with_suffix(".log")

    def start(self) -> None:
        environment = {
            **os.environ,
            "PARVIS_PORT": str(self.port),
            "PARVIS_VAR": str(self.var),
            "PARVIS_CLOCK": START,
            "PARVIS_ROBOT_COST": "50",
            "PYTHONUNBUFFERED": "1",
            **self.environment,
        }
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "functions.console.main", "serve"],
                cwd=ROOT,
                env=environment,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            text = self.log.read_text(encoding="utf-8", errors="replace")
            if "Ctrl-C arrête tout" in text:
                return
            if self.process.poll() is not None:
                raise RuntimeError(f"the portal stopped:\n{text[-2000:]}")
            time.sleep(0.1)
        raise RuntimeError(f"the portal does not start:\n{self.log.read_text()[-2000:]}")

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)
        self.process = None

    @property
    def demonstration(self) -> dict[str, Any]:
        """The sign-ins that the portal made at its first start."""
        found: dict[str, Any] = json.loads((self.var / "demonstration.json").read_text(encoding="utf-8"))
        return found
