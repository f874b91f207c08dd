"""Opening a request for a service, and deciding it: one transaction with its event, whoever else decides meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from functions.actions import keyed, replay, request_kinds
from functions.actions.request_kinds import Kind
from functions.domain import requests as rules
from functions.domain.errors import NotFound
from functions.domain.requests import Decision, Request
from functions.kit import log
from functions.store import events
from functions.store import requests as store
from functions.store.events import Event
from functions.store.transactions import Busy, ConditionFailed, Transaction

_TRIES = 5
EVERY_SERVICE = "all"


@dataclass(frozen=True, slots=True)
class Decider:
    """The agent who decides: the name that colleagues read, and the services (ids of the rules, or "all")."""

    account_id: str
    name: str
    services: tuple[str, ...]

    def decides_for(self, service: str) -> bool:
        return EVERY_SERVICE in self.services or service in self.services


def request_id(key: str) -> str:
    """From the Idempotency-Key of the demand that opens it: asked again, it is the same request."""
    return keyed.digest("demande", key)[:32]


def shown(identifier: str, decider: Decider) -> Request:
    """Raises NotFound, in the same words for what does not exist and for what another service decides."""
    request = store.find(identifier)
    if request is None or not decider.decides_for(request.service):
        raise NotFound("request_unknown", "Cette demande n’existe pas, ou un autre service la traite.")
    return request


def decide(
    identifier: str,
    decision: Decision,
    decider: Decider,
    *,
    key: str,
    body_hash: str,
    now: datetime,
    kinds: Mapping[str, Kind] = request_kinds.KINDS,
) -> Request:
    """Raises NotFound, Invalid, Conflict "already_decided", Busy, and what the kind itself refuses."""
    subject, digest = store.partition(identifier), keyed.digest("request", f"{decider.account_id}|{body_hash}")
    for _ in range(_TRIES):
        request = shown(identifier, decider)
        if replay.find("core", subject, key, digest):
            return request
        transaction, decided = _decided(request, decision, decider, now)
        kind = kinds[request.kind]
        doing = kind.accept if decision.verdict == "accepted" else kind.refuse
        effects = doing(transaction, decided, decision, now)
        name = f"request.{decision.verdict}"
        details = {"kind": request.kind, "service": request.service}
        event = Event("core", subject, key, name, decider.account_id, now, digest, effects=effects, details=details)
        events.add(transaction, event)
        try:
            transaction.commit()
        except ConditionFailed:
            log.event("request_raced", request_id=identifier)
        else:
            log.event("request_decided", request_id=identifier, verdict=decision.verdict)
            return decided
    raise Busy


def _decided(request: Request, decision: Decision, decider: Decider, now: datetime) -> tuple[Transaction, Request]:
    decided = rules.decide(request, decision, by=decider.account_id, name=decider.name, now=now)
    transaction = Transaction()
    store.add(transaction, decided)
    return transaction, decided
