"""« J’ai oublié mon identifiant ou mon mot de passe »: from the sign-in page to the new password, by the mailbox."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from looking import look_at_both_sizes, storage
from people import PASSWORD, Account, active_account, fill_sign_in, last_letter
from playwright.sync_api import BrowserContext, expect
from serving import Serving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]
NEW = "sept hérons sur la Loire"


def test_a_parent_finds_the_way_back_by_the_mailbox(serving: Serving, open_browser: Launch, tmp_path: Path) -> None:
    account = active_account(serving, "tete.en.l.air")
    with open_browser(tmp_path / "profile", "390") as context:
        page = context.new_page()
        page.goto(f"{serving.origin}/connexion/")
        page.get_by_role("link", name="J’ai oublié").click()
        look_at_both_sizes(page, "mot-de-passe-oublie")
        page.get_by_role("button", name="Recevoir le message").click()
        expect(page.locator(".p-error-summary")).to_be_focused()
        page.get_by_label("Adresse e-mail ou identifiant").fill("tete.en.l.air@exemple.example")
        page.get_by_role("button", name="Recevoir le message").click()
        expect(page.locator("[data-done]")).to_be_focused()
        look_at_both_sizes(page, "mot-de-passe-oublie-envoye")

        letter = last_letter(serving, "tete.en.l.air@exemple.example", "/nouveau-mot-de-passe/#")
        assert "tete.en.l.air" in letter
        token = letter.partition("/nouveau-mot-de-passe/#")[2].split()[0]
        page.goto(f"{serving.origin}/nouveau-mot-de-passe/")
        expect(page.get_by_text("Ouvrez le lien reçu par e-mail")).to_be_visible()
        expect(page.get_by_role("button", name="Changer mon mot de passe")).to_be_hidden()
        page.goto("about:blank")
        page.goto(f"{serving.origin}/nouveau-mot-de-passe/#{token}")
        expect(page.get_by_label("Nouveau mot de passe")).to_be_visible()
        assert token not in page.url + str(storage(page))
        look_at_both_sizes(page, "nouveau-mot-de-passe")
        page.get_by_label("Nouveau mot de passe").fill(NEW)
        page.get_by_label("Confirmation du mot de passe").fill(NEW)
        page.keyboard.press("Enter")
        expect(page.locator("[data-done]")).to_be_focused()
        look_at_both_sizes(page, "nouveau-mot-de-passe-fait")

        page.get_by_role("link", name="Me connecter").last.click()
        fill_sign_in(page, account)
        expect(page.locator(".p-error-summary")).to_be_visible()
        fill_sign_in(page, Account(account.username, NEW))
        page.wait_for_url("**/mon-espace/")
        assert account.password == PASSWORD

        page.goto(f"{serving.origin}/nouveau-mot-de-passe/#{token}")
        page.get_by_label("Nouveau mot de passe").fill("onze cormorans sur le pont")
        page.get_by_label("Confirmation du mot de passe").fill("onze cormorans sur le pont")
        page.get_by_role("button", name="Changer mon mot de passe").click()
        expect(page.locator(".p-error-summary")).to_contain_text("a déjà servi ou a expiré")
