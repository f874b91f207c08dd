"""The tree of refusals: what a rule answers when it says no, in words a family can read.

DomainError
    Invalid        the values given make no sense (422)
    NotFound       nothing of that name belongs to the person asking (404)
    Forbidden      the person may not do this (403)
    Refused        a rule of the town says no (409)
    Conflict       somebody else changed it first (409, or 412 when a version was given)
    Gone           it existed, it no longer can be used (410)
    Throttled      too many tries; carries the wait in seconds (429)

One place (functions.kit.problems) turns a kind into an HTTP status. Every refusal carries a stable `code`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field: `pointer` is a JSON pointer into what was sent ("/identity/usual_name")."""

    pointer: str
    detail: str


class DomainError(Exception):
    """A refusal. `detail` is French and says what can be done; `extra` goes into the answer as it is."""

    kind: ClassVar[str] = "refused"

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        errors: Sequence[FieldError] = (),
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.errors = tuple(errors)
        self.extra = dict(extra or {})


class Invalid(DomainError):
    kind = "invalid"


class NotFound(DomainError):
    kind = "not_found"


class Forbidden(DomainError):
    kind = "forbidden"


class Refused(DomainError):
    kind = "refused"


class Conflict(DomainError):
    kind = "conflict"


class Stale(Conflict):
    """The caller's version is not the current one; `extra["current"]` holds what stands now."""

    kind = "stale"


class Gone(DomainError):
    kind = "gone"


class Throttled(DomainError):
    kind = "throttled"

    def __init__(self, code: str, detail: str, *, retry_after: int) -> None:
        super().__init__(code, detail, extra={"retry_after": retry_after})
        self.retry_after = retry_after
