"""What Amazon SES tells through SNS of letters that came back: read strictly, once, in any order."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from support import iam, sign_up
from support.client import Portal
from support.sign_up import Parent, create

from functions.actions import bounces
from functions.jobs import app as jobs_app
from functions.jobs import notices
from functions.kit import clock

GONE, FINE = "inconnu@exemple.fr", "camille@exemple.fr"


def since(address: str) -> datetime | None:
    return bounces.failing_since(address, clock.now())


def told(kind: str = "Bounce", *, address: str = FINE, sent: datetime | None = None, **more: Any) -> dict[str, Any]:
    """What SNS hands to the function."""
    sent = sent or clock.now()
    at = (sent + timedelta(seconds=2)).isoformat()
    recipients = [{"emailAddress": address, "status": "5.1.1"}]
    bounce = {"bounceType": "Permanent", "bouncedRecipients": recipients, "timestamp": at}
    complaint = {"complainedRecipients": recipients, "timestamp": at}
    about = {"Bounce": {"bounce": {**bounce, **more}}, "Complaint": {"complaint": {**complaint, **more}}}.get(kind, {})
    return record({"eventType": kind, "mail": {"timestamp": sent.isoformat(), "messageId": "1"}, **about})


def record(message: Any) -> dict[str, Any]:
    text = message if isinstance(message, str) else json.dumps(message)
    return {"Records": [{"EventSource": "aws:sns", "EventVersion": "1.0", "Sns": {"Message": text}}]}


def handle(event: dict[str, Any]) -> dict[str, Any]:
    with iam.acting_as("jobs"):
        return jobs_app.handle(event, None)


@pytest.mark.parametrize("kind", ["Bounce", "Complaint"])
@pytest.mark.parametrize("named", ["eventType", "notificationType"])
def test_what_ses_says_flags_the_address_once(portal: Portal, kind: str, named: str) -> None:
    event = told(kind, address="Camille@Exemple.fr")
    message = json.loads(event["Records"][0]["Sns"]["Message"])
    event = record({**message, named: message.pop("eventType")})

    assert [handle(event), handle(event)] == [{"came_back": 1}, {"came_back": 0}]
    found = since(FINE)
    assert found is not None
    assert found.isoformat() == message[kind.lower()]["timestamp"]
    assert portal


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("Bounce", {"bounceType": "Transient"}),
        ("Bounce", {"bounceType": "Undetermined"}),
        ("Complaint", {"complaintFeedbackType": "not-spam"}),
    ],
)
def test_what_is_no_news_of_the_address_changes_nothing(portal: Portal, kind: str, more: dict[str, str]) -> None:
    assert handle(told(kind, **more)) == {"came_back": 0}
    assert since(FINE) is None
    assert portal


@pytest.mark.parametrize(
    "message",
    [
        "",
        "Bonjour camille@exemple.fr",
        "[]",
        {},
        {"eventType": "Delivery", "mail": {"timestamp": "2026-11-21T09:00:00Z"}},
        {"eventType": "Bounce", "mail": {"timestamp": "2026-11-21T09:00:00Z"}},
        {"eventType": "Bounce", "mail": {"timestamp": "hier"}, "bounce": {"bounceType": "Permanent"}},
        {
            "eventType": "Bounce",
            "mail": {"timestamp": "2026-11-21T09:00:00"},
            "bounce": {
                "bounceType": "Permanent",
                "timestamp": "2026-11-21T09:00:00",
                "bouncedRecipients": [{"emailAddress": FINE}],
            },
        },
        {
            "eventType": "Bounce",
            "mail": {"timestamp": "2026-11-21T09:00:00Z"},
            "bounce": {
                "bounceType": "Permanent",
                "timestamp": "2026-11-21T09:00:00Z",
                "bouncedRecipients": [{"emailAddress": "camille"}],
            },
        },
    ],
)
def test_a_notice_not_understood_is_logged_without_its_content_and_the_next_is_read(
    portal: Portal, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, message: Any
) -> None:
    event = record(message)
    event["Records"] += [{"EventSource": "aws:sns", "Sns": None}, *told(address=GONE)["Records"]]

    assert handle(event) == {"came_back": 1}
    assert since(FINE) is None
    assert since(GONE)
    assert "exemple.fr" not in capfd.readouterr().err + caplog.text
    assert portal


@pytest.mark.parametrize("event", [None, [], {"Records": None}, {"Records": [1, {"eventSource": "aws:dynamodb"}]}])
def test_any_other_call_empties_the_outbox(portal: Portal, event: Any) -> None:
    create(portal.browser(), Parent())

    assert not notices.are_in(event)
    assert handle(event) == {"handled": 1}


def test_a_letter_sent_before_the_address_was_proven_says_nothing_of_it(portal: Portal) -> None:
    before = clock.now() - timedelta(minutes=5)
    sign_up.sign_up(portal, Parent())

    assert handle(told(sent=before)) == {"came_back": 0}
    assert since(FINE) is None
    assert handle(told(sent=clock.now() + timedelta(seconds=1))) == {"came_back": 1}
