"""« conservation » in a town's rules: the nation's lengths where it says nothing, its own otherwise, and checked."""

from pathlib import Path

import pytest

from functions.reglement.compiled import loads
from functions.reglement.differences import compare
from functions.reglement.source import check, compile_directory

SOUND = (Path(__file__).parent / "sound_town.yml").read_text("utf-8")
RUBRIC = """
conservation:
  dossier_famille: 18 mois
  demande_decidee: 90 jours
  source: Délibération du 3 mai
"""


def town(tmp_path: Path, rubric: str) -> Path:
    (tmp_path / "ville.yml").write_text(SOUND + rubric, "utf-8")
    return tmp_path


def test_a_town_that_says_nothing_follows_the_nation(tmp_path: Path) -> None:
    kept = loads(compile_directory(town(tmp_path, ""))).retention

    assert [each.id for each in kept] == ["dossier_famille", "espace_ferme", "espace_inactif", "demande_decidee"]
    assert all(each.source and each.name and not each.town and each.months for each in kept)


def test_a_town_says_its_own_lengths_and_why(tmp_path: Path) -> None:
    kept = {each.id: each for each in loads(compile_directory(town(tmp_path, RUBRIC))).retention}

    assert (kept["dossier_famille"].months, kept["dossier_famille"].town) == (18, True)
    assert (kept["demande_decidee"].days, kept["demande_decidee"].source) == (90, "Délibération du 3 mai")
    assert not kept["espace_ferme"].town


@pytest.mark.parametrize(
    ("length", "accepted"),
    [
        ("1 an", True),
        ("3 ans", True),
        ("11 mois", False),
        ("37 mois", False),
        ("toujours", False),
        ("0 an", False),
        ("2", False),
    ],
)
def test_a_length_out_of_bounds_is_said_where_it_is_written(tmp_path: Path, length: str, *, accepted: bool) -> None:
    problems = check(town(tmp_path, f"\nconservation:\n  dossier_famille: {length}\n"))

    assert (problems == []) is accepted
    assert all(problem.key == "conservation.dossier_famille" for problem in problems)
    assert all("1 an à 3 ans" in problem.message or "Une durée s’écrit" in problem.message for problem in problems)


def test_a_rubric_without_a_length_is_a_slip(tmp_path: Path) -> None:
    (problem,) = check(town(tmp_path, "\nconservation:\n  choix: Comme ailleurs\n"))

    assert (problem.key, "écrivez-en une" in problem.message) == ("conservation", True)


def test_another_length_is_told_by_diff(tmp_path: Path) -> None:
    before = loads(compile_directory(town(tmp_path, RUBRIC)))
    after = loads(compile_directory(town(tmp_path, RUBRIC.replace("18 mois", "3 ans"))))

    (change,) = compare(before, after)
    assert (change.scope, change.before, change.after) == ("retention", "18", "36")
    assert change.sentence() == "Conservation, « Dossier de la famille », mois : 18 → 36".replace(
        "« ", "«\u202f"
    ).replace(" »", "\u202f»").replace(" : ", "\u202f: ")
