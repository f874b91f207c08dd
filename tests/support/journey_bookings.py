"""What the journey books, and how an answer is expected."""

from typing import Any

from functions.domain.foyer import FoyerFile
from functions.kit import rules as kit_rules
from support import factories
from support.client import Browser

_KEY = "11111111-2222-4333-8444-000000000004"


def family_with_places() -> FoyerFile:
    rules = kit_rules.current()
    school = next(
        next(iter(activity.capacity.per_school))
        for activity in rules.activities.values()
        if activity.capacity and activity.capacity.per_school
    )
    level = rules.schools[school].levels[0]
    children = [factories.child(name, school=school, level=level) for name in ("Léo", "Zoé")]
    return factories.family(*children, guardians=(factories.guardian("Anne"), factories.guardian("Marc", title="M.")))


def family_and_bookings(browser: Browser, file: FoyerFile) -> None:
    expect(browser.get("/api/family/dashboard"), 200)
    expect(browser.get(f"/api/family/children/{file.children[0].person_id}"), 200)
    choices = expect(browser.get("/api/reservations/activities"), 200)
    activity = choices["activities"][0]["id"]
    month = expect(browser.get(f"/api/reservations/calendar?month=2027-03&activity={activity}"), 200)
    child = month["children"][0]
    day = next(day for day in child["days"] if day["open"] and day["booking"]["allowed"])
    change = {
        "month": "2027-03",
        "activity": activity,
        "rules_hash": month["rules_hash"],
        "expected_total_centimes": day["price_centimes"],
        "children": [{"child_id": child["child_id"], "book": [day["day"]], "cancel": []}],
    }
    headers = {"If-Match": month["version"]}
    receipt = expect(browser.post("/api/reservations/changes", change, headers=headers, key=_KEY), 201)
    again = expect(browser.post("/api/reservations/changes", change, headers=headers, key=_KEY), 201)
    if again != receipt:
        raise AssertionError("a retry was answered otherwise")
    expect(browser.get("/api/reservations/agenda?from=2026-11-01"), 200)
    expect(browser.get(f"/api/reservations/receipts/{receipt['receipt_number']}"), 200)
    expect(browser.get("/api/reservations/regles"), 200)
    expect(browser.post("/api/reservations/essai", {"activity": activity, "day": day["day"]}), 200)


def session_over_two_months(browser: Browser, file: FoyerFile) -> None:
    """The demonstration town counts no session: the seat of one depends on a month that stays as it is."""
    view = expect(browser.get("/api/reservations/calendar?month=2027-02&activity=centre"), 200)
    change = {
        "month": "2027-02",
        "activity": "centre",
        "rules_hash": view["rules_hash"],
        "expected_total_centimes": 200,
        "children": [{"child_id": file.children[0].person_id, "book": ["2027-02-22"], "cancel": []}],
    }
    expect(browser.post("/api/reservations/changes", change, headers={"If-Match": view["version"]}), 201)


def expect(response: Any, status: int) -> Any:
    if response.status_code != status:
        raise AssertionError(f"{response.status_code} instead of {status}: {response.get_data(as_text=True)[:400]}")
    return response.json if response.data else None
