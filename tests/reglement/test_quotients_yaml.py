"""« quotient_familial » in a town's rules: compiled, optional, and checked."""

from datetime import date
from pathlib import Path

import pytest

from functions.domain.quotients import DatedQuotient, FamilyIncome, compute, quotient_on
from functions.reglement.compiled import loads
from functions.reglement.source import check, compile_directory

SOUND = (Path(__file__).parent / "sound_town.yml").read_text("utf-8")
RUBRIC = """
quotient_familial:
  calcul:
    revenu: revenu_fiscal_de_reference
    prestations: non
    parts:
      couple: 2
      isole: 2
      enfants: {1 à 2: "0,5", 3: 1, 4 et plus: "0,5"}
      enfant_handicape: "0,5"
    precision: euro
    arrondi: inferieur
  effet: mois_suivant
  validite_mois: 12
"""


def town(tmp_path: Path, rubric: str) -> Path:
    (tmp_path / "ville.yml").write_text(SOUND + rubric, "utf-8")
    return tmp_path


def test_a_town_says_how_a_quotient_is_found_and_until_when_it_holds(tmp_path: Path) -> None:
    rule = loads(compile_directory(town(tmp_path, RUBRIC))).quotient

    assert rule is not None
    assert compute(rule, FamilyIncome(2_400_000, 99_999, children=3)).centimes == 50_000
    assert quotient_on([DatedQuotient(date(2026, 3, 31), 1)], date(2027, 3, 31), rule) == 1
    assert quotient_on([DatedQuotient(date(2026, 3, 31), 1)], date(2027, 4, 1), rule) is None


def test_a_town_may_say_nothing_of_it(tmp_path: Path) -> None:
    assert loads(compile_directory(town(tmp_path, ""))).quotient is None


@pytest.mark.parametrize(
    ("replaced", "by", "key"),
    [
        ("couple: 2", "couple: 0", "quotient_familial.calcul.parts.couple"),
        ("3: 1, 4 et plus", "4 et plus", "quotient_familial.calcul.parts.enfants.4 et plus"),
        ("validite_mois: 12", "validite_mois: 0", "quotient_familial.validite_mois"),
        ("precision: euro", "precision: franc", "quotient_familial.calcul.precision"),
    ],
)
def test_a_fault_names_its_key(tmp_path: Path, replaced: str, by: str, key: str) -> None:
    assert replaced in RUBRIC

    assert key in {problem.key for problem in check(town(tmp_path, RUBRIC.replace(replaced, by)))}
