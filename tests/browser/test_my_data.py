"""« Mes données », at both sizes: the copy of one's data, as a file."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from looking import look_at_both_sizes, look_in_the_dark
from people import active_account, fill_sign_in, last_letter, signed_in
from playwright.sync_api import BrowserContext, expect
from serving import Serving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]


def test_a_parent_downloads_a_copy_of_everything_held(serving: Serving, open_browser: Launch, tmp_path: Path) -> None:
    account = active_account(serving, "copie.donnees")
    with open_browser(tmp_path / "profile", "390") as context:
        page = signed_in(context.new_page(), serving, account)
        page.get_by_role("link", name="Mes données", exact=True).click()
        button = page.get_by_role("button", name="Télécharger mes données")
        expect(button).to_be_visible()
        look_at_both_sizes(page, "mes-donnees")
        look_in_the_dark(page, "mes-donnees")
        with page.expect_download() as download:
            button.click()
        expect(page.get_by_text("mes-donnees.json est dans vos téléchargements")).to_be_visible()

        saved = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
        assert download.value.suggested_filename == "mes-donnees.json"
        assert saved["account"]["username"] == account.username
        for _ in range(2):
            with page.expect_download():
                button.click()
            expect(button).to_be_enabled()
        button.click()
        expect(page.get_by_role("alert").filter(has_text="Trop d’essais")).to_be_visible()
        look_at_both_sizes(page, "mes-donnees-trop")


def test_a_parent_closes_the_account_after_the_password(serving: Serving, open_browser: Launch, tmp_path: Path) -> None:
    account = active_account(serving, "ferme.espace")
    with open_browser(tmp_path / "profile", "390") as context:
        page = signed_in(context.new_page(), serving, account, "/mes-donnees/")
        close = page.get_by_role("button", name="Fermer mon espace")
        page.get_by_label("Votre mot de passe", exact=True).fill("ce n’est pas le bon")
        close.click()
        expect(page.locator(".p-error-summary")).to_be_focused()
        look_at_both_sizes(page, "fermer-erreur")
        page.get_by_label("Votre mot de passe", exact=True).fill(account.password)
        close.click()
        expect(page.locator("[data-done]").filter(has_text="Votre espace est fermé")).to_be_focused()
        look_at_both_sizes(page, "ferme")
        assert page.evaluate("Object.keys(localStorage).length") == 0
        assert last_letter(serving, "ferme.espace@exemple.example", "vient d’être fermé")

        page.goto(f"{serving.origin}/connexion/")
        fill_sign_in(page, account)
        expect(page.get_by_text("n’est pas le bon").first).to_be_visible()
        look_at_both_sizes(page, "ferme-connexion")
