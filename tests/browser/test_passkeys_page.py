"""A passkey from its page to the sign-in page and back, with Chromium's own virtual authenticator, at both sizes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from keys import focused, tab_to
from looking import look, look_in_the_dark
from people import Account, active_account, signed_in
from playwright.sync_api import BrowserContext, CDPSession, Page, expect
from serving import Serving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]
SIGN_IN = "Se connecter avec une clé d’accès"

RENAMED_ELSEWHERE = """async () => {
    const { passkeys: [{ passkey_id }] } = await (await fetch("/api/passkeys")).json();
    const headers = {"X-Parvis": "1", "If-Match": "1", "Idempotency-Key": crypto.randomUUID(),
        "Content-Type": "application/json"};
    await fetch(`/api/passkeys/${passkey_id}/name`, {method: "POST", headers, body: '{"name": "Ailleurs"}'});
}"""


class Device:
    """The page's own authenticator, unlocked by its owner until told otherwise."""

    def __init__(self, page: Page) -> None:
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        self.id = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def unlocks(self, *, by_its_owner: bool) -> None:
        self.session.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": by_its_owner})

    def passkeys(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.id})[
            "credentials"
        ]
        return found


def add(page: Page, account: Account) -> None:
    page.get_by_label("Votre mot de passe", exact=True).fill(account.password)
    page.get_by_role("button", name="Ajouter une clé d’accès").click()


def sign_out(page: Page) -> None:
    page.evaluate(
        "fetch('/api/accounts/sessions/current', {method: 'DELETE', headers: {'X-Parvis': '1'}}).then(() => 0)"
    )
    page.goto(page.url.partition("/cles-d-acces/")[0] + "/connexion/?suite=%2Fcles-d-acces%2F")


def test_a_passkey_is_added_opens_the_account_and_once_removed_opens_nothing(
    serving: Serving, open_browser: Launch, tmp_path: Path, size: str
) -> None:
    account = active_account(serving, f"cle.acces.{size}")
    with open_browser(tmp_path / "profile", size) as context:
        page = context.new_page()
        device = Device(page)
        signed_in(page, serving, account, "/identifiants/")
        page.get_by_role("link", name="Ajouter ou retirer une clé d’accès").click()
        expect(page.get_by_text("Vous n’en avez pas encore.")).to_be_visible()
        look(page, "cles-d-acces-aucune")

        device.unlocks(by_its_owner=False)
        add(page, account)
        expect(page.locator(".p-error-summary")).to_contain_text("Rien n’a changé")
        look(page, "cles-d-acces-annulee")
        device.unlocks(by_its_owner=True)
        page.get_by_role("button", name="Ajouter une clé d’accès").click()  # the password typed is still there
        expect(page.locator("parvis-passkeys [role=status]")).to_contain_text("est ajoutée")
        expect(page.get_by_role("heading", name="Mes clés d’accès")).to_be_focused()
        assert [one["isResidentCredential"] for one in device.passkeys()] == [True]
        add(page, account)
        expect(page.locator(".p-error-summary")).to_contain_text("Cet appareil a déjà une clé d’accès")

        page.locator("[data-rename]").press("Enter")
        page.evaluate(RENAMED_ELSEWHERE)
        page.get_by_label("Nom de la clé").fill("Téléphone de <Camille>")
        page.keyboard.press("Enter")
        expect(page.locator("parvis-passkeys [role=alert]")).to_contain_text("sans < ni >")
        page.get_by_label("Nom de la clé").fill("Téléphone de Camille")
        page.keyboard.press("Enter")
        expect(page.locator("parvis-passkeys [role=alert]")).to_contain_text("vient d’être changé par ailleurs")
        expect(page.get_by_label("Nom de la clé")).to_have_value("Téléphone de Camille")
        look(page, "cles-d-acces-nom")
        page.get_by_label("Nom de la clé").press("Enter")
        expect(page.locator("parvis-passkeys [role=status]")).to_contain_text("Téléphone de Camille")

        sign_out(page)
        look(page, "connexion-cle-d-acces")
        tab_to(page, page.get_by_role("button", name=SIGN_IN))
        page.keyboard.press("Enter")
        page.wait_for_url("**/cles-d-acces/")
        expect(page.locator("parvis-passkeys li")).to_contain_text("utilisée le")

        page.locator("[data-remove]").press("Enter")
        assert "Retirer cette clé" in focused(page)
        look(page, "cles-d-acces-retirer")
        look_in_the_dark(page, "cles-d-acces-retirer")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Vous n’en avez pas encore.")).to_be_visible()

        sign_out(page)
        page.get_by_role("button", name=SIGN_IN).click()
        expect(page.get_by_role("alert").filter(has_text="n’a pas été reconnue")).to_be_visible()
        look(page, "connexion-cle-refusee")


def test_without_passkeys_in_the_browser_nothing_offers_one(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    with open_browser(tmp_path / "profile", "390") as context:
        context.add_init_script("delete window.PublicKeyCredential")
        page = context.new_page()
        page.goto(f"{serving.origin}/connexion/?suite=%2Fcles-d-acces%2F")
        expect(page.get_by_role("button", name="Se connecter", exact=True)).to_be_visible()
        expect(page.get_by_role("button", name=SIGN_IN)).to_be_hidden()
