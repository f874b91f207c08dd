"""« Mon espace » as a whole, at both sizes: for a family that has everything, and for one that has nothing yet."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from booking import confirm, go_to_check, open_month, receipt_number, tick
from looking import listen, look_at_both_sizes
from people import active_account, signed_in
from playwright.sync_api import BrowserContext, Page, expect
from serving import Serving
from town_files import import_family

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-public")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]
ALWAYS = ["Bienvenue sur votre espace famille", "Mes démarches", "Mes coordonnées", "Mes actualités", "Cet appareil"]
OF_A_FAMILY = ["Ma famille", "Prochaines réservations", "Mes dernières demandes"]
ASK_TO_MOVE = """async () => {
    const own = {"X-Parvis": "1", "Content-Type": "application/json"};
    const details = await (await fetch("/api/family/details", {headers: own})).json();
    const body = {line1: "9 rue du Pressoir", postcode: "49290", town: "Villeparvis-sur-Loire", together: true};
    const key = {"Idempotency-Key": crypto.randomUUID(), "If-Match": `"${details.address.version}"`};
    const sent = {method: "POST", headers: {...own, ...key}, body: JSON.stringify(body)};
    const answer = await fetch("/api/family/details/address", sent);
    return answer.ok || (await answer.text());
}"""


def headings(page: Page) -> set[str]:
    expect(page.locator(".p-loading")).to_have_count(0)
    return set(page.get_by_role("heading", level=2).all_inner_texts())


def book_a_day(page: Page, serving: Serving) -> None:
    open_month(page, serving, "2027-01")
    tick(page, 1)
    go_to_check(page)
    confirm(page)
    receipt_number(page)


def test_a_family_that_has_nothing_yet_is_shown_the_way(serving: Serving, open_browser: Launch, tmp_path: Path) -> None:
    account = active_account(serving, "rien.encore")
    with open_browser(tmp_path / "profile", "390") as context:
        page = context.new_page()
        errors = listen(page)
        signed_in(page, serving, account)
        expect(page.get_by_role("link", name="Activer ma clé enfance")).to_be_visible()
        assert {*ALWAYS, "Retrouvez vos enfants"} <= headings(page)
        assert not headings(page) & set(OF_A_FAMILY)
        look_at_both_sizes(page, "mon-espace-rien")
        assert errors == []


def test_a_family_that_has_everything_sees_it_at_a_glance(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    family = import_family(serving, tmp_path, 11)
    account = active_account(serving, "tout.deja", family)
    with open_browser(tmp_path / "profile", "390") as context:
        page = context.new_page()
        errors = listen(page)
        signed_in(page, serving, account)
        expect(page.get_by_text("Vous n’avez rien demandé aux services")).to_be_visible()
        book_a_day(page, serving)
        assert page.evaluate(ASK_TO_MOVE) is True
        page.goto(f"{serving.origin}/mon-espace/")
        assert {*ALWAYS, *OF_A_FAMILY} <= headings(page)
        expect(page.get_by_text("Dernière connexion le")).to_be_visible()
        expect(page.get_by_text("Prochaine réservation")).to_be_visible()
        asked = page.get_by_role("listitem").filter(has_text="Changement d’adresse")
        expect(asked).to_contain_text("En attente d’instruction")
        expect(page.locator("dl").get_by_text("En attente d’instruction depuis le")).to_be_visible()
        look_at_both_sizes(page, "mon-espace-tout")
        assert errors == []
