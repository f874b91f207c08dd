"""HTTP out of the portal, to a service that the town chose: no redirect is followed, no answer is waited for long, and
none is read beyond what such a service says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

_CONNECT, _READ = 2.0, 4.0
_MOST_BYTES = 128 * 1024


class Unreachable(Exception):
    """No answer, or none that can be read whole."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    content_type: str
    body: bytes


class Web(Protocol):
    """Each call raises Unreachable."""

    def get(self, address: str, headers: Mapping[str, str]) -> Answer: ...

    def post_form(self, address: str, fields: Mapping[str, str]) -> Answer: ...


class Urllib3:
    def __init__(self) -> None:
        import urllib3

        timeout = urllib3.Timeout(connect=_CONNECT, read=_READ)
        self._pool = urllib3.PoolManager(timeout=timeout, retries=False)

    def get(self, address: str, headers: Mapping[str, str]) -> Answer:
        return self._ask("GET", address, headers=dict(headers))

    def post_form(self, address: str, fields: Mapping[str, str]) -> Answer:
        return self._ask("POST", address, fields=dict(fields), encode_multipart=False)

    def _ask(self, method: str, address: str, **more: Any) -> Answer:
        import urllib3

        try:
            answer = self._pool.request(method, address, redirect=False, preload_content=False, **more)
            with answer:
                body = answer.read(_MOST_BYTES + 1, decode_content=True)
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise Unreachable(type(error).__name__) from error
        if len(body) > _MOST_BYTES:
            raise Unreachable("too long")
        content_type = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return Answer(answer.status, content_type, body)
