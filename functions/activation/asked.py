"""« Demander l’activation de mon compte », without signing in: a request for the service that the person names."""

from dataclasses import dataclass
from datetime import datetime

from functions.actions import activation_requests, keyed, replay, requests
from functions.domain import names, usernames
from functions.domain.errors import FieldError, Invalid
from functions.domain.receipts import canonical_key, receipt_number
from functions.domain.requests import Request
from functions.kit import log, rules, throttle
from functions.kit.throttle import Bound
from functions.store import events
from functions.store import requests as store
from functions.store.events import Event
from functions.store.transactions import Busy, ConditionFailed, Transaction

_HOUR = 3600
_DAY = 24 * _HOUR


@dataclass(frozen=True, slots=True)
class Asked:
    """As it was typed; `structure` is an id of the rules."""

    usual_name: str
    given_names: str
    postal_address: str
    email: str
    children: str
    structure: str


def ask(asked: Asked, *, key: str, body_hash: str, address: str, now: datetime) -> str:
    """Open the request; return its number. Raises Invalid with every wrong field, Throttled, Busy.

    Nothing is looked up in the files: the answer cannot tell who is known.
    """
    key = canonical_key(key)
    identifier, digest = requests.request_id(key), keyed.digest("request", body_hash)
    subject = store.partition(identifier)
    done = replay.find("core", subject, key, digest)
    if done:
        return receipt_number(key, done.at)
    _check(asked)
    bounds = [
        Bound("demande-adresse", address, 10, _HOUR),
        Bound("demande-courriel", usernames.fold(asked.email), 3, _DAY),
        Bound("demande-total", "", 300, _HOUR),
    ]
    throttle.check(bounds, now)
    transaction = Transaction()
    store.add(transaction, _request(asked, identifier, receipt_number(key, now), now))
    details = {"kind": activation_requests.KIND, "service": asked.structure}
    events.add(transaction, Event("core", subject, key, "request.opened", "", now, digest, details=details))
    try:
        transaction.commit()
    except ConditionFailed as failed:
        done = replay.find("core", subject, key, digest)
        if done:
            return receipt_number(key, done.at)
        raise Busy from failed
    log.event("activation_requested", request_id=identifier, service=asked.structure)
    return receipt_number(key, now)


def _request(asked: Asked, identifier: str, number: str, now: datetime) -> Request:
    usual_name, given = names.tidy(asked.usual_name), names.given_names(names.tidy(asked.given_names))[0]
    service = rules.current().services[asked.structure]
    return Request(
        request_id=identifier,
        kind=activation_requests.KIND,
        service=asked.structure,
        subject="",
        at=now,
        summary=f"{given} {usual_name}",
        data={
            "Numéro de la demande": number,
            "Nom": usual_name,
            "Prénom": names.tidy(asked.given_names),
            "Adresse postale": names.tidy(asked.postal_address),
            "Adresse e-mail": asked.email.strip(),
            "Enfants": names.tidy(asked.children),
            "Structure": service.name,
        },
        applicant={"email": asked.email.strip(), "given_name": given, "usual_name": usual_name},
    )


def _check(asked: Asked) -> None:
    given = names.given_names(names.tidy(asked.given_names))
    found = {
        "usual_name": names.name_problem(names.tidy(asked.usual_name)),
        "given_names": names.name_problem(given[0] if given else "") or names.line_problem(", ".join(given)),
        "postal_address": names.line_problem(names.tidy(asked.postal_address)),
        "email": usernames.address_problem(asked.email),
        "children": names.line_problem(names.tidy(asked.children)) or _nobody(asked.children),
        "structure": _unknown(asked.structure),
    }
    errors = [FieldError(f"/{name}", problem) for name, problem in found.items() if problem]
    if errors:
        raise Invalid("invalid_body", "Certaines réponses sont à corriger.", errors=errors)


def _nobody(children: str) -> str | None:
    return None if names.tidy(children) else "Saisissez le prénom de vos enfants."


def _unknown(structure: str) -> str | None:
    service = rules.current().services.get(structure)
    return None if service and service.listed else "Choisissez un service dans la liste."
