"""Routes of the agents function: parse, ask the service, answer."""

from datetime import datetime

from functions.actions import request_kinds, requests
from functions.agents import schemas, service
from functions.domain.requests import Decision, Request
from functions.kit.endpoint import Call, Reply, Routes

routes = Routes("agents")


@routes.add(
    "GET",
    "/requests",
    access="agent",
    summary="Les demandes qu’un service doit traiter",
    query=schemas.RequestsQuery,
    answer=schemas.RequestList,
)
def waiting(call: Call[None]) -> Reply:
    agent = service.decider(call.session)
    shown, lines = service.waiting(agent, call.query.service)
    content = schemas.RequestList(
        agent=agent.name,
        services=[schemas.AgentService(identifier, name) for identifier, name in service.services(agent).items()],
        service=shown,
        requests=[
            schemas.RequestLine(line.request_id, request_kinds.label(line.kind), line.summary, _instant(line.at))
            for line in lines[: service.MOST_LINES]
        ],
        more=len(lines) > service.MOST_LINES,
    )
    return Reply(content)


@routes.add(
    "GET", "/requests/<request_id>", access="agent", summary="Une demande d’une famille", answer=schemas.RequestShown
)
def one(call: Call[None]) -> Reply:
    return Reply(_shown(requests.shown(call.params["request_id"], service.decider(call.session))))


@routes.add(
    "POST",
    "/requests/<request_id>/accept",
    access="agent",
    summary="Accepter une demande",
    body=schemas.AcceptRequest,
    answer=schemas.RequestShown,
)
def accept(call: Call[schemas.AcceptRequest]) -> Reply:
    return _decided(call, Decision("accepted", choice=dict(call.body.choice)))


@routes.add(
    "POST",
    "/requests/<request_id>/refuse",
    access="agent",
    summary="Refuser une demande, avec le motif",
    body=schemas.RefuseRequest,
    answer=schemas.RequestShown,
)
def refuse(call: Call[schemas.RefuseRequest]) -> Reply:
    return _decided(call, Decision("refused", call.body.reason))


def _decided(call: Call[schemas.AcceptRequest] | Call[schemas.RefuseRequest], decision: Decision) -> Reply:
    done = requests.decide(
        call.params["request_id"],
        decision,
        service.decider(call.session),
        key=call.idempotency_key,
        body_hash=call.body_hash,
        now=call.now,
    )
    return Reply(_shown(done))


def _shown(request: Request) -> schemas.RequestShown:
    return schemas.RequestShown(
        request_id=request.request_id,
        kind=request_kinds.label(request.kind),
        service=request.service,
        summary=request.summary,
        at=_instant(request.at),
        data=request.data,
        status=request.status,
        decided_at=_instant(request.decided_at) if request.decided_at else "",
        decided_by=request.decided_by_name,
        reason=request.reason,
        choices=_choices(request),
    )


def _choices(request: Request) -> list[schemas.ChoiceAsked]:
    if request.status != "open":
        return []
    return [
        schemas.ChoiceAsked(
            choice.name,
            choice.label,
            choice.hint,
            choice.box,
            [schemas.ChoiceOption(value, label) for value, label in choice.options],
        )
        for choice in request_kinds.choices(request)
    ]


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
