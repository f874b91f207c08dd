"""Routes of the franceconnect function: parse, ask the services, answer. Off, all but the first answer 404."""

from datetime import date

from functions.actions import signing_in
from functions.franceconnect import leaving, linking, passing, provider, schemas
from functions.kit import config, second_factor, sessions
from functions.kit.endpoint import Call, Reply, Routes
from functions.store import franceconnect as store

routes = Routes("franceconnect")


@routes.add("GET", "", access="public", summary="FranceConnect est-il proposé", answer=schemas.Offered)
def offered(_: Call[None]) -> Reply:
    return Reply(schemas.Offered(on=config.current().franceconnect is not None))


@routes.add(
    "POST",
    "/start",
    access="public",
    summary="Partir se connecter avec FranceConnect",
    answer=schemas.Departure,
    idempotency="natural",  # a departure that never comes back passes away
)
def start(call: Call[None]) -> Reply:
    address, cookies = passing.to_sign_in(call.address, call.now)
    return Reply(schemas.Departure(address), cookies=cookies)


@routes.add(
    "POST",
    "/link/start",
    access="account",
    summary="Partir relier son espace à FranceConnect",
    body=schemas.AskLink,
    answer=schemas.Departure,
    idempotency="natural",  # a departure that never comes back passes away
)
def start_link(call: Call[schemas.AskLink]) -> Reply:
    address, cookies = passing.to_link(call.session, call.body.link_password, call.now)
    return Reply(schemas.Departure(address), cookies=cookies)


@routes.add(
    "POST",
    "/callback",
    access="public",
    summary="Revenir de FranceConnect",
    body=schemas.Callback,
    answer=schemas.Returned,
    idempotency="natural",  # a state serves once; as with a password, a pair of cookies is never stored
)
def callback(call: Call[schemas.Callback]) -> Reply:
    body = call.body
    back = passing.Back(body.state, call.cookies.get(passing.COOKIE, ""), body.code, body.error)
    outcome = passing.come_back(back, signing_in.caller(call), call.now)
    access = outcome.access
    if access is None:
        return Reply(schemas.Returned("unknown"), cookies=outcome.cookies)
    account = signing_in.half_answer() if second_factor.is_needed(access) else signing_in.answer(access)
    return Reply(schemas.Returned("signed_in", account), cookies=outcome.cookies)


@routes.add("GET", "/pending", access="public", summary="Qui revient de FranceConnect", answer=schemas.Identity)
def pending(call: Call[None]) -> Reply:
    """The cookie of the browser that came back is the proof."""
    found = passing.pending(call.cookies.get(passing.COOKIE, ""), call.now)
    said = found.identity
    return Reply(
        schemas.Identity(
            title=said.title,
            family_name=said.family_name,
            usual_name=said.usual_name,
            given_names=list(said.given_names),
            birth_date=_whole(said.birth_date),
            email=said.email,
            to_link=bool(found.account_id),
        )
    )


@routes.add("GET", "/link", access="account", summary="Son lien avec FranceConnect", answer=schemas.Linked)
def linked(call: Call[None]) -> Reply:
    provider.settings()
    known = store.find_by_account(call.session.account_id)
    if known is None:
        return Reply(schemas.Linked(linked=False))
    return Reply(schemas.Linked(linked=True, linked_at=known.linked_at.strftime("%Y-%m-%dT%H:%M:%SZ")))


@routes.add(
    "POST",
    "/link",
    access="account",
    summary="Relier son espace à FranceConnect",
    body=schemas.LinkMe,
    status=204,
)
def link(call: Call[schemas.LinkMe]) -> Reply:
    browser = call.cookies.get(passing.COOKIE, "")
    linking.link(
        call.session, browser, sure=call.body.sure, key=call.idempotency_key, body_hash=call.body_hash, now=call.now
    )
    return Reply(cookies=[passing.forget_cookie()])


@routes.add(
    "POST",
    "/unlink",
    access="account",
    summary="Retirer FranceConnect de son espace",
    body=schemas.AskUnlink,
    answer=schemas.Linked,
)
def unlink(call: Call[schemas.AskUnlink]) -> Reply:
    provider.settings()
    linking.unlink(
        call.session,
        call.body.unlink_password,
        key=call.idempotency_key,
        body_hash=call.body_hash,
        now=call.now,
    )
    return Reply(schemas.Linked(linked=False))


@routes.add(
    "POST",
    "/sign-out",
    access="halfway",
    summary="Se déconnecter du portail et de FranceConnect",
    answer=schemas.Departure,
    idempotency="natural",  # an already closed session is closed
)
def sign_out(call: Call[None]) -> Reply:
    return Reply(schemas.Departure(leaving.leave(call.session, call.now)), cookies=sessions.forget_cookies())


def _whole(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""
