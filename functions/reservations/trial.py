"""« Essayer les règles »: what can be asked, and the answer. What is asked is neither kept nor logged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from functions.domain import trial
from functions.domain.activity import Activity, FreeHours
from functions.domain.trial_answer import SlotAnswer, TrialAnswer
from functions.domain.trial_question import read
from functions.kit import rules, throttle
from functions.kit.throttle import Bound

_QUARTER = 900


@dataclass(frozen=True, slots=True)
class TrialDocument:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class SessionChoice:
    """`first` and `last`: its days, both included."""

    id: str
    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class TrialActivity:
    """`first` and `last`: between them it takes place. `documents`: ids. `free_hours` None: the family chooses none."""

    id: str
    name: str
    first: date
    last: date
    unit: str
    slots: tuple[SlotAnswer, ...]
    sessions: tuple[SessionChoice, ...]
    free_hours: FreeHours | None
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrialSchool:
    id: str
    name: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrialChoices:
    """`levels`: those of all the schools, in their order. `now`: the town's clock, UTC."""

    now: datetime
    activities: tuple[TrialActivity, ...]
    schools: tuple[TrialSchool, ...]
    levels: tuple[str, ...]
    documents: tuple[TrialDocument, ...]
    rules_hash: str


def choices(now: datetime) -> TrialChoices:
    reglement = rules.current()
    schools = reglement.schools.values()
    return TrialChoices(
        now=now,
        activities=tuple(_activity(each) for each in reglement.activities.values()),
        schools=tuple(TrialSchool(each.id, each.name, each.levels) for each in schools),
        levels=tuple(dict.fromkeys(level for school in schools for level in school.levels)),
        documents=tuple(TrialDocument(each.id, each.name) for each in reglement.documents.values()),
        rules_hash=reglement.hash,
    )


def answer(typed: Mapping[str, Any], address: str, now: datetime) -> TrialAnswer:
    """An empty `now` is this instant. Raises Invalid with every wrong field, Throttled."""
    throttle.check([Bound("essai-adresse", address, 300, _QUARTER), Bound("essai-total", "", 6000, _QUARTER)], now)
    reglement = rules.current()
    return trial.answer(reglement, read(reglement, {**typed, "now": typed["now"] or now.isoformat()}))


def _activity(activity: Activity) -> TrialActivity:
    return TrialActivity(
        id=activity.id,
        name=activity.name,
        first=activity.period.first,
        last=activity.period.last,
        unit=activity.unit,
        slots=tuple(trial.slot_answer(each) for each in activity.slots),
        sessions=tuple(SessionChoice(each.id, each.name, each.first, each.last) for each in activity.sessions),
        free_hours=activity.free_hours,
        documents=activity.documents,
    )
