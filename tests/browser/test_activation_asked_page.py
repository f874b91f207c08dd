"""« Demander l’activation de mon compte » in Chromium: asked, answered by an agent, told by mail."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from agents import at_the_desk
from looking import look_at_both_sizes, look_in_the_dark
from people import PASSWORD, Account, last_letter, signed_in
from playwright.sync_api import BrowserContext, Page, expect
from serving import Serving
from town_files import import_family

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]


def ask(page: Page, serving: Serving, given_name: str, usual_name: str, email: str) -> str:
    """Fill the form, wrong at first; return the number of the request."""
    page.goto(f"{serving.origin}/connexion/")
    page.get_by_role("link", name="Demander l’activation de mon compte").click()
    page.get_by_label("Nom", exact=True).fill(usual_name)
    page.get_by_label("Prénom", exact=True).fill(given_name)
    page.get_by_role("button", name="Envoyer ma demande").press("Enter")
    expect(page.locator(".p-error-summary:visible")).to_contain_text("Choisissez un service dans la liste.")
    expect(page.get_by_label("Nom", exact=True)).to_have_value(usual_name)
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


def open_request(page: Page, name: str) -> None:
    page.get_by_role("listitem").filter(has_text=name).get_by_role("button").press("Enter")
    expect(page.get_by_role("heading", name=name)).to_be_focused()


def test_a_stranger_asks_and_an_agent_refuses(serving: Serving, open_browser: Launch, tmp_path: Path) -> None:
    with open_browser(tmp_path / "parent", "390") as context:
        number = ask(context.new_page(), serving, "Claude", "Inconnu", "claude.inconnu@exemple.example")

    with open_browser(tmp_path / "agent", "1280") as context:
        page = context.new_page()
        at_the_desk(page, serving)
        open_request(page, "Claude Inconnu")
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


def test_a_parent_who_changed_address_asks_and_an_agent_opens_the_space(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    family = import_family(serving, tmp_path, 10)
    email = "jeanne.nouvelle@exemple.example"
    with open_browser(tmp_path / "parent", "390") as context:
        ask(context.new_page(), serving, "Jeanne", family.usual_name, email)

    with open_browser(tmp_path / "agent", "1280") as context:
        page = at_the_desk(context.new_page(), serving)
        open_request(page, f"Jeanne {family.usual_name}")
        page.get_by_label("Numéro du dossier famille").fill(family.reference)
        page.get_by_role("button", name="Accepter la demande").press("Enter")
        replace = page.get_by_label("remplacer l’adresse du dossier")
        expect(replace).to_be_focused()
        look_at_both_sizes(page, "activation-a-traiter-adresse")
        replace.press("Space")
        page.get_by_role("button", name="Accepter la demande").press("Enter")
        expect(page.get_by_role("heading", name="Demande acceptée")).to_be_visible()

    with open_browser(tmp_path / "parent-again", "390") as context:
        page = context.new_page()
        page.goto(re.findall(r"http\S+/invitation/#\S+", last_letter(serving, email, "/invitation/#"))[-1])
        expect(page.get_by_text(email)).to_be_visible()
        page.get_by_label("Identifiant").fill("jeanne.nouvelle")
        page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
        page.get_by_label("Confirmation du mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Ouvrir mon espace").click()
        expect(page.get_by_role("link", name="Me connecter")).to_be_visible()
        signed_in(page, serving, Account("jeanne.nouvelle", PASSWORD))
        expect(page.get_by_text(f"Jean-Émile {family.usual_name}")).to_be_visible()
