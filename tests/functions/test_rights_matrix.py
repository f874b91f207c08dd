"""Who may call what: every route × every role, generated from the functions' own route tables.

A route without a row here fails the tests, and so does a row without a route. The roles: nobody; an account that no
family is linked to; a parent of family A; a parent of family B who sends the ids of family A; an agent of every service
who has no family; the same agent after the password alone. The last two are worked out from the route's own `access`.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from support import factories
from support.client import FUNCTIONS, Browser, Portal, app_of
from support.reservations import CALENDAR, MONDAY, body_of, book, reglement_file, see, ticks
from werkzeug.wrappers import Response

from functions.domain.foyer import Contact
from functions.kit.endpoint import Access, Route
from functions.store import access as access_store
from functions.store import foyers
from functions.store.models import Audit, Core, Credentials, Ephemeral

__all__ = ["reglement_file"]

ROLES = ("anonymous", "stranger", "own", "other", "agent", "agent_without_factor")
ROUTES: dict[str, Route] = {
    f"{route.method} {route.path}": route for name in FUNCTIONS for route in app_of(name).extensions["parvis_routes"]
}

# The whole list of what may be called without being signed in; each line says why.
PUBLIC = {
    "POST /api/accounts": "an account is made before there is one",
    "GET /api/accounts/robot-challenge": "solved by the device of somebody who has no account; nothing is kept of it",
    "POST /api/accounts/sessions": "signing in",
    "POST /api/accounts/sessions/refresh": "the refresh cookie is the proof; without it the answer is 401",
    "POST /api/accounts/password/forgotten": "asked by somebody who cannot sign in; the answer never says who exists",
    "POST /api/accounts/email/confirm": "the token received at each address is the proof",
    "POST /api/accounts/password/reset": "the token received by e-mail is the proof",
    "POST /api/activation": "the token received by e-mail is the proof",
    "POST /api/activation/invitation": "the token received by e-mail is the proof",
    "POST /api/activation/invitation/link": "the token received by e-mail is the proof",
    "POST /api/activation/invitation/shown": "the token received by e-mail is the proof",
    "POST /api/activation/resend": "asked by somebody who cannot sign in yet; the answer never says who has an account",
    "POST /api/activation/requests": "asked by somebody who has no account; an agent decides, the answer tells nothing",
    "POST /api/passkeys/sign-in/options": "signing in; nobody is named, the challenge is random",
    "POST /api/passkeys/sign-in": "signing in",
    "GET /api/franceconnect": "whether the sign-in page shows the button",
    "GET /api/franceconnect/pending": "the cookie of the browser that came back is the proof; without it, 404",
    "POST /api/franceconnect/start": "signing in",
    "POST /api/franceconnect/callback": "signing in: the state of this browser and the code are the proof",
    "GET /api/reservations/regles": "the rules of a town are public",
    "POST /api/reservations/essai": "the rules of a town are public; nothing asked is kept",
}


@dataclass(frozen=True)
class Stage:
    """Family A's ids, which every role sends."""

    child_id: str
    guardian_id: str
    receipt_number: str
    changes: dict[str, Any]
    version: str
    session_id: str
    foyer_id: str
    guardian_version: str
    contact_id: str


@dataclass(frozen=True)
class Row:
    """The path and body sent, and what each role is answered."""

    path: Callable[[Stage], str]
    anonymous: int
    stranger: int
    own: int
    other: int
    body: Callable[[Stage], Any] = field(default=lambda _: None)
    headers: Callable[[Stage], dict[str, str]] = field(default=lambda _: {})
    agent: int = 0  # when it is not what a stranger is answered

    def of(self, role: str, access: Access) -> int:
        if role == "agent_without_factor":
            return 403 if access in {"account", "agent"} else self.stranger
        if role == "agent":
            return self.agent or self.stranger
        return int(getattr(self, role))


def fixed(path: str) -> Callable[[Stage], str]:
    return lambda _: path


def empty(_: Stage) -> dict[str, Any]:
    return {}


def contact_in(foyer_id: str) -> dict[str, Any]:
    return {"usual_name": "Roche", "given_name": "Anne", "phones": ["06 12 34 56 78"], "foyer": foyer_id}


WRONG_KEY = {
    "key": "12345-ABCDE",
    "child_usual_name": "Personne",
    "child_given_name": "Inconnu",
    "child_birth_date": "2018-01-01",
}

MATRIX: dict[str, Row] = {
    # an empty body tells the two apart without making anything: 422 when the door is open, 401 when it is not
    "POST /api/accounts": Row(fixed("/api/accounts"), 422, 422, 422, 422, empty),
    "GET /api/accounts/robot-challenge": Row(fixed("/api/accounts/robot-challenge"), 200, 200, 200, 200),
    "POST /api/accounts/sessions": Row(fixed("/api/accounts/sessions"), 422, 422, 422, 422, empty),
    "POST /api/accounts/sessions/refresh": Row(fixed("/api/accounts/sessions/refresh"), 401, 204, 204, 204),
    "DELETE /api/accounts/sessions/current": Row(fixed("/api/accounts/sessions/current"), 401, 204, 204, 204),
    # its own session's id is nobody else's: closing it closes nothing
    "DELETE /api/accounts/sessions/<session_id>": Row(
        lambda stage: f"/api/accounts/sessions/{stage.session_id}", 401, 204, 204, 204
    ),
    "DELETE /api/accounts/sessions": Row(fixed("/api/accounts/sessions"), 401, 204, 204, 204),
    "GET /api/accounts/me": Row(fixed("/api/accounts/me"), 401, 200, 200, 200),
    "GET /api/passkeys": Row(fixed("/api/passkeys"), 401, 200, 200, 200),
    "POST /api/passkeys/options": Row(fixed("/api/passkeys/options"), 401, 422, 422, 422, empty),
    "POST /api/passkeys": Row(fixed("/api/passkeys"), 401, 422, 422, 422, empty),
    "POST /api/passkeys/<passkey_id>/name": Row(
        fixed(f"/api/passkeys/{'0' * 32}/name"),
        401,
        404,
        404,
        404,
        lambda _: {"name": "Téléphone"},
        lambda _: {"If-Match": "1"},
    ),
    "DELETE /api/passkeys/<passkey_id>": Row(fixed(f"/api/passkeys/{'0' * 32}"), 401, 404, 404, 404),
    "POST /api/passkeys/sign-in/options": Row(fixed("/api/passkeys/sign-in/options"), 200, 200, 200, 200),
    "POST /api/passkeys/sign-in": Row(fixed("/api/passkeys/sign-in"), 422, 422, 422, 422, empty),
    "POST /api/accounts/email": Row(fixed("/api/accounts/email"), 401, 422, 422, 422, empty),
    "POST /api/accounts/email/confirm": Row(fixed("/api/accounts/email/confirm"), 422, 422, 422, 422, empty),
    "GET /api/accounts/sessions/second-step": Row(fixed("/api/accounts/sessions/second-step"), 401, 200, 200, 200),
    "POST /api/accounts/sessions/second-step": Row(
        fixed("/api/accounts/sessions/second-step"), 401, 422, 422, 422, empty
    ),
    # an account that asks for no code is sent one all the same; one that has an application is not
    "POST /api/accounts/sessions/second-step/mail": Row(
        fixed("/api/accounts/sessions/second-step/mail"), 401, 202, 202, 202, agent=409
    ),
    "GET /api/accounts/second-factor": Row(fixed("/api/accounts/second-factor"), 401, 200, 200, 200),
    "POST /api/accounts/second-factor": Row(fixed("/api/accounts/second-factor"), 401, 422, 422, 422, empty),
    "POST /api/accounts/second-factor/confirm": Row(
        fixed("/api/accounts/second-factor/confirm"), 401, 422, 422, 422, empty
    ),
    "POST /api/accounts/second-factor/remove": Row(
        fixed("/api/accounts/second-factor/remove"), 401, 422, 422, 422, empty
    ),
    "GET /api/accounts/preferences": Row(fixed("/api/accounts/preferences"), 401, 200, 200, 200),
    "POST /api/accounts/preferences": Row(
        fixed("/api/accounts/preferences"),
        401,
        200,
        200,
        200,
        lambda _: {"invoice": "paper", "deadline_reminders": True, "gap_alerts": False, "news": []},
        lambda _: {"If-Match": "0"},
    ),
    "GET /api/accounts/mail": Row(fixed("/api/accounts/mail"), 401, 200, 200, 200),
    "POST /api/accounts/mail/retry": Row(fixed("/api/accounts/mail/retry"), 401, 202, 202, 202),
    "POST /api/accounts/close": Row(fixed("/api/accounts/close"), 401, 422, 422, 422, empty),
    "POST /api/accounts/export": Row(fixed("/api/accounts/export"), 401, 200, 200, 200),
    "POST /api/accounts/password/change": Row(fixed("/api/accounts/password/change"), 401, 422, 422, 422, empty),
    "POST /api/accounts/cle-enfance": Row(
        fixed("/api/accounts/cle-enfance"), 401, 422, 422, 422, lambda _: dict(WRONG_KEY)
    ),
    "POST /api/accounts/password/forgotten": Row(fixed("/api/accounts/password/forgotten"), 422, 422, 422, 422, empty),
    "POST /api/accounts/password/reset": Row(fixed("/api/accounts/password/reset"), 422, 422, 422, 422, empty),
    # the town of the tests has no FranceConnect: every door that is open leads to nothing
    "GET /api/franceconnect": Row(fixed("/api/franceconnect"), 200, 200, 200, 200),
    "GET /api/franceconnect/pending": Row(fixed("/api/franceconnect/pending"), 404, 404, 404, 404),
    "POST /api/franceconnect/start": Row(fixed("/api/franceconnect/start"), 404, 404, 404, 404),
    "POST /api/franceconnect/callback": Row(fixed("/api/franceconnect/callback"), 422, 422, 422, 422, empty),
    "GET /api/franceconnect/link": Row(fixed("/api/franceconnect/link"), 401, 404, 404, 404),
    "POST /api/franceconnect/link": Row(fixed("/api/franceconnect/link"), 401, 404, 404, 404, empty),
    "POST /api/franceconnect/link/start": Row(fixed("/api/franceconnect/link/start"), 401, 422, 422, 422, empty),
    "POST /api/franceconnect/unlink": Row(fixed("/api/franceconnect/unlink"), 401, 422, 422, 422, empty),
    "POST /api/franceconnect/sign-out": Row(fixed("/api/franceconnect/sign-out"), 401, 404, 404, 404),
    "POST /api/activation": Row(fixed("/api/activation"), 422, 422, 422, 422, empty),
    "POST /api/activation/invitation": Row(fixed("/api/activation/invitation"), 422, 422, 422, 422, empty),
    "POST /api/activation/invitation/link": Row(fixed("/api/activation/invitation/link"), 422, 422, 422, 422, empty),
    "POST /api/activation/invitation/shown": Row(fixed("/api/activation/invitation/shown"), 422, 422, 422, 422, empty),
    # the only guardian of family A has an account: said to their family, nothing to anybody else
    "POST /api/activation/guardians/<guardian_id>/invitation": Row(
        lambda stage: f"/api/activation/guardians/{stage.guardian_id}/invitation", 401, 404, 409, 404
    ),
    "POST /api/activation/resend": Row(fixed("/api/activation/resend"), 422, 422, 422, 422, empty),
    "POST /api/activation/requests": Row(fixed("/api/activation/requests"), 422, 422, 422, 422, empty),
    # no request exists in this town: an agent is told so, everybody else that the page is for agents
    "GET /api/agents/requests": Row(fixed("/api/agents/requests"), 401, 403, 403, 403, agent=200),
    "GET /api/agents/requests/<request_id>": Row(
        fixed(f"/api/agents/requests/{'0' * 32}"), 401, 403, 403, 403, agent=404
    ),
    "POST /api/agents/requests/<request_id>/accept": Row(
        fixed(f"/api/agents/requests/{'0' * 32}/accept"), 401, 403, 403, 403, empty, agent=404
    ),
    "POST /api/agents/requests/<request_id>/refuse": Row(
        fixed(f"/api/agents/requests/{'0' * 32}/refuse"), 401, 403, 403, 403, lambda _: {"reason": "Non."}, agent=404
    ),
    "GET /api/family/dashboard": Row(fixed("/api/family/dashboard"), 401, 200, 200, 200),
    "GET /api/family/children/<child_id>": Row(
        lambda stage: f"/api/family/children/{stage.child_id}", 401, 404, 200, 404
    ),
    # nobody but a guardian of family A finds what is sent: the others have none of its persons, requests or versions
    "GET /api/family/details": Row(lambda stage: f"/api/family/details?foyer={stage.foyer_id}", 401, 404, 200, 404),
    "POST /api/family/details": Row(
        fixed("/api/family/details"),
        401,
        404,
        200,
        404,
        lambda stage: {"title": "Mme", "phones": ["06 12 34 56 78"], "foyer": stage.foyer_id},
        lambda stage: {"If-Match": stage.guardian_version},
    ),
    "POST /api/family/details/address": Row(
        fixed("/api/family/details/address"),
        401,
        404,
        200,
        404,
        lambda stage: {"line1": "8 place Neuve", "postcode": "44000", "town": "Nantes", "foyer": stage.foyer_id},
        lambda stage: {"If-Match": f"1-{stage.guardian_version}"},
    ),
    "POST /api/family/details/address/requests/<request_id>/withdraw": Row(
        fixed(f"/api/family/details/address/requests/{'0' * 32}/withdraw"), 401, 403, 404, 404, empty
    ),
    "POST /api/family/details/contacts": Row(
        fixed("/api/family/details/contacts"), 401, 404, 200, 404, lambda stage: contact_in(stage.foyer_id)
    ),
    "POST /api/family/details/contacts/<person_id>": Row(
        lambda stage: f"/api/family/details/contacts/{stage.contact_id}",
        401,
        403,
        200,
        404,
        lambda _: contact_in(""),
        lambda _: {"If-Match": "1"},
    ),
    "POST /api/family/details/contacts/<person_id>/remove": Row(
        lambda stage: f"/api/family/details/contacts/{stage.contact_id}/remove",
        401,
        403,
        200,
        404,
        empty,
        lambda _: {"If-Match": "1"},
    ),
    "GET /api/reservations/activities": Row(fixed("/api/reservations/activities"), 401, 403, 200, 200),
    "GET /api/reservations/calendar": Row(
        lambda stage: f"{CALENDAR}?month=2026-12&activity=cantine&child={stage.child_id}", 401, 403, 200, 404
    ),
    "POST /api/reservations/changes": Row(
        fixed("/api/reservations/changes"),
        401,
        403,
        201,
        404,
        lambda stage: stage.changes,
        lambda stage: {"If-Match": stage.version},
    ),
    "GET /api/reservations/agenda": Row(fixed("/api/reservations/agenda?from=2026-12-01"), 401, 403, 200, 200),
    "GET /api/reservations/regles": Row(fixed("/api/reservations/regles"), 200, 200, 200, 200),
    "POST /api/reservations/essai": Row(fixed("/api/reservations/essai"), 422, 422, 422, 422, empty),
    "GET /api/reservations/receipts/<receipt_number>": Row(
        lambda stage: f"/api/reservations/receipts/{stage.receipt_number}", 401, 404, 200, 404
    ),
}


@dataclass(frozen=True)
class Scene:
    stage: Stage
    browsers: dict[str, Browser]


@pytest.fixture
def scene(portal: Portal) -> Scene:
    leo, noe = factories.child("Léo", school="tilleuls"), factories.child("Noé", school="tilleuls")
    family = factories.family(leo)
    aunt = Contact("c" * 32, "Roche", ("Anne",), phones=("+33612345678",))
    family = foyers.write(replace(family, contacts=(aunt,)), family)
    own = factories.signed_in(portal, family.foyer_id)
    other = factories.signed_in(portal, factories.family(noe).foyer_id)
    receipt = book(own, leo.person_id, MONDAY)
    view = see(own)
    stage = Stage(
        child_id=leo.person_id,
        guardian_id=family.guardians[0].person_id,
        receipt_number=receipt["receipt_number"],
        changes=body_of(view, ticks(leo.person_id, "2026-12-08")),
        version=view["version"],
        session_id=only_session(family.foyer_id),
        foyer_id=family.foyer_id,
        guardian_version="2",  # written with the family, then with its account
        contact_id=aunt.person_id,
    )
    browsers = {
        "anonymous": portal.browser(),
        "stranger": factories.stranger(portal),
        "own": own,
        "other": other,
        "agent": factories.agent(portal),
        "agent_without_factor": factories.agent(portal, second_factor=""),
    }
    return Scene(stage, browsers)


def only_session(foyer_id: str) -> str:
    file = foyers.load(foyer_id)
    access = access_store.find(file.guardians[0].account_id) if file else None
    assert access is not None
    return next(iter(access.sessions))


def call(scene: Scene, name: str, role: str, headers: dict[str, str] | None = None) -> Response:
    row = MATRIX[name]
    return scene.browsers[role].call(
        ROUTES[name].method,
        row.path(scene.stage),
        row.body(scene.stage),
        headers={**row.headers(scene.stage), **(headers or {})},
    )


def let_in(name: str) -> str:
    """A role that this route is for."""
    return "agent" if ROUTES[name].access == "agent" else "own"


def everything_stored(*models: Any) -> dict[tuple[str, str, str], Any]:
    return {
        (model.Meta.table_name, item.pk, item.sk): item.to_dynamodb_dict()
        for model in models or (Core, Credentials, Audit, Ephemeral)
        for item in model.scan()
    }


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert set(MATRIX) == set(ROUTES)


def test_every_route_is_authenticated_or_on_the_list() -> None:
    open_routes = {name for name, route in ROUTES.items() if route.access == "public"}

    assert open_routes == set(PUBLIC)


def test_no_route_that_reads_writes() -> None:
    assert {route.method for route in ROUTES.values()} <= {"GET", "POST", "PUT", "PATCH", "DELETE"}
    assert all(route.writes for route in ROUTES.values() if route.method != "GET")
    assert not [name for name, route in ROUTES.items() if route.method == "GET" and route.body is not None]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", MATRIX)
def test_each_role_is_answered_what_the_matrix_says(scene: Scene, name: str, role: str) -> None:
    before = everything_stored(Core, Credentials, Audit)

    answer = call(scene, name, role)

    assert answer.status_code == MATRIX[name].of(role, ROUTES[name].access), answer.text
    if answer.status_code >= 400:
        assert answer.mimetype == "application/problem+json"
        assert everything_stored(Core, Credentials, Audit) == before
    if role != "own":
        assert "Léo" not in answer.text


@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if route.access != "public"])
def test_nobody_is_told_to_sign_in_before_anything_else(scene: Scene, name: str) -> None:
    assert call(scene, name, "anonymous").get_json(force=True)["code"] == "not_signed_in"


FOREIGN = (
    {"X-Parvis": ""},
    {"Origin": "https://piege.exemple"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)


@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if route.writes])
def test_a_write_from_another_site_is_refused_and_leaves_nothing(scene: Scene, name: str) -> None:
    before = everything_stored()

    answers = [call(scene, name, "own", headers) for headers in FOREIGN]

    assert {(answer.status_code, answer.get_json(force=True)["code"]) for answer in answers} == {
        (403, "foreign_request")
    }
    assert everything_stored() == before


WITH_EVENTS = [name for name, route in ROUTES.items() if route.writes and route.idempotency == "event"]


@pytest.mark.parametrize("name", WITH_EVENTS)
@pytest.mark.parametrize("key", ["", "court"])
def test_a_write_without_an_idempotency_key_is_refused_and_leaves_nothing(scene: Scene, name: str, key: str) -> None:
    before = everything_stored(Core, Credentials, Audit)

    answer = call(scene, name, let_in(name), {"Idempotency-Key": key})

    assert answer.status_code == 400
    assert everything_stored(Core, Credentials, Audit) == before


@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if route.if_match])
def test_an_edit_without_a_version_is_refused(scene: Scene, name: str) -> None:
    row = MATRIX[name]

    answer = scene.browsers["own"].call(ROUTES[name].method, row.path(scene.stage), row.body(scene.stage))

    assert answer.status_code == 428


@pytest.mark.parametrize("name", MATRIX)
def test_a_get_in_place_of_a_write_changes_nothing(scene: Scene, name: str) -> None:
    before = everything_stored()

    answer = scene.browsers[let_in(name)].call("GET", MATRIX[name].path(scene.stage))

    reading = f"GET {ROUTES[name].path}"
    known = reading in ROUTES
    assert answer.status_code == (MATRIX[reading].of(let_in(name), ROUTES[reading].access) if known else 405)
    assert everything_stored() == before


def test_a_forged_session_of_somebody_else_opens_nothing(scene: Scene) -> None:
    thief = scene.browsers["anonymous"]
    thief.client.set_cookie("__Host-parvis", str(uuid.uuid4()), domain="localhost", secure=True)

    assert call(scene, "GET /api/family/dashboard", "anonymous").status_code == 401


def test_closing_the_session_of_somebody_else_by_its_id_closes_nothing(scene: Scene) -> None:
    assert call(scene, "DELETE /api/accounts/sessions/<session_id>", "other").status_code == 204

    assert scene.browsers["own"].get("/api/family/dashboard").status_code == 200
    assert scene.browsers["other"].get("/api/family/dashboard").status_code == 200
