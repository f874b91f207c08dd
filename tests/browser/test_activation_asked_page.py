"""« Demander l’activation de mon compte » in Chromium: asked, answered by an agent, told by mail."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from looking import look_at_both_sizes, look_in_the_dark
from people import active_account, fill_sign_in, last_letter
from playwright.sync_api import BrowserContext, Page, expect
from serving import Serving
from test_second_step import link_application, mailed_code
from town_files import as_agent

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]


def ask(page: Page, serving: Serving, email: str) -> str:
    """Fill the form, wrong at first; return the number of the request."""
    page.goto(f"{serving.origin}/connexion/")
    page.get_by_role("link", name="Demander l’activation de mon compte").click()
    page.get_by_label("Nom", exact=True).fill("Inconnu")
    page.get_by_label("Prénom", exact=True).fill("Claude")
    page.get_by_role("button", name="Envoyer ma demande").press("Enter")
    expect(page.locator(".p-error-summary:visible")).to_contain_text("Choisissez un service dans la liste.")
    expect(page.get_by_label("Nom", exact=True)).to_have_value("Inconnu")
    look_at_both_sizes(page, "activation-demandee-erreurs")
    page.get_by_label("Adresse postale").fill("12 rue des Tilleuls, 49290 Villeparvis-sur-Loire")
    page.get_by_label("Adresse e-mail").fill(email)
    page.get_by_label("Prénom de vos enfants").fill("Léo")
    page.get_by_label("Structure ou service qui accueille vos enfants").select_option("Mairie")
    look_at_both_sizes(page, "activation-demandee")
    look_in_the_dark(page, "activation-demandee")
    page.get_by_role("button", name="Envoyer ma demande").press("Enter")
    expect(page.get_by_role("heading", name="Votre demande est envoyée")).to_be_visible()
    look_at_both_sizes(page, "activation-demandee-recue")
    return page.locator("[data-number]").inner_text()


def at_the_desk(page: Page, serving: Serving, username: str = "agente.activation", service: str = "Mairie") -> None:
    account = active_account(serving, username)
    as_agent(serving, f"{account.username}@exemple.example")
    page.goto(f"{serving.origin}/connexion/?suite=%2Fagents%2F")
    fill_sign_in(page, account)
    page.get_by_role("button", name="Recevoir un code par e-mail").click()
    page.get_by_label("Code", exact=True).fill(mailed_code(serving, account))
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url("**/agents/")
    page.get_by_role("link", name="Relier une application de codes").click()
    link_application(page, serving, looked=False)
    page.goto(f"{serving.origin}/agents/")
    page.get_by_label("Service").select_option(service)


def test_a_parent_asks_and_an_agent_answers(serving: Serving, open_browser: Launch, tmp_path: Path) -> None:
    with open_browser(tmp_path / "parent", "390") as context:
        number = ask(context.new_page(), serving, "claude.inconnu@exemple.example")

    with open_browser(tmp_path / "agent", "1280") as context:
        page = context.new_page()
        at_the_desk(page, serving)
        page.get_by_role("listitem").filter(has_text="Claude Inconnu").get_by_role("button").press("Enter")
        expect(page.get_by_text(number)).to_be_visible()
        look_at_both_sizes(page, "activation-a-traiter")
        page.get_by_label("Numéro du dossier famille").fill("F99999")
        page.get_by_role("button", name="Accepter la demande").press("Enter")
        expect(page.get_by_text("Aucun dossier ne porte le numéro F99999.")).to_be_visible()
        expect(page.get_by_label("Numéro du dossier famille")).to_be_focused()
        expect(page.get_by_label("Numéro du dossier famille")).to_have_value("F99999")
        look_at_both_sizes(page, "activation-a-traiter-erreur")
        page.get_by_label("Motif du refus").fill("Aucun enfant de ce nom n’est inscrit chez nous.")
        page.get_by_role("button", name="Refuser la demande").press("Enter")
        expect(page.get_by_role("heading", name="Demande refusée")).to_be_visible()

    letter = last_letter(serving, "claude.inconnu@exemple.example", "demande d’activation")
    assert "Aucun enfant de ce nom" in letter
