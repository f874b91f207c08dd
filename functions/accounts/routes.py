"""Routes of the accounts function: parse, ask the service, answer."""

from msgspec.structs import asdict

from functions.accounts import (
    closing_routes,
    credentials,
    email_change,
    export_routes,
    mail_trouble_routes,
    preferences_routes,
    recovery,
    schemas,
    second_factor_routes,
    service,
)
from functions.accounts.new_account import NewAccount
from functions.actions import own_account, signing_in
from functions.actions.cles import Proof
from functions.kit import robots, second_factor, sessions
from functions.kit.endpoint import Call, Reply, Routes
from functions.shapes.signed_in import SignedIn

routes = Routes("accounts")
second_factor_routes.add_to(routes)
preferences_routes.add_to(routes)
export_routes.add_to(routes)
mail_trouble_routes.add_to(routes)
closing_routes.add_to(routes)


@routes.add(
    "POST",
    "",
    access="public",
    summary="Créer son espace personnel",
    body=schemas.CreateAccount,
    answer=schemas.AccountPending,
    status=202,
    robots=True,
)
def create(call: Call[schemas.CreateAccount]) -> Reply:
    body = call.body
    groups = (body.identity, body.address, body.contact, body.authentication)
    typed = {name: value for group in groups for name, value in asdict(group).items()}
    proof = Proof(**asdict(body.cle_enfance)) if body.cle_enfance else None
    service.create(
        NewAccount(**typed, proof=proof),
        key=call.idempotency_key,
        body_hash=call.body_hash,
        address=call.address,
        now=call.now,
    )
    return Reply(schemas.AccountPending("activation_sent", body.contact.email))


@routes.add(
    "GET",
    "/robot-challenge",
    access="public",
    summary="Ce que l’appareil du visiteur calcule avant d’envoyer un formulaire ouvert à tous (ALTCHA)",
    answer=robots.Challenge,
)
def robot_challenge(call: Call[None]) -> Reply:
    return Reply(robots.challenge(call.now))


@routes.add(
    "POST",
    "/sessions",
    access="public",
    summary="Se connecter",
    body=schemas.SignIn,
    answer=SignedIn,
    idempotency="natural",
)
def sign_in(call: Call[schemas.SignIn]) -> Reply:
    access, cookies = service.sign_in(call.body.username, call.body.password, signing_in.caller(call), call.now)
    if second_factor.is_needed(access):
        return Reply(signing_in.half_answer(), cookies=cookies)
    return Reply(signing_in.answer(access), cookies=cookies)


@routes.add(
    "POST",
    "/sessions/refresh",
    access="public",
    summary="Prolonger sa session",
    status=204,
    idempotency="natural",
)
def refresh(call: Call[None]) -> Reply:
    return Reply(cookies=sessions.refresh(call.cookies.get(sessions.REFRESH_COOKIE, ""), call.now))


@routes.add(
    "DELETE",
    "/sessions/current",
    access="halfway",
    summary="Se déconnecter",
    status=204,
    idempotency="natural",
)
def sign_out(call: Call[None]) -> Reply:
    sessions.close(call.session.account_id, call.session.session_id)
    return Reply(cookies=sessions.forget_cookies())


@routes.add(
    "DELETE",
    "/sessions/<session_id>",
    access="account",
    summary="Déconnecter un appareil",
    status=204,
    idempotency="natural",
)
def close_device(call: Call[None]) -> Reply:
    sessions.close(call.session.account_id, call.params["session_id"])
    return Reply()


@routes.add(
    "DELETE",
    "/sessions",
    access="account",
    summary="Se déconnecter de tous les appareils",
    status=204,
    idempotency="natural",
)
def sign_out_everywhere(call: Call[None]) -> Reply:
    sessions.close_all(call.session.account_id)
    return Reply(cookies=sessions.forget_cookies())


@routes.add(
    "GET",
    "/me",
    access="account",
    summary="« Mes identifiants »\u202f: identifiant, adresse e-mail, appareils connectés",
    answer=schemas.Credentials,
)
def me(call: Call[None]) -> Reply:
    account, access = own_account.find(call.session), call.session.access
    devices = [
        schemas.OpenDevice(
            session_id=session_id,
            name=device.name,
            opened_at=device.opened_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            current=session_id == call.session.session_id,
        )
        for session_id, device in access.devices.items()
        if access.sessions.get(session_id, call.now) > call.now
    ]
    return Reply(schemas.Credentials(account.username, account.email, devices))


@routes.add(
    "POST",
    "/password/change",
    access="account",
    summary="Changer son mot de passe",
    body=schemas.ChangePassword,
    answer=schemas.PasswordChanged,
)
def change_password(call: Call[schemas.ChangePassword]) -> Reply:
    body = call.body
    credentials.change_password(
        call.session,
        body.current_password,
        body.password,
        body.password_confirmation,
        key=call.idempotency_key,
        body_hash=call.body_hash,
        now=call.now,
    )
    return Reply(schemas.PasswordChanged("changed"))


@routes.add(
    "POST",
    "/email",
    access="account",
    summary="Demander à changer d’adresse e-mail",
    body=schemas.ChangeEmail,
    answer=schemas.Sent,
    status=202,
)
def change_email(call: Call[schemas.ChangeEmail]) -> Reply:
    wanted = email_change.Wanted(call.body.email, call.body.account_password)
    email_change.ask(call.session, wanted, key=call.idempotency_key, body_hash=call.body_hash, now=call.now)
    return Reply(schemas.Sent("sent"))


@routes.add(
    "POST",
    "/email/confirm",
    access="public",
    summary="Confirmer un changement d’adresse e-mail avec le lien reçu",
    body=schemas.ConfirmEmail,
    answer=schemas.EmailConfirmed,
)
def confirm_email(call: Call[schemas.ConfirmEmail]) -> Reply:
    outcome = email_change.confirm(
        call.body.token, key=call.idempotency_key, body_hash=call.body_hash, address=call.address, now=call.now
    )
    return Reply(schemas.EmailConfirmed(outcome))


@routes.add(
    "POST",
    "/password/forgotten",
    access="public",
    summary="Identifiant ou mot de passe oublié",
    body=schemas.Forgotten,
    answer=schemas.Sent,
    status=202,
)
def forgotten(call: Call[schemas.Forgotten]) -> Reply:
    recovery.ask(call.body.username, key=call.idempotency_key, address=call.address, now=call.now)
    return Reply(schemas.Sent("sent"))


@routes.add(
    "POST",
    "/password/reset",
    access="public",
    summary="Choisir un nouveau mot de passe avec le lien reçu par e-mail",
    body=schemas.NewPassword,
    answer=schemas.PasswordChanged,
)
def reset(call: Call[schemas.NewPassword]) -> Reply:
    recovery.choose(
        call.body.token,
        call.body.password,
        call.body.password_confirmation,
        key=call.idempotency_key,
        body_hash=call.body_hash,
        address=call.address,
        now=call.now,
    )
    return Reply(schemas.PasswordChanged("changed"))


@routes.add(
    "POST",
    "/cle-enfance",
    access="account",
    summary="Relier son espace au dossier de ses enfants",
    body=schemas.CleEnfance,
    answer=schemas.LinkedFoyer,
)
def link(call: Call[schemas.CleEnfance]) -> Reply:
    children = service.link(
        call.session.account_id,
        Proof(**asdict(call.body)),
        key=call.idempotency_key,
        body_hash=call.body_hash,
        address=call.address,
        now=call.now,
    )
    return Reply(schemas.LinkedFoyer(children))
