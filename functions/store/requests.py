"""Requests that services decide, in `core`: DEMANDE#<id> / DEMANDE, and while it is open one line in the list of its
service, SERVICE#<service> / A_TRAITER#<at>#<id>.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from functions.domain.requests import Request
from functions.store.documents import dump, load
from functions.store.models import Core
from functions.store.transactions import Transaction

_TO_DO = "A_TRAITER#"


@dataclass(frozen=True, slots=True)
class ToDo:
    """One line of what a service has to decide."""

    request_id: str
    kind: str
    summary: str
    at: datetime


def partition(request_id: str) -> str:
    return f"DEMANDE#{request_id}"


def find(request_id: str) -> Request | None:
    try:
        item = Core.get(partition(request_id), "DEMANDE", consistent_read=True)
    except Core.DoesNotExist:
        return None
    return replace(load(item.doc or "", Request), version=int(item.version or 0))


def to_do(service: str, limit: int = 100) -> list[ToDo]:
    """What waits for this service, the oldest first."""
    lines = Core.query(_service(service), Core.sk.startswith(_TO_DO), consistent_read=True, limit=limit)
    return [load(line.doc or "", ToDo) for line in lines]


def add(transaction: Transaction, request: Request) -> None:
    """Open a request (version 0), or write the decision on the version that was read. Labels: "request", "to_do"."""
    item = Core(
        partition(request.request_id),
        "DEMANDE",
        doc=dump(replace(request, version=0)),
        version=request.version + 1,
    )
    condition = (Core.version == request.version) if request.version else Core.pk.does_not_exist()
    transaction.put("request", item, condition)
    line = Core(_service(request.service), f"{_TO_DO}{request.at.isoformat()}#{request.request_id}")
    if request.status == "open":
        line.doc = dump(ToDo(request.request_id, request.kind, request.summary, request.at))
        transaction.put("to_do", line)
    else:
        transaction.delete("to_do", line)


def _service(service: str) -> str:
    return f"SERVICE#{service}"
