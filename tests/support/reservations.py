"""Asking for a month and changing it, as the calendar page does."""

import json
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Response

from functions.domain.reglement import Reglement
from support import town
from support.client import Browser

CALENDAR = "/api/reservations/calendar"
CHANGES = "/api/reservations/changes"
MONTH = "2026-12"
MONDAY, TUESDAY, THURSDAY, FRIDAY = "2026-12-07", "2026-12-08", "2026-12-10", "2026-12-11"


@pytest.fixture(scope="session")
def reglement_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test town instead of the demonstration town. A module that publishes other rules must put these back."""
    path = tmp_path_factory.mktemp("town") / "reglement.json"
    town.publish(path, town.reglement())
    return path


@pytest.fixture
def rules() -> Reglement:
    return town.reglement()


def see(browser: Browser, activity: str = "cantine", month: str = MONTH, *children: str) -> dict[str, Any]:
    """The calendar; its ETag is checked against the version it holds."""
    named = "".join(f"&child={child}" for child in children)
    answer = browser.get(f"{CALENDAR}?month={month}&activity={activity}{named}")
    assert answer.status_code == 200, answer.text
    view: dict[str, Any] = answer.get_json()
    assert answer.headers["ETag"] == f'"{view["version"]}"'
    return view


def day_of(view: dict[str, Any], child_id: str, day: str) -> dict[str, Any]:
    child = next(each for each in view["children"] if each["child_id"] == child_id)
    found: dict[str, Any] = next(each for each in child["days"] if each["day"] == day)
    return found


def body_of(view: dict[str, Any], *children: dict[str, Any], total: int | None = None) -> dict[str, Any]:
    """What the page would send, its estimate of the total included."""
    return {
        "month": view["month"],
        "activity": view["activity"]["id"],
        "rules_hash": view["rules_hash"],
        "expected_total_centimes": _estimate(view, children) if total is None else total,
        "children": list(children),
    }


def ticks(child_id: str, *book: str, cancel: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"child_id": child_id, "book": list(book), "cancel": list(cancel)}


def send(
    browser: Browser, view: dict[str, Any], *children: dict[str, Any], key: str = "", total: int | None = None
) -> Response:
    body = body_of(view, *children, total=total)
    return browser.post(CHANGES, body, key=key, headers={"If-Match": f'"{view["version"]}"'})


def book(browser: Browser, child_id: str, *days: str, activity: str = "cantine") -> dict[str, Any]:
    """See, tick, confirm; the receipt."""
    answer = send(browser, see(browser, activity), ticks(child_id, *days))
    assert answer.status_code == 201, answer.text
    receipt: dict[str, Any] = answer.get_json()
    return receipt


def problem(response: Response, status: int, code: str) -> dict[str, Any]:
    assert (response.status_code, response.mimetype) == (status, "application/problem+json"), response.text
    body: dict[str, Any] = json.loads(response.data)
    assert body["code"] == code, body
    return body


def _estimate(view: dict[str, Any], children: tuple[dict[str, Any], ...]) -> int:
    """As site/ts/calendar/totals.ts: what is booked, less what is given back in time."""
    total = 0
    known = {child["child_id"]: {day["day"]: day for day in child["days"]} for child in view["children"]}
    for child in children:
        days = known.get(child["child_id"], {})
        total += sum(days[day]["price_centimes"] or 0 for day in child["book"] if day in days)
        total -= sum(
            days[day]["price_centimes"]
            for day in child["cancel"]
            if day in days and not days[day]["cancelling"]["late"]
        )
    return total
