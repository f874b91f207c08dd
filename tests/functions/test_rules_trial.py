"""« Essayer les règles »: the console and the public route answer the same question alike, in every town we know."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from support.client import Portal
from support.engine import ROOT

from functions.console import rules as rules_command
from functions.console.main import main
from functions.domain.activity import Activity
from functions.domain.reglement import Reglement
from functions.reglement.compiled import load_file
from functions.reglement.source import compile_directory

TOWNS = [ROOT / "content/commune", *sorted(path for path in (ROOT / "tests/communes").iterdir() if path.is_dir())]
Explain = Callable[..., dict[str, Any]]


@dataclass(frozen=True)
class Town:
    folder: Path
    file: Path
    rules: Reglement


@pytest.fixture(scope="session", params=TOWNS, ids=lambda folder: folder.name)
def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Town:
    file = tmp_path_factory.mktemp("essai") / "reglement.json"
    file.write_bytes(compile_directory(request.param))
    return Town(request.param, file, load_file(file))


@pytest.fixture(scope="session")
def reglement_file(town: Town) -> Path:
    return town.file


@pytest.fixture
def explain(town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Explain:
    """`parvis rules explain … --json`; the town is compiled once, not for each question."""
    monkeypatch.setattr(rules_command, "load", lambda _: town.rules)

    def run(**options: Any) -> dict[str, Any]:
        flags = [part for name, value in options.items() for part in _option(name, value)]
        monkeypatch.setattr(sys, "argv", ["parvis", "rules", "explain", str(town.folder), *flags, "--json"])
        main()
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    return run


def _option(name: str, value: Any) -> list[str]:
    flag = "--" + name.replace("_", "-")
    if name == "documents":
        return [part for some_id, dated in value.items() if dated for part in ("--document", f"{some_id}={dated}")]
    if value is True:
        return [flag]
    return [] if value is False else [flag, value]


def ask(portal: Portal, **question: Any) -> dict[str, Any]:
    answer = portal.browser().post("/api/reservations/essai", question)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def days(activity: Activity) -> list[date]:
    """A week of class, two days of vacations, and a day long before the activity began."""
    week = [date(2026, 12, 7) + timedelta(days=rank) for rank in range(7)]
    return [*week, date(2027, 2, 15), date(2027, 2, 17), activity.period.first - timedelta(days=400)]


def facts(rules: Reglement, activity: Activity, day: date) -> dict[str, Any]:
    """Something of everything that can be said; what an activity has no use for changes nothing."""
    school = next(iter(rules.schools.values()), None)
    session = next((each.id for each in activity.sessions if each.holds(day)), None)
    slot = next((each.id for each in activity.slots), None)
    said = {
        "school": school.id if school else None,
        "level": school.levels[0] if school else None,
        "birth": "2019-03-27",
        "contract": "regular",
        "rank": "2",
        "packed_meal": True,
        "qf": "840,50",
        "resources": "2400",
        "children": "3",
        "aeeh": "1",
        "outside": True,
        "session": session,
        "slot": slot,
        "booking_start": (day - timedelta(days=3)).isoformat(),
        "custody": "2026-09-07",
        "booked_on": "2026-09-10T08:00:00Z",
        "unbooked": True,
        "no_document": True,
        "documents": dict.fromkeys(activity.documents[:1], "2026-09-01"),
    }
    return {name: value for name, value in said.items() if value is not None}


def test_the_console_and_the_route_give_the_same_answer(town: Town, portal: Portal, explain: Explain) -> None:
    asked = 0
    for activity in town.rules.activities.values():
        for rank, day in enumerate(days(activity)):
            question = {"activity": activity.id, "day": day.isoformat(), "now": "2026-12-01T08:30:00+01:00"}
            if rank % 3 == 0:
                question |= facts(town.rules, activity, day)
            assert ask(portal, **question) == explain(**question), question
            asked += 1

    assert asked == 10 * len(town.rules.activities)


def test_every_open_day_has_words_for_what_a_parent_asks(town: Town, portal: Portal) -> None:
    now = datetime(2026, 12, 1, 7, 30, tzinfo=UTC).isoformat()
    for activity in town.rules.activities.values():
        for day in days(activity):
            found = ask(portal, activity=activity.id, day=day.isoformat(), now=now)
            told = {section["about"]: section["sentences"] for section in found["words"]}

            assert all(sentence.strip() for sentences in told.values() for sentence in sentences)
            assert {"day", "child"} <= told.keys()
            assert ({"booking", "cancelling", "price"} <= told.keys()) == found["open"]
            if not found["open"]:
                assert found["closed_reason"] in told["day"]
            elif found["price"] is not None:
                assert f"{found['price']['centimes'] // 100}," in "".join(told["price"])


def test_what_can_be_asked_is_what_the_rules_hold(town: Town, portal: Portal) -> None:
    found = portal.browser().get("/api/reservations/regles").get_json()

    assert [each["id"] for each in found["activities"]] == list(town.rules.activities)
    assert [each["id"] for each in found["schools"]] == list(town.rules.schools)
    assert {document for each in found["activities"] for document in each["documents"]} <= {
        each["id"] for each in found["documents"]
    }
    assert found["rules_hash"] == town.rules.hash
