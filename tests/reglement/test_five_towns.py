"""What holds of every town alike: the four of the leaflets, the made-up one and the demonstration."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from support.engine import ROOT
from support.leaflet import COMMUNES, paris

from functions.domain.activity import Activity
from functions.domain.decisions import ChildFacts, DayDecision, FamilyFacts, decide_day
from functions.domain.enrolments import decide_enrolment
from functions.domain.reglement import Reglement
from functions.domain.slots import slots_on
from functions.domain.trial import answer
from functions.domain.trial_question import Question
from functions.reglement.compiled import loads
from functions.reglement.source import check, compile_directory

FOLDERS = [ROOT / "content/commune", *sorted(path for path in COMMUNES.iterdir() if path.is_dir())]
MONTHS = (date(2026, 12, 1), date(2027, 7, 1))
NOWS = (paris("2026-11-21 09:00:00"), paris("2026-12-10 12:00:00"))
CHILDREN = (
    ChildFacts(),
    ChildFacts(birth_date=date(2019, 4, 2), school="", level="CE1", contract="occasional", packed_meal=True),
    ChildFacts(birth_date=date(2024, 2, 29), school="nowhere", level="", contract="regular", sibling_rank=3),
)
FAMILIES = (FamilyFacts(), FamilyFacts(84_001, resident=False, resources_centimes=210_000, children_count=4))


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda path: path.name)
def rules(request: pytest.FixtureRequest) -> Reglement:
    return loads(compile_directory(request.param))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_a_town_is_coherent_and_compiles_to_the_same_bytes(folder: Path) -> None:
    assert check(folder) == []
    assert compile_directory(folder) == compile_directory(folder)


def _questions(activity: Activity) -> Iterator[tuple[date, str | None, datetime]]:
    for first, now in product(MONTHS, NOWS):
        for offset in range(31):
            day = first + timedelta(days=offset)
            for slot in (None, *(slot.id for slot in slots_on(activity, day))):
                yield day, slot, now


def test_every_day_of_two_months_is_decided(rules: Reglement) -> None:
    decided = 0
    for activity in rules.activities.values():
        for (day, slot, now), child, family in product(_questions(activity), CHILDREN, FAMILIES):
            _agrees_with_itself(decide_day(rules, activity.id, day, now, child, family, slot=slot), now)
            decided += 1

    assert decided > 1000


def _agrees_with_itself(found: DayDecision, now: datetime) -> None:
    if not found.open:
        assert found.closed_reason
        assert (found.booking.until, found.booking.allowed, found.cancelling.allowed) == (None, False, False)
        assert found.price is None
        return
    assert found.closed_reason == ""
    assert found.booking.until is not None
    assert found.booking.late is (now > found.booking.until)
    assert found.eligible or not found.booking.allowed
    assert found.price is not None
    assert found.price.centimes >= 0
    assert found.price.trace


def test_every_enrolment_is_decided(rules: Reglement) -> None:
    for activity, now, child in product(rules.activities.values(), NOWS, CHILDREN):
        found = decide_enrolment(rules, activity.id, "2026-2027", now, child, FamilyFacts(), {})

        assert found.allowed is (found.refusal == "")


def test_every_activity_answers_a_question_in_words(rules: Reglement) -> None:
    """What `parvis rules explain` and the page « Essayer les règles » say: no hole, no doubled space, French signs."""
    for activity, (day, slot, now) in _a_few_questions(rules):
        question = Question(activity.id, day, now, CHILDREN[1], FAMILIES[1], slot=slot, documents={})
        found = answer(rules, question)
        told = "\n".join(line for part in found.words for line in (part.title, *part.sentences))

        assert found.open is (found.price is not None)
        assert told
        assert not re.search(r"None|  | [:;!?»]|« ", told), told


def _a_few_questions(rules: Reglement) -> Iterator[tuple[Activity, tuple[date, str | None, datetime]]]:
    for activity in rules.activities.values():
        yield from ((activity, question) for question in list(_questions(activity))[::9])


def test_every_rule_has_a_source_or_says_it_is_a_choice(rules: Reglement) -> None:
    missing = [
        f"{activity.id}: {what}"
        for activity in rules.activities.values()
        for what, rule in _told(activity)
        if not (rule.source or rule.choice)
    ]
    unpriced = [
        tariff.id
        for tariff in rules.tariffs.values()
        for version in tariff.versions
        if not (version.source or version.choice)
    ]

    assert missing == []
    assert unpriced == []


def _told(activity: Activity) -> Iterator[tuple[str, Any]]:
    capacity = activity.capacity
    rules = {
        "reservation": activity.booking,
        "annulation": activity.cancelling,
        "absence": activity.absence,
        "inscription": activity.enrolment,
        "presence_sans_reservation": activity.attendance,
        "report": activity.carry_over,
        "liste_attente": capacity.waiting if capacity else None,
        **{f"fenetres {window.name}": window for window in activity.booking.windows},
    }
    yield from ((name, rule) for name, rule in rules.items() if rule is not None)
