"""What a schedule and a stream do on AWS: call the jobs function again and again, here in a thread."""

import logging
import threading
from pathlib import Path

from functions.jobs import service
from functions.kit import clock, log

_EVERY = 1.0
_AFTER_TROUBLE = 10.0


def log_to(path: Path) -> None:
    """The events of this process go to a file: the terminal is for what the person must read."""
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger = logging.getLogger("parvis")
    logger.handlers[:] = [handler]
    logger.setLevel(logging.INFO)
    logger.propagate = False


class JobsLoop(threading.Thread):
    """A round that fails is logged and tried again later: nothing is lost, the events wait in the outbox."""

    def __init__(self) -> None:
        super().__init__(name="jobs", daemon=True)
        self._ended = threading.Event()

    def run(self) -> None:
        pause = 0.0
        while not self._ended.wait(pause):
            try:
                service.run_once(clock.now())
                pause = _EVERY
            except Exception as error:  # noqa: BLE001 - whatever happened, the loop goes on
                log.event("jobs_failed", level=logging.ERROR, kind=type(error).__name__)
                pause = _AFTER_TROUBLE

    def stop(self) -> None:
        self._ended.set()
        self.join(10)
