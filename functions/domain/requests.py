"""A request that a service decides: open, then accepted or refused, once and for good.

open -> accepted
open -> refused (a reason is compulsory: the family reads it)
open -> withdrawn (by who asked; a kind says whether that can be)
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from functions.domain.calendar import PARIS
from functions.domain.errors import Conflict, FieldError, Invalid
from functions.domain.french import clock, long_day

Status = Literal["open", "accepted", "refused", "withdrawn"]
Verdict = Literal["accepted", "refused"]
LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class Request:
    """`service` is an id of the rules; `subject` is "COMPTE#…", "FOYER#…" or "" when nobody is known yet. `summary` is
    the line of a list, `data` what the agent reads to decide, `applicant` what its kind needs to know of somebody
    without an account (under names of its own). `at`, `decided_at`: UTC. `decided_by`: an account id.
    """

    request_id: str
    kind: str
    service: str
    subject: str
    at: datetime
    summary: str
    data: dict[str, Any] = field(default_factory=dict)
    applicant: dict[str, str] = field(default_factory=dict)
    status: Status = "open"
    decided_at: datetime | None = None
    decided_by: str = ""
    decided_by_name: str = ""
    reason: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """`choice` is what the agent chose to accept with (which family file, say); each kind reads its own."""

    verdict: Verdict
    reason: str = ""
    choice: dict[str, Any] = field(default_factory=dict)


def decide(request: Request, decision: Decision, *, by: str, name: str, now: datetime) -> Request:
    """The request as decided. Raises Invalid without a reason to refuse, Conflict "already_decided" saying who
    decided what, and when.
    """
    if request.status != "open":
        raise _already(request)
    reason = decision.reason.strip()
    problem = _reason_problem(decision.verdict, reason)
    if problem:
        raise Invalid("invalid_body", "Certaines réponses sont à corriger.", errors=[FieldError("/reason", problem)])
    return replace(request, status=decision.verdict, decided_at=now, decided_by=by, decided_by_name=name, reason=reason)


def withdraw(request: Request, *, by: str, now: datetime) -> Request:
    """Raises Conflict "already_decided"."""
    if request.status != "open":
        raise _already(request)
    return replace(request, status="withdrawn", decided_at=now, decided_by=by, decided_by_name="la famille")


def _reason_problem(verdict: Verdict, reason: str) -> str | None:
    if verdict == "refused" and not reason:
        return "Écrivez le motif du refus\u202f: la famille le lira."
    if len(reason) > LONGEST_REASON:
        return f"Ce motif est trop long\u202f: {LONGEST_REASON} caractères au plus."
    return None


def _already(request: Request) -> Conflict:
    words = {"accepted": "acceptée", "refused": "refusée", "withdrawn": "annulée"}[request.status]
    when = ""
    if request.decided_at:
        local = request.decided_at.astimezone(PARIS)
        when = f" le {long_day(local.date())} à {clock(local.time())}"
    return Conflict(
        "already_decided",
        f"Cette demande a déjà été {words} par {request.decided_by_name}{when}.",
        extra={
            "verdict": request.status,
            "decided_by": request.decided_by_name,
            "decided_at": request.decided_at.strftime("%Y-%m-%dT%H:%M:%SZ") if request.decided_at else "",
        },
    )
