"""Routes of the passkeys function: parse, ask the services, answer."""

import base64
from datetime import datetime

from functions.actions import signing_in
from functions.domain import passkeys as rule
from functions.kit.endpoint import Call, Reply, Routes
from functions.passkeys import keeping, registering, schemas, signing
from functions.passkeys.ceremony import Signed
from functions.shapes.signed_in import SignedIn
from functions.store import passkeys as store
from functions.store.passkeys import Passkey

routes = Routes("passkeys")


@routes.add("GET", "", access="account", summary="Ses clés d’accès", answer=schemas.Passkeys)
def passkeys(call: Call[None]) -> Reply:
    known = store.find(call.session.account_id)
    return Reply(schemas.Passkeys([_shown(each) for each in known.all], rule.MOST))


@routes.add(
    "POST",
    "/options",
    access="account",
    summary="Commencer à ajouter une clé d’accès",
    body=schemas.AskPasskey,
    answer=schemas.Options,
    idempotency="natural",  # a challenge that nobody signs passes away
)
def begin(call: Call[schemas.AskPasskey]) -> Reply:
    return Reply(schemas.Options(registering.begin(call.session, call.body.current_password, call.now)))


@routes.add(
    "POST",
    "",
    access="account",
    summary="Ajouter une clé d’accès",
    body=schemas.NewPasskey,
    answer=schemas.Passkey,
    status=201,
)
def add(call: Call[schemas.NewPasskey]) -> Reply:
    body = call.body
    new = registering.New(
        credential_id=body.credential_id,
        client_data=body.client_data,
        attestation=body.attestation,
        transports=tuple(body.transports),
        name=body.name,
        user_agent=call.user_agent,
    )
    made = registering.finish(call.session, new, key=call.idempotency_key, body_hash=call.body_hash, now=call.now)
    return Reply(_shown(made))


@routes.add(
    "POST",
    "/<passkey_id>/name",
    access="account",
    summary="Renommer une clé d’accès",
    body=schemas.Rename,
    answer=schemas.Passkey,
    if_match=True,
)
def rename(call: Call[schemas.Rename]) -> Reply:
    renamed = keeping.rename(
        call.session,
        call.params["passkey_id"],
        call.body.name,
        seen=call.if_match,
        key=call.idempotency_key,
        body_hash=call.body_hash,
        now=call.now,
    )
    return Reply(_shown(renamed), etag=str(renamed.version))


@routes.add("DELETE", "/<passkey_id>", access="account", summary="Retirer une clé d’accès", status=204)
def remove(call: Call[None]) -> Reply:
    keeping.remove(
        call.session, call.params["passkey_id"], key=call.idempotency_key, body_hash=call.body_hash, now=call.now
    )
    return Reply()


@routes.add(
    "POST",
    "/sign-in/options",
    access="public",
    summary="Commencer à se connecter avec une clé d’accès",
    answer=schemas.Options,
    idempotency="natural",  # a challenge that nobody signs passes away
)
def sign_in_options(call: Call[None]) -> Reply:
    return Reply(schemas.Options(signing.begin(call.address, call.now)))


@routes.add(
    "POST",
    "/sign-in",
    access="public",
    summary="Se connecter avec une clé d’accès",
    body=schemas.SignInPasskey,
    answer=SignedIn,
    idempotency="natural",  # as with a password: a pair of cookies is never stored
)
def sign_in(call: Call[schemas.SignInPasskey]) -> Reply:
    body = call.body
    signed = Signed(body.credential_id, body.client_data, body.authenticator_data, body.signature)
    claim = signing.Claim(_account_of(body.user_handle), signed)
    access, cookies = signing.sign_in(claim, signing_in.caller(call), call.now)
    return Reply(signing_in.answer(access), cookies=cookies)


def _account_of(handle: str) -> str:
    try:
        return base64.urlsafe_b64decode(handle + "=" * (-len(handle) % 4)).decode("ascii")
    except ValueError:
        return ""


def _shown(passkey: Passkey) -> schemas.Passkey:
    return schemas.Passkey(
        passkey_id=passkey.passkey_id,
        name=passkey.name,
        created_at=_instant(passkey.created_at),
        last_used_at=_instant(passkey.last_used_at) if passkey.last_used_at else None,
        synced=passkey.synced,
        version=passkey.version,
    )


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
