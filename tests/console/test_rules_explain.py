"""`parvis rules explain`: what a town may ask beyond the child and the day."""

import json
from functools import partial
from typing import Any

import pytest
from support.engine import ROOT

QUESTION = ("--activity=restauration", "--day=2026-12-10", "--now=2026-11-21T09:00Z")


@pytest.fixture
def run(run_parvis: Any) -> Any:
    """Ask about the demonstration town."""
    return partial(run_parvis, "rules", "explain", str(ROOT / "content/commune"), *QUESTION)


@pytest.fixture
def explain(run: Any) -> Any:
    def answer(*options: str) -> dict[str, Any]:
        code, out, err = run(*options, "--json")
        assert (code, err) == (0, "")
        return dict(json.loads(out))

    return answer


def test_an_option_that_the_activity_has_no_use_for_changes_nothing(explain: Any) -> None:
    assert (
        explain("--from-hour=08:30", "--to-hour=17:00", "--booking-start=2026-12-01", "--resources=2400") == explain()
    )


def test_documents_are_examined_when_something_is_said_of_them(explain: Any) -> None:
    def missing(*options: str) -> list[tuple[str, str, str | None]]:
        found = explain(*options)["missing_documents"]
        return [(each["document"], each["why"], each["valid_until"]) for each in found]

    assurance, quotient = "assurance-responsabilite-civile", "attestation-quotient-familial"
    assert missing() == []
    assert missing("--no-document") == [(assurance, "absent", None), (quotient, "absent", None)]
    assert missing(f"--document={assurance}=2025-09-01", f"--document={quotient}=2026-09-01") == [
        (assurance, "expired", "2026-09-01")
    ]


def test_coming_without_a_booking_has_its_price(explain: Any) -> None:
    booked, unbooked = explain(), explain("--unbooked")

    assert booked["attendance"]["price"] == unbooked["price"]
    assert unbooked["price"]["centimes"] > booked["price"]["centimes"]


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("--document=assurance", "--document ID=AAAA-MM-JJ"),
        ("--document=carte=2026-09-01", "Le document «\u202fcarte\u202f» est inconnu"),
        ("--document=assurance-responsabilite-civile=2026-02-30", "n’existe pas"),
        ("--slot=matin", "Le créneau"),
        ("--from-hour=8h75", "(--from-hour)"),
        ("--booking-start=hier", "(--booking-start)"),
        ("--rank=0", "un rang"),
        ("--aeeh=un", "nombre d’enfants"),
    ],
)
def test_a_wrong_option_is_one_french_sentence(run: Any, option: str, words: str) -> None:
    code, out, err = run(option, "--json")

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert words in err
