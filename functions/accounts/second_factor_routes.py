"""Routes of the second step of signing in, and of choosing a second factor: parse, ask the service, answer."""

from functions.accounts import schemas, second_factor, second_step
from functions.accounts import second_factor_schemas as own
from functions.actions import signing_in
from functions.kit import second_factor as door
from functions.kit.endpoint import Call, Reply, Routes
from functions.shapes.signed_in import SignedIn


def add_to(routes: Routes) -> None:
    _second_step(routes)
    _second_factor(routes)


def _second_step(routes: Routes) -> None:
    path = "/sessions/second-step"

    @routes.add("GET", path, access="halfway", summary="Comment prouver son second facteur", answer=own.Means)
    def means(call: Call[None]) -> Reply:
        found = door.means(call.session.access)
        return Reply(own.Means("totp" if found == "totp" else "mail", bool(door.proven(call.session))))

    @routes.add(
        "POST",
        path,
        access="halfway",
        summary="Saisir son code de connexion",
        body=own.SecondStep,
        answer=SignedIn,
        idempotency="natural",
    )
    def prove(call: Call[own.SecondStep]) -> Reply:
        access, cookies = second_step.prove(call.session, call.body.code, call.address, call.now)
        return Reply(signing_in.answer(access), cookies=cookies)

    @routes.add(
        "POST",
        f"{path}/mail",
        access="halfway",
        summary="Recevoir un code de connexion par e-mail",
        answer=schemas.Sent,
        status=202,
    )
    def send_code(call: Call[None]) -> Reply:
        second_step.send(call.session, key=call.idempotency_key, body_hash=call.body_hash, now=call.now)
        return Reply(schemas.Sent("sent"))


def _second_factor(routes: Routes) -> None:
    path = "/second-factor"

    @routes.add("GET", path, access="account", summary="Sa vérification en deux étapes", answer=own.SecondFactor)
    def second_factor_state(call: Call[None]) -> Reply:
        found = second_factor.state(call.session)
        return Reply(own.SecondFactor(found.enrolled, found.compulsory, found.recovery_codes_left))

    @routes.add(
        "POST",
        path,
        access="account",
        summary="Relier une application de codes",
        body=own.ProvePassword,
        answer=own.Enrolment,
        idempotency="natural",
    )
    def begin(call: Call[own.ProvePassword]) -> Reply:
        made = second_factor.begin(call.session, call.body.current_password, call.now)
        return Reply(own.Enrolment(made.secret, made.address, made.picture.size, made.picture.path))

    @routes.add(
        "POST",
        f"{path}/confirm",
        access="account",
        summary="Confirmer l’application par son premier code",
        body=own.ConfirmTotp,
        answer=own.RecoveryCodes,
    )
    def confirm(call: Call[own.ConfirmTotp]) -> Reply:
        codes = second_factor.confirm(
            call.session, call.body.code, key=call.idempotency_key, body_hash=call.body_hash, now=call.now
        )
        return Reply(own.RecoveryCodes(codes))

    @routes.add(
        "POST",
        f"{path}/remove",
        access="account",
        summary="Retirer l’application de codes",
        body=own.TakeOff,
        answer=own.Removed,
    )
    def remove(call: Call[own.TakeOff]) -> Reply:
        second_factor.remove(
            call.session,
            call.body.account_password,
            key=call.idempotency_key,
            body_hash=call.body_hash,
            now=call.now,
        )
        return Reply(own.Removed("removed"))
