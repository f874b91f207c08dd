"""An agent who reaches « À traiter », second factor included. `test_second_step` tries the pages on the way."""

import re
from datetime import timedelta

import pyotp
from looking import look_at_both_sizes, look_in_the_dark
from people import PASSWORD, Account, active_account, fill_sign_in, in_shared_session, last_letter, portal_now
from playwright.sync_api import Page, expect
from serving import Serving
from town_files import as_agent

DESK = "/agents/"


def code(serving: Serving, secret: str, steps: int = 0) -> str:
    """What an application on the portal's own clock shows, or will show some steps later."""
    return pyotp.TOTP(secret).at(portal_now(serving) + timedelta(seconds=30 * steps))


def mailed_code(serving: Serving, account: Account) -> str:
    letter = last_letter(serving, f"{account.username}@exemple.example", "code de connexion")
    found = re.search(r"^(\d{6})\r?$", letter, re.MULTILINE)
    assert found
    return found[1]


def link_application(page: Page, serving: Serving, *, looked: bool = False) -> tuple[str, str]:
    """From the page of the second step to the recovery codes; the secret shown in text, and the code that served."""
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


def sign_in_by_mailed_code(page: Page, serving: Serving, account: Account) -> None:
    """From anywhere to the desk, which then asks to link an application."""
    page.goto(f"{serving.origin}/connexion/?suite=%2Fagents%2F")
    fill_sign_in(page, account)
    page.get_by_role("button", name="Recevoir un code par e-mail").click()
    page.get_by_label("Code", exact=True).fill(mailed_code(serving, account))
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url("**/agents/")


def at_the_desk(page: Page, serving: Serving, service: str = "Mairie") -> Page:
    """« À traiter » of this service, for an agent of all of them, in a session that several tests share."""

    def reach() -> None:
        account = active_account(serving, "agente.a-traiter")
        as_agent(serving, f"{account.username}@exemple.example")
        sign_in_by_mailed_code(page, serving, account)
        page.get_by_role("link", name="Relier une application de codes").click()
        link_application(page, serving)

    in_shared_session(page, serving, DESK, "agente", reach)
    page.get_by_label("Service").select_option(service)
    return page
