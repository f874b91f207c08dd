"""A function's routes, declared once: what they take, what they answer, who may call them.

The declaration drives parsing, authentication, the OpenAPI document and the tests' matrix of rights.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Literal, TypeVar

import msgspec

from functions.kit.sessions import Cookie, Session

B = TypeVar("B")
# "halfway" takes a session that has not proven its second factor yet; "agent" takes one that has, of an agent
Access = Literal["public", "halfway", "account", "agent"]
Idempotency = Literal["event", "natural"]


@dataclass(frozen=True, slots=True)
class Call(Generic[B]):
    """One request, parsed and authenticated. `body_hash` tells a retry from another request under the same key."""

    body: B
    query: Any
    params: dict[str, str]
    now: datetime
    address: str
    cookies: dict[str, str]
    idempotency_key: str = ""
    body_hash: str = ""
    if_match: str = ""
    user_agent: str = ""
    _session: Session | None = None

    @property
    def session(self) -> Session:
        if self._session is None:
            raise RuntimeError("this route is public: it has no session")
        return self._session


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: a struct or a plain mapping, with what goes around it. `etag` is given without quotes; with a
    `filename` (plain ASCII), the browser keeps the answer as a file.
    """

    content: Any = None
    status: int = 0
    cookies: list[Cookie] = field(default_factory=list)
    etag: str = ""
    filename: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """`idempotency`: "event" keeps the key as the action's event item; "natural" says why in `summary`'s code.
    `robots`: the sender's device solves a challenge first (functions.kit.robots).
    """

    function: str
    method: str
    path: str
    handler: Callable[[Call[Any]], Reply]
    access: Access
    summary: str
    body: Any = None
    query: Any = None
    answer: Any = None
    status: int = 200
    idempotency: Idempotency = "event"
    if_match: bool = False
    robots: bool = False

    @property
    def writes(self) -> bool:
        return self.method != "GET"


class Routes:
    """The route table of one function; every path begins with /api/<function>."""

    def __init__(self, function: str) -> None:
        self.function = function
        self.all: list[Route] = []

    def add(
        self, method: str, path: str, **declared: Any
    ) -> Callable[[Callable[[Call[Any]], Reply]], Callable[[Call[Any]], Reply]]:
        """Decorate a handler. `path` follows /api/<function>, with <name> for a parameter."""

        def keep(handler: Callable[[Call[Any]], Reply]) -> Callable[[Call[Any]], Reply]:
            full = f"/api/{self.function}{path}"
            self.all.append(Route(self.function, method, full, handler, **declared))
            return handler

        return keep


def hash_of(body: Any) -> str:
    """The same for two bodies that say the same, whatever the order of their keys."""
    return hashlib.sha256(msgspec.json.encode(body, order="sorted")).hexdigest()
