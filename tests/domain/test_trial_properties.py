"""Two answers to one question, at two instants, never contradict each other."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from support import town

from functions.domain import trial
from functions.domain.activity import ActionRule, Delay
from functions.domain.trial_answer import TrialAnswer
from functions.domain.trial_question import read

OPENING = replace(
    town.DAYCARE,
    id="ouverture",
    booking=ActionRule(Delay(7, "day"), "surcharge", final=Delay(2, "hour"), opening=Delay(30, "day")),
)
RULES = town.reglement()
RULES = replace(RULES, activities={**RULES.activities, OPENING.id: OPENING})
DAYS = st.dates(town.YEAR.first, town.YEAR.last)
INSTANTS = st.datetimes(datetime(2026, 8, 1), datetime(2027, 7, 31), timezones=st.just(UTC))  # noqa: DTZ001 - naive bounds
ACTIVITIES = st.sampled_from(sorted(RULES.activities))
MOVES = {"now", "booking", "cancelling", "price", "enrolment", "attendance", "words"}


def ask(activity: str, day: object, now: datetime) -> TrialAnswer:
    return trial.answer(RULES, read(RULES, {"activity": activity, "day": str(day), "now": now.isoformat()}))


def fixed(answer: TrialAnswer) -> dict[str, Any]:
    """What no instant changes."""
    windows = [
        (each.until, each.after, each.final, each.source, each.choice) for each in (answer.booking, answer.cancelling)
    ]
    rest = {name: getattr(answer, name) for name in TrialAnswer.__slots__ if name not in MOVES}
    return {**rest, "windows": windows, "opens": answer.booking.opens}


@given(ACTIVITIES, DAYS, INSTANTS, INSTANTS)
def test_deadlines_do_not_move_with_the_instant_that_asks(
    activity: str, day: object, one: datetime, other: datetime
) -> None:
    assert fixed(ask(activity, day, one)) == fixed(ask(activity, day, other))


@given(ACTIVITIES, DAYS, INSTANTS, st.timedeltas(timedelta(0), timedelta(days=60)))
def test_what_has_become_late_stays_late(activity: str, day: object, now: datetime, later: timedelta) -> None:
    before, after = ask(activity, day, now), ask(activity, day, now + later)

    for one, other in ((before.booking, after.booking), (before.cancelling, after.cancelling)):
        assert other.late or not one.late
        assert not (one.late and not one.allowed and other.allowed)


@given(ACTIVITIES, DAYS, INSTANTS)
def test_the_answer_agrees_with_its_own_instants(activity: str, day: object, now: datetime) -> None:
    found = ask(activity, day, now)

    for window in (found.booking, found.cancelling):
        if window.until is None:
            assert not found.open
            assert not window.allowed
        else:
            assert window.late == (found.now > window.until)
            assert not (window.allowed and window.late and (window.final is None or found.now > window.final))
    if found.booking.opens is not None and found.now < found.booking.opens:
        assert not found.booking.allowed
