"""« Essayer les règles »: an agent asks, reads, compares and sends the link; the address tells nothing of a family."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from keys import focused, tab_to
from looking import listen, look, look_at_both_sizes, look_in_the_dark, offline_is_ready, picture, stays_inside, storage
from playwright.sync_api import BrowserContext, Page, Request, expect
from serving import Serving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-public")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]
ADDRESS = "/essayer-les-regles/"
LINK = f"{ADDRESS}?activite=restauration&jour=2026-12-10&instant=2026-12-07T09%3A00%3A00Z"
PERSONAL = {
    "Quotient familial, en euros": "841,23",
    "Ressources mensuelles du foyer, en euros": "2468",
    "Nombre d’enfants à charge": "7",
}


def open_page(page: Page, serving: Serving, address: str = ADDRESS) -> Page:
    page.goto(serving.origin + address)
    expect(page.locator("parvis-try-rules .p-loading")).to_have_count(0)
    return page


def fill_day(page: Page, day: str, month: str, year: str, legend: str = "Jour d’accueil") -> None:
    group = page.get_by_role("group", name=legend)
    for label, text in (("Jour", day), ("Mois", month), ("Année", year)):
        group.get_by_label(label, exact=True).fill(text)


def ask(page: Page) -> None:
    page.get_by_role("button", name="Essayer", exact=True).click()


def section(page: Page, title: str) -> str:
    """The sentences under a heading of the answer, up to the next heading."""
    found: str = page.evaluate(
        """(title) => {
            const heading = [...document.querySelectorAll(".p-trial h3")].find((h) => h.textContent.trim() === title);
            const said = [];
            for (let next = heading?.nextElementSibling; next && next.tagName !== "H3"; next = next.nextElementSibling)
                said.push(next.textContent.replace(/\\s+/g, " ").trim());
            return said.join(" ");
        }""",
        title,
    )
    return found


def test_an_agent_asks_and_reads_the_answer(serving: Serving, open_browser: Launch, tmp_path: Path, size: str) -> None:
    with open_browser(tmp_path / "profile", size) as context:
        page = context.new_page()
        errors = listen(page)
        open_page(page, serving)
        look(page, "essayer-vide")

        page.get_by_label("Activité").select_option("restauration")
        fill_day(page, "10", "12", "2026")
        page.get_by_label("Instant de la demande").fill("7/12/2026 10:00")
        page.get_by_text("L’enfant (facultatif)").click()
        page.get_by_label("École").select_option(label="École élémentaire Jean-Rostand")
        ask(page)

        expect(page.get_by_role("heading", name="Restauration scolaire, jeudi 10 décembre 2026")).to_be_focused()
        assert "Possible maintenant, avec une majoration." in section(page, "Réserver")
        assert "jeudi 3 décembre 2026 à 23 h 59 compris" in section(page, "Réserver")
        assert "mais le jour reste facturé" in section(page, "Annuler")
        expect(page.locator(".p-trial .p-muted").first).to_contain_text("École élémentaire Jean-Rostand")
        expect(page.locator(".p-reckoning tbody tr").last).to_contain_text("Prix")
        moments = page.get_by_role("list", name="Réserver, dans l’ordre du temps").get_by_role("listitem")
        expect(moments).to_contain_text(["", "Dernier instant", "Maintenant", "Dernière limite", "Début de l’accueil"])
        look(page, "essayer-reponse")
        look_in_the_dark(page, "essayer-reponse")
        assert errors == []


def test_a_closed_day_and_a_child_who_may_not_are_said(serving: Serving, open_browser: Launch, tmp_path: Path) -> None:
    with open_browser(tmp_path / "profile", "1280") as context:
        page = open_page(context.new_page(), serving, f"{ADDRESS}?activite=restauration&jour=2026-12-25")
        expect(page.locator(".p-verdicts")).to_contain_text("Fermé ce jour-là")
        assert "Noël" in section(page, "Le jour")
        assert section(page, "Réserver") == ""
        look_at_both_sizes(page, "essayer-ferme")

        open_page(page, serving, f"{LINK}&ecole=saint-joseph")
        expect(page.locator(".p-verdicts")).to_contain_text("Réserver : impossible")
        assert "OGEC" in section(page, "L’enfant")
        look_at_both_sizes(page, "essayer-refuse")


def test_errors_are_listed_and_lead_to_their_field_even_in_a_closed_part(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    with open_browser(tmp_path / "profile", "1280") as context:
        page = open_page(context.new_page(), serving)
        ask(page)
        expect(page.locator(".p-error-summary")).to_be_focused()
        expect(page.locator(".p-error-summary li")).to_have_count(2)
        look_at_both_sizes(page, "essayer-erreurs")

        page.get_by_label("Activité").select_option("restauration")
        fill_day(page, "10", "12", "2026")
        page.get_by_label("Instant de la demande").fill("tantôt")
        page.get_by_text("La famille (facultatif)").click()
        page.get_by_label("Quotient familial, en euros").fill("beaucoup")
        page.get_by_text("La famille (facultatif)").click()
        ask(page)
        expect(page.locator(".p-error-summary li")).to_contain_text(["L’instant « tantôt » ne se lit pas", "montant"])
        page.get_by_role("link", name="n’est pas un montant").click()
        expect(page.get_by_label("Quotient familial, en euros")).to_be_focused()


def test_the_link_asks_the_same_question_again(serving: Serving, open_browser: Launch, tmp_path: Path) -> None:
    with open_browser(tmp_path / "profile", "390") as context:
        page = open_page(context.new_page(), serving, f"{LINK}&ecole=jean-rostand&niveau=CE1")
        expect(page.locator(".p-trial h2")).to_be_visible()
        expect(page.get_by_label("Instant de la demande")).to_have_value("07/12/2026 10:00")
        expect(page.get_by_label("Niveau")).to_have_value("CE1")
        first = page.locator(".p-trial").inner_text()

        page.get_by_label("Comparer avec un autre instant").fill("3/12/2026 23:59")
        page.get_by_role("button", name="Comparer").click()
        expect(page.get_by_role("heading", name="Ce qui change à un autre instant")).to_be_focused()
        expect(page.locator(".p-comparison")).to_contain_text("Possible maintenant.")
        look_at_both_sizes(page, "essayer-comparer")
        look_in_the_dark(page, "essayer-comparer")

        other = open_page(context.new_page(), serving, page.url.removeprefix(serving.origin))
        expect(other.locator(".p-comparison")).to_contain_text("Possible maintenant.")
        assert other.locator(".p-trial").inner_text() == first


def test_a_wrong_instant_to_compare_with_is_said_beside_it(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    with open_browser(tmp_path / "profile", "390") as context:
        page = open_page(context.new_page(), serving, LINK)
        field = page.get_by_label("Comparer avec un autre instant")
        for typed, said in (("", "Donnez un jour et une heure"), ("hier", "ne se lit pas")):
            field.fill(typed)
            page.get_by_role("button", name="Comparer").click()
            expect(page.locator("#trial-compare-error")).to_contain_text(said)
            expect(field).to_be_focused()
        look(page, "essayer-comparer-erreur")


def test_nothing_of_a_family_is_in_the_address_or_kept(serving: Serving, open_browser: Launch, tmp_path: Path) -> None:
    with open_browser(tmp_path / "profile", "1280") as context:
        page = open_page(context.new_page(), serving, LINK)
        asked: list[Request] = []
        page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - Playwright marks what it calls
        for part in ("L’enfant (facultatif)", "La famille (facultatif)", "Les documents (facultatif)"):
            page.get_by_text(part).click()
        fill_day(page, "27", "3", "2017", "Date de naissance")
        page.get_by_label("L’enfant apporte son repas (PAI)").check()
        for label, text in PERSONAL.items():
            page.get_by_label(label).fill(text)
        fill_day(page, "13", "9", "2026", "Attestation d’assurance responsabilité civile")
        with page.expect_response("**/api/reservations/essai") as answered:
            ask(page)
        sent: dict[str, Any] = answered.value.request.post_data_json
        expect(page.get_by_text("841,23", exact=True)).to_be_visible()

        assert (sent["birth"], sent["qf"]) == ("2017-03-27", "841,23")
        assert sent["documents"]["assurance-responsabilite-civile"] == "2026-09-13"
        kept = str(storage(page)) + page.url + "".join(request.url for request in asked)
        for secret in ("2017", "841", "2468", "2026-09-13", "assurance", "packed", "enfants"):
            assert secret not in kept, secret


def test_without_a_network_the_page_says_that_it_needs_one(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    with open_browser(tmp_path / "profile", "390") as context:
        page = open_page(context.new_page(), serving, LINK)
        expect(page.locator(".p-trial h2")).to_be_visible()
        offline_is_ready(page)
        context.set_offline(True)
        ask(page)
        expect(page.locator(".p-form-message")).to_contain_text("le réseau ne répond pas")
        expect(page.locator(".p-trial h2")).to_be_visible()

        page.reload()
        expect(page.locator("parvis-try-rules .p-failure")).to_contain_text("Cette page en a besoin")
        look_at_both_sizes(page, "essayer-hors-ligne")
        context.set_offline(False)
        page.get_by_role("button", name="Réessayer").click()
        expect(page.locator(".p-trial h2")).to_be_visible()


def test_with_the_keyboard_alone_and_on_paper(serving: Serving, open_browser: Launch, tmp_path: Path) -> None:
    with open_browser(tmp_path / "profile", "1280") as context:
        page = open_page(context.new_page(), serving)
        tab_to(page, page.get_by_label("Activité"))
        page.keyboard.type("Rest")
        for text in ("10", "12", "2026"):
            page.keyboard.press("Tab")
            page.keyboard.type(text)
        tab_to(page, page.get_by_role("button", name="Essayer", exact=True))
        page.keyboard.press("Enter")
        expect(page.locator(".p-trial h2")).to_be_focused()
        assert "trial-title" in focused(page)
        tab_to(page, page.get_by_role("button", name="Imprimer"))

        page.emulate_media(media="print")
        picture(page, "essayer-papier")
        expect(page.locator("form[data-form=try-rules]")).to_be_hidden()
        expect(page.locator(".p-reckoning")).to_be_visible()
        page.emulate_media(media="screen")
        for width in (640, 320):
            page.set_viewport_size({"width": width, "height": 800})
            stays_inside(page, "essayer")
