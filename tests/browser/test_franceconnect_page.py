"""FranceConnect in Chromium: linked from « Mes identifiants », left, used to sign in, given up, taken off. The provider
is a real one (tests/oidc), on another site (127.0.0.1) than the portal (localhost), as FranceConnect is.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from looking import look, look_in_the_dark
from people import PASSWORD, active_account, signed_in
from playwright.sync_api import BrowserContext, Page, expect
from serving import Serving
from support import oidc

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """Another portal, of a town that subscribed to FranceConnect."""
    portal = Serving(tmp_path_factory.mktemp("franceconnect") / "var")
    with oidc.running(portal.origin) as issuer:
        portal.environment = {
            "PARVIS_FC_ISSUER": issuer,
            "PARVIS_FC_CLIENT_ID": oidc.CLIENT,
            "PARVIS_FC_CLIENT_SECRET": oidc.SECRET,
        }
        portal.start()
        yield portal
        portal.stop()


def choose(page: Page, who: str) -> None:
    page.wait_for_url(re.compile(r"^http://127\.0\.0\.1:\d+/interaction/"))
    page.get_by_role("button", name=who).click()


def test_linked_left_signed_in_given_up_and_taken_off(
    town: Serving, open_browser: Launch, tmp_path: Path, size: str
) -> None:
    account = active_account(town, f"marc.{size}")
    with open_browser(tmp_path / "profile", size) as context:
        page = signed_in(context.new_page(), town, account, "/identifiants/")
        _link(page)
        _sign_out(page)
        _give_up(page, town)
        _sign_in(page)
        _take_off(page)
        _unknown(page, town)


def _link(page: Page) -> None:
    form = page.locator("form[data-form='link-franceconnect']")
    form.get_by_label("Votre mot de passe").fill(PASSWORD)
    look(page, "franceconnect-identifiants")
    form.get_by_label("Votre mot de passe").press("Enter")
    choose(page, "Je suis Marc")
    expect(page.get_by_text("FranceConnect dit que vous êtes")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/franceconnect/$"))
    look(page, "franceconnect-relier")
    page.get_by_role("button", name="Relier mon espace").press("Enter")
    confirm = page.get_by_role("button", name="C’est bien moi : relier mon espace")
    expect(confirm).to_be_focused()
    look(page, "franceconnect-confirmer")
    confirm.press("Enter")
    expect(page.get_by_text("Votre espace est relié à FranceConnect depuis")).to_be_visible()
    look(page, "franceconnect-relie")


def _sign_out(page: Page) -> None:
    """The provider's own page is passed on the way: nobody is left signed in there."""
    with page.expect_request(re.compile(r"^http://127\.0\.0\.1:\d+/session/end\?.*id_token_hint=")):
        if page.get_by_role("button", name="Se déconnecter", exact=True).first.is_visible():
            page.get_by_role("button", name="Se déconnecter", exact=True).first.click()
        else:
            page.locator(".p-menu summary").click()
            page.locator(".p-menu").get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url(re.compile(r"http://localhost:\d+/connexion/\?state="))


def _give_up(page: Page, town: Serving) -> None:
    page.goto(f"{town.origin}/connexion/?suite=%2Fidentifiants%2F")
    start = page.get_by_role("button", name="S’identifier avec FranceConnect")
    expect(start).to_be_visible()
    expect(page.get_by_role("link", name="Qu’est-ce que FranceConnect")).to_have_attribute(
        "href", "https://franceconnect.gouv.fr/"
    )
    look(page, "franceconnect-connexion")
    look_in_the_dark(page, "franceconnect-connexion")
    start.press("Enter")
    choose(page, "Annuler")
    expect(page.get_by_role("alert").filter(has_text="Vous avez quitté FranceConnect")).to_be_visible()
    look(page, "franceconnect-annule")
    page.get_by_role("link", name="Me connecter autrement").click()


def _sign_in(page: Page) -> None:
    page.goto(page.url.partition("/connexion/")[0] + "/connexion/?suite=%2Fidentifiants%2F")
    page.get_by_role("button", name="S’identifier avec FranceConnect").click()
    choose(page, "Je suis Marc")
    page.wait_for_url("**/identifiants/")


def _take_off(page: Page) -> None:
    form = page.locator("form[data-form='unlink-franceconnect']")
    form.get_by_label("Votre mot de passe").fill("pas celui-là du tout")
    form.get_by_role("button", name="Retirer FranceConnect").click()
    expect(form.locator(".p-error-summary")).to_contain_text("Ce n’est pas votre mot de passe actuel")
    form.get_by_label("Votre mot de passe").fill(PASSWORD)
    form.get_by_role("button", name="Retirer FranceConnect").click()
    expect(page.get_by_text("Votre espace n’est pas relié à FranceConnect.")).to_be_visible()


def _unknown(page: Page, town: Serving) -> None:
    """Nobody is linked now: an account is created with what FranceConnect said."""
    _sign_out(page)
    page.goto(f"{town.origin}/connexion/")
    page.get_by_role("button", name="S’identifier avec FranceConnect").click()
    choose(page, "Je suis Léa")
    expect(page.get_by_role("link", name="J’ai déjà un compte")).to_be_visible()
    look(page, "franceconnect-inconnu")
    page.locator("parvis-franceconnect").get_by_role("link", name="Créer mon espace").click()
    expect(page.locator("input[name='identity.given_names']")).to_have_value("Léa")
    expect(page.locator("input[name='contact.email']")).to_have_value("lea@exemple.example")
    look(page, "franceconnect-creer")
