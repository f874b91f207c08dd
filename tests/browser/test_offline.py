"""Without a network: what reads, what waits, what is never shown, and what is never kept."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from addresses import ONLINE_ONLY, PRIVATE, addresses
from booking import booked, confirm, go_to_check, open_month, receipt_number, tick
from looking import cached_addresses, look_at_both_sizes, offline_is_ready, storage
from people import active_account, demonstration_account, resumed, signed_in
from playwright.sync_api import BrowserContext, Page, Route, expect
from serving import Serving

from functions.console.local import demonstration

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]


def test_every_page_reads_with_the_server_stopped_and_old_data_is_never_shown(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    children = children_kept_by_nobody(serving, open_browser, tmp_path)

    serving.stop()
    try:
        with open_browser(tmp_path / "profile", "390") as context:
            page = context.new_page()
            every_public_page_reads(page, serving)
            unknown_address_says_offline(page, serving)
            agenda_not_kept_says_so(page, serving, children)
    finally:
        serving.start()


def children_kept_by_nobody(serving: Serving, open_browser: Launch, tmp_path: Path) -> list[str]:
    """Reads the agenda online without asking to keep it; the given names that must not come back."""
    with open_browser(tmp_path / "profile", "390") as context:
        page = resumed(context.new_page(), serving, address="/agenda/")
        options = page.locator("#agenda-child option")
        expect(options).to_have_count(3)
        offline_is_ready(page)
        return options.all_inner_texts()[1:]


def every_public_page_reads(page: Page, serving: Serving) -> None:
    for address in sorted({*addresses()} - ONLINE_ONLY - PRIVATE - {"/hors-ligne/"}):
        page.goto(serving.origin + address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.get_by_text("n’est pas gardée sur votre appareil").count() == 0, address


def unknown_address_says_offline(page: Page, serving: Serving) -> None:
    page.goto(f"{serving.origin}/page-qui-n-existe-pas/")
    expect(page.get_by_role("heading", name="Vous êtes hors connexion")).to_be_visible()
    look_at_both_sizes(page, "hors-ligne-adresse-inconnue")


def agenda_not_kept_says_so(page: Page, serving: Serving, children: list[str]) -> None:
    page.goto(f"{serving.origin}/agenda/")
    expect(page.get_by_text("l’agenda n’est pas gardé sur cet appareil")).to_be_visible()
    look_at_both_sizes(page, "agenda-non-garde")
    page.goto(f"{serving.origin}/mon-espace/")
    expect(page.get_by_text("Le réseau ne répond pas")).to_be_visible()
    look_at_both_sizes(page, "mon-espace-hors-connexion")
    assert not any(child in page.content() + str(storage(page)) for child in children)


def test_the_sign_up_form_loses_nothing_when_the_network_goes_at_sending(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    typed = {
        "Nom usuel": "d’Aÿ-O'Neill",
        "Prénoms": "Jean-Émile",
        "Numéro et voie": "3 rue d'Aÿ",
        "Code postal": "49290",
        "Commune": "Villeparvis",
        "Adresse e-mail": "jean.emile@exemple.example",
        "Identifiant": "jean.emile",
    }
    secret = "un secret que rien ne garde"
    with open_browser(tmp_path / "profile", "390") as context:
        page = context.new_page()
        page.goto(f"{serving.origin}/creer-mon-espace/")
        fill_sign_up(page, typed, secret)

        context.set_offline(True)
        page.locator("[data-send]").click()
        message = page.locator(".p-form-message")
        expect(message).to_contain_text("le réseau ne répond pas")
        expect(message).to_be_focused()
        look_at_both_sizes(page, "creation-sans-reseau")
        for value in typed.values():
            expect(page.locator(".p-answers").get_by_text(value, exact=True).first).to_be_visible()
        kept = str(storage(page))
        assert secret not in kept
        assert "Jean-Émile" in kept, "the draft outlives a tab that the phone puts to sleep"

        context.set_offline(False)
        page.locator("[data-send]").click()
        expect(page.locator("[data-done]")).to_be_focused()
        assert "Jean-Émile" not in str(storage(page))


def fill_sign_up(page: Page, typed: dict[str, str], secret: str) -> None:
    page.get_by_label("Monsieur").check()
    for label, value in typed.items():
        field = page.get_by_label(label, exact=True)
        if not field.is_visible():
            page.locator(".p-step:not([hidden]) button[type=submit]").click()
        field.fill(value)
    page.get_by_label("Mot de passe", exact=True).fill(secret)
    page.get_by_label("Confirmation du mot de passe").fill(secret)
    page.locator(".p-step:not([hidden]) button[type=submit]").click()
    expect(page.get_by_role("heading", name="Vérifiez vos réponses")).to_be_focused()


def test_a_booking_cut_at_confirming_waits_and_is_sent_once(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    with open_browser(tmp_path / "profile", "390") as context:
        page = resumed(context.new_page(), serving, address="/reservations/")
        open_month(page, serving, "2027-03")
        days = tick(page, 2)
        go_to_check(page)

        context.set_offline(True)
        confirm(page)
        expect(page.locator(".p-trouble")).to_contain_text("Pas encore reçu par la mairie")
        expect(page.locator(".p-trouble")).to_be_focused()
        expect(page.locator(".p-lines tbody tr")).to_have_count(len(days))
        look_at_both_sizes(page, "calendrier-pas-encore-recu")

        context.set_offline(False)
        page.set_viewport_size({"width": 390, "height": 844})
        confirm(page, "Réessayer")
        assert receipt_number(page).startswith("R-")
        assert len(booked(page, "2027-03")) == len(days)


def test_an_answer_lost_on_the_way_gives_the_same_receipt_and_one_booking(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    answers: list[dict[str, Any]] = []

    def lose(route: Route) -> None:
        """The town did it; its answer never arrives."""
        answers.append(route.fetch().json())
        route.abort("connectionreset")

    with open_browser(tmp_path / "profile", "390") as context:
        page = resumed(context.new_page(), serving, address="/reservations/")
        open_month(page, serving, "2027-04")
        tick(page, 1)
        go_to_check(page)
        page.route("**/api/reservations/changes", lose, times=1)
        confirm(page)
        expect(page.locator(".p-trouble")).to_contain_text("Pas encore reçu par la mairie")
        confirm(page, "Réessayer")

        assert receipt_number(page) == answers[0]["receipt_number"]
        assert len(booked(page, "2027-04")) == 1


def test_nothing_private_is_kept_and_signing_out_wipes_even_offline(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    account = demonstration_account(serving)
    secrets = [demonstration.PASSWORD, serving.demonstration["spare"]["key"], account.username, "token"]
    with open_browser(tmp_path / "profile", "1280") as context:
        page = signed_in(context.new_page(), serving, account)
        page.get_by_label("Garder mes données sur cet appareil").check()
        expect(page.get_by_text("Votre agenda s’ouvrira sur cet appareil")).to_be_visible()
        offline_is_ready(page)
        kept = storage(page)
        assert kept["databases"], "the agenda was to be kept"
        assert kept["cookies"] == "", "scripts must not read the session"
        for secret in [*secrets, "sante", "health", "allerg", "quotient", "birth"]:
            assert secret not in str(kept).lower(), secret
        cached = cached_addresses(page)
        assert len(cached) > 15
        assert not [path for path in cached if path.startswith("/api/")]

        context.set_offline(True)
        page.locator("main").get_by_role("button", name="Me déconnecter").click()
        expect(page.get_by_text(re.compile("la mairie n’a pas encore reçu votre déconnexion"))).to_be_visible()
        assert wiped(storage(page))
        context.set_offline(False)
        page.locator("main").get_by_role("button", name="Me déconnecter").click()
        page.wait_for_url("**/connexion/")
        assert wiped(storage(page))


def wiped(kept: dict[str, Any]) -> bool:
    return (kept["databases"], kept["local"], kept["session"]) == ([], {}, {})


def test_another_person_on_the_same_device_finds_nothing_of_the_first(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    other = active_account(serving, "autre.personne")
    with open_browser(tmp_path / "profile", "1280") as context:
        page = resumed(context.new_page(), serving, address="/agenda/")
        child = page.locator("#agenda-child option").nth(1).inner_text()
        page.get_by_label("Garder mes données sur cet appareil").check()
        expect(page.get_by_text("L’agenda est gardé sur cet appareil.")).to_be_visible()
        assert child in str(storage(page))
        context.clear_cookies()

        signed_in(page, serving, other)
        expect(page.get_by_text("Bonjour")).to_be_visible()
        assert child not in str(storage(page))
