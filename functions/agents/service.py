"""What an agent sees: the services decided for, what waits there."""

from functions.actions.requests import EVERY_SERVICE, Decider
from functions.domain.errors import NotFound
from functions.kit import rules
from functions.kit.sessions import Session
from functions.store import requests as store
from functions.store.requests import ToDo

MOST_LINES = 100


def decider(session: Session) -> Decider:
    """The agent of this session; the route has let nobody else in."""
    grant = session.access.agent
    if grant is None:
        raise RuntimeError("this route is for agents")
    return Decider(session.account_id, grant.name, grant.services)


def services(agent: Decider) -> dict[str, str]:
    """Id -> name, in the order of the rules; a service that left the rules keeps its id for a name."""
    known = {identifier: service.name for identifier, service in rules.current().services.items()}
    gone = {identifier: identifier for identifier in agent.services if identifier not in {*known, EVERY_SERVICE}}
    return {identifier: name for identifier, name in {**known, **gone}.items() if agent.decides_for(identifier)}


def waiting(agent: Decider, wanted: str) -> tuple[str, list[ToDo]]:
    """The service shown and one line more than is shown. Raises NotFound for a service of somebody else's."""
    service = wanted or next(iter(services(agent)), "")
    if service not in services(agent):
        raise NotFound("service_unknown", "Ce service n’existe pas, ou vous ne décidez pas pour lui.")
    return service, store.to_do(service, MOST_LINES + 1)
