"""« Mes identifiants »: the devices that are signed in, and another password, at both sizes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from looking import look_at_both_sizes, look_in_the_dark
from people import active_account, last_letter, signed_in
from playwright.sync_api import BrowserContext, expect
from serving import Serving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]


def test_a_parent_signs_a_lost_device_out_and_changes_the_password(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    account = active_account(serving, "deux.appareils")  # made through a first device, still signed in
    with open_browser(tmp_path / "profile", "390") as context:
        page = signed_in(context.new_page(), serving, account)
        page.get_by_role("link", name="Mes identifiants et mes appareils").click()
        expect(page.get_by_text("(celui-ci)")).to_be_visible()
        look_at_both_sizes(page, "identifiants")
        look_in_the_dark(page, "identifiants")
        page.get_by_role("button", name="Déconnecter Appareil inconnu").click()
        expect(page.get_by_role("status").filter(has_text="est déconnecté")).to_be_visible()
        expect(page.get_by_role("button", name="Déconnecter Appareil inconnu")).to_have_count(0)

        page.get_by_label("Mot de passe actuel").fill("ce n’est pas le bon")
        page.get_by_label("Nouveau mot de passe").fill("sept hérons sur la Loire")
        page.get_by_label("Confirmation du mot de passe").fill("sept hérons sur la Loire")
        page.get_by_role("button", name="Changer mon mot de passe").click()
        summary = page.locator(".p-error-summary").filter(has_text="Ce n’est pas votre mot de passe actuel.")
        expect(summary).to_be_focused()
        look_at_both_sizes(page, "identifiants-erreur")
        page.get_by_label("Mot de passe actuel").fill(account.password)
        page.get_by_role("button", name="Changer mon mot de passe").click()
        expect(page.locator("[data-done]").filter(has_text="Votre mot de passe est changé")).to_be_focused()

        page.get_by_role("button", name="Me déconnecter de tous les appareils").click()
        page.wait_for_url("**/connexion/")
        assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_parent_changes_address_by_answering_at_both(serving: Serving, open_browser: Launch, tmp_path: Path) -> None:
    account = active_account(serving, "demenage")
    old, new = "demenage@exemple.example", "demenage.neuf@exemple.example"
    with open_browser(tmp_path / "profile", "390") as context:
        page = signed_in(context.new_page(), serving, account, "/identifiants/")
        page.get_by_label("Nouvelle adresse e-mail").fill(new)
        page.get_by_label("Votre mot de passe", exact=True).fill(account.password)
        page.get_by_role("button", name="Changer mon adresse e-mail").click()
        expect(page.get_by_role("heading", name="Deux messages sont partis")).to_be_visible()
        look_at_both_sizes(page, "identifiants-adresse")

        for address, heading in ((old, "Cette adresse est confirmée"), (new, "Votre adresse e-mail est changée")):
            letter = last_letter(serving, address, "/confirmer-adresse/#")
            page.goto("about:blank")
            page.goto(f"{serving.origin}/confirmer-adresse/#" + letter.partition("/confirmer-adresse/#")[2].split()[0])
            expect(page.get_by_role("button", name="Confirmer")).to_be_visible()
            look_at_both_sizes(page, "confirmer-adresse")
            page.get_by_role("button", name="Confirmer").click()
            expect(page.get_by_role("heading", name=heading)).to_be_focused()
            look_at_both_sizes(page, "adresse-confirmee")
        page.goto(f"{serving.origin}/identifiants/")
        expect(page.get_by_text(new, exact=True)).to_be_visible()
