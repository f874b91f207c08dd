"""The passkeys that an account has: renamed, removed, listed in the copy of one's data, forgotten when it closes."""

from typing import Any

import pytest
from support import authenticator, sign_up
from support.authenticator import PATH, Authenticator, ask, listed, options_of, register, told
from support.client import Browser, Portal
from support.sign_up import Parent, errors, stored

from functions.accounts import closing

PARENT, OTHER = Parent(), Parent("dominique.roux", "dominique@exemple.fr")
KEY = "1b1b7d1e-1111-4222-8333-444455556666"


@pytest.fixture
def parent(portal: Portal) -> Browser:
    return sign_up.signed_up_and_in(portal, PARENT)


@pytest.fixture
def other(portal: Portal) -> Browser:
    return sign_up.signed_up_and_in(portal, OTHER)


def test_a_passkey_is_called_otherwise(parent: Browser) -> None:
    passkey = register(parent)[1].get_json()
    path, seen = f"{PATH}/{passkey['passkey_id']}/name", {"If-Match": "1"}

    first, again = (parent.post(path, {"name": "Téléphone"}, headers=seen, key=KEY).get_json() for _ in range(2))
    late = parent.post(path, {"name": "Tablette"}, headers=seen)

    assert first == again == {**passkey, "name": "Téléphone", "version": 2}
    assert late.status_code == 412
    assert listed(parent) == [first]


def test_a_name_that_cannot_be_shown_is_refused(parent: Browser) -> None:
    path = f"{PATH}/{register(parent)[1].get_json()['passkey_id']}/name"

    for name in ("", "x" * 61, "a<b"):
        assert "/name" in errors(parent.post(path, {"name": name}, headers={"If-Match": "1"})), name


def test_a_passkey_removed_opens_nothing_and_is_told(portal: Portal, parent: Browser) -> None:
    device, made = register(parent)
    path = f"{PATH}/{made.get_json()['passkey_id']}"
    assert authenticator.sign_in(portal.browser(), device).status_code == 200

    assert [parent.call("DELETE", path, key=KEY).status_code for _ in range(2)] == [204, 204]

    assert listed(parent) == []
    assert authenticator.sign_in(portal.browser(), device).status_code == 401
    assert parent.call("DELETE", path).status_code == 404
    assert {subject.rpartition("– ")[2] for subject in told(portal, PARENT.email)} == {
        "Une clé d’accès ouvre votre espace",
        "Une clé d’accès est retirée",
    }


def test_the_passkey_of_somebody_else_is_found_by_nobody(parent: Browser, other: Browser) -> None:
    path = f"{PATH}/{register(parent)[1].get_json()['passkey_id']}"

    assert other.post(f"{path}/name", {"name": "À moi"}, headers={"If-Match": "1"}).status_code == 404
    assert other.call("DELETE", path).status_code == 404
    assert len(listed(parent)) == 1


def test_the_copy_of_my_data_lists_them_without_what_they_sign_with(parent: Browser) -> None:
    device, made = register(parent, name="Clé de la maison")

    copy = parent.post("/api/accounts/export")

    assert copy.get_json()["passkeys"] == [
        {
            "name": "Clé de la maison",
            "created_at": made.get_json()["created_at"],
            "last_used_at": None,
            "synced": False,
        }
    ]
    assert authenticator.text(device.credential_id) not in copy.text
    assert {"name", "created_at", "last_used_at", "synced", "passkeys"} <= copy.get_json()["legend"].keys()
    assert "Clé d’accès ajoutée" in copy.text


def test_a_passkey_added_while_the_account_closes_does_not_stay(
    portal: Portal, parent: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    device, forget = Authenticator(), closing._forget
    body = device.made(options_of(ask(parent)))

    def adding_first(*given: Any) -> None:
        forget(*given)
        parent.post(PATH, body, key=KEY)

    monkeypatch.setattr(closing, "_forget", adding_first)

    assert parent.post("/api/accounts/close", {"current_password": sign_up.PASSWORD}).status_code == 200

    assert authenticator.text(device.credential_id) not in str(stored(portal, "credentials"))


def test_closing_the_account_forgets_them(portal: Portal, parent: Browser) -> None:
    device, _ = register(parent)

    assert parent.post("/api/accounts/close", {"current_password": sign_up.PASSWORD}).status_code == 200

    assert authenticator.sign_in(portal.browser(), device).status_code == 401
    assert authenticator.text(device.credential_id) not in str(stored(portal, "credentials"))
