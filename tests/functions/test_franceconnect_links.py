"""FranceConnect: linking an account to an identity, unlinking it, leaving with it; one identity, one account."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from support import provider as fake
from support import sign_up
from support.client import Browser, Portal
from support.provider import (
    API,
    CAMILLE,
    PARENT,
    Provider,
    code_of,
    come_back,
    is_linked,
    leave,
    link,
    visit,
)
from support.sign_up import PASSWORD

from functions.kit import clock, config

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
    copy = linked.post("/api/accounts/export").get_json()
    assert copy["franceconnect"]["linked_at"].startswith("2026-11-21T09:00:")


def test_nothing_of_a_person_nor_of_a_token_is_logged(
    portal: Portal, linked: Browser, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    assert is_linked(linked)
    visit(portal.browser(), provider)

    for word in ("MARTIN", "Camille", "1985", CAMILLE["sub"], CAMILLE["email"], provider.asked["state"], "eyJ"):
        assert str(word) not in caplog.text
