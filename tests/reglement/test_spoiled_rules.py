"""A sound town spoiled at random: `check` says what is wrong and never stops, and what it lets through can be decided.

One place of the town is changed at a time, or two: a key goes away, a value becomes another type, nothing, something
huge, a list is turned round, an item is written twice.
"""

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.engine import ROOT

from functions.domain.decisions import ChildFacts, FamilyFacts, decide_day
from functions.domain.errors import DomainError
from functions.domain.reglement import Reglement
from functions.reglement.compiled import loads
from functions.reglement.differences import compare
from functions.reglement.source import check, compile_directory

SPOILS: list[Any] = [
    None, "", " ", "0", "-1", "999999", "1e9", "3,5", "é" * 3000, "🎒", "non", "oui", "jour", "0001-01-01",
    "9999-12-31", "2026-02-30", "2027-02-28", "2026-12-01", "2026-12-01 25:00", "2026-12-01 00:00",
    "24:00", "00:00", "23:59", "999 semaines", "0 heure", "999 heures", "999 jours ouvrés", "100 %", "999,99 %",
    "2026-2027", "2030-2031", "0 ans", "999 mois", "999 heures", "60 minutes", "lundi", "dimanche", "cantine", "mairie",
    "repas", "١٢:٣٠", "a\n", "2 et plus", "4 à 2", "publique", "session", "periode", "toute_annee", "refusee",
    "majoration", [], {}, ["lundi"], {"du": "2026-12-01", "au": "2026-11-01"}, [[]], [None],
]  # fmt: skip
DAYS = [date(2026, 9, 1) + timedelta(days=step) for step in range(0, 364, 29)]
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TOWNS = {
    "sound": [ROOT / "tests/reglement/sound_town.yml"],
    "cinquieme": sorted((ROOT / "tests/communes/cinquieme").glob("*.yml")),
}


def whole(files: list[Path]) -> dict[str, Any]:
    """A town in one value; lists add up. Every scalar is text, as the reader takes it."""
    town: dict[str, Any] = {}
    for file in files:
        for key, value in yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader).items():  # noqa: S506 - texts only
            town[key] = [*town[key], *value] if isinstance(value, list) and key in town else value
    return town


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, (*path, key))


def spoiled(town: dict[str, Any], path: tuple[Any, ...], how: str, spoil: Any) -> dict[str, Any]:
    """A copy of the town, changed at one place; the place may have gone with a change made before."""
    found = deepcopy(town)
    holder: Any = found
    try:
        for key in path[:-1]:
            holder = holder[key]
        value = holder[path[-1]]
    except (KeyError, IndexError, TypeError):
        return found
    if how == "remove":
        del holder[path[-1]]
    elif how == "replace":
        holder[path[-1]] = deepcopy(spoil)
    elif how == "turn" and isinstance(value, list):
        value.reverse()
    elif how == "twice" and isinstance(value, list) and value:
        value.append(deepcopy(value[-1]))
    elif how == "stranger" and isinstance(value, dict):
        value[str(spoil)[:20] or "inconnu"] = deepcopy(spoil)
    return found


@cache
def sound(name: str) -> Reglement:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "ville.yml").write_text(yaml.safe_dump(whole(TOWNS[name])), "utf-8")
        return loads(compile_directory(folder))


def decided(name: str, directory: Path) -> None:
    """Every activity, every slot, on days of every season (a refusal is a decision); and what changed can be told."""
    rules = loads(compile_directory(directory))
    family = FamilyFacts(90_000, resident=False, resources_centimes=250_000, children_count=3)
    for activity in rules.activities.values():
        for day in DAYS:
            for slot in [None, *(slot.id for slot in activity.slots)]:
                with suppress(DomainError):
                    decide_day(rules, activity.id, day, NOW, ChildFacts(date(2020, 2, 29)), family, slot=slot)
    for old, new in ((sound(name), rules), (rules, sound(name))):
        assert all(change.sentence() for change in compare(old, new))


HOW = ("remove", "replace", "turn", "twice", "stranger")
CHANGES = st.tuples(st.integers(0, 10**6), st.sampled_from(HOW), st.sampled_from(SPOILS))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=st.lists(CHANGES, min_size=1, max_size=2))
def test_a_small_town_spoiled_is_told_or_decided(changes: list[tuple[int, str, Any]]) -> None:
    check_spoiled("sound", changes)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=st.lists(CHANGES, min_size=1, max_size=2))
def test_a_town_that_uses_every_word_spoiled_is_told_or_decided(changes: list[tuple[int, str, Any]]) -> None:
    check_spoiled("cinquieme", changes)


def check_spoiled(name: str, changes: list[tuple[int, str, Any]]) -> None:
    town = whole(TOWNS[name])
    everywhere = list(places(town))
    for rank, how, spoil in changes:
        town = spoiled(town, everywhere[rank % len(everywhere)], how, spoil)

    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder)
        (directory / "ville.yml").write_text(yaml.safe_dump(town, allow_unicode=True, sort_keys=False), "utf-8")
        problems = check(directory)
        assert all(problem.file and problem.line >= 1 and problem.message for problem in problems)
        if not problems:
            decided(name, directory)
