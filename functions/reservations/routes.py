"""Routes of the reservations function: parse, ask the service, answer."""

from typing import Any

import msgspec
from msgspec.structs import asdict

from functions.actions import rights
from functions.kit.endpoint import Call, Reply, Routes
from functions.reservations import schemas, service
from functions.reservations.trial_schemas import Trial

routes = Routes("reservations")


@routes.add(
    "GET",
    "/activities",
    access="account",
    summary="Les activités qui se réservent, et les enfants de la famille",
    query=schemas.FoyerQuery,
    answer=schemas.Choices,
)
def activities(call: Call[None]) -> Reply:
    return Reply(service.choices(call.session.access, call.query.foyer))


@routes.add(
    "GET",
    "/calendar",
    access="account",
    summary="Un mois d’une activité, jour par jour pour chaque enfant",
    query=schemas.CalendarQuery,
    answer=schemas.MonthView,
)
def calendar(call: Call[None]) -> Reply:
    asked: schemas.CalendarQuery = call.query
    reach = rights.foyer_ids(call.session.access, asked.foyer)
    view = service.calendar(reach, asked.month, asked.activity, asked.child, call.now)
    return Reply(view, etag=view.version)


@routes.add(
    "POST",
    "/changes",
    access="account",
    summary="Réserver et annuler des jours d’un mois, tout ou rien",
    body=schemas.Changes,
    answer=schemas.Receipt,
    status=201,
    if_match=True,
)
def changes(call: Call[schemas.Changes]) -> Reply:
    receipt = service.change(
        rights.foyer_ids(call.session.access, call.body.foyer),
        call.session.account_id,
        schemas.order_of(call.body),
        key=call.idempotency_key,
        body_hash=call.body_hash,
        seen=call.if_match,
        now=call.now,
    )
    return Reply(msgspec.Raw(receipt.encode()))


@routes.add(
    "GET",
    "/agenda",
    access="account",
    summary="Ce qui est prévu pour les enfants, à partir d’un jour",
    query=schemas.AgendaQuery,
    answer=schemas.Agenda,
)
def agenda(call: Call[None]) -> Reply:
    asked: schemas.AgendaQuery = call.query
    return Reply(service.agenda(call.session.access, asked.from_, call.now, asked.foyer))


@routes.add(
    "GET",
    "/receipts/<receipt_number>",
    access="account",
    summary="Le reçu d’un changement enregistré",
    answer=schemas.Receipt,
)
def receipt(call: Call[None]) -> Reply:
    found = service.receipt(call.session.access, call.params["receipt_number"])
    return Reply(msgspec.Raw(found.encode()))


# Families book without these: what they need is loaded when they are asked for, not at a cold start.
def _choices() -> Any:
    from functions.reservations.trial import TrialChoices

    return TrialChoices


def _answer() -> Any:
    from functions.domain.trial_answer import TrialAnswer

    return TrialAnswer


@routes.add(
    "GET",
    "/regles",
    access="public",
    summary="Ce qui peut être demandé aux règles de la commune",
    answer=_choices,
)
def trial_choices(call: Call[None]) -> Reply:
    from functions.reservations import trial

    return Reply(trial.choices(call.now))


@routes.add(
    "POST",
    "/essai",
    access="public",
    summary="Essayer les règles : ce qu’elles répondent à une question, en données et en phrases",
    body=Trial,
    answer=_answer,
    idempotency="natural",
)
def try_rules(call: Call[Trial]) -> Reply:
    from functions.reservations import trial

    return Reply(trial.answer(asdict(call.body), call.address, call.now))
