"""Every state of the private pages that is not the happy one: what it says, how it looks, what can be done."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from booking import booked, boxes, confirm, go_to_check, open_month, receipt_number, tick
from looking import look_at_both_sizes, look_in_the_dark, stays_inside
from people import active_account, demonstration_account, fill_sign_in, resumed, signed_in
from playwright.sync_api import BrowserContext, Page, Route, expect
from serving import Serving
from town_files import PRIVATE_SCHOOL, PUBLIC, import_family

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]


def test_an_account_without_a_family_is_shown_the_way(serving: Serving, open_browser: Launch, tmp_path: Path) -> None:
    account = active_account(serving, "sans.foyer")
    with open_browser(tmp_path / "profile", "1280") as context:
        page = signed_in(context.new_page(), serving, account)
        for address in ("/mon-espace/", "/reservations/", "/agenda/"):
            page.goto(serving.origin + address)
            expect(page.get_by_role("link", name="Activer ma clé enfance").first).to_be_visible()
            look_at_both_sizes(page, f"sans-foyer-{address.strip('/')}")


def test_a_child_who_cannot_be_booked_is_told_why_and_whom_to_call(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    letter = import_family(serving, tmp_path, 2, schools=(PRIVATE_SCHOOL, PUBLIC))
    account = active_account(serving, "ecole.privee", letter)
    with open_browser(tmp_path / "profile", "1280") as context:
        page = signed_in(context.new_page(), serving, account, "/agenda/")
        expect(page.get_by_text("Rien n’est prévu.")).to_be_visible()
        look_at_both_sizes(page, "agenda-vide")

        open_month(page, serving, "2027-03")
        refused = page.locator(".p-calendar-child", has_text="Jean-Émile")
        expect(refused).to_contain_text("École privée Saint-Joseph".removeprefix("École privée "))
        expect(refused.locator('a[href^="tel:"]')).to_be_visible()
        assert refused.locator("input").count() == 0
        assert boxes(page, 1).count() > 0
        look_at_both_sizes(page, "calendrier-inscription-refusee")

        open_month(page, serving, "2027-08")
        assert page.locator(".p-day-choice input").count() == 0
        expect(page.get_by_role("button", name="Vérifier et confirmer")).to_be_disabled()
        look_at_both_sizes(page, "calendrier-mois-sans-jour")


def test_two_parents_who_change_one_month_are_shown_both_sides(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    with open_browser(tmp_path / "one", "390") as mine, open_browser(tmp_path / "other", "390") as theirs:
        me = resumed(mine.new_page(), serving, address="/reservations/")
        other = resumed(theirs.new_page(), serving, address="/reservations/")
        for page in (me, other):
            open_month(page, serving, "2027-05")
        tick(other, 1)
        go_to_check(other)
        confirm(other)
        receipt_number(other)

        boxes(me).nth(1).check()
        go_to_check(me)
        confirm(me)
        expect(me.locator(".p-trouble")).to_be_focused()
        expect(me.locator(".p-sides")).to_contain_text("réservé entre-temps")
        expect(me.locator(".p-sides")).to_contain_text("1 jour à réserver")
        look_at_both_sizes(me, "calendrier-conflit")
        me.set_viewport_size({"width": 390, "height": 844})
        me.get_by_role("button", name="Reprendre mes choix sur ce mois").click()
        expect(me.locator(".p-lines tbody tr")).to_have_count(1)
        confirm(me)
        receipt_number(me)
        assert len(booked(me, "2027-05")) == 2


def test_what_the_page_shows_does_not_decide(serving: Serving, open_browser: Launch, tmp_path: Path) -> None:
    """A page that shows a wrong price or a closed day as open: the town refuses, and says what is right."""
    with open_browser(tmp_path / "profile", "390") as context:
        page = resumed(context.new_page(), serving)
        asked = "**/api/reservations/calendar?*"
        page.route(asked, lambda route: answer_with(route, cheaper), times=1)
        open_month(page, serving, "2027-06")
        tick(page, 1)
        go_to_check(page)
        confirm(page)
        expect(page.locator(".p-trouble")).to_contain_text("Le prix a changé")
        expect(page.locator(".p-trouble")).to_be_focused()
        look_at_both_sizes(page, "calendrier-prix-change")
        assert booked(page, "2027-06") == []

        page = resumed(context.new_page(), serving)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.route(asked, lambda route: answer_with(route, open_on_every_day), times=1)
        open_month(page, serving, "2027-07")
        page.get_by_role("button", name="Tout cocher").first.click()
        go_to_check(page)
        confirm(page)
        expect(page.locator(".p-trouble")).to_contain_text("Certains jours ne peuvent pas être enregistrés")
        look_at_both_sizes(page, "calendrier-jours-refuses")
        assert booked(page, "2027-07") == []
        page.get_by_role("button", name="Laisser ces jours et garder les autres").click()
        expect(page.get_by_text("Certains jours ne peuvent pas être enregistrés")).to_have_count(0)


def answer_with(route: Route, change: Callable[[dict[str, Any]], None]) -> None:
    answer = route.fetch()
    calendar = answer.json()
    for child in calendar["children"]:
        for day in child["days"]:
            change(day)
    route.fulfill(response=answer, json=calendar)


def cheaper(day: dict[str, Any]) -> None:
    if day["price_centimes"]:
        day["price_centimes"] -= 10


def open_on_every_day(day: dict[str, Any]) -> None:
    window = {"allowed": True, "until": None, "late": False, "after": "refused"}
    day.update(open=True, closed_reason=None, booking=window, price_centimes=day["price_centimes"] or 100)


def test_late_days_cost_more_only_after_an_agreement_and_leaving_is_asked(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    with open_browser(tmp_path / "profile", "1280") as context:
        page = resumed(context.new_page(), serving, address="/reservations/")
        open_month(page, serving, "2026-11")
        tick(page, 1)
        expect(page.locator(".p-day", has_text="Majoré").first).to_be_visible()
        page.get_by_role("button", name="Annuler la démarche").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        look_at_both_sizes(page, "calendrier-quitter")
        look_in_the_dark(page, "calendrier-quitter")
        page.set_viewport_size({"width": 390, "height": 844})
        page.get_by_role("button", name="Rester sur cette page").click()

        go_to_check(page)
        expect(page.get_by_role("button", name="Confirmer", exact=True)).to_be_disabled()
        look_at_both_sizes(page, "calendrier-hors-delai")
        page.get_by_label("J’ai compris").check()
        confirm(page)
        receipt_number(page)


def test_a_session_that_ended_sends_to_sign_in_and_comes_back(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    with open_browser(tmp_path / "profile", "390") as context:
        page = resumed(context.new_page(), serving, address="/reservations/")
        context.clear_cookies()
        page.goto(f"{serving.origin}/reservations/?mois=2026-12&activite=restauration")
        page.wait_for_url("**/connexion/?suite=*")
        fill_sign_in(page, demonstration_account(serving))
        page.wait_for_url("**/reservations/?mois=2026-12&activite=restauration")

        tick(page, 1)
        go_to_check(page)
        context.clear_cookies()
        confirm(page)
        expect(page.locator(".p-trouble")).to_contain_text("Votre session a expiré")
        expect(page.locator(".p-lines tbody tr")).to_have_count(1)
        look_at_both_sizes(page, "calendrier-session-expiree")
        with context.expect_page() as opened:
            page.get_by_role("link", name="Connectez-vous dans un nouvel onglet").click()
        fill_sign_in(opened.value, demonstration_account(serving))
        opened.value.wait_for_url("**/reservations/*")
        page.bring_to_front()
        page.get_by_role("button", name="Confirmer", exact=True).click()
        receipt_number(page)


def test_signing_in_never_leads_to_another_site(serving: Serving, open_browser: Launch, tmp_path: Path) -> None:
    account = active_account(serving, "toujours.ici")
    elsewhere = (
        "//evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\\evil.example",
        "/%09/evil.example",
    )
    with open_browser(tmp_path / "profile", "390") as context:
        page = context.new_page()
        for wanted in elsewhere:
            page.goto(f"{serving.origin}/connexion/?suite={wanted}")
            fill_sign_in(page, account)
            page.wait_for_url(f"{serving.origin}/mon-espace/")
            expect(page.get_by_text("Bonjour")).to_be_visible()


def test_the_private_pages_read_in_the_dark_and_at_200_percent(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    """A 1280 px screen at 200 % is 640 px wide, and at 400 % 320 px."""
    with open_browser(tmp_path / "profile", "1280") as context:
        page = resumed(context.new_page(), serving)
        for name, address in (
            ("mon-espace", "/mon-espace/"),
            ("calendrier", "/reservations/?mois=2026-12&activite=restauration"),
            ("agenda", "/agenda/"),
            ("cle-enfance", "/cle-enfance/"),
        ):
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(serving.origin + address)
            expect(page.locator(".p-loading")).to_have_count(0)
            look_in_the_dark(page, name)
            for width in (640, 320):
                page.set_viewport_size({"width": width, "height": 800})
                stays_inside(page, name)
        check_page_stays_inside(page, serving)


def check_page_stays_inside(page: Page, serving: Serving) -> None:
    open_month(page, serving, "2026-12")
    tick(page, 2)
    go_to_check(page)
    for width in (320, 640):
        page.set_viewport_size({"width": width, "height": 800})
        stays_inside(page, "calendrier-verification")
    look_in_the_dark(page, "calendrier-verification")
