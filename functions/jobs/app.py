"""The entry points of this function: a schedule or a stream (`handle`); `app` has no route, for Zappa to find."""

from typing import Any

from functions.jobs import service
from functions.kit import clock
from functions.kit.app import create_app, prepare
from functions.kit.endpoint import Routes

app = create_app(Routes("jobs"))


def handle(_event: object, _context: object) -> dict[str, Any]:
    """Empty the outbox. What the event holds is not read: the tables say what is left to do."""
    prepare()
    return {"handled": service.run_all(clock.now())}
