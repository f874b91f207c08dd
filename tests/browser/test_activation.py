"""The link of the mail: following it changes nothing, pressing the button does, once."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.request import urlopen

import pytest
from looking import look_at_both_sizes, storage
from people import PASSWORD, Account, fill_sign_in, let_link_run_out, pending_account
from playwright.sync_api import BrowserContext, Page, expect
from serving import Serving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]


def test_a_link_changes_nothing_before_the_button_and_works_once(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    account, token = Account("lien.une.fois", PASSWORD), pending_account(serving, "lien.une.fois")
    with open_browser(tmp_path / "profile", "390") as context:
        page = context.new_page()
        with urlopen(f"{serving.origin}/activation/") as scanned:  # noqa: S310 - our own loopback address
            assert scanned.status == 200
        open_link(page, serving, token)
        assert token not in page.url + str(storage(page)) + page.content()
        assert not sign_in_works(context, serving, account), "opening the link has activated the account"

        page.get_by_role("button", name="Activer mon espace").click()
        expect(page.get_by_role("heading", name="votre espace est activé")).to_be_focused()
        assert sign_in_works(context, serving, account)

        page = context.new_page()
        open_link(page, serving, token)
        page.get_by_role("button", name="Activer mon espace").click()
        expect(page.get_by_role("heading", name="Votre espace est déjà activé")).to_be_focused()
        look_at_both_sizes(page, "activation-deja-faite")


def open_link(page: Page, serving: Serving, token: str) -> None:
    page.goto(f"{serving.origin}/activation/#{token}")
    expect(page.get_by_role("button", name="Activer mon espace")).to_be_visible()


def sign_in_works(context: BrowserContext, serving: Serving, account: Account) -> bool:
    page = context.new_page()
    page.goto(f"{serving.origin}/connexion/")
    with page.expect_response("**/api/accounts/sessions") as answer:
        fill_sign_in(page, account)
    status = answer.value.status
    if status != 200:
        expect(page.locator(".p-error-summary")).to_be_visible()
        look_at_both_sizes(page, "connexion-non-active")
        return False
    # Left open: closing a page that is on its way elsewhere can hold Chromium up for ever.
    page.wait_for_url("**/mon-espace/")
    return True


def test_a_link_that_ran_out_or_is_unknown_leads_to_another_one(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    token = pending_account(serving, "lien.expire")
    let_link_run_out(serving, token)
    with open_browser(tmp_path / "profile", "390") as context:
        page = context.new_page()
        for link, title in ((token, "Ce lien a expiré"), ("n-importe-quoi", "Ce lien n’est pas reconnu")):
            page.goto("about:blank")
            open_link(page, serving, link)
            page.get_by_role("button", name="Activer mon espace").click()
            expect(page.get_by_role("heading", name=title)).to_be_focused()
            look_at_both_sizes(page, f"activation-{'expiree' if link == token else 'inconnue'}")

        page.get_by_label("Adresse e-mail").fill("lien.expire@exemple.example")
        page.get_by_role("button", name="Recevoir un nouveau lien").click()
        expect(page.locator("[data-done]")).to_be_focused()
        look_at_both_sizes(page, "activation-nouveau-lien")
