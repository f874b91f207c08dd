"""RFC 9457 answers: the one place where a refusal becomes an HTTP status."""

from collections.abc import Mapping
from typing import Any

from functions.domain.errors import DomainError

STATUS: Mapping[str, int] = {
    "invalid": 422,
    "not_found": 404,
    "forbidden": 403,
    "refused": 409,
    "conflict": 409,
    "stale": 412,
    "gone": 410,
    "throttled": 429,
}

_TITLES: Mapping[int, str] = {
    400: "Demande illisible",
    401: "Connexion nécessaire",
    403: "Action non autorisée",
    404: "Introuvable",
    405: "Méthode non acceptée",
    409: "Demande refusée",
    410: "Lien expiré",
    412: "Modifié entre-temps",
    413: "Envoi trop volumineux",
    415: "Format non accepté",
    422: "Réponses à corriger",
    428: "Version manquante",
    429: "Trop d’essais",
    500: "Erreur de notre côté",
    502: "Service extérieur indisponible",
    503: "Service momentanément surchargé",
}


class HttpProblem(Exception):
    """A refusal of the protocol itself (no session, no key, unreadable body), before any rule is asked."""

    def __init__(self, status: int, code: str, detail: str, **extra: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.extra = extra


def body(status: int, code: str, detail: str, **extra: Any) -> dict[str, Any]:
    title = _TITLES.get(status, "Demande refusée")
    return {"type": "about:blank", "title": title, "status": status, "code": code, "detail": detail, **extra}


def of_domain(error: DomainError) -> tuple[int, dict[str, Any], dict[str, str]]:
    """Status, body and headers for a refusal of the domain."""
    status = STATUS[error.kind]
    headers = {}
    if "retry_after" in error.extra:
        headers["Retry-After"] = str(error.extra["retry_after"])
    errors = [{"pointer": item.pointer, "detail": item.detail} for item in error.errors]
    return status, body(status, error.code, error.detail, errors=errors, **error.extra), headers
