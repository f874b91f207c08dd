"""The notice of « Mon espace » when the town's letters no longer arrive, at both sizes, and having one tried again."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from looking import look_at_both_sizes, look_in_the_dark
from people import active_account, last_letter, letters_come_back, signed_in
from playwright.sync_api import BrowserContext, expect
from serving import Serving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]
NOTICE = "Nos messages n’arrivent plus à l’adresse"


def test_a_parent_is_told_that_letters_do_not_arrive_and_has_one_sent(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    account, email = active_account(serving, "sans.courrier"), "sans.courrier@exemple.example"
    with open_browser(tmp_path / "profile", "390") as context:
        page = signed_in(context.new_page(), serving, account)
        expect(page.get_by_role("heading", name="Mes coordonnées")).to_be_visible()
        expect(page.get_by_text(NOTICE)).to_have_count(0)
        letters_come_back(serving, email)
        page.reload()
        expect(page.get_by_text(NOTICE)).to_contain_text(f"{email} depuis le 21 novembre 2026")
        expect(page.get_by_role("link", name="Changer d’adresse")).to_have_attribute("href", "/identifiants/")
        look_at_both_sizes(page, "courriels-revenus")
        look_in_the_dark(page, "courriels-revenus")

        page.get_by_role("button", name="Réessayer cette adresse").press("Enter")
        expect(page.get_by_role("heading", name="Un message vient de partir")).to_be_focused()
        look_at_both_sizes(page, "courriels-essayes")
        assert last_letter(serving, email, "nous essayions de nouveau")
        page.reload()
        expect(page.get_by_role("heading", name="Mes coordonnées")).to_be_visible()
        expect(page.get_by_text(NOTICE)).to_have_count(0)
