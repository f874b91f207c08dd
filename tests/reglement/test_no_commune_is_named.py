"""The code serves any town: none is named in it, nor its schools, its activities, its prices, its documents."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_type_hints

from support.engine import ROOT
from support.leaflet import COMMUNES

from functions.domain.foyer import fold
from functions.domain.reglement import Reglement
from functions.reglement.compiled import loads
from functions.reglement.source import compile_directory
from functions.reglement.yaml_activities import ActivityYaml
from functions.reglement.yaml_basics import Weekday

FOLDERS = [ROOT / "content/commune", *sorted(path for path in COMMUNES.iterdir() if path.is_dir())]
TOWNS = re.compile(r"villeparvis|chatou|chambly|chanteloup|chalonnes|fontbrune", re.IGNORECASE)
# Words of the rules' language that towns also take for names: a key, a column of the families' file.
LANGUAGE = {"vacances", "quotient", *get_args(Weekday), *get_args(get_type_hints(ActivityYaml)["rubrique"])}


def test_no_module_names_a_commune() -> None:
    named = [str(path.relative_to(ROOT)) for path in _modules() if TOWNS.search(path.read_text("utf-8"))]

    assert len(list(_modules())) > 30
    assert not named


def test_no_module_names_what_a_commune_named() -> None:
    told = {name for folder in FOLDERS for name in _names(loads(compile_directory(folder)))}
    names = {name for name in told if fold(name) not in LANGUAGE}
    named = {
        f"{path.relative_to(ROOT)}: {text}" for path in _modules() for text in _texts(path) if text.strip() in names
    }

    assert {"loisirs-mercredi", "Temps du repas (TRAM)", "saint-joseph", "assurance", "jean-rostand"} <= names
    assert not named


def _modules() -> Iterator[Path]:
    for folder in ("functions", "site/parvis_site", "infra/parvis_infra"):
        yield from (ROOT / folder).rglob("*.py")


def _names(rules: Reglement) -> Iterator[str]:
    for kind in (rules.schools, rules.activities, rules.tariffs, rules.documents):
        for some_id, item in kind.items():
            yield from (some_id, item.name)
    for activity in rules.activities.values():
        for part in (*activity.sessions, *activity.booking_periods, *activity.slots):
            yield part.name


def _texts(path: Path) -> Iterator[str]:
    return (
        node.value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
