"""Sessions over two months, requests that an agent must accept, and what is not booked here, as the page does them."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bench.capacity import counted
from support import factories, places_town, town
from support.client import Browser, Portal
from support.reservations import CHANGES, body_of, day_of, problem, see, send, ticks

from functions.domain.foyer import Child, FoyerFile
from functions.store import months

FEBRUARY = [f"2027-02-{day}" for day in range(22, 27)]
MARCH = [f"2027-03-0{day}" for day in range(1, 6)]
SESSION = [*FEBRUARY, *MARCH]
THURSDAY = "2026-12-10"


@pytest.fixture(scope="session")
def reglement_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("town") / "reglement.json"
    town.publish(path, places_town.reglement())
    return path


@pytest.fixture
def leo() -> Child:
    return factories.child("Léo", school="tilleuls", level="cp")


@pytest.fixture
def file(portal: Portal, leo: Child) -> FoyerFile:
    assert portal
    return factories.family(leo)


@pytest.fixture
def browser(portal: Portal, file: FoyerFile) -> Browser:
    return factories.signed_in(portal, file.foyer_id)


def beside(view: dict[str, Any]) -> list[str]:
    return [day["day"] for day in view["children"][0]["beside"]]


def stored(file: FoyerFile, activity: str) -> dict[str, list[str]]:
    family = months.load_family(file.foyer_id, "2026-11")
    assert family is not None
    return {
        month.month: [str(entry.day) for entry in month.days] for month in family.months if month.activity == activity
    }


def test_a_session_is_booked_from_either_month_in_one_transaction(
    browser: Browser, file: FoyerFile, leo: Child
) -> None:
    march = see(browser, "sejour", "2027-03")
    assert beside(march) == FEBRUARY
    assert day_of(march, leo.person_id, MARCH[0])["together"] == [day for day in SESSION if day != MARCH[0]]
    assert march["activity"]["unit"] == "session"

    answer = send(browser, march, ticks(leo.person_id, *SESSION), total=2_000)

    receipt = answer.get_json()
    assert answer.status_code == 201, answer.text
    assert [line["day"] for line in receipt["children"][0]["booked"]] == SESSION
    assert {line["cancel_until"] for line in receipt["children"][0]["booked"]} == {"2027-02-15T22:59:59Z"}
    assert receipt["version"] == see(browser, "sejour", "2027-03")["version"]
    assert stored(file, "sejour") == {"2027-02": FEBRUARY, "2027-03": MARCH}
    assert months.seats_taken("sejour", "session:hiver:2027-02", "2027-02") == {1: 1}
    assert months.seats_taken("sejour", "_tous", "2027-03") == dict.fromkeys(range(1, 6), 1)


def test_a_session_over_two_months_is_one_transaction_at_the_price_of_its_items(browser: Browser, leo: Child) -> None:
    """Two months, three counters (the session's, each month's days) and the event: 2 WCU each, 1 for the index."""
    view = see(browser, "sejour", "2027-02")

    with counted() as cost:
        answer = send(browser, view, ticks(leo.person_id, *SESSION), total=2_000)

    assert answer.status_code == 201
    assert (cost.transactions, cost.reads, cost.writes) == (1, 2, 0)
    assert cost.wcu <= 13


def test_a_session_is_given_back_whole_with_its_seat(browser: Browser, file: FoyerFile, leo: Child) -> None:
    send(browser, see(browser, "sejour", "2027-02"), ticks(leo.person_id, *SESSION), total=2_000)
    view = see(browser, "sejour", "2027-03")

    part = problem(send(browser, view, ticks(leo.person_id, cancel=tuple(MARCH)), total=-1_000), 409, "days_refused")
    whole = send(browser, view, ticks(leo.person_id, cancel=tuple(SESSION)), total=-2_000)

    assert [error["pointer"] for error in part["errors"]] == [f"/children/0/cancel/{rank}" for rank in range(5)]
    assert part["errors"][0]["detail"].startswith("Une session s’annule en entier\u202f: il manque le lundi 22")
    assert whole.status_code == 201
    assert stored(file, "sejour") == {"2027-02": [], "2027-03": []}
    assert months.seats_taken("sejour", "session:hiver:2027-02", "2027-02") == {1: 0}


def test_a_part_of_a_session_is_refused_day_by_day(browser: Browser, file: FoyerFile, leo: Child) -> None:
    answer = send(browser, see(browser, "sejour", "2027-02"), ticks(leo.person_id, *FEBRUARY), total=1_000)

    errors = problem(answer, 409, "days_refused")["errors"]
    assert len(errors) == 5
    assert "il manque le lundi 1er\u00a0mars\u00a02027" in errors[0]["detail"]
    assert stored(file, "sejour") == {}


def test_the_other_parent_who_changed_the_month_beside_is_told_of(
    portal: Portal, browser: Browser, file: FoyerFile, leo: Child
) -> None:
    """The version of a month of sessions covers the months that it shows."""
    other = factories.signed_in(portal, file.foyer_id)
    february = see(browser, "sejour", "2027-02")
    send(other, see(other, "sejour", "2027-03"), ticks(leo.person_id, *SESSION), total=2_000)

    late = send(browser, february, ticks(leo.person_id, *SESSION), total=2_000)

    current = problem(late, 412, "stale")["current"]
    assert [day["state"] for day in current["children"][0]["beside"]] == ["booked"] * 5


def test_a_birthday_within_a_session_takes_and_gives_back_one_seat_of_it(portal: Portal) -> None:
    turns_six = replace(factories.child("Zoé", school="tilleuls", level="gs"), birth_date=date(2021, 2, 24))
    browser = factories.signed_in(portal, factories.family(turns_six).foyer_id)
    known, days = turns_six.person_id, (FEBRUARY[0], FEBRUARY[4])

    send(browser, see(browser, "ages", "2027-02"), ticks(known, *days))
    send(browser, see(browser, "ages", "2027-03"), ticks(known, MARCH[0]))
    taken = months.seats_taken("ages", "session:hiver:2027-02:group:petits", "2027-02")
    send(browser, see(browser, "ages", "2027-02"), ticks(known, cancel=days))
    send(browser, see(browser, "ages", "2027-03"), ticks(known, cancel=(MARCH[0],)))

    assert taken == {1: 1}
    assert months.seats_taken("ages", "session:hiver:2027-02:group:petits", "2027-02") == {1: 0}
    assert months.seats_taken("ages", "group:grands", "2027-02") == {}


def test_a_month_of_days_alone_is_not_stale_for_what_happens_in_the_next(
    portal: Portal, browser: Browser, file: FoyerFile, leo: Child
) -> None:
    other = factories.signed_in(portal, file.foyer_id)
    february = see(browser, "centre", "2027-02")
    send(other, see(other, "centre", "2027-03"), ticks(leo.person_id, MARCH[0]))

    answer = send(browser, february, ticks(leo.person_id, FEBRUARY[0]))

    assert answer.status_code == 201, answer.text
    assert beside(february) == []
    assert months.seats_taken("centre", "session:hiver:2027-02", "2027-02") == {1: 1}


def test_a_day_of_another_month_is_refused_unless_it_goes_with_one_of_this(browser: Browser, leo: Child) -> None:
    view = see(browser, "centre", "2027-02")
    body = body_of(view, ticks(leo.person_id, MARCH[0]), total=200)

    answer = browser.post(CHANGES, body, headers={"If-Match": view["version"]})

    assert answer.status_code == 422
    assert answer.get_json(force=True)["errors"][0]["pointer"] == "/children/0/book/0"


def test_what_an_agent_must_accept_awaits_with_its_seat_and_owes_nothing(
    portal: Portal, browser: Browser, leo: Child
) -> None:
    view = see(browser, "examinee")
    answer = send(browser, view, ticks(leo.person_id, THURSDAY), total=0)
    day = day_of(see(browser, "examinee"), leo.person_id, THURSDAY)
    agenda = browser.get("/api/reservations/agenda?from=2026-12-01").get_json()["entries"]
    receipt = answer.get_json()

    assert view["activity"]["approval"]
    assert view["activity"]["notice"] == "Chaque réservation est examinée par le service avant d’être acceptée."
    assert (receipt["total_centimes"], receipt["children"][0]["booked"][0]["state"]) == (0, "awaiting")
    assert receipt["children"][0]["booked"][0]["price_centimes"] == 200
    assert (day["state"], day["note"], day["places_left"]) == ("awaiting", "En attente d’instruction.", 1)
    assert [(entry["status"], entry["cancel_until"]) for entry in agenda] == [("awaiting", "2026-12-10T22:59:59Z")]
    assert portal


def test_the_dashboard_shows_what_awaits_an_agent_as_such(browser: Browser, leo: Child) -> None:
    send(browser, see(browser, "examinee"), ticks(leo.person_id, THURSDAY), total=0)
    send(browser, see(browser, "centre", "2027-02"), ticks(leo.person_id, FEBRUARY[0]))

    page = browser.get("/api/family/dashboard").get_json()

    assert [(each["day"], each["status"], each["price_centimes"]) for each in page["next_bookings"]] == [
        (THURSDAY, "awaiting", 200),
        (FEBRUARY[0], "booked", 200),
    ]
    assert page["children"][0]["next"]["day"] == FEBRUARY[0]


def test_a_request_is_taken_back_for_nothing(browser: Browser, file: FoyerFile, leo: Child) -> None:
    send(browser, see(browser, "examinee"), ticks(leo.person_id, THURSDAY), total=0)

    answer = send(browser, see(browser, "examinee"), ticks(leo.person_id, cancel=(THURSDAY,)), total=0)

    assert answer.get_json()["children"][0]["cancelled"] == [{"day": THURSDAY, "price_centimes": 0}]
    assert stored(file, "examinee") == {"2026-12": []}
    assert months.seats_taken("examinee", "_tous", "2026-12") == {10: 0}


def test_the_calendar_says_when_bookings_open(browser: Browser, leo: Child) -> None:
    view = see(browser, "bientot")
    day = day_of(view, leo.person_id, THURSDAY)

    refused = problem(send(browser, view, ticks(leo.person_id, THURSDAY), total=200), 409, "days_refused")

    assert day["booking"]["opens"] == "2026-11-26T08:00:00Z"
    assert not day["booking"]["allowed"]
    assert day["refusal"] == refused["errors"][0]["detail"]
    assert day["refusal"] == "Les réservations ouvrent le jeudi 26\u00a0novembre\u00a02026 à 9\u00a0h."


@pytest.mark.parametrize(("activity", "how"), [("creneaux", "par créneau"), ("creche", "à l’heure")])
def test_what_is_booked_by_slots_is_not_booked_as_whole_days(
    browser: Browser, leo: Child, activity: str, how: str
) -> None:
    view = see(browser, activity)

    refused = problem(send(browser, view, ticks(leo.person_id, "2026-12-09"), total=340), 409, "days_refused")

    assert view["activity"]["notice"] == f"Cette activité se réserve {how}\u202f: auprès du service, pour le moment."
    assert refused["errors"][0]["detail"].startswith(view["activity"]["notice"])
    assert not any(day["booking"]["allowed"] for day in view["children"][0]["days"])
