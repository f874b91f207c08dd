"""Folders, Zappa stages and roles say the same list of functions."""

import json
import re

import pytest
from parvis_infra import roles
from support.engine import ROOT

STAGES = json.loads((ROOT / "zappa_settings.json").read_text(encoding="utf-8"))


def function_folders() -> list[str]:
    return sorted(path.parent.name for path in (ROOT / "functions").glob("*/app.py") if path.parent.name != "kit")


def test_each_function_folder_has_a_stage_and_a_role() -> None:
    stages = sorted(name for name in STAGES if name != "base")

    assert function_folders() == stages == sorted(roles.functions())


@pytest.mark.parametrize("function", function_folders())
def test_each_stage_names_its_own_app_and_role(function: str) -> None:
    stage = STAGES[function]

    assert stage["app_function"] == f"functions.{function}.app.app"
    assert stage["role_name"] == f"parvis-{function}"


@pytest.mark.parametrize("function", function_folders())
def test_each_function_says_what_it_is_for(function: str) -> None:
    text = (ROOT / "functions" / function / "__init__.py").read_text(encoding="utf-8")

    assert re.match(r'"""\w.{20,}', text), f"functions/{function}/__init__.py needs a docstring"
