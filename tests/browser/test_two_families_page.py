"""A person of two families: the second file linked by its invitation, then one family or the other on every page."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from looking import listen, look_at_both_sizes
from people import active_account, signed_in
from playwright.sync_api import BrowserContext, expect
from serving import Serving
from test_invitation_page import exported, import_rows, invite, invited_by
from town_files import import_family

from functions.console.local.browser import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]
NAMES = {"Jeanne": "Claire", "Jean-Émile": "Basile", "Zoé": "Ondine"}


def test_a_parent_of_two_families_goes_from_one_to_the_other(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    account = active_account(serving, "deux.familles", import_family(serving, tmp_path, 5))
    rows = exported(tmp_path / "export-5.csv")
    for row in rows[1:]:
        row[0], row[5] = "95555", NAMES[row[5]]
    rows[1][14] = "deux.familles@exemple.example"
    import_rows(serving, tmp_path / "seconde.csv", rows)
    invite(serving, "--send")
    token = invited_by(serving, "deux.familles@exemple.example")
    Browser(serving.port).post("/api/activation/invitation/link", {"token": token})
    with open_browser(tmp_path / "profile", "390") as context:
        page = signed_in(context.new_page(), serving, account)
        errors = listen(page)
        first = page.get_by_role("button", name="Famille de Jean-Émile et Zoé")
        second = page.get_by_role("button", name="Famille de Basile et Ondine")
        expect(first).to_have_attribute("aria-current", "true")
        look_at_both_sizes(page, "deux-familles-mon-espace")
        second.focus()
        page.keyboard.press("Enter")
        expect(second).to_have_attribute("aria-current", "true")
        expect(page.locator(".p-person-name", has_text="Basile")).to_be_visible()
        expect(page.locator(".p-person-name", has_text="Jean-Émile")).to_have_count(0)

        for address in ("/agenda/", "/reservations/"):
            page.goto(serving.origin + address)
            expect(second).to_have_attribute("aria-current", "true")
            expect(page.locator("main")).to_contain_text("Basile")
            look_at_both_sizes(page, f"deux-familles-{address.strip('/')}")
        first.click()
        expect(first).to_have_attribute("aria-current", "true")
        expect(page.locator("main")).to_contain_text("Jean-Émile")
        assert errors == []
