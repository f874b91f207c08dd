"""What docs/regles.md says of openings, windows, slots, sessions and places is what its example town does."""

import re

import pytest
from support.engine import ROOT
from support.leaflet import ONE_SECOND, day, end_of, paris

from functions.domain.decisions import ChildFacts, DayDecision, FamilyFacts, decide_day
from functions.domain.places import Seated, counted_once, places_of
from functions.domain.reglement import Reglement
from functions.reglement.compiled import loads
from functions.reglement.source import compile_directory

PAGE = (ROOT / "docs/regles.md").read_text("utf-8")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Reglement:
    folder = tmp_path_factory.mktemp("example")
    for rank, block in enumerate(re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)):
        (folder / f"{rank}.yml").write_text(block, "utf-8")
    return loads(compile_directory(folder))


def decide(rules: Reglement, activity: str, wanted: str, now: str, slot: str | None = None) -> DayDecision:
    return decide_day(rules, activity, day(wanted), paris(now), ChildFacts(), FamilyFacts(), slot=slot)


@pytest.mark.parametrize(
    ("wanted", "last", "window"),
    [
        ("2026-10-07", "2026-09-30", "Rentrée 2026"),
        ("2026-09-09", "2026-09-08", "Rentrée 2026"),
        ("2026-11-04", "2026-10-21", ""),  # « comme d’habitude »
    ],
)
def test_the_window_of_the_page(example: Reglement, wanted: str, last: str, window: str) -> None:
    found = decide(example, "mercredi", wanted, "2026-09-05 12:00:00")

    assert (found.booking.until, found.booking.lenient) == (end_of(last), window)
    assert found.approval


def test_the_opening_of_the_page(example: Reglement) -> None:
    """Eight weeks before the Monday of Wednesday 16 December 2026: 19 October, 9 o'clock."""
    assert not decide(example, "mercredi", "2026-12-16", "2026-10-19 08:59:59").booking.allowed
    assert decide(example, "mercredi", "2026-12-16", "2026-10-19 09:00:00").booking.allowed


def test_the_slots_of_the_page(example: Reglement) -> None:
    """« Son délai en heures se compte depuis son propre début »"""
    found = decide(example, "mercredi", "2026-12-16", "2026-12-01 12:00:00", slot="journee")

    assert found.cancelling.until == paris("2026-12-14 08:00:00")
    assert found.minutes == 600


def test_the_sessions_of_the_page(example: Reglement) -> None:
    dated = decide(example, "vacances", "2026-10-20", "2026-09-14 09:00:00")
    usual = decide(example, "vacances", "2026-12-22", "2026-09-14 09:00:00")

    assert (dated.booking.opens, dated.booking.until) == (paris("2026-09-14 09:00:00"), paris("2026-10-02 18:00:00"))
    assert (usual.booking.opens, usual.booking.until) == (None, paris("2026-11-24 00:00:00") - ONE_SECOND)
    assert dated.unit == "session"


def test_the_places_of_the_page(example: Reglement) -> None:
    wednesday = places_of(example.activities["mercredi"], Seated("", day("2020-01-01"), "journee"), day("2026-12-16"))
    session = places_of(example.activities["vacances"], Seated("", None), day("2026-12-22"))

    assert sorted(wednesday.values()) == [30, 36, 60]
    assert list(session.values()) == [40]
    assert all(counted_once(place) for place in session)
