"""A request that a service decides: once, and a refusal says why."""

from datetime import UTC, datetime

import pytest

from functions.domain import requests
from functions.domain.errors import Conflict, Invalid
from functions.domain.requests import Decision, Request, Verdict

ASKED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 9, 5, tzinfo=UTC)
REQUEST = Request("d" * 32, "address_change", "education", "FOYER#1", ASKED, "Camille Martin", {"town": "Chalonnes"})


def decided(verdict: Verdict, reason: str = "") -> Request:
    return requests.decide(REQUEST, Decision(verdict, reason), by="agent", name="Agnès Roux", now=NOW)


def test_an_open_request_is_accepted_without_a_reason() -> None:
    found = decided("accepted")

    assert (found.status, found.decided_by, found.decided_by_name, found.decided_at) == (
        "accepted",
        "agent",
        "Agnès Roux",
        NOW,
    )


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_refusal_without_a_reason_is_told_to_give_one(reason: str) -> None:
    with pytest.raises(Invalid) as refusal:
        decided("refused", reason)

    assert refusal.value.errors[0].pointer == "/reason"


def test_a_refusal_keeps_its_reason_tidy() -> None:
    assert decided("refused", "  Le justificatif manque. ").reason == "Le justificatif manque."


def test_a_reason_is_bounded() -> None:
    with pytest.raises(Invalid):
        decided("refused", "a" * (requests.LONGEST_REASON + 1))


@pytest.mark.parametrize(("first", "word"), [("accepted", "acceptée"), ("refused", "refusée")])
@pytest.mark.parametrize("second", ["accepted", "refused"])
def test_what_is_decided_stays_decided_and_says_by_whom_and_when(first: Verdict, second: Verdict, word: str) -> None:
    with pytest.raises(Conflict) as conflict:
        requests.decide(decided(first, "Motif"), Decision(second, "Motif"), by="b", name="Benoît", now=NOW)

    assert conflict.value.code == "already_decided"
    assert word in conflict.value.detail
    assert "par Agnès Roux le samedi 21\u00a0novembre\u00a02026 à 10\u00a0h\u00a005" in conflict.value.detail
    assert conflict.value.extra["decided_at"] == "2026-11-21T09:05:00Z"
