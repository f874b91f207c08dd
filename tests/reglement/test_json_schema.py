"""The schema that editors read: complete, said in French, and never red under what the reader takes."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from support.engine import ROOT

from functions.reglement import json_schema
from functions.reglement.schema_words import KEYS, RUBRICS, TITLES
from functions.reglement.source import check

COMMITTED = ROOT / "docs/reglement.schema.json"
SCHEMA = json_schema.document()
RULES = sorted(path for folder in ("content/commune", "tests/communes") for path in (ROOT / folder).rglob("*.yml"))
SOUND = ROOT / "tests/reglement/sound_town.yml"


class Core12(yaml.SafeLoader):
    """The scalars of YAML 1.2's core schema, which editors read by default."""


Core12.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"^(~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", list("-+.0123456789")),
):
    Core12.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)
Core12.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))


def plain(value: Any) -> Any:
    """What YAML 1.1 makes a date stays text for a schema."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def wrong(text: str, loader: Any = Core12) -> list[str]:
    validator = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
    found = plain(yaml.load(text, Loader=loader))  # noqa: S506 - a safe loader with fewer words
    return ["/".join(map(str, error.absolute_path)) for error in validator.iter_errors(found)]


def shapes() -> Iterator[tuple[str, str]]:
    for name, shape in SCHEMA["$defs"].items():
        for key in shape["properties"]:
            yield name, key


def test_the_committed_schema_is_up_to_date() -> None:
    assert json.loads(COMMITTED.read_text("utf-8")) == SCHEMA, "parvis rules schema --out docs/reglement.schema.json"


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_key_is_told_in_french_and_nothing_else_is() -> None:
    assert set(TITLES) == set(SCHEMA["$defs"])
    assert set(RUBRICS) == set(SCHEMA["properties"])
    assert {json_schema.key_of(name, key) for name, key in shapes()} == set(KEYS)
    told = [*KEYS.values(), *RUBRICS.values()]
    assert all(re.fullmatch(r"[A-ZÀÉ0-9«].*[.…]", text) for text in told)
    assert not any(re.search(r"« | »| [:;!?]", text) for text in told), "narrow spaces"


def test_nothing_unknown_passes_at_any_depth() -> None:
    assert SCHEMA["additionalProperties"] is False
    assert all(shape["additionalProperties"] is False for shape in SCHEMA["$defs"].values())


@pytest.mark.parametrize("loader", [Core12, yaml.SafeLoader], ids=["yaml-1.2", "yaml-1.1"])
@pytest.mark.parametrize("path", [*RULES, SOUND], ids=lambda path: "-".join(path.parts[-2:]))
def test_the_rules_of_every_town_are_clean_in_an_editor(path: Path, loader: Any) -> None:
    assert wrong(path.read_text("utf-8"), loader) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    debut: 11:45", "    debu: 11:45"),
        ("    debut: 11:45", "    debut: midi"),
        ("    debut: 11:45", "    debut: 12"),
        ("      delai: 48 heures", "      delai: bientôt"),
        ("      delai: 48 heures", "      delai: 48"),
        ("    statut: publique", "    statut: laïque"),
        ("            prix: 1,00", "            prix: gratuit"),
        ("            prix: 1,00", "            prix: -1"),
        ("  nom: Ici", "  nom: [Ici]"),
        ("  nom: Ici\n", ""),
        ("  zone_scolaire: B", "  zone_scolaire: D"),
        ("documents:\n", "document:\n"),
        ("      du: 2026-10-01", "      du: 2027-02-30"),
        ("    jours: [lundi, mardi]", "    jours: [lundy]"),
        ("        ile: 120", "        ile: beaucoup"),
    ],
)
def test_an_editor_underlines_what_the_reader_refuses(tmp_path: Path, before: str, after: str) -> None:
    sound = SOUND.read_text("utf-8")
    text = sound.replace(before, after, 1)
    (tmp_path / "ville.yml").write_text(text, "utf-8")

    assert before in sound
    assert wrong(text)
    assert check(tmp_path)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('  code_postal: "01234"', "  code_postal: 49290"),
        ("            prix: 1,00", "            prix: 1.00"),
        ("            prix: 1,00", "            prix: 1"),
        ("    debut: 11:45", '    debut: "11:45"'),
        ("    debut: 11:45", "    debut: 11h45"),
        ("        ile: 120", '        ile: "120"'),
        ("  nom: Ici", "  nom: 3"),
        ("    telephone: 02 41 00 00 00", "    telephone: 0241000000"),
        ("      - age_minimum: 3 ans", "      - age_minimum: 3"),
        ("    niveaux: [PS, CP]", "    niveaux: [PS, CP, 6]"),
        ("        ouverture: 2026-12-01 09:00", "        ouverture: 2026-12-01"),
    ],
)
def test_a_value_without_quotes_is_read_the_same_by_both(tmp_path: Path, before: str, after: str) -> None:
    sound = SOUND.read_text("utf-8")
    text = sound.replace(before, after, 1)
    (tmp_path / "ville.yml").write_text(text, "utf-8")

    assert before in sound
    assert wrong(text) == []
    assert check(tmp_path) == []


@pytest.mark.parametrize("path", sorted((ROOT / "content/commune").glob("*.yml")), ids=lambda path: path.name)
def test_every_file_of_the_demonstration_names_the_schema(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)

    assert found is not None
    assert (path.parent / found[1]).resolve() == COMMITTED
