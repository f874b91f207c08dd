"""« À traiter » in Chromium, at both sizes: an agent refuses one request and accepts another, with the keyboard."""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from agents import link_application, sign_in_by_mailed_code
from looking import look_at_both_sizes, look_in_the_dark
from people import active_account, signed_in
from playwright.sync_api import BrowserContext, Page, Route, expect
from serving import Serving
from town_files import as_agent

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]


def test_a_parent_is_told_that_the_page_is_for_agents(serving: Serving, open_browser: Launch, tmp_path: Path) -> None:
    account = active_account(serving, "simple.parent")
    with open_browser(tmp_path / "profile", "390") as context:
        page = signed_in(context.new_page(), serving, account, "/agents/")
        expect(page.get_by_text("réservée aux agents")).to_be_visible()
        look_at_both_sizes(page, "agents-refuse")


def test_an_agent_without_an_application_is_led_to_link_one_then_sees_what_waits(
    serving: Serving, open_browser: Launch, tmp_path: Path
) -> None:
    account = active_account(serving, "agente.bureau")
    as_agent(serving, f"{account.username}@exemple.example")
    with open_browser(tmp_path / "profile", "390") as context:
        page = context.new_page()
        sign_in_by_mailed_code(page, serving, account)
        look_at_both_sizes(page, "agents-relier")
        page.get_by_role("link", name="Relier une application de codes").click()
        link_application(page, serving)
        page.goto(f"{serving.origin}/agents/")
        expect(page.get_by_text("Vous êtes Agnès Roux.")).to_be_visible()
        expect(page.get_by_text("Aucune demande n’attend ce service.")).to_be_visible()
        look_at_both_sizes(page, "agents-rien")
        decide_with_the_keyboard(page)


class Desk:
    """The answers of the agents' routes (their own tests hold the shapes): what waits is made up."""

    def __init__(self, page: Page) -> None:
        self.requests = {name: self._request(name) for name in ("Camille Martin", "Jean Petit", "Léa Morel")}
        page.route("**/api/agents/requests**", self._answer)

    @staticmethod
    def _request(name: str) -> dict[str, Any]:
        return {
            "request_id": hashlib.sha256(name.encode()).hexdigest()[:32],
            "kind": "Changement d’adresse",
            "service": "mairie",
            "summary": name,
            "at": "2026-11-20T09:00:00Z",
            "data": {"Nouvelle adresse": "4 rue de l’Île, 49290 Villeparvis-sur-Loire", "À partir du": "1er décembre"},
            "status": "open",
            "decided_at": "",
            "decided_by": "",
            "reason": "",
            "choices": [],
        }

    def decide(self, name: str, status: str, by: str, reason: str = "") -> dict[str, Any]:
        self.requests[name].update(status=status, decided_by=by, decided_at="2026-11-21T09:00:00Z", reason=reason)
        return self.requests[name]

    def _answer(self, route: Route) -> None:
        path, verb = route.request.url.partition("?")[0], route.request.url.rpartition("/")[2]
        found = next((each for each in self.requests.values() if each["request_id"] in path), None)
        if found is None:
            waiting = [each for each in self.requests.values() if each["status"] == "open"]
            services = [{"id": "mairie", "name": "Mairie"}, {"id": "sport", "name": "Sports"}]
            listed = {"agent": "Agnès Roux", "services": services, "service": "mairie", "more": False}
            route.fulfill(json={**listed, "requests": waiting})
        elif verb == "accept" and found["status"] != "open":
            detail = f"Cette demande a déjà été acceptée par {found['decided_by']}."
            route.fulfill(status=409, json={"status": 409, "code": "already_decided", "detail": detail})
        elif verb == "accept":
            route.fulfill(json=self.decide(found["summary"], "accepted", "Agnès Roux"))
        elif verb == "refuse":
            reason = route.request.post_data_json["reason"]
            route.fulfill(json=self.decide(found["summary"], "refused", "Agnès Roux", reason))
        else:
            route.fulfill(json=found)


def open_request(page: Page, name: str) -> None:
    page.get_by_role("listitem").filter(has_text=name).get_by_role("button").press("Enter")
    expect(page.get_by_role("heading", name=name)).to_be_focused()


def decide_with_the_keyboard(page: Page) -> None:
    desk = Desk(page)
    page.reload()
    expect(page.get_by_label("Service")).to_have_value("mairie")
    look_at_both_sizes(page, "agents-liste")
    look_in_the_dark(page, "agents-liste")
    open_request(page, "Camille Martin")
    page.get_by_role("button", name="Refuser la demande").press("Enter")
    expect(page.get_by_label("Motif du refus")).to_be_focused()
    expect(page.get_by_label("Motif du refus")).to_have_attribute("aria-invalid", "true")
    look_at_both_sizes(page, "agents-motif")
    page.keyboard.type("Le justificatif manque.")
    page.get_by_role("button", name="Refuser la demande").press("Enter")
    expect(page.locator("[data-verdict]")).to_be_focused()
    expect(page.get_by_text("Le justificatif manque.")).to_be_visible()
    look_at_both_sizes(page, "agents-refusee")
    page.get_by_role("button", name="Revenir à la liste").press("Enter")
    expect(page.get_by_role("listitem").filter(has_text="Camille Martin")).to_have_count(0)
    open_request(page, "Jean Petit")
    page.get_by_role("button", name="Accepter la demande").press("Enter")
    expect(page.get_by_role("heading", name="Demande acceptée")).to_be_visible()
    page.get_by_role("button", name="Revenir à la liste").press("Enter")
    open_request(page, "Léa Morel")
    desk.decide("Léa Morel", "accepted", "Benoît Le Gall")
    page.get_by_role("button", name="Accepter la demande").press("Enter")
    expect(page.get_by_role("alert").filter(has_text="déjà été acceptée par Benoît Le Gall")).to_be_visible()
    look_at_both_sizes(page, "agents-trop-tard")
