"""« Mes coordonnées » in Chromium: a telephone, who may collect the children, an address that an agent accepts."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from agents import at_the_desk
from looking import listen, look, look_at_both_sizes, look_in_the_dark, picture
from people import active_account, last_letter, signed_in
from playwright.sync_api import BrowserContext, Page, expect
from serving import Serving
from test_invitation_page import exported, import_rows
from town_files import import_family

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]
EMAIL = "ma.fiche@exemple.example"


def change_telephone(page: Page) -> None:
    phone = page.get_by_label("Téléphone", exact=True)
    expect(phone).to_have_value("06 12 34 56 73")
    phone.fill("12")
    phone.press("Enter")
    expect(page.locator(".p-error-summary:visible")).to_contain_text("Saisissez un numéro de téléphone qui existe")
    phone.fill("07 11 22 33 44")
    phone.press("Enter")
    expect(page.get_by_text("Vos téléphones et votre civilité sont enregistrés.")).to_be_visible()
    expect(phone).to_have_value("07 11 22 33 44")


def add_somebody(page: Page) -> None:
    page.get_by_role("button", name="Ajouter une personne").press("Enter")
    expect(page.get_by_label("Prénom")).to_be_focused()
    page.keyboard.type("Anne-Lise")
    page.keyboard.press("Tab")
    page.keyboard.type("d’Aÿ")
    page.keyboard.press("Tab")
    page.keyboard.type("grand-mère")
    page.keyboard.press("Tab")
    page.keyboard.type("06 98 76 54 32")
    page.get_by_label("Peut venir chercher les enfants").press("Space")
    page.get_by_role("button", name="Ajouter à l’entourage").press("Enter")
    expect(page.get_by_text("L’entourage est enregistré.")).to_be_visible()
    expect(page.locator(".p-contacts li")).to_contain_text("Anne-Lise d’Aÿ, grand-mère")
    expect(page.locator(".p-contacts li")).to_contain_text("06 98 76 54 32")
    expect(page.get_by_role("heading", name="Entourage")).to_be_focused()


def ask_for_an_address(page: Page) -> None:
    page.get_by_role("button", name="Changer d’adresse").press("Enter")
    expect(page.get_by_label("Numéro et voie")).to_be_focused()
    expect(page.get_by_text("Justificatif de domicile")).to_be_visible()
    page.get_by_label("Numéro et voie").fill("3 quai du Port")
    page.get_by_label("Code postal").fill("440")
    page.get_by_label("Commune", exact=True).fill("Nantes")
    page.get_by_role("button", name="Envoyer ma demande").press("Enter")
    expect(page.locator(".p-error-summary:visible")).to_contain_text("code postal de cinq chiffres")
    expect(page.get_by_label("Numéro et voie")).to_have_value("3 quai du Port")
    look_at_both_sizes(page, "coordonnees-adresse-erreur")
    page.get_by_label("Code postal").fill("44000")
    page.get_by_role("button", name="Envoyer ma demande").press("Enter")
    expect(page.get_by_text("En attente d’instruction depuis le")).to_be_visible()
    look_at_both_sizes(page, "coordonnees-attente")
    look_in_the_dark(page, "coordonnees-attente")


def accepted_by_an_agent(page: Page, serving: Serving) -> None:
    at_the_desk(page, serving, "Guichet unique famille")
    page.get_by_role("listitem").filter(has_text="Changement d’adresse").get_by_role("button").press("Enter")
    expect(page.get_by_role("row", name="Adresse 3 rue d'Aÿ")).to_contain_text("3 quai du Port, 44000 Nantes")
    page.get_by_role("button", name="Accepter la demande").press("Enter")
    expect(page.get_by_text("Dites si la famille habite la commune")).to_be_visible()
    look_at_both_sizes(page, "adresse-a-traiter-erreur")
    page.get_by_label("Non, hors commune").check()
    page.get_by_role("button", name="Accepter la demande").press("Enter")
    expect(page.get_by_role("heading", name="Demande acceptée")).to_be_visible()


def test_a_parent_changes_their_own_file_and_an_agent_accepts_the_address(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    account = active_account(serving, "ma.fiche", import_family(serving, tmp_path, 3))
    with open_browser(tmp_path / "parent", "390") as context:
        page = signed_in(context.new_page(), serving, account)
        errors = listen(page)
        page.get_by_role("link", name="Modifier mes coordonnées").last.click()
        change_telephone(page)
        add_somebody(page)
        ask_for_an_address(page)
        page.goto(f"{serving.origin}/mon-espace/")
        expect(page.get_by_text("En attente d’instruction depuis le")).to_be_visible()
        look(page, "coordonnees-mon-espace")

        with open_browser(tmp_path / "agent", "1280") as desk:
            accepted_by_an_agent(desk.new_page(), serving)

        page.goto(f"{serving.origin}/mes-coordonnees/")
        expect(page.locator(".p-address")).to_contain_text("3 quai du Port")
        page.emulate_media(media="print")
        picture(page, "coordonnees-imprimees")
        assert errors == []
    letter = last_letter(serving, EMAIL, "adresse postale est enregistrée")
    assert "n’habite plus la commune" in letter
    assert "quai du Port" not in letter


def test_what_is_typed_stays_while_the_network_is_away_and_when_the_other_parent_was_first(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    letter = import_family(serving, tmp_path, 4)
    rows = exported(tmp_path / "export-4.csv")
    rows.insert(2, [*rows[1][:5], "Paul", *rows[1][6:14], "paul4@exemple.example", *rows[1][15:]])
    rows[2][2] = "M."
    import_rows(serving, tmp_path / "deux.csv", rows)
    account = active_account(serving, "ma.fiche.deux", letter)
    with open_browser(tmp_path / "parent", "390") as context:
        page = signed_in(context.new_page(), serving, account, "/mes-coordonnees/")
        add_somebody(page)
        late = context.new_page()
        late.goto(page.url)
        for one in (page, late):
            one.get_by_role("button", name="Modifier Anne-Lise").click()
        page.get_by_label("Peut venir chercher les enfants").uncheck()
        page.get_by_role("button", name="Enregistrer", exact=True).click()
        expect(page.get_by_text("À appeler seulement")).to_be_visible()

        late.get_by_label("Lien avec les enfants").fill("tante")
        context.set_offline(True)
        late.get_by_role("button", name="Enregistrer", exact=True).click()
        expect(late.get_by_role("alert").filter(has_text="n’a pas encore reçu ce changement")).to_be_visible()
        context.set_offline(False)
        late.get_by_role("button", name="Enregistrer", exact=True).click()
        expect(late.get_by_role("row", name="Lien")).to_contain_text("grand-mère")
        expect(late.get_by_role("row", name="Peut venir")).to_contain_text("non")
        expect(late.get_by_label("Lien avec les enfants")).to_have_value("tante")
        look_at_both_sizes(late, "coordonnees-modifiees-ailleurs")
        late.get_by_label("Peut venir chercher les enfants").uncheck()
        late.get_by_role("button", name="Enregistrer", exact=True).click()
        expect(late.locator(".p-contacts li")).to_contain_text("tante")
        expect(late.get_by_text("À appeler seulement")).to_be_visible()

        late.get_by_role("button", name="Changer d’adresse").click()
        late.get_by_label("Numéro et voie").fill("3 quai du Port")
        late.get_by_role("button", name="Envoyer ma demande").click()
        expect(late.locator(".p-error-summary:visible")).to_contain_text("Dites qui déménage.")
        look_at_both_sizes(late, "coordonnees-qui-demenage")
