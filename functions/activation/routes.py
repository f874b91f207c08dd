"""Routes of the activation function: parse, ask the service, answer."""

from functions.activation import schemas, service
from functions.kit.endpoint import Call, Reply, Routes

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
