"""« Mes préférences », at both sizes: the defaults, a choice kept, and another choice made meanwhile."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from looking import look_at_both_sizes, look_in_the_dark
from people import active_account, signed_in
from playwright.sync_api import BrowserContext, Locator, Page, expect
from serving import Serving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]
SAVE = "Enregistrer mes préférences"


def test_a_parent_chooses_what_to_receive_and_finds_it_again(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    account = active_account(serving, "prefere")
    with open_browser(tmp_path / "profile", "390") as context:
        page = signed_in(context.new_page(), serving, account)
        expect(news_of(page)).to_have_count(2)
        page.get_by_role("link", name="Mes préférences").click()
        expect(page.get_by_label("Facture papier")).to_be_checked()
        expect(page.locator("parvis-preferences input[type=checkbox]:checked")).to_have_count(0)
        look_at_both_sizes(page, "preferences")
        look_in_the_dark(page, "preferences")
        other = context.new_page()
        other.goto(f"{serving.origin}/preferences/")
        expect(other.get_by_label("Facture papier")).to_be_checked()

        page.get_by_label("Facture dématérialisée").check()
        page.get_by_label("Me rappeler par e-mail").check()
        page.get_by_label("Restauration").check()
        page.get_by_role("button", name=SAVE).click()
        expect(page.get_by_text("Vos préférences sont enregistrées.")).to_be_visible()
        look_at_both_sizes(page, "preferences-enregistrees")
        page.reload()
        expect(page.get_by_label("Facture dématérialisée")).to_be_checked()
        expect(page.get_by_label("Me rappeler par e-mail")).to_be_checked()

        other.get_by_label("M’alerter").check()
        other.get_by_role("button", name=SAVE).click()
        expect(other.get_by_role("alert").filter(has_text="modifiées par ailleurs")).to_be_visible()
        expect(other.get_by_label("Facture dématérialisée")).to_be_checked()
        look_at_both_sizes(other, "preferences-modifiees-ailleurs")

        page.goto(f"{serving.origin}/mon-espace/")
        expect(page.get_by_text("Celles des services que vous avez choisis.")).to_be_visible()
        expect(news_of(page)).to_have_count(1)
        expect(news_of(page)).to_contain_text("réservations de la cantine")
        look_at_both_sizes(page, "mon-espace-actualites")


def news_of(page: Page) -> Locator:
    """What « Mon espace » shows of the news."""
    return page.locator(".p-my-news .p-news > li:visible")


def test_choices_stay_on_the_page_while_the_network_is_away(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    account = active_account(serving, "prefere.hors.ligne")
    with open_browser(tmp_path / "profile", "390") as context:
        page = signed_in(context.new_page(), serving, account, "/preferences/")
        page.get_by_label("M’alerter").check()
        context.set_offline(True)
        page.get_by_role("button", name=SAVE).click()
        expect(page.get_by_role("alert").filter(has_text="n’a pas encore reçu vos choix")).to_be_visible()
        expect(page.get_by_label("M’alerter")).to_be_checked()
        context.set_offline(False)
        page.get_by_role("button", name=SAVE).click()
        expect(page.get_by_text("Vos préférences sont enregistrées.")).to_be_visible()
