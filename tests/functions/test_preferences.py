"""« Mes préférences »: what a person chose to receive, at its defaults, chosen, and chosen twice at once."""

from typing import Any

import pytest
from support import factories, sign_up
from support.client import Browser, Portal
from werkzeug.wrappers import Response

PATH = "/api/accounts/preferences"
KEY = "2b1b7d1e-1111-4222-8333-444455556666"


@pytest.fixture
def browser(portal: Portal) -> Browser:
    return factories.stranger(portal)


def wanted(**changes: Any) -> dict[str, Any]:
    return {"invoice": "electronic", "deadline_reminders": True, "gap_alerts": False, "news": [], **changes}


def choose(browser: Browser, body: dict[str, Any], version: str = "0", key: str = "") -> Response:
    return browser.post(PATH, body, headers={"If-Match": f'"{version}"'}, key=key)


def chosen(portal: Portal) -> list[dict[str, Any]]:
    return [item for item in sign_up.stored(portal, "core") if "preferences.chosen" in item.get("doc", {}).get("S", "")]


def test_who_never_chose_has_the_paper_invoice_and_is_sent_nothing_unasked(browser: Browser) -> None:
    page = browser.get(PATH)

    seen = page.get_json()
    assert (seen["invoice"], seen["deadline_reminders"], seen["gap_alerts"]) == ("paper", False, False)
    assert seen["news"]
    assert not any(service["chosen"] for service in seen["news"])
    assert (seen["version"], page.headers["ETag"]) == (0, '"0"')


def test_what_was_chosen_is_there_the_next_time(browser: Browser) -> None:
    service = browser.get(PATH).get_json()["news"][0]["id"]

    answer = choose(browser, wanted(news=[service, service]))

    assert answer.status_code == 200, answer.text
    again = browser.get(PATH)
    assert again.get_json() == answer.get_json()
    assert again.headers["ETag"] == answer.headers["ETag"] == '"1"'
    assert again.get_json()["invoice"] == "electronic"
    assert [each["id"] for each in again.get_json()["news"] if each["chosen"]] == [service]


def test_each_person_has_their_own(portal: Portal, browser: Browser) -> None:
    choose(browser, wanted())

    assert factories.stranger(portal).get(PATH).get_json()["invoice"] == "paper"


def test_choosing_over_another_choice_is_refused_and_changes_nothing(browser: Browser) -> None:
    choose(browser, wanted())

    refused = choose(browser, wanted(invoice="paper"))

    assert (refused.status_code, refused.get_json()["code"]) == (412, "stale")
    assert browser.get(PATH).get_json()["invoice"] == "electronic"


def test_two_choices_at_once_keep_one_and_refuse_the_other(portal: Portal, browser: Browser) -> None:
    browsers = [browser, factories.open_browser(portal, browser.account_id)]

    answers = sign_up.at_once(
        lambda number: choose(browsers[number], wanted(gap_alerts=bool(number))).status_code, len(browsers)
    )

    assert sorted(answers) == [200, 412]
    assert len(chosen(portal)) == 1


def test_a_choice_sent_again_is_answered_alike_and_written_once(portal: Portal, browser: Browser) -> None:
    answers = [choose(browser, wanted(), key=KEY) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].get_json() == answers[1].get_json()
    assert len(chosen(portal)) == 1


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (wanted(news=["service-inconnu"]), "/news/0"),
        (wanted(invoice="fax"), "/invoice"),
        (wanted(gap_alerts="oui"), "/gap_alerts"),
    ],
)
def test_what_is_not_a_choice_is_refused_with_its_place(browser: Browser, body: dict[str, Any], pointer: str) -> None:
    refused = choose(browser, body)

    assert refused.status_code == 422
    assert set(sign_up.errors(refused)) == {pointer}
    assert browser.get(PATH).get_json()["version"] == 0
