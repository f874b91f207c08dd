"""The entry points of this function. `enter` is what Lambda calls; `app` has no route, for Zappa to find."""

from typing import Any

from functions.jobs import notices, service
from functions.kit import clock
from functions.kit.app import create_app, prepare
from functions.kit.endpoint import Routes

app = create_app(Routes("jobs"))


def handle(event: object, _context: object) -> dict[str, Any]:
    """Note the letters that came back when SNS tells of some. Otherwise empty the outbox: what the event holds is not
    read, the tables say what is left to do.
    """
    prepare()
    if notices.are_in(event):
        return {"came_back": notices.note(event, clock.now())}
    return {"handled": service.run_all(clock.now())}


def enter(event: object, context: object) -> Any:
    """SNS is answered here, and the rest by Zappa, which would find who answers SNS by the topic's whole ARN, number of
    the account included.
    """
    if notices.are_in(event):
        return handle(event, context)
    from zappa.handler import lambda_handler

    return lambda_handler(event, context)
