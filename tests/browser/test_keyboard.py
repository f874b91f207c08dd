"""Everything with the keyboard alone: the focus is seen at every stop, and goes where something has happened."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from booking import booked, boxes, open_month, receipt_number
from keys import focus_is_seen, tab_to, type_into
from people import demonstration_account, resumed
from playwright.sync_api import BrowserContext, Page, expect
from serving import Serving

from functions.console.local import demonstration

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]
PASSWORD = "quatre mots sans souris"


def test_an_account_is_asked_for_without_a_mouse_and_back_loses_nothing(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    with open_browser(tmp_path / "profile", "1280") as context:
        page = context.new_page()
        page.goto(f"{serving.origin}/creer-mon-espace/")
        errors_lead_to_their_field(page)
        identity_and_address(page)
        back_and_forward_lose_nothing(page)
        contact_and_password(page)

        expect(page.get_by_role("heading", name="Vérifiez vos réponses")).to_be_focused()
        tab_to(page, page.get_by_role("button", name="Créer mon espace"))
        page.keyboard.press("Enter")
        expect(page.locator("[data-done]")).to_be_focused()


def errors_lead_to_their_field(page: Page) -> None:
    tab_to(page, page.get_by_role("button", name="Continuer"))
    page.keyboard.press("Enter")
    expect(page.locator(".p-error-summary")).to_be_focused()
    tab_to(page, page.get_by_role("link", name="Saisissez votre nom usuel."))
    page.keyboard.press("Enter")
    expect(page.get_by_label("Nom usuel")).to_be_focused()
    focus_is_seen(page)


def identity_and_address(page: Page) -> None:
    page.keyboard.type("Lefèvre")
    page.keyboard.press("Shift+Tab")  # back to the radio buttons, which arrows choose among
    expect(page.get_by_label("Madame")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Monsieur")).to_be_checked()
    type_into(page, "Prénoms", "Marc")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Adresse", exact=True)).to_be_focused()
    type_into(page, "Numéro et voie", "2 rue de l’Île")
    type_into(page, "Code postal", "49290")
    type_into(page, "Commune", "Villeparvis")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Adresse e-mail")).to_be_visible()


def back_and_forward_lose_nothing(page: Page) -> None:
    page.go_back()
    expect(page.get_by_label("Numéro et voie")).to_have_value("2 rue de l’Île")
    page.go_back()
    expect(page.get_by_label("Nom usuel")).to_have_value("Lefèvre")
    expect(page.get_by_label("Monsieur")).to_be_checked()
    page.go_forward()
    page.go_forward()
    expect(page.get_by_label("Adresse e-mail")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Adresse e-mail")).to_be_visible()
    page.get_by_role("heading", level=2).first.focus()


def contact_and_password(page: Page) -> None:
    type_into(page, "Adresse e-mail", "marc.clavier@exemple.example")
    page.keyboard.press("Enter")
    type_into(page, "Identifiant", "marc.clavier")
    type_into(page, "Mot de passe", PASSWORD)
    tab_to(page, page.locator(".p-step:not([hidden]) [data-reveal]").first)
    page.keyboard.press("Space")
    expect(page.get_by_label("Mot de passe", exact=True)).to_have_attribute("type", "text")
    type_into(page, "Confirmation du mot de passe", PASSWORD)
    page.keyboard.press("Enter")


@pytest.mark.parametrize(("size", "month"), [("1280", "2027-01"), ("390", "2027-02")])
def test_a_month_is_booked_without_a_mouse(
    serving: Serving, open_browser: Launch, tmp_path: Path, size: str, month: str
) -> None:
    with open_browser(tmp_path / "profile", size) as context:
        page = context.new_page()
        if size == "1280":
            sign_in_by_keyboard(page, serving)
        else:
            resumed(page, serving)
        open_month(page, serving, month)
        child = page.locator(".p-calendar-child h2").first.inner_text()
        leaving_asks_and_gives_the_focus_back(page)

        tab_to(page, page.get_by_role("button", name="Vérifier et confirmer"))
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Vérifiez avant de confirmer")).to_be_focused()
        tab_to(page, page.get_by_role("button", name="Modifier"))
        page.keyboard.press("Enter")
        expect(boxes(page).first).to_be_checked()
        tab_to(page, page.get_by_role("button", name="Vérifier et confirmer"))
        page.keyboard.press("Enter")
        tab_to(page, page.get_by_role("button", name="Confirmer", exact=True))
        page.keyboard.press("Enter")
        assert receipt_number(page).startswith("R-")
        assert [name for _, name in booked(page, month)] == [child, child]


def sign_in_by_keyboard(page: Page, serving: Serving) -> None:
    page.goto(f"{serving.origin}/connexion/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    focus_is_seen(page)
    page.keyboard.press("Enter")
    expect(page.locator("#contenu")).to_be_focused()
    type_into(page, "Identifiant ou adresse e-mail", demonstration_account(serving).username)
    type_into(page, "Mot de passe", demonstration.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/mon-espace/")


def leaving_asks_and_gives_the_focus_back(page: Page) -> None:
    for number in range(2):
        tab_to(page, boxes(page).nth(number))
        page.keyboard.press("Space")
        expect(boxes(page).nth(number)).to_be_checked()
    quit_button = page.get_by_role("button", name="Annuler la démarche")
    tab_to(page, quit_button)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("button", name="Rester sur cette page")).to_be_focused()
    focus_is_seen(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(quit_button).to_be_focused()
    page.get_by_role("heading", level=2).first.evaluate("(heading) => { heading.tabIndex = -1; heading.focus(); }")
