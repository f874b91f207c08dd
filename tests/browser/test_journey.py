"""The purpose of the whole: a family imported from the town's file; a parent who creates an account, activates it by
mail, enters the clé enfance, books the canteen for a month for two children, and reads the agenda without a network.
"""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from looking import listen, look, offline_is_ready, storage
from playwright.sync_api import BrowserContext, Page, expect
from serving import Serving
from town_files import Letter, import_family

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PASSWORD = "le portail de la place"
MONTH = "2027-06"

Launch = Callable[..., AbstractContextManager[BrowserContext]]


def test_a_parent_signs_up_books_a_month_and_reads_the_agenda_without_a_network(
    serving: Serving, open_browser: Launch, tmp_path: Path, size: str
) -> None:
    letter = import_family(serving, tmp_path, number=int(size == "390"))
    profile = tmp_path / "profile"

    with open_browser(profile, size) as context:
        page = context.new_page()
        errors = listen(page)
        create_account(page, serving, letter, key_at_creation=size == "390")
        activate(page, serving, letter)
        sign_in(page, serving, letter)
        if size != "390":
            enter_key(page, serving, letter)
        days = book_month(page, serving, letter)
        keep_agenda(page, days)
        assert errors == []
    serving.stop()
    try:
        with open_browser(profile, size) as context:
            read_agenda_offline(context.new_page(), serving, letter, days)
    finally:
        serving.start()
    with open_browser(profile, size) as context:
        sign_out_leaves_nothing(context.new_page(), serving)


def fill_date(page: Page, prefix: str, french_date: str) -> None:
    for part, value in zip(("day", "month", "year"), french_date.split("/"), strict=True):
        page.locator(f'input[name="{prefix}.{part}"]').fill(value)


def create_account(page: Page, serving: Serving, letter: Letter, *, key_at_creation: bool) -> None:
    page.goto(serving.origin)
    look(page, "accueil")
    page.get_by_role("link", name="Créer mon espace").first.click()
    page.wait_for_url("**/creer-mon-espace/**")
    page.get_by_role("button", name="Continuer").click()  # empty: the errors are said
    expect(page.locator(".p-error-summary")).to_be_focused()
    look(page, "creation-erreurs")

    page.get_by_label("Madame").check()
    page.get_by_label("Nom usuel").fill(letter.usual_name)
    page.get_by_label("Prénoms").fill(letter.given_name)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Numéro et voie").fill("3 rue d'Aÿ")
    page.get_by_label("Code postal").fill("49290")
    page.get_by_label("Commune", exact=True).fill("Villeparvis-sur-Loire")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Adresse e-mail").fill(letter.email)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Identifiant").fill(username(letter))
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_label("Confirmation du mot de passe").fill(PASSWORD)
    if key_at_creation:
        page.locator('[data-optional-group="cle_enfance"] input[type=checkbox]').check()
        fill_key(page, letter, "cle_enfance.")
    expect(page.get_by_text("Vérification de sécurité faite.")).to_be_visible()
    look(page, "creation-authentification")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", name="Vérifiez vos réponses")).to_be_visible()
    expect(page.get_by_text(letter.usual_name, exact=True)).to_be_visible()
    assert PASSWORD not in page.locator("main").inner_text()
    look(page, "creation-verification")
    page.locator("[data-send]").click()
    expect(page.locator("[data-done]")).to_be_visible()
    look(page, "creation-faite")


def username(letter: Letter) -> str:
    return f"jeanne.{letter.reference}"


def fill_key(page: Page, letter: Letter, prefix: str = "") -> None:
    page.locator(f'input[name="{prefix}key"]').fill(letter.key.lower())
    page.locator(f'input[name="{prefix}child_usual_name"]').fill(letter.usual_name.upper())
    page.locator(f'input[name="{prefix}child_given_name"]').fill("jean emile")
    fill_date(page, f"{prefix}child_birth_date", letter.birth_dates[0])


def activate(page: Page, serving: Serving, letter: Letter) -> None:
    """The letter arrives in the mailbox; opening the link changes nothing before the button is pressed."""
    mailbox = f"{serving.origin}/boite-mail/"
    page.goto(mailbox)
    for _ in range(60):
        if letter.email in page.content():
            break
        page.wait_for_timeout(250)
        page.reload()
    look(page, "boite-mail")
    page.get_by_role("link", name=re.compile("Création de votre espace personnel")).first.click()
    expect(page.get_by_text(letter.email)).to_be_visible()
    link = page.locator('a[href*="/activation/#"]').get_attribute("href") or ""
    page.goto(link)
    button = page.get_by_role("button", name="Activer mon espace")
    expect(button).to_be_visible()
    assert "#" not in page.url
    look(page, "activation")
    button.click()
    expect(page.get_by_text("votre espace est activé")).to_be_visible()
    look(page, "activation-faite")


def sign_in(page: Page, serving: Serving, letter: Letter) -> None:
    page.goto(f"{serving.origin}/connexion/")
    page.get_by_label("Identifiant ou adresse e-mail").fill(letter.email.upper())
    page.get_by_label("Mot de passe", exact=True).fill("ce n’est pas celui-là")
    page.locator("form button[type=submit]").click()
    expect(page.locator(".p-error-summary")).to_be_visible()
    expect(page.get_by_label("Identifiant ou adresse e-mail")).to_have_value(letter.email.upper())
    look(page, "connexion-refusee")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.locator("form button[type=submit]").click()
    page.wait_for_url("**/mon-espace/")
    expect(page.get_by_text("Bonjour Madame")).to_be_visible()
    look(page, "mon-espace-arrivee")


def enter_key(page: Page, serving: Serving, letter: Letter) -> None:
    page.get_by_role("link", name="Activer ma clé enfance").first.click()
    page.wait_for_url("**/cle-enfance/")
    fill_key(page, letter)
    page.locator('input[name="key"]').fill("00000-AAAAA")
    page.locator("form button[type=submit]").click()
    expect(page.locator(".p-error-summary")).to_be_visible()
    look(page, "cle-refusee")
    page.locator('input[name="key"]').fill(letter.key)
    page.locator("form button[type=submit]").click()
    expect(page.get_by_text("Jean-Émile").first).to_be_visible()
    look(page, "cle-acceptee")
    page.goto(f"{serving.origin}/mon-espace/")
    expect(page.get_by_text("Zoé").first).to_be_visible()


def book_month(page: Page, serving: Serving, letter: Letter) -> list[str]:
    """Every day of the month for the first child, the same for the second in one click; one confirmation."""
    page.goto(f"{serving.origin}/reservations/")
    page.locator("#calendar-activity").select_option(label="Restauration scolaire")
    page.locator("#calendar-month").select_option(MONTH)
    expect(page.get_by_role("heading", name=letter.children[0])).to_be_visible()
    look(page, "calendrier")
    tools = page.get_by_role("group", name=f"Plusieurs jours à la fois pour {letter.children[0]}")
    if not tools.is_visible():
        page.get_by_text(f"Plusieurs jours à la fois pour {letter.children[0]}").click()
    tools.get_by_role("button", name="Tout cocher").click()
    tools.get_by_role("button", name=f"Pareil pour {letter.children[1]}").click()
    look(page, "calendrier-coche")
    page.get_by_role("button", name="Vérifier et confirmer").click()
    expect(page.get_by_role("heading", name="Vérifiez avant de confirmer")).to_be_visible()
    look(page, "calendrier-verification")
    page.get_by_role("button", name="Confirmer", exact=True).click()
    expect(page.get_by_role("heading", name="C’est enregistré")).to_be_visible()
    assert page.locator(".p-receipt-number").inner_text().startswith("R-")
    look(page, "calendrier-recu")
    rows = page.locator(".p-receipt tbody tr th")
    days = rows.all_inner_texts()
    assert len(days) >= 30
    assert days[: len(days) // 2] == days[len(days) // 2 :]
    return days


def keep_agenda(page: Page, days: list[str]) -> None:
    page.get_by_role("link", name="Voir l’agenda").click()
    page.wait_for_url("**/agenda/")
    expect(page.locator(".p-agenda-entry")).to_have_count(len(days))
    page.get_by_label("Garder mes données sur cet appareil").check()
    expect(page.get_by_text("L’agenda est gardé sur cet appareil.")).to_be_visible()
    offline_is_ready(page)
    look(page, "agenda")


def read_agenda_offline(page: Page, serving: Serving, letter: Letter, days: list[str]) -> None:
    """The server is stopped and Chromium was started again: only what is on the device answers."""
    page.goto(f"{serving.origin}/agenda/")
    expect(page.locator(".p-agenda-entry")).to_have_count(len(days))
    expect(page.get_by_text(re.compile("Données du")).first).to_be_visible()
    expect(page.locator(".p-agenda-entry", has_text=letter.children[1])).to_have_count(len(days) // 2)
    look(page, "agenda-hors-connexion")
    page.goto(f"{serving.origin}/guides/reserver/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    look(page, "guide-hors-connexion")


def sign_out_leaves_nothing(page: Page, serving: Serving) -> None:
    page.goto(f"{serving.origin}/mon-espace/")
    expect(page.get_by_text("Jean-Émile").first).to_be_visible()
    look(page, "mon-espace")
    page.locator("main").get_by_role("button", name="Me déconnecter").click()
    page.wait_for_url("**/connexion/**")
    left = storage(page)
    assert "Jean-Émile" not in str(left)
    assert left["cookies"] == ""
    page.goto(f"{serving.origin}/mon-espace/")
    page.wait_for_url("**/connexion/**")
