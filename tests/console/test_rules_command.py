"""`parvis rules` as a town runs it: answers, exit codes, one French sentence when something is wrong."""

import json
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from support.engine import ROOT

from functions.reglement.compiled import load_file

DEMO = str(ROOT / "content/commune")
CHATOU = str(ROOT / "tests/communes/chatou")


@pytest.fixture
def parvis(run_parvis: Any) -> Any:
    return partial(run_parvis, "rules")


def explain(parvis: Any, **options: str) -> dict[str, Any]:
    given = {"activity": "restauration", "day": "2026-12-10", "now": "2026-11-21T09:00:00Z", **options}
    flags = [part for name, value in given.items() for part in (f"--{name.replace('_', '-')}", value)]
    code, out, err = parvis("explain", DEMO, *flags, "--json")
    assert (code, err) == (0, "")
    return dict(json.loads(out))


def test_check_of_sound_rules(parvis: Any) -> None:
    code, out, err = parvis("check", DEMO)

    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == "Les règles sont cohérentes."
    assert all(line.startswith("Remarque\u202f:") for line in out.splitlines()[:-1])


def test_check_lists_every_problem_and_exits_1(parvis: Any, tmp_path: Path) -> None:
    (tmp_path / "ville.yml").write_text("services:\n  - id: a\n    nom: A\n    fax: 1\n", "utf-8")
    code, out, err = parvis("check", str(tmp_path))

    assert (code, err) == (1, "")
    assert re.search(r"^ville\.yml:4: services\.a\.fax: .*n’est pas connu ici", out, re.MULTILINE)
    assert "ville.yml:1: commune: " in out


def test_list(parvis: Any) -> None:
    code, out, _ = parvis("list", DEMO, "--json")
    found = json.loads(out)

    assert code == 0
    assert {"id": "restauration", "name": "Restauration scolaire"} in found["activities"]
    assert {item["id"] for item in found["schools"]} == {
        "ecole-de-l-ile",
        "saint-joseph",
        "jean-rostand",
        "les-tilleuls",
    }
    assert found["sessions"][0] == {
        "id": "noel-2026",
        "name": "Noël 2026",
        "activity": "vacances",
        "first": "2026-12-21",
        "last": "2026-12-24",
    }
    assert "Restauration scolaire" in parvis("list", DEMO)[1]


def test_compile_writes_what_functions_read(parvis: Any, tmp_path: Path) -> None:
    out = tmp_path / "reglement.json"

    assert parvis("compile", CHATOU, str(out))[0] == 0
    assert load_file(out).commune.postcode == "78400"


def test_explain_has_the_documented_shape(parvis: Any) -> None:
    found = explain(parvis, school="jean-rostand", level="CE1", qf="840,01")

    assert {*found} >= {
        "open", "closed_reason", "booking", "cancelling", "eligible", "ineligible_reason",
        "price", "documents", "rules_hash",
    }  # fmt: skip
    assert (found["open"], found["closed_reason"], found["eligible"], found["ineligible_reason"]) == (
        True,
        None,
        True,
        None,
    )
    assert {*found["booking"].items()} >= {
        ("allowed", True),
        ("until", "2026-12-03T22:59:59Z"),
        ("until_paris", "2026-12-03T23:59:59+01:00"),
        ("late", False),
        ("after", "surcharge"),
    }
    assert found["cancelling"]["after"] == "billed"
    assert found["price"]["centimes"] == 340
    assert {*found["price"]["trace"][0]} == {"step", "value"}
    assert found["documents"] == ["assurance-responsabilite-civile", "attestation-quotient-familial"]
    assert re.fullmatch(r"[0-9a-f]{64}", found["rules_hash"])


@pytest.mark.parametrize(
    ("options", "centimes", "allowed", "late"),
    [
        ({"qf": "0"}, 100, True, False),
        ({"qf": "400"}, 100, True, False),
        ({"qf": "400.01"}, 225, True, False),
        ({"qf": "1500,01"}, 485, True, False),
        ({}, 485, True, False),
        ({"now": "2026-12-03T22:59:59Z"}, 485, True, False),
        ({"now": "2026-12-04T00:00:00+01:00"}, 585, True, True),
        ({"now": "2026-12-04"}, 585, True, True),  # midnight in Paris
        ({"now": "2026-12-10T08:00:01Z"}, 585, False, True),
        ({"now": "2026-12-09T09:00:00Z", "booked_on": "2026-11-21T09:00:00Z"}, 485, True, True),
        ({"resources": "2400", "children": "3", "contract": "regular", "birth": "2018-05-06"}, 485, True, False),
    ],
)
def test_prices_and_instants(parvis: Any, options: dict[str, str], centimes: int, allowed: bool, late: bool) -> None:
    found = explain(parvis, **options)

    assert (found["price"]["centimes"], found["booking"]["allowed"], found["booking"]["late"]) == (
        centimes,
        allowed,
        late,
    )


def test_a_family_of_another_town(parvis: Any) -> None:
    arguments = ["--activity", "restauration", "--day", "2026-12-10", "--now", "2026-11-21T09:00Z", "--json"]

    assert json.loads(parvis("explain", DEMO, *arguments, "--outside")[1])["price"]["centimes"] == 560
    assert json.loads(parvis("explain", DEMO, *arguments, "--resident")[1])["price"]["centimes"] == 485


def test_a_closed_day(parvis: Any) -> None:
    found = explain(parvis, day="2026-12-25")

    assert (found["open"], found["price"], found["booking"]["until"], found["booking"]["allowed"]) == (
        False,
        None,
        None,
        False,
    )
    assert "Noël" in found["closed_reason"]


def test_a_child_who_may_not(parvis: Any) -> None:
    found = explain(parvis, school="saint-joseph")

    assert (found["eligible"], found["booking"]["allowed"], found["contact"]) == (False, False, "ogec-saint-joseph")
    assert "OGEC" in found["ineligible_reason"]


def test_explain_in_words(parvis: Any) -> None:
    arguments = ["--activity", "restauration", "--day", "2026-12-10", "--now", "2026-11-21T09:00Z"]
    code, out, _ = parvis("explain", DEMO, *arguments, "--qf", "840")

    assert code == 0
    assert "3,40" in out
    assert "jeudi" in out.lower()
    assert "Vacances" in parvis("explain", DEMO, *arguments[:2], "--day", "2026-12-22", *arguments[4:])[1]


@pytest.mark.parametrize(
    ("option", "value", "word"),
    [
        ("activity", "restoration", "inconnue"),
        ("school", "hogwarts", "inconnue"),
        ("level", "CP9", "inconnu"),
        ("session", "hiver", "inconnue"),
        ("contract", "parfois", "inconnu"),
        ("day", "2026-02-30", "n’existe pas"),
        ("day", "20261210", "n’existe pas"),
        ("day", "demain", "n’existe pas"),
        ("birth", "2018-13-01", "n’existe pas"),
        ("now", "tantôt", "ne se lit pas"),
        ("booked-on", "2026-12-01T25:00", "ne se lit pas"),
        ("qf", "-3", "montant"),
        ("qf", "beaucoup", "montant"),
        ("resources", "1e9", "montant"),
        ("children", "0", "nombre d’enfants"),
    ],
)
def test_one_french_sentence_and_exit_2(parvis: Any, option: str, value: str, word: str) -> None:
    given = {"activity": "restauration", "day": "2026-12-10", "now": "2026-11-21T09:00:00Z", option: value}
    code, out, err = parvis("explain", DEMO, *(f"--{name}={text}" for name, text in given.items()), "--json")

    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert word in err


@pytest.mark.parametrize("command", ["check", "list", "explain"])
def test_a_directory_that_does_not_exist(parvis: Any, command: str, tmp_path: Path) -> None:
    more = ["--activity=a", "--day=2026-12-10", "--now=2026-12-10"] if command == "explain" else []
    code, out, err = parvis(command, str(tmp_path / "nulle-part"), *more)

    assert (code, out) == (2, "")
    assert "n’existe pas" in err


def test_rules_with_problems_are_not_explained(parvis: Any, tmp_path: Path) -> None:
    (tmp_path / "ville.yml").write_text("commune: 3\n", "utf-8")
    code, _, err = parvis("list", str(tmp_path))

    assert code == 2
    assert "rules check" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("explain", DEMO, "--activity", "restauration", "--day", "2026-12-10"), "--now"),
        (("explain", DEMO, "--activity", "restauration", "--day", "2026-12-10", "--now"), "attend une valeur"),
        (("explain", DEMO, "--couleur", "bleu"), "n’existe pas"),
        (("explain", DEMO, "de-trop", "--activity", "a", "--day", "b", "--now", "c"), "de trop"),
        (("compile", DEMO, "/proc/nulle-part/regles.json"), "ne peut pas être écrit"),
        (("explique", DEMO), "n’existe pas"),
    ],
)
def test_a_wrong_command_line_is_one_sentence(parvis: Any, arguments: tuple[str, ...], words: str) -> None:
    code, out, err = parvis(*arguments)

    assert (code, out) == (2, "")
    assert err.startswith("Erreur\u202f: ")
    assert err.count("\n") == 1
    assert words in err
