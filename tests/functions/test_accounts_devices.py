"""« Mes identifiants »: the devices that are signed in, signing them out, and another password."""

from typing import Any

import pytest
from support import sign_up
from support.client import Browser, Portal
from support.sign_up import Parent, errors, letters, run_jobs, sign_in
from werkzeug.wrappers import Response

from functions.domain.devices import UNKNOWN, name_of

ME = "/api/accounts/me"
DASHBOARD = "/api/family/dashboard"
NEW = "sept hérons traversent la Loire"
PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36"
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"


@pytest.fixture
def phone(portal: Portal) -> Browser:
    sign_up.sign_up(portal, Parent())
    return signed_in(portal, PHONE)


@pytest.fixture
def laptop(portal: Portal, phone: Browser) -> Browser:
    assert phone
    return signed_in(portal, LAPTOP)


def signed_in(portal: Portal, agent: str) -> Browser:
    browser = portal.browser()
    assert sign_in(browser, Parent(), headers={"User-Agent": agent}).status_code == 200
    return browser


def devices(browser: Browser) -> dict[str, dict[str, Any]]:
    answer = browser.get(ME)
    assert answer.status_code == 200
    return {device["name"]: device for device in answer.get_json()["devices"]}


def change(browser: Browser, current: str = sign_up.PASSWORD, new: str = NEW, **more: Any) -> Response:
    body = {"current_password": current, "password": new, "password_confirmation": new}
    return browser.post("/api/accounts/password/change", body, **more)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (PHONE, "Chrome sur Android"),
        (LAPTOP, "Firefox sur Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1",
            "Safari sur iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0", "Edge sur Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/130.0.0.0 Safari/537.36", "Chrome sur Mac"),
        ("curl/8", UNKNOWN),
        ("", UNKNOWN),
        ("<script>Firefox</script>" * 50, "Firefox"),
    ],
)
def test_a_device_is_called_by_its_browser_and_its_system_and_nothing_it_sends(agent: str, name: str) -> None:
    assert name_of(agent) == name


def test_the_devices_that_are_signed_in_are_shown_and_which_one_this_is(phone: Browser, laptop: Browser) -> None:
    seen = devices(laptop)

    assert {name: device["current"] for name, device in seen.items()} == {
        "Chrome sur Android": False,
        "Firefox sur Linux": True,
    }
    assert laptop.get(ME).get_json()["username"] == "camille.martin"
    assert phone.get(ME).get_json()["email"] == "camille@exemple.fr"


def test_a_lost_phone_is_signed_out_from_another_device(phone: Browser, laptop: Browser) -> None:
    lost = devices(laptop)["Chrome sur Android"]["session_id"]

    answers = [laptop.call("DELETE", f"/api/accounts/sessions/{lost}", None).status_code for _ in range(2)]

    assert answers == [204, 204]
    assert phone.get(DASHBOARD).status_code == 401
    assert phone.post("/api/accounts/sessions/refresh", None).status_code == 401
    assert set(devices(laptop)) == {"Firefox sur Linux"}


def test_signing_out_everywhere_closes_every_device(portal: Portal, phone: Browser, laptop: Browser) -> None:
    assert laptop.call("DELETE", "/api/accounts/sessions", None).status_code == 204

    assert [browser.get(DASHBOARD).status_code for browser in (phone, laptop)] == [401, 401]
    assert set(devices(signed_in(portal, PHONE))) == {"Chrome sur Android"}


def test_another_password_keeps_this_device_and_signs_the_others_out(
    portal: Portal, phone: Browser, laptop: Browser
) -> None:
    assert change(laptop).status_code == 200
    run_jobs()

    assert laptop.get(DASHBOARD).status_code == 200
    assert phone.get(DASHBOARD).status_code == 401
    assert sign_in(portal.browser(), Parent()).status_code == 401
    assert sign_in(portal.browser(), Parent(password=NEW)).status_code == 200
    assert "a été changé" in str(letters(portal, "camille@exemple.fr")[-1]["Subject"])


def test_a_retry_of_a_change_is_answered_alike_and_tells_once(portal: Portal, phone: Browser) -> None:
    key = "2b1b7d1e-1111-4222-8333-444455556666"

    assert [change(phone, key=key).status_code for _ in range(2)] == [200, 200]
    run_jobs()

    assert len([letter for letter in letters(portal) if "a été changé" in str(letter["Subject"])]) == 1


def test_another_password_needs_the_current_one(portal: Portal, phone: Browser) -> None:
    refused = change(phone, "ce n’est pas le bon")

    assert refused.status_code == 422
    assert set(errors(refused)) == {"/current_password"}
    assert sign_in(portal.browser(), Parent()).status_code == 200


def test_guessing_the_current_password_is_bounded(phone: Browser) -> None:
    answers = [change(phone, f"essai numéro {n}").status_code for n in range(11)]

    assert answers == [422] * 10 + [429]


def test_a_weak_password_is_refused_with_its_reason(phone: Browser) -> None:
    refused = change(phone, new="camille.martin")

    assert set(errors(refused)) == {"/password"}
