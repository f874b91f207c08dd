"""The calendar as a parent uses it, whichever view the width of the screen gives."""

from typing import Any

from playwright.sync_api import Locator, Page, expect
from serving import Serving


def open_month(page: Page, serving: Serving, month: str, activity: str = "restauration") -> None:
    page.goto(f"{serving.origin}/reservations/?mois={month}&activite={activity}")
    expect(page.locator(".p-calendar-child").first).to_be_visible()


def boxes(page: Page, child: int = 0) -> Locator:
    """The boxes of a child that can be ticked, in the order of days."""
    return page.locator(".p-calendar-child").nth(child).locator(".p-day-choice input:enabled")


def tick(page: Page, count: int, child: int = 0) -> list[str]:
    """Tick the first free days of a child; how a screen reader names them."""
    names = []
    for _ in range(count):
        box = page.locator(".p-calendar-child").nth(child).locator(".p-day-choice input:enabled:not(:checked)").first
        names.append(box.get_attribute("aria-label") or "")
        box.check()
    return names


def go_to_check(page: Page) -> None:
    page.get_by_role("button", name="Vérifier et confirmer").click()
    expect(page.get_by_role("heading", name="Vérifiez avant de confirmer")).to_be_focused()


def confirm(page: Page, button: str = "Confirmer") -> None:
    page.get_by_role("button", name=button, exact=True).click()


def receipt_number(page: Page) -> str:
    expect(page.get_by_role("heading", name="C’est enregistré")).to_be_focused()
    return page.locator(".p-receipt-number").inner_text()


def booked(page: Page, month: str) -> list[tuple[str, str]]:
    """What the town holds for this family: (day, given name), asked from the town and not read on the page."""
    entries: list[dict[str, Any]] = page.evaluate(
        """async (from) => (await (await fetch(`/api/reservations/agenda?from=${from}`,
            {headers: {"X-Parvis": "1"}})).json()).entries""",
        f"{month}-01",
    )
    kept = [entry for entry in entries if entry["day"].startswith(month) and entry["status"] == "booked"]
    return sorted((entry["day"], entry["given_name"]) for entry in kept)
