"""Alternating custody in the answer of the rules: the fifth town changes homes and shares as its own words say."""

from datetime import date

import pytest
from support.engine import ROOT

from functions.domain import trial
from functions.domain.custody import Custody, holder_on, payer_shares
from functions.domain.reglement import Reglement
from functions.domain.trial_question import read
from functions.reglement.compiled import loads
from functions.reglement.source import compile_directory

WEEK = "2026-09-07"  # a Monday of the first parent's


@pytest.fixture(scope="module")
def town() -> Reglement:
    return loads(compile_directory(ROOT / "tests/communes/cinquieme"))


def ask(town: Reglement, day: date, **more: str) -> trial.TrialAnswer:
    activity = next(each for each in town.activities.values() if each.when == "school" and not each.slots)
    given = {"activity": activity.id, "day": day.isoformat(), "now": "2026-08-01T08:00:00Z", **more}
    return trial.answer(town, read(town, given))


def open_days(town: Reglement) -> list[date]:
    days = [date(2026, 9, 1 + offset) for offset in range(30)]
    return [day for day in days if ask(town, day).open]


def test_the_answer_says_with_whom_the_child_is_and_who_pays(town: Reglement) -> None:
    rule = town.custody
    assert rule is not None
    custody = Custody("first", "second", date.fromisoformat(WEEK))

    for day in open_days(town):
        found = ask(town, day, custody=WEEK)
        assert found.custody is not None
        assert found.custody.holder == holder_on(rule, custody, day, town.calendar)
        assert found.price is not None
        shares = [(share.parent, share.centimes) for share in found.custody.shares]
        assert shares == payer_shares(rule, custody, day, town.calendar, found.price.centimes)
        assert any(section.about == "custody" and section.sentences for section in found.words)


def test_both_parents_have_the_child_in_turn(town: Reglement) -> None:
    holders = {ask(town, day, custody=WEEK).custody.holder for day in open_days(town)}  # type: ignore[union-attr]

    assert holders == {"first", "second"}


def test_without_a_week_the_rule_is_told_and_nobody_is_named(town: Reglement) -> None:
    found = ask(town, open_days(town)[0])

    assert found.custody is not None
    assert (found.custody.holder, found.custody.shares) == (None, ())
    assert all(section.about != "custody" for section in found.words)
