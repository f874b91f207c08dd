"""The control against robots in Chromium, when it does not go by itself: nothing typed is lost, the page says why."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from looking import look_at_both_sizes
from playwright.sync_api import BrowserContext, Page, expect
from serving import Serving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-public")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]
LOSE_FIRST_SOLUTION = """
    const send = window.fetch;
    window.lost = 0;
    window.fetch = (path, options) => {
        if (options?.method === "POST" && window.lost++ === 0) delete options.headers["X-Parvis-Proof"];
        return send(path, options);
    };"""

MUTE_WORKER = "window.Worker = class { postMessage() {} terminate() {} };"


def open_form(page: Page, serving: Serving) -> None:
    page.goto(f"{serving.origin}/demander-activation/")


def fill(page: Page, email: str) -> None:
    page.get_by_label("Nom", exact=True).fill("Lent")
    page.get_by_label("Prénom", exact=True).fill("Camille")
    page.get_by_label("Adresse postale").fill("12 rue des Tilleuls, 49290 Villeparvis-sur-Loire")
    page.get_by_label("Adresse e-mail").fill(email)
    page.get_by_label("Prénom de vos enfants").fill("Léo")
    page.get_by_label("Structure ou service qui accueille vos enfants").select_option("Service restauration scolaire")


def test_a_solution_that_came_too_late_is_made_again_by_itself(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    with open_browser(tmp_path / "profile", "390") as context:
        page = context.new_page()
        page.add_init_script(LOSE_FIRST_SOLUTION)
        open_form(page, serving)
        fill(page, "camille.tard@exemple.example")
        expect(page.get_by_text("Vérification de sécurité faite.")).to_be_visible()
        page.get_by_role("button", name="Envoyer ma demande").click()
        expect(page.get_by_role("heading", name="Votre demande est envoyée")).to_be_visible()
        assert page.evaluate("window.lost") == 2


def test_a_browser_that_cannot_compute_is_told_what_to_do(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    with open_browser(tmp_path / "profile", "390") as context:
        page = context.new_page()
        page.add_init_script("delete window.Worker;")
        open_form(page, serving)
        fill(page, "camille.vieux@exemple.example")
        page.get_by_role("button", name="Envoyer ma demande").click()
        expect(page.get_by_role("alert").filter(has_text="ne sait pas faire la vérification")).to_be_focused()
        expect(page.get_by_label("Prénom de vos enfants")).to_have_value("Léo")
        look_at_both_sizes(page, "robots-impossible")


def test_a_computation_that_never_ends_is_given_up(serving: Serving, open_browser: Launch, tmp_path: Path) -> None:
    """A device short of memory puts an end to the worker without a word."""
    with open_browser(tmp_path / "profile", "390") as context:
        page = context.new_page()
        page.add_init_script(MUTE_WORKER)
        page.clock.install()
        open_form(page, serving)
        with page.expect_response("**/robot-challenge"):
            fill(page, "camille.muette@exemple.example")
        send = page.get_by_role("button", name="Envoyer ma demande")
        send.click()
        expect(page.get_by_role("button", name="Vérification de sécurité…")).to_be_disabled()
        page.clock.fast_forward(70_000)
        expect(page.get_by_role("alert").filter(has_text="ne sait pas faire la vérification")).to_be_focused()
        expect(send).to_be_enabled()
        expect(page.get_by_text("Vérification de sécurité en cours")).to_be_hidden()
        expect(page.get_by_label("Prénom de vos enfants")).to_have_value("Léo")


def test_without_the_network_the_answers_stay_and_are_sent_later(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    with open_browser(tmp_path / "profile", "390") as context:
        page = context.new_page()
        open_form(page, serving)
        context.set_offline(True)
        fill(page, "camille.reseau@exemple.example")
        expect(page.get_by_text("La vérification de sécurité se fera à l’envoi.")).to_be_visible()
        page.get_by_role("button", name="Envoyer ma demande").press("Enter")
        expect(page.get_by_role("alert").filter(has_text="La mairie n’a pas encore reçu")).to_be_focused()
        context.set_offline(False)
        page.get_by_role("button", name="Envoyer ma demande").press("Enter")
        expect(page.get_by_role("heading", name="Votre demande est envoyée")).to_be_visible()
