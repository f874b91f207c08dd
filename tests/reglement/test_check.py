"""Wrong rules: every fault names its file, line and key, in French, and all of them come at once.

Each fault of faults.yml spoils a sound town; it is expected once, on the line that holds « # ICI », and nothing else is
said but `also` other things that follow from it.
"""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from functions.reglement.source import Incoherent, Problem, check, compile_directory

HERE = Path(__file__).parent
SOUND = (HERE / "sound_town.yml").read_text("utf-8")
FAULTS: list[dict[str, Any]] = yaml.safe_load((HERE / "faults.yml").read_text("utf-8"))


def town(tmp_path: Path, text: str) -> Path:
    (tmp_path / "ville.yml").write_text(text, "utf-8")
    return tmp_path


def said(problems: list[Problem]) -> str:
    return "\n".join(str(problem).replace("\u202f", " ").replace("\xa0", " ") for problem in problems)


def test_the_sound_town_is_sound(tmp_path: Path) -> None:
    assert check(town(tmp_path, SOUND)) == []


@pytest.mark.parametrize("fault", FAULTS, ids=[f"{rank}-{fault['key']}" for rank, fault in enumerate(FAULTS)])
def test_a_fault_names_its_line_and_key(tmp_path: Path, fault: dict[str, Any]) -> None:
    assert fault["replace"] in SOUND
    text = SOUND.replace(fault["replace"], fault["by"], 1)
    text = text.replace(*fault.get("with", ("", "")))
    problems = check(town(tmp_path, text))
    found = [item for item in problems if item.key == fault["key"] and fault["says"] in said([item])]

    assert found, said(problems)
    assert len(problems) == 1 + int(fault.get("also", 0)), said(problems)
    assert found[0].file == "ville.yml"
    if "# ICI" in text:
        assert found[0].line == next(rank for rank, line in enumerate(text.splitlines(), 1) if "# ICI" in line)
    with pytest.raises(Incoherent):
        compile_directory(tmp_path)


@pytest.mark.parametrize(
    ("after", "keys"),
    [("refusee", ["activites.garderie.periodes_reservation.printemps.ouverture"]), ("demande_tardive", [])],
)
def test_days_left_out_by_an_opening_are_a_fault_when_they_can_then_not_be_booked(
    tmp_path: Path, after: str, keys: list[str]
) -> None:
    """Open on 2 January, fifteen days before each day: the days until 16 January are never in time."""
    text = (
        SOUND.replace("      avant: periode\n      premier_jour_compte: oui\n", "      premier_jour_compte: oui\n")
        .replace("      ensuite: demande_tardive", f"      ensuite: {after}")
        .replace("        ouverture: 2026-12-01 09:00\n        cloture: 2026-12-20", "        ouverture: 2027-01-02")
    )
    problems = check(town(tmp_path, text))

    assert [item.key for item in problems] == keys
    assert all("par exemple pour le lundi 4 janvier 2027" in said([item]) for item in problems)


def test_all_faults_at_once(tmp_path: Path) -> None:
    text = (
        SOUND.replace("debut: 11:45", "debut: midi")
        .replace("de: 500.01", "de: 501")
        .replace("guichet: mairie", "guichet: x")
    )
    found = {problem.key for problem in check(town(tmp_path, text))}

    assert found == {"activites.cantine.debut", "tarifs.repas.grilles.1.tranches.2.de", "commune.guichet"}


def test_an_item_of_wrong_shape_is_still_known_to_the_others(tmp_path: Path) -> None:
    problems = check(town(tmp_path, SOUND.replace("    statut: publique", "    statut: laïque")))

    assert [problem.key for problem in problems if "ile" in problem.message] == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("commune:\n  nom: [Ici\ncalendrier: 3\n", 3, "Le YAML ne peut pas être lu ici"),
        ("commune:\n\tnom: Ici\n", 2, "Le YAML ne peut pas être lu ici"),
        ("- un\n- deux\n", 1, "doit commencer par une rubrique"),
        ("commune: &moi\n  nom: *moi\n", 1, "se contient elle-même"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, text: str, line: int, message: str) -> None:
    (tmp_path / "autre.yml").write_text(text, "utf-8")
    problems = check(town(tmp_path, SOUND))

    assert [(item.file, item.line) for item in problems] == [("autre.yml", line)], said(problems)
    assert message in problems[0].message


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "autre.yml").write_bytes("documents: [] # été".encode("cp1252"))

    assert "UTF-8" in said(check(town(tmp_path, SOUND)))


@pytest.mark.parametrize("text", ["", "\n\n", "# Rien encore.\n", "---\n# Rien.\n", "\ufeff"])
def test_a_file_without_rules_says_so_and_hides_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "autre.yml").write_text(text, "utf-8")
    problems = check(town(tmp_path, SOUND))

    assert [(item.file, item.line, item.key) for item in problems] == [("autre.yml", 1, "fichier")]
    assert "ne contient aucune règle" in said(problems)


def test_a_key_written_twice_is_named_with_its_whole_path(tmp_path: Path) -> None:
    text = SOUND.replace("        delai: 2 heures\n", "        delai: 2 heures\n        delai: 3 heures\n")
    text = text.replace("            prix: 3.40\n", "            prix: 3.40\n            prix: 3.50\n")
    problems = check(town(tmp_path, text))

    assert [item.key for item in problems] == [
        "tarifs.repas.grilles.1.tranches.2.prix",
        "activites.cantine.reservation.derniere_limite.delai",
    ]


def test_an_empty_directory(tmp_path: Path) -> None:
    assert "aucun fichier .yml" in said(check(tmp_path))


def test_what_stands_once_stands_once(tmp_path: Path) -> None:
    (tmp_path / "z.yml").write_text("commune:\n  nom: Là\n", "utf-8")
    problems = check(town(tmp_path, SOUND))

    assert [(item.file, item.line, item.key) for item in problems] == [("z.yml", 1, "commune")]


def test_a_missing_rubric_is_said(tmp_path: Path) -> None:
    text = SOUND[SOUND.index("services:") :]

    assert {problem.key for problem in check(town(tmp_path, text))} >= {"commune", "calendrier"}


UNREADABLE = {
    "tabulation": (b"services:\n\t- id: a\n", 2, "jamais de tabulation"),
    "latin-1": ("services: [{id: a, nom: Été}]".encode("latin-1"), 1, "UTF-8"),
    "utf-16": ("services: []".encode("utf-16"), 1, "UTF-8"),
    "control character": (b"services: \x07", 1, "ne peut pas être lu"),
    "a list": (b"- a\n", 1, "commencer par une rubrique"),
    "two documents": (b"services: []\n---\nservices: []\n", 2, "ne peut pas être lu"),
    "an alias of itself": (b"services: &a\n  - *a\n", 1, "se contient elle-même"),
    "a bracket never closed": (b"services: " + b"[" * 30_000, 1, "Trop de rubriques les unes dans les autres"),
    "aliases that multiply": (
        b"a: &a [x, x, x, x, x, x, x, x, x]\n"
        + b"".join(b"%c: &%c [%s]\n" % (98 + n, 98 + n, b", ".join([b"*%c" % (97 + n)] * 9)) for n in range(12)),
        6,
        "se multiplient",
    ),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_file_that_cannot_be_read_is_the_only_thing_said(tmp_path: Path, case: str) -> None:
    """What the other files name may stand in it: nothing is said of them until it can be read."""
    content, line, words = UNREADABLE[case]
    town(tmp_path, re.sub(r"    service: .*", "    service: ailleurs", SOUND, count=1))
    (tmp_path / "autre.yml").write_bytes(content)

    problems = check(tmp_path)

    assert [(item.file, item.key) for item in problems] == [("autre.yml", "fichier")]
    assert words in said(problems)
    assert problems[0].line <= line


def test_two_schools_never_share_a_name(tmp_path: Path) -> None:
    name = yaml.safe_load(SOUND)["ecoles"][0]["nom"].upper()
    school = {"id": "une-autre", "nom": "Une autre", "statut": "publique", "niveaux": ["CP"], "autres_noms": [name]}
    (tmp_path / "autre.yml").write_text(yaml.safe_dump({"ecoles": [school]}), "utf-8")

    problems = check(town(tmp_path, SOUND))

    assert len(problems) == 1
    assert "désigne déjà l’école" in problems[0].message
    assert problems[0].file == "ville.yml"


@pytest.mark.parametrize("name", ["ville.YML", "Ville.Yaml"])
def test_a_file_whose_extension_is_in_capitals_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(SOUND.replace("debut: 11:45", "debut: midi"), "utf-8")

    assert [(found.file, found.key) for found in check(tmp_path)] == [(name, "activites.cantine.debut")]
