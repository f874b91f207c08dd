"""Routes of the activation function: parse, ask the service, answer."""

from typing import Any

from msgspec.structs import asdict

from functions.activation import asked, co_guardian, invited, schemas, service
from functions.kit.endpoint import Call, Reply, Routes, hash_of

routes = Routes("activation")


@routes.add(
    "POST",
    "",
    access="public",
    summary="Activer son espace avec le lien reçu par e-mail",
    body=schemas.Activate,
    answer=schemas.Activated,
)
def activate(call: Call[schemas.Activate]) -> Reply:
    done = service.activate(
        call.body.token,
        key=call.idempotency_key,
        body_hash=call.body_hash,
        address=call.address,
        now=call.now,
    )
    return Reply(schemas.Activated("active", done.given_name, done.cle_enfance))


@routes.add(
    "POST",
    "/resend",
    access="public",
    summary="Recevoir un nouveau lien d’activation",
    body=schemas.Resend,
    answer=schemas.Resent,
    status=202,
)
def resend(call: Call[schemas.Resend]) -> Reply:
    service.resend(call.body.email, key=call.idempotency_key, address=call.address, now=call.now)
    return Reply(schemas.Resent("sent"))


@routes.add(
    "POST",
    "/invitation/shown",
    access="public",
    summary="Lire l’invitation que porte un lien reçu par e-mail",
    body=schemas.InvitationLink,
    answer=schemas.Invitation,
    idempotency="natural",
)
def show_invitation(call: Call[schemas.InvitationLink]) -> Reply:
    shown = invited.show(call.body.token, address=call.address, now=call.now)
    return Reply(schemas.Invitation(shown.given_name, shown.usual_name, shown.email, shown.has_account))


@routes.add(
    "POST",
    "/invitation",
    access="public",
    summary="Accepter une invitation\u202f: choisir son identifiant et son mot de passe",
    body=schemas.AcceptInvitation,
    answer=schemas.Welcomed,
)
def accept_invitation(call: Call[schemas.AcceptInvitation]) -> Reply:
    body = call.body
    chosen = invited.Chosen(body.username, body.password, body.password_confirmation)
    return _accept(call, body.token, chosen)


@routes.add(
    "POST",
    "/invitation/link",
    access="public",
    summary="Accepter une invitation avec l’espace que cette adresse a déjà",
    body=schemas.InvitationLink,
    answer=schemas.Welcomed,
)
def link_invitation(call: Call[schemas.InvitationLink]) -> Reply:
    return _accept(call, call.body.token, None)


@routes.add(
    "POST",
    "/guardians/<guardian_id>/invitation",
    access="account",
    summary="Inviter l’autre responsable de la famille à ouvrir son espace",
    answer=schemas.InvitationSent,
    status=202,
)
def invite_guardian(call: Call[None]) -> Reply:
    guardian_id = call.params["guardian_id"]
    at = co_guardian.invite(
        call.session.access, guardian_id, key=call.idempotency_key, body_hash=hash_of(guardian_id), now=call.now
    )
    return Reply(schemas.InvitationSent(at))


@routes.add(
    "POST",
    "/requests",
    robots=True,
    access="public",
    summary="Demander à la mairie l’activation de son espace, sans invitation ni clé enfance",
    body=schemas.AskActivation,
    answer=schemas.ActivationAsked,
    status=202,
)
def ask(call: Call[schemas.AskActivation]) -> Reply:
    number = asked.ask(
        asked.Asked(**asdict(call.body)),
        key=call.idempotency_key,
        body_hash=call.body_hash,
        address=call.address,
        now=call.now,
    )
    return Reply(schemas.ActivationAsked("asked", number))


def _accept(call: Call[Any], token: str, chosen: invited.Chosen | None) -> Reply:
    given_name = invited.accept(
        token, chosen, key=call.idempotency_key, body_hash=call.body_hash, address=call.address, now=call.now
    )
    return Reply(schemas.Welcomed("linked", given_name))
