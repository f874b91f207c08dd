"""FranceConnect: signing in, linking, leaving; and nothing that it says is believed before it is checked."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from support import provider as fake
from support import sign_up
from support.client import Browser, Portal
from support.provider import API, CAMILLE, Provider, come_back, leave, visit
from support.sign_up import PASSWORD, Parent
from werkzeug.wrappers import Response

from functions.franceconnect.passing import COOKIE
from functions.kit import clock, config
from functions.store import access as access_store
from functions.store import accounts
from functions.store.access import AgentGrant

PARENT = Parent().typed("/identity/birth_date", "1985-04-12")
ME = "/api/accounts/me"
Travel = Callable[..., None]


@pytest.fixture
def provider(settings: config.Config) -> Iterator[Provider]:
    with fake.running() as running, fake.configured(settings, running.issuer):
        yield running


@pytest.fixture
def parent(portal: Portal, provider: Provider) -> Browser:
    assert provider.port
    return sign_up.signed_up_and_in(portal, PARENT)


@pytest.fixture
def linked(parent: Browser, provider: Provider) -> Browser:
    return link(parent, provider)


def link(browser: Browser, provider: Provider, password: str = PASSWORD) -> Browser:
    """From « Mes identifiants »: the password, FranceConnect, and back."""
    leave(browser, provider, lambda: browser.post(f"{API}/link/start", {"link_password": password}))
    assert come_back(browser, provider).get_json() == {"outcome": "unknown", "account": None}
    answer = browser.post(f"{API}/link", {})
    assert answer.status_code == 204, answer.text
    return browser


def account_id() -> str:
    return accounts.find_claim("COURRIEL", PARENT.email, clock.now()) or ""


def code_of(answer: Response) -> str:
    return str(answer.get_json()["code"])


def is_linked(browser: Browser) -> bool:
    return bool(browser.get(f"{API}/link").get_json()["linked"])


def test_it_is_off_until_the_town_names_its_issuer(portal: Portal) -> None:
    browser = sign_up.signed_up_and_in(portal, PARENT)
    asked: list[tuple[str, str, Any]] = [
        ("POST", "/start", None),
        ("POST", "/link/start", {"link_password": PASSWORD}),
        ("POST", "/callback", {"state": "x", "code": "y"}),
        ("GET", "/pending", None),
        ("GET", "/link", None),
        ("POST", "/link", {}),
        ("POST", "/unlink", {"unlink_password": PASSWORD}),
        ("POST", "/sign-out", None),
    ]

    answers = [browser.call(method, API + path, body) for method, path, body in asked]

    assert {(answer.status_code, code_of(answer)) for answer in answers} == {(404, "franceconnect_off")}
    assert browser.get(API).get_json() == {"on": False}
    assert browser.get(ME).status_code == 200


def test_the_browser_leaves_with_what_franceconnect_asks_for(portal: Portal, provider: Provider) -> None:
    browser = portal.browser()
    assert browser.get(API).get_json() == {"on": True}

    answer = browser.post(f"{API}/start")

    address = urlsplit(answer.get_json()["address"])
    asked = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{provider.issuer}/authorize"
    assert min(len(asked.pop("state")), len(asked.pop("nonce"))) >= 22
    assert asked == {
        "response_type": "code",
        "client_id": fake.CLIENT,
        "redirect_uri": "http://localhost:8000/franceconnect/",
        "scope": "openid identite_pivot email",
        "acr_values": "eidas1",
    }
    [cookie] = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith(f"{COOKIE}=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=600"} <= set(cookie.split("; "))


def test_a_linked_identity_opens_what_the_password_opens(
    portal: Portal, linked: Browser, provider: Provider, travel: Travel
) -> None:
    assert is_linked(linked)
    travel(clock.now() + timedelta(minutes=1))
    browser = portal.browser()

    answer = visit(browser, provider)

    assert answer.get_json()["outcome"] == "signed_in"
    assert answer.get_json()["account"] == {
        "given_name": "Camille",
        "usual_name": "Martin",
        "title": "Mme",
        "previous_sign_in": "2026-11-21T09:00:00Z",
        "has_foyer": False,
        "second_factor": "none",
    }
    assert browser.get(ME).status_code == 200
    assert browser.post("/api/accounts/sessions/refresh").status_code == 204


@pytest.mark.usefixtures("linked")
def test_it_is_no_second_factor(portal: Portal, provider: Provider) -> None:
    access = access_store.find(account_id())
    assert access is not None
    assert access_store.save(replace(access, second_factor="totp", agent=AgentGrant("Agnès Roux", ("mairie",))))
    browser = portal.browser()

    account = visit(browser, provider).get_json()["account"]

    assert account["second_factor"] == "needed"
    assert account["usual_name"] == ""
    assert code_of(browser.get(ME)) == "second_factor_needed"


LIES: dict[str, dict[str, Any]] = {
    "wrong nonce": {"id_token": {"nonce": "n" * 43}},
    "no nonce": {"id_token": {"nonce": None}},
    "id_token alg none": {"id_token_signed": "none"},
    "id_token HS256 with the secret": {"id_token_signed": "HS256"},
    "id_token of another key": {"id_token_signed": "other key"},
    "unknown kid": {"kid": "unknown"},
    "expired": {"id_token": {"exp": 1}},
    "never expires": {"id_token": {"exp": None}},
    "another audience": {"id_token": {"aud": "someone-else"}},
    "two audiences": {"id_token": {"aud": [fake.CLIENT, "someone-else"]}},
    "another issuer": {"id_token": {"iss": "https://elsewhere.example"}},
    "no acr": {"id_token": {"acr": None}},
    "another acr": {"id_token": {"acr": "eidas0"}},
    "no sub": {"id_token": {"sub": ""}},
    "userinfo of another sub": {"userinfo": {"sub": "somebody-else"}},
    "userinfo not signed": {"userinfo_signed": "not"},
    "userinfo alg none": {"userinfo_signed": "none"},
    "userinfo HS256 with the secret": {"userinfo_signed": "HS256"},
    "userinfo of another key": {"userinfo_signed": "other key"},
    "userinfo for somebody else": {"userinfo": {"aud": "someone-else"}},
}


@pytest.mark.parametrize("lie", LIES)
def test_what_does_not_hold_opens_nothing(portal: Portal, linked: Browser, provider: Provider, lie: str) -> None:
    assert is_linked(linked)
    browser = portal.browser()
    provider.flaws = LIES[lie]
    before = len(sign_up.stored(portal, "ephemeral"))

    answer = visit(browser, provider)

    assert (answer.status_code, code_of(answer)) == (502, "franceconnect_not_trusted")
    assert "autrement" in answer.get_json()["detail"]
    assert not answer.headers.getlist("Set-Cookie")
    items = [item["pk"]["S"] for item in sign_up.stored(portal, "ephemeral")]
    assert not [pk for pk in items if pk.startswith(("FC_ETAT", "FC_IDENTITE"))]
    assert len([pk for pk in items if not pk.startswith("FREIN")]) <= before


BREAKDOWNS: dict[str, tuple[int, str, bytes]] = {
    "error": (500, "application/json", b"{}"),
    "garbage": (200, "application/json", b"\xff<html>"),
    "a list": (200, "application/json", b"[]"),
    "a redirect": (302, "application/json", b""),
    "endless": (200, "application/json", b" " * 200_000),
}


@pytest.mark.parametrize("where", ["token", "userinfo", "jwks"])
@pytest.mark.parametrize("what", BREAKDOWNS)
def test_a_breakdown_there_is_said_and_nothing_is_kept(
    portal: Portal, provider: Provider, where: str, what: str
) -> None:
    browser = portal.browser()
    provider.flaws = {"broken": {where: BREAKDOWNS[what]}}

    answer = visit(browser, provider)

    assert answer.status_code == 502
    assert "autrement" in answer.get_json()["detail"]
    assert not answer.headers.getlist("Set-Cookie")
    assert browser.get(f"{API}/pending").status_code == 404


def test_nobody_there_is_said_before_leaving(portal: Portal, settings: config.Config) -> None:
    with fake.running() as provider:
        issuer = provider.issuer
    with fake.configured(settings, issuer):
        answer = portal.browser().post(f"{API}/start")

    assert (answer.status_code, code_of(answer)) == (502, "franceconnect_unreachable")
    assert answer.get_json()["detail"].startswith("FranceConnect ne répond pas")
    assert not answer.headers.getlist("Set-Cookie")


def test_a_provider_that_says_to_go_elsewhere_is_not_followed(portal: Portal, provider: Provider) -> None:
    for flaw in (
        {"issuer": "https://elsewhere.example"},
        {"authorization_endpoint": "https://elsewhere.example/authorize"},
        {"token_endpoint": provider.issuer.replace("127.0.0.1", "localhost") + "/token"},
        {"jwks_uri": None},
    ):
        provider.flaws = {"discovery": flaw}

        assert code_of(portal.browser().post(f"{API}/start")) == "franceconnect_not_trusted", flaw


def test_new_keys_are_asked_for_once(portal: Portal, linked: Browser, provider: Provider) -> None:
    assert is_linked(linked)
    visit(portal.browser(), provider)
    provider.rotate()
    provider.calls.clear()

    assert visit(portal.browser(), provider).get_json()["outcome"] == "signed_in"

    assert [call.rsplit("/", 1)[-1] for call in provider.calls] == ["token", "jwks", "userinfo"]


def test_a_state_serves_once_in_the_browser_that_left_and_for_ten_minutes(
    portal: Portal, provider: Provider, travel: Travel
) -> None:
    browser, other = portal.browser(), portal.browser()
    leave(other, provider)
    leave(browser, provider)

    refused = [come_back(other, provider), come_back(browser, provider)]  # of another browser; used by that try
    leave(browser, provider)
    assert come_back(browser, provider).status_code == 200
    refused += [come_back(browser, provider), come_back(browser, provider, state="inventé")]
    leave(browser, provider)
    browser.client.delete_cookie(COOKIE, domain="localhost")
    refused.append(come_back(browser, provider))
    leave(browser, provider)
    travel(clock.now() + timedelta(minutes=10))
    refused.append(come_back(browser, provider))

    assert {(answer.status_code, code_of(answer)) for answer in refused} == {(409, "franceconnect_state")}


def test_giving_up_there_comes_back_with_plain_words(portal: Portal, provider: Provider) -> None:
    browser = portal.browser()
    leave(browser, provider)

    answer = come_back(browser, provider, code="", error="access_denied")

    assert (answer.status_code, code_of(answer)) == (409, "franceconnect_denied")
    assert "Rien n’a été enregistré" in answer.get_json()["detail"]
    assert code_of(come_back(browser, provider)) == "franceconnect_state"


def test_who_is_not_known_chooses_and_signs_in_once_to_link(
    portal: Portal, parent: Browser, provider: Provider, travel: Travel
) -> None:
    assert parent.get(ME).status_code == 200
    travel(clock.now() + timedelta(minutes=5))
    browser = portal.browser()
    assert visit(browser, provider).get_json() == {"outcome": "unknown", "account": None}
    assert browser.get(f"{API}/pending").get_json() == {
        "title": "Mme",
        "family_name": "MARTIN",
        "usual_name": "",
        "given_names": ["Camille", "Rose"],
        "birth_date": "1985-04-12",
        "email": "camille@exemple.fr",
        "to_link": False,
    }
    assert portal.browser().get(f"{API}/pending").status_code == 404
    assert browser.post(f"{API}/link", {}).status_code == 401

    sign_up.sign_in(browser, PARENT)
    assert browser.post(f"{API}/link", {}).status_code == 204

    assert browser.get(f"{API}/pending").status_code == 404
    assert visit(portal.browser(), provider).get_json()["outcome"] == "signed_in"


def test_a_session_left_open_links_nobody(portal: Portal, parent: Browser, provider: Provider, travel: Travel) -> None:
    assert portal
    travel(clock.now() + timedelta(minutes=5))
    visit(parent, provider)

    assert code_of(parent.post(f"{API}/link", {})) == "franceconnect_password"
    wrong = parent.post(f"{API}/link/start", {"link_password": "pas celui-là du tout"})
    assert sign_up.errors(wrong) == {"/link_password": "Ce n’est pas votre mot de passe actuel."}


def test_a_password_changed_meanwhile_ends_what_it_proved(parent: Browser, provider: Provider, travel: Travel) -> None:
    travel(clock.now() + timedelta(minutes=5))
    leave(parent, provider, lambda: parent.post(f"{API}/link/start", {"link_password": PASSWORD}))
    come_back(parent, provider)
    changed = "une autre place devant la mairie"
    body = {"current_password": PASSWORD, "password": changed, "password_confirmation": changed}
    assert parent.post("/api/accounts/password/change", body).status_code == 200

    assert code_of(parent.post(f"{API}/link", {})) == "franceconnect_password"


def test_somebody_else_is_not_linked(parent: Browser, provider: Provider) -> None:
    for wrong in ({"birthdate": "1985-04-13"}, {"given_name_array": ["Camélia"]}):
        provider.person = {**CAMILLE, **wrong}
        leave(parent, provider, lambda: parent.post(f"{API}/link/start", {"link_password": PASSWORD}))
        come_back(parent, provider)

        assert code_of(parent.post(f"{API}/link", {"sure": True})) == "franceconnect_other_person", wrong
    assert not is_linked(parent)


def test_where_too_little_is_known_the_person_confirms(parent: Browser, provider: Provider) -> None:
    provider.person["family_name"] = "DURAND"  # a birth name, where the account has a usual name alone
    leave(parent, provider, lambda: parent.post(f"{API}/link/start", {"link_password": PASSWORD}))
    come_back(parent, provider)

    assert code_of(parent.post(f"{API}/link", {})) == "franceconnect_unsure"
    assert parent.post(f"{API}/link", {"sure": True}).status_code == 204


def test_an_identity_opens_one_account_and_an_account_has_one(
    portal: Portal, linked: Browser, provider: Provider
) -> None:
    second = sign_up.signed_up_and_in(portal, replace(PARENT, username="camille.deux", email="deux@exemple.fr"))
    leave(second, provider, lambda: second.post(f"{API}/link/start", {"link_password": PASSWORD}))

    assert code_of(come_back(second, provider)) == "franceconnect_taken"
    assert code_of(linked.post(f"{API}/link/start", {"link_password": PASSWORD})) == "franceconnect_linked"


def test_of_two_links_at_once_one_wins(portal: Portal, parent: Browser, provider: Provider) -> None:
    second = sign_up.signed_up_and_in(portal, replace(PARENT, username="camille.deux", email="deux@exemple.fr"))
    browsers = [parent, second]
    for browser in browsers:
        leave(browser, provider, lambda on=browser: on.post(f"{API}/link/start", {"link_password": PASSWORD}))  # type: ignore[misc]
        come_back(browser, provider)

    answers = sign_up.at_once(lambda number: browsers[number].post(f"{API}/link", {}), 2)

    assert sorted(answer.status_code for answer in answers) == [204, 409]
    assert [is_linked(browser) for browser in browsers].count(True) == 1


def test_linking_and_unlinking_twice_under_one_key_are_done_once_and_told_by_mail(
    portal: Portal, parent: Browser, provider: Provider
) -> None:
    leave(parent, provider, lambda: parent.post(f"{API}/link/start", {"link_password": PASSWORD}))
    come_back(parent, provider)
    for path, body, status in (("link", {}, 204), ("unlink", {"unlink_password": PASSWORD}, 200)):
        answers = [parent.post(f"{API}/{path}", body, key=f"0123456789abcdef-{path}") for _ in range(2)]
        assert [answer.status_code for answer in answers] == [status, status]
    sign_up.run_jobs()

    subjects = [str(letter["Subject"]).partition("– ")[2] for letter in sign_up.letters(portal, PARENT.email)[1:]]
    assert subjects == ["FranceConnect ouvre votre espace", "FranceConnect est retiré de votre espace"]
    assert not is_linked(parent)
    assert code_of(parent.post(f"{API}/unlink", {"unlink_password": PASSWORD})) == "franceconnect_not_linked"
    assert visit(portal.browser(), provider).get_json()["outcome"] == "unknown"


def test_unlinking_needs_the_password(linked: Browser) -> None:
    answer = linked.post(f"{API}/unlink", {"unlink_password": "pas celui-là du tout"})

    assert (answer.status_code, is_linked(linked)) == (422, True)


def test_signing_out_leaves_franceconnect_too(portal: Portal, linked: Browser, provider: Provider) -> None:
    by_franceconnect = portal.browser()
    visit(by_franceconnect, provider)
    for browser in (by_franceconnect, linked):
        answer = browser.post(f"{API}/sign-out")

        address = urlsplit(answer.get_json()["address"])
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        assert f"{address.scheme}://{address.netloc}{address.path}" == f"{provider.issuer}/session/end"
        assert asked["post_logout_redirect_uri"] == "http://localhost:8000/connexion/"
        assert asked["id_token_hint"].count(".") == 2
        assert len(asked["state"]) >= 22
        assert browser.get(ME).status_code == 401


def test_signing_out_never_waits_for_franceconnect(portal: Portal, linked: Browser, provider: Provider) -> None:
    assert portal
    provider.flaws = {"broken": {"openid-configuration": (500, "text/plain", b"")}}
    fake.metadata.forget()

    assert linked.post(f"{API}/sign-out").get_json() == {"address": ""}

    assert linked.get(ME).status_code == 401


def test_a_closed_account_is_no_longer_linked(portal: Portal, linked: Browser, provider: Provider) -> None:
    assert linked.post("/api/accounts/close", {"current_password": PASSWORD}).status_code == 200

    assert not [
        item for item in sign_up.stored(portal, "credentials") if "FRANCECONNECT" in str(item["pk"]) + str(item["sk"])
    ]
    assert visit(portal.browser(), provider).get_json()["outcome"] == "unknown"


def test_the_copy_of_my_data_says_it(linked: Browser) -> None:
    assert linked.post("/api/accounts/export").get_json()["franceconnect"] == {"linked_at": "2026-11-21T09:00:00Z"}


def test_nothing_of_a_person_nor_of_a_token_is_logged(
    portal: Portal, linked: Browser, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    assert is_linked(linked)
    visit(portal.browser(), provider)

    for word in ("MARTIN", "Camille", "1985", CAMILLE["sub"], CAMILLE["email"], provider.asked["state"], "eyJ"):
        assert str(word) not in caplog.text
