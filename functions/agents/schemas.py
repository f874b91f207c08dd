"""What the agents function receives and answers. Instants are UTC, ISO 8601."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from functions.domain.requests import LONGEST_REASON


class RequestsQuery(msgspec.Struct, forbid_unknown_fields=True):
    """`service` is an id of the rules; without it, the first one of the agent's."""

    service: Annotated[str, Meta(max_length=80, extra_json_schema={"x-message": "Ce service n’existe pas."})] = ""


class AcceptRequest(msgspec.Struct, forbid_unknown_fields=True):
    """`choice` is what the agent chose to accept with; most kinds need nothing."""

    choice: dict[
        Annotated[str, Meta(max_length=40)],
        Annotated[str, Meta(max_length=200)],
    ] = {}


class RefuseRequest(msgspec.Struct, forbid_unknown_fields=True):
    reason: Annotated[
        str,
        Meta(
            title="Motif du refus",
            description="La famille lira ce texte.",
            min_length=1,
            max_length=LONGEST_REASON,
            extra_json_schema={"x-message": "Écrivez le motif du refus\u202f: la famille le lira."},
        ),
    ]


class AgentService(msgspec.Struct):
    id: str
    name: str


class RequestLine(msgspec.Struct):
    request_id: str
    kind: str
    summary: str
    at: str


class RequestList(msgspec.Struct):
    """`requests`: the oldest first; `more` when there are others after them."""

    agent: str
    services: list[AgentService]
    service: str
    requests: list[RequestLine]
    more: bool


class ChoiceOption(msgspec.Struct):
    value: str
    label: str


class ChoiceAsked(msgspec.Struct):
    """What accepting asks of the agent: a line of text, a box that is ticked by "oui", or one of `options`."""

    name: str
    label: str
    hint: str
    box: bool
    options: list[ChoiceOption] = []


class RequestShown(msgspec.Struct):
    """`kind` is a label; `data` is what the family sent, under French labels (a value of `before` and `after` is a
    change). `choices`: none once it is decided.
    """

    request_id: str
    kind: str
    service: str
    summary: str
    at: str
    data: dict[str, Any]
    status: Literal["open", "accepted", "refused", "withdrawn"]
    decided_at: str
    decided_by: str
    reason: str
    choices: list[ChoiceAsked]
