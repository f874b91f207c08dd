"""docs/regles.md is tried, not trusted: its examples make a sound town, its table names every key of the answer."""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

from support.engine import ROOT

from functions.console import rules_answer
from functions.domain import trial
from functions.domain.decisions import ChildFacts, FamilyFacts
from functions.domain.trial_question import Question
from functions.reglement.compiled import loads
from functions.reglement.source import check, compile_directory

PAGE = (ROOT / "docs/regles.md").read_text("utf-8")


def example(tmp_path: Path) -> Path:
    for rank, block in enumerate(re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)):
        (tmp_path / f"{rank}.yml").write_text(block, "utf-8")
    return tmp_path


def test_the_examples_make_a_sound_town(tmp_path: Path) -> None:
    assert check(example(tmp_path)) == []


def test_every_key_of_the_answer_is_documented(tmp_path: Path) -> None:
    reglement = loads(compile_directory(example(tmp_path)))
    question = Question(
        activity="restauration",
        day=date(2026, 12, 10),
        now=datetime(2026, 11, 21, tzinfo=UTC),
        child=ChildFacts(),
        family=FamilyFacts(),
        documents={},
    )
    answer = rules_answer.as_json(trial.answer(reglement, question))
    keys = set(re.findall(r'"(\w+)":', json.dumps(answer)))

    assert keys
    assert {key for key in keys if f"`{key}`" not in PAGE and f"{key}," not in PAGE and f", {key}" not in PAGE} == set()
