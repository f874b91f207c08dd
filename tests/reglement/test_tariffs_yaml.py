"""The tariffs of a town's YAML: each shape compiles, each fault is told under its key."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from functions.domain.prices import PriceRequest, price_of
from functions.domain.tariffs import Tariff
from functions.reglement import tariffs
from functions.reglement.town import Item, gather
from functions.reglement.yaml_tariffs import TariffYaml

HERE = Path(__file__).parent
DATED = "du: 2026-01-01, au: 2026-12-31"
SHAPES: list[dict[str, Any]] = yaml.safe_load((HERE / "tariff_shapes.yml").read_text("utf-8"))
FAULTS: list[dict[str, str]] = yaml.safe_load((HERE / "tariff_faults.yml").read_text("utf-8"))


def read(tmp_path: Path, grids: str) -> Item[TariffYaml]:
    (tmp_path / "tarifs.yml").write_text(f"tarifs:\n  - id: t\n    nom: T\n    grilles:\n{grids}", "utf-8")
    town = gather(tmp_path)
    shape = [
        str(problem) for problem in town.problems if problem.file == "tarifs.yml" and "manque" not in problem.message
    ]
    assert not shape, shape
    return town.tariffs[0]


def grid(tmp_path: Path, keys: str) -> Tariff:
    item = read(tmp_path, f"      - {{{keys}}}\n")
    assert [str(problem) for problem in tariffs.check(item)] == []
    return tariffs.build(item.value)


def said(tmp_path: Path, keys: str) -> list[tuple[str, str]]:
    found = tariffs.check(read(tmp_path, f"      - {{{keys}}}\n"))
    return [(item.key.removeprefix("tarifs.t.grilles.1."), item.message.replace("\u202f", " ")) for item in found]


@pytest.mark.parametrize("shape", SHAPES, ids=[shape["grid"] for shape in SHAPES])
def test_each_shape_gives_its_price(tmp_path: Path, shape: dict[str, Any]) -> None:
    version = grid(tmp_path, f"{DATED}, {shape['grid']}").on(date(2026, 6, 1))

    assert version is not None
    assert price_of(version, PriceRequest(**shape["facts"])).centimes == shape["costs"]


@pytest.mark.parametrize("fault", FAULTS, ids=[fault["grid"] for fault in FAULTS])
def test_each_fault_is_told_under_its_key(tmp_path: Path, fault: dict[str, str]) -> None:
    found = said(tmp_path, f"{DATED}, {fault['grid']}")

    assert any(key == fault["key"] and fault["says"] in message for key, message in found), found


def test_a_falling_price_is_taken_when_the_town_means_it(tmp_path: Path) -> None:
    keys = (
        f"{DATED}, degressif: oui, "
        "precision_qf: euro, sans_qf: A, tranches: [{nom: A, de: 0, a: 400, prix: 3}, {de: 401, prix: 2}]"
    )

    assert grid(tmp_path, keys).versions[0].grid.may_fall


def test_years_without_a_national_figure_are_told_and_the_town_may_give_its_own(tmp_path: Path) -> None:
    dated = "du: 2024-09-01, au: 2026-08-31, unite: heure, pas: 30 minutes, sans_qf: plafond"

    [(key, message)] = said(tmp_path, f"{dated}, psu: {{structure: collectif}}")

    assert key == "psu.plancher_ressources"
    assert message.startswith("Le barème national ne donne pas de plancher avant le 1er\xa0janvier\xa02025 : écrivez")
    assert grid(tmp_path, f"{dated}, psu: {{structure: collectif, plancher_ressources: 800}}").id == "t"


def test_a_psu_grid_changes_with_the_national_figures(tmp_path: Path) -> None:
    """The cap rises on 1 September 2025, the floor on 1 January 2026: one grid of the town, three sets of figures."""
    dated = "du: 2025-01-01, au: 2026-12-31, unite: heure, pas: 30 minutes, sans_qf: plafond"
    tariff = grid(tmp_path, f"{dated}, psu: {{structure: collectif}}")
    found = [
        (item.span.first, item.span.last, item.grid.least_resources, item.grid.most_resources)
        for item in tariff.versions
    ]

    assert found == [
        (date(2025, 1, 1), date(2025, 8, 31), 80_100, 700_000),
        (date(2025, 9, 1), date(2025, 12, 31), 80_100, 850_000),
        (date(2026, 1, 1), date(2026, 12, 31), 81_462, 850_000),
    ]


def test_figures_to_verify_replaced_or_out_of_date_are_remarked(tmp_path: Path) -> None:
    dated = "du: 2026-09-01, au: 2027-08-31, unite: heure, pas: 30 minutes, sans_qf: plafond"
    item = read(tmp_path, f"      - {{{dated}, psu: {{structure: collectif, plafond_ressources: 6000}}}}\n")
    found = [(remark.key, remark.message.replace("\u202f", " ")) for remark in tariffs.remarks(item)]

    assert [key for key, _ in found] == [
        "tarifs.t.grilles.1.psu",
        "tarifs.t.grilles.1.psu",
        "tarifs.t.grilles.1.psu.plafond_ressources",
        "tarifs.t.grilles.1.psu",
    ]
    assert "taux à vérifier" in found[0][1]
    assert "plancher à vérifier" in found[1][1]
    assert "son propre plafond" in found[2][1]
    assert "jusqu’au 31\xa0décembre\xa02026" in found[3][1]


def test_digits_of_other_alphabets_are_no_amounts(tmp_path: Path) -> None:
    (tmp_path / "t.yml").write_text(
        "tarifs: [{id: t, nom: T, grilles: [{du: 2026-01-01, au: 2026-12-31, prix: '٤'}]}]", "utf-8"
    )

    assert any(problem.key == "tarifs.t.grilles.1.prix" for problem in gather(tmp_path).problems)
