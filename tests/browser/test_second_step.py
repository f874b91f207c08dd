"""A second factor in Chromium: linking an application, its code at the next sign-in, a code by mail for an agent."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from looking import look_at_both_sizes, look_in_the_dark
from people import PASSWORD, Account, active_account, fill_sign_in, last_letter, portal_now, signed_in
from playwright.sync_api import BrowserContext, Page, expect
from serving import Serving
from town_files import as_agent

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]


def code(serving: Serving, secret: str, steps: int = 0) -> str:
    """What an application on the portal's own clock shows, or will show some steps later."""
    return pyotp.TOTP(secret).at(portal_now(serving) + timedelta(seconds=30 * steps))


def mailed_code(serving: Serving, account: Account) -> str:
    letter = last_letter(serving, f"{account.username}@exemple.example", "code de connexion")
    found = re.search(r"^(\d{6})\r?$", letter, re.MULTILINE)
    assert found
    return found[1]


def link_application(page: Page, serving: Serving, *, looked: bool = True) -> tuple[str, str]:
    """From the page of the second step to the recovery codes; the secret shown in text, and the code that served.
    `looked`: the page is looked at on the way.
    """
    page.get_by_label("Votre mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Afficher le code à scanner").click()
    expect(page.get_by_role("img", name="Code à scanner avec l’application")).to_be_visible()
    secret = page.locator("[data-secret]").inner_text().replace(" ", "")
    if looked:
        look_at_both_sizes(page, "deux-etapes-scanner")
        look_in_the_dark(page, "deux-etapes-scanner")
    page.get_by_label("Code", exact=True).fill("000000")
    page.get_by_role("button", name="Confirmer").click()
    expect(page.locator(".p-error-summary:visible")).to_contain_text("Ce code n’est pas le bon")
    served = code(serving, secret)
    page.get_by_label("Code", exact=True).fill(served)
    page.get_by_label("Code", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Vos codes de secours")).to_be_visible()
    expect(page.locator(".p-codes li")).to_have_count(10)
    return secret, served


def test_a_parent_links_an_application_and_signs_in_with_its_code(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    account = active_account(serving, "deux.etapes")
    with open_browser(tmp_path / "profile", "390") as context:
        page = signed_in(context.new_page(), serving, account, "/identifiants/")
        page.get_by_role("link", name="Relier ou retirer une application de codes").click()
        look_at_both_sizes(page, "deux-etapes")
        secret, served = link_application(page, serving)
        recovery = page.locator(".p-codes li").first.inner_text()
        look_at_both_sizes(page, "deux-etapes-secours")
    with open_browser(tmp_path / "other", "1280") as context:
        page = context.new_page()
        page.goto(f"{serving.origin}/connexion/?suite=%2Fidentifiants%2F")
        fill_sign_in(page, account)
        page.wait_for_url("**/code-de-connexion/*")
        expect(page.get_by_text("Ouvrez votre application de codes")).to_be_visible()
        look_at_both_sizes(page, "code-de-connexion")
        look_in_the_dark(page, "code-de-connexion")
        page.goto(f"{serving.origin}/mon-espace/")  # the password alone opens nothing
        page.wait_for_url("**/connexion/?suite=*")
        page.goto(f"{serving.origin}/code-de-connexion/?suite=%2Fidentifiants%2F")
        page.get_by_label("Code", exact=True).fill(served)  # it has served already
        page.get_by_role("button", name="Continuer").click()
        expect(page.locator(".p-error-summary:visible")).to_contain_text("Ce code n’est pas le bon")
        look_at_both_sizes(page, "code-de-connexion-erreur")
        page.get_by_label("Code", exact=True).fill(code(serving, secret, 1))
        page.get_by_role("button", name="Continuer").click()
        page.wait_for_url("**/identifiants/")

        page.goto(f"{serving.origin}/verification-en-deux-etapes/")
        expect(page.locator("[data-left]")).to_have_text("10")
        look_at_both_sizes(page, "deux-etapes-reliee")
        page.get_by_label("Mot de passe du compte").fill(PASSWORD)
        page.get_by_role("button", name="Retirer l’application").click()
        expect(page.get_by_text("Toute application « TOTP » convient")).to_be_visible()
    assert re.fullmatch(r"[a-z2-7]{5}-[a-z2-7]{5}", recovery)


def test_an_agent_types_the_code_of_the_mail_then_must_keep_an_application(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    account = active_account(serving, "agente.neuve")
    as_agent(serving, f"{account.username}@exemple.example")
    with open_browser(tmp_path / "profile", "390") as context:
        page = context.new_page()
        page.goto(f"{serving.origin}/connexion/?suite=%2Fverification-en-deux-etapes%2F")
        fill_sign_in(page, account)
        page.get_by_role("button", name="Recevoir un code par e-mail").click()
        expect(page.get_by_role("status").filter(has_text="Le code est parti")).to_be_visible()
        look_at_both_sizes(page, "code-de-connexion-courriel")
        page.get_by_label("Code", exact=True).fill(mailed_code(serving, account))
        page.get_by_label("Code", exact=True).press("Enter")
        page.wait_for_url("**/verification-en-deux-etapes/")
        link_application(page, serving)
        page.reload()
        expect(page.locator("[data-left]")).to_have_text("10")
        expect(page.get_by_role("button", name="Retirer l’application")).to_be_hidden()
        page.get_by_role("link", name="Ouvrir les demandes à traiter").click()
        expect(page.get_by_text("Vous êtes Agnès Roux.")).to_be_visible()
