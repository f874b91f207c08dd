"""What changes between two règlements: nothing when nothing does, and nothing in silence."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
import yaml
from support.engine import ROOT

from functions.domain import activity, custody, reglement, spans, tariffs
from functions.domain.prices import PriceRequest, price_of
from functions.domain.reglement import Reglement
from functions.domain.tariffs import Band, Grid, Tariff, TariffVersion
from functions.reglement import difference_labels
from functions.reglement.compiled import loads
from functions.reglement.differences import Change, compare
from functions.reglement.source import compile_directory

SOUND = (ROOT / "tests/reglement/sound_town.yml").read_text("utf-8")
CHANGES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/reglement/changes.yml").read_text("utf-8"))
TOWNS = sorted(path for path in (ROOT / "tests/communes").iterdir() if path.is_dir())


def town(tmp_path: Path, text: str = SOUND) -> Reglement:
    (tmp_path / "ville.yml").write_text(text, "utf-8")
    return loads(compile_directory(tmp_path))


def plain(changes: list[Change]) -> list[str]:
    return [change.sentence().replace("\u202f", " ").replace("\xa0", " ") for change in changes]


@pytest.mark.parametrize("path", [*TOWNS, ROOT / "content/commune"], ids=lambda path: path.name)
def test_rules_do_not_differ_from_themselves(path: Path) -> None:
    rules = loads(compile_directory(path))

    assert compare(rules, rules) == []


@pytest.mark.parametrize("path", TOWNS, ids=lambda path: path.name)
def test_any_two_towns_can_be_compared_both_ways_and_always_alike(path: Path) -> None:
    demo, other = loads(compile_directory(ROOT / "content/commune")), loads(compile_directory(path))

    assert compare(demo, other) == compare(demo, other) != []
    assert all(change.sentence() for change in compare(other, demo))


@pytest.mark.parametrize("change", CHANGES, ids=[f"{rank}" for rank, _ in enumerate(CHANGES)])
def test_a_change_is_told(tmp_path: Path, change: dict[str, Any]) -> None:
    assert change["replace"] in SOUND
    text = SOUND.replace(change["replace"], change["by"], 1)

    assert plain(compare(town(tmp_path), town(tmp_path, text))) == change["says"]


def test_an_activity_that_comes_or_goes_is_told_once(tmp_path: Path) -> None:
    rules = town(tmp_path)
    fewer = replace(rules, activities={name: rules.activities[name] for name in ("cantine", "garderie")})

    assert plain(compare(rules, fewer)) == ["Vacances, activité retirée"]
    assert plain(compare(fewer, rules)) == ["Vacances, activité ajoutée, à partir du 1er octobre 2026"]


def test_another_tariff_is_told_with_the_prices_it_brings(tmp_path: Path) -> None:
    rules = town(tmp_path)
    evening = replace(rules.activities["garderie"], tariff="aube")
    found = plain(compare(rules, replace(rules, activities={**rules.activities, "garderie": evening})))

    assert found[0] == "Garderie, tarif : « Soir » → « Aube »"
    assert "Garderie, toutes les familles : 2,00 € → 1,50 €, à partir du 1er septembre 2026" in found


# --- Prices written in another way


def priced(grid: Grid, **more: Any) -> Tariff:
    return Tariff("t", "Tarif", (TariffVersion(spans.Span(date(2026, 9, 1), date(2027, 8, 31)), grid, **more),))


def of(rules: Reglement, tariff: Tariff) -> Reglement:
    return replace(rules, tariffs={**rules.tariffs, "t": tariff})


BANDS = (Band(0, 40_000, 100, "A"), Band(40_001, 90_000, 225, "B"), Band(90_001, None, 485, "C"))
SAME = {
    "a band cut in two": (
        priced(Grid("bands", bands=BANDS, missing_band=2)),
        priced(Grid("bands", bands=(BANDS[0], Band(40_001, 60_000, 225), Band(60_001, 90_000, 225), BANDS[2]),
                    missing_band=3)),
    ),
    "to the euro or to the centime, when the bounds say the same": (
        priced(Grid("bands", bands=(Band(0, 40_000, 100), Band(40_100, None, 200)), precision="euro")),
        priced(Grid("bands", bands=(Band(0, 40_099, 100), Band(40_100, None, 200)), precision="centime")),
    ),
    "one price, or bands of one price": (
        priced(Grid("fixed", centimes=100)),
        priced(Grid("bands", bands=(Band(0, 40_000, 100), Band(40_001, None, 100)))),
    ),
    "a surcharge of nothing, or none": (
        priced(Grid("fixed", centimes=200), late=tariffs.Surcharge(centimes=0)),
        priced(Grid("fixed", centimes=200)),
    ),
    "a floor that nobody meets": (
        priced(Grid("fixed", centimes=200), minimum=50),
        priced(Grid("fixed", centimes=200)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(SAME))
def test_the_same_prices_written_differently_are_no_change(tmp_path: Path, case: str) -> None:
    rules = town(tmp_path)
    one, other = SAME[case]

    assert plain(compare(of(rules, one), of(rules, other))) == []
    assert plain(compare(of(rules, other), of(rules, one))) == []


def test_a_year_cut_in_two_grids_of_the_same_price_is_no_change(tmp_path: Path) -> None:
    rules = town(tmp_path)
    whole = priced(Grid("fixed", centimes=200))
    (version,) = whole.versions
    halves = (
        replace(version, span=spans.Span(date(2026, 9, 1), date(2026, 12, 31))),
        replace(version, span=spans.Span(date(2027, 1, 1), date(2027, 8, 31))),
    )

    assert compare(of(rules, whole), of(rules, replace(whole, versions=halves))) == []


def test_prices_of_a_year_that_had_none_are_told(tmp_path: Path) -> None:
    rules = town(tmp_path)
    known = priced(Grid("fixed", centimes=200))
    later = replace(known.versions[0], span=spans.Span(date(2027, 9, 1), date(2028, 8, 31)))

    assert plain(compare(of(rules, known), of(rules, replace(known, versions=(*known.versions, later))))) == [
        "Tarif, toutes les familles : rien → 2,00 €, à partir du 1er septembre 2027"
    ]


def test_a_price_by_resources_in_place_of_bands_is_told(tmp_path: Path) -> None:
    rules = town(tmp_path)
    effort = Grid(
        "effort", rates=(tariffs.ChildrenRate(1, 60_000),), basis="resources", floor=50, cap=400, missing="cap"
    )
    found = plain(compare(of(rules, priced(Grid("bands", bands=BANDS))), of(rules, priced(effort))))

    assert found == [
        (
            "Tarif, toutes les familles : de 1,00 € à 4,85 € selon le quotient familial → de 0,50 € à 4,00 € selon les "
            "ressources, à partir du 1er septembre 2026"
        )
    ]


# --- Nothing changes in silence


def shapes(kind: Any = Reglement) -> Iterator[type]:
    """Every dataclass that a règlement is made of."""
    if is_dataclass(kind) and isinstance(kind, type):
        yield kind
        hints = get_type_hints(kind, vars(activity) | vars(reglement) | vars(tariffs) | vars(custody))
        for hint in hints.values():
            yield from shapes(hint)
    for inner in get_args(kind):
        yield from shapes(inner)


def test_every_field_has_a_french_name_and_nothing_else_has() -> None:
    prices = {kind for kind in vars(tariffs).values() if isinstance(kind, type) and kind is not Tariff}
    whole = {activity.Delay, spans.Span, Reglement}
    told = {
        (kind.__name__, field.name)
        for kind in set(shapes()) - prices - whole
        for field in fields(kind)
        if field.name != "id" and (kind, field.name) != (Tariff, "versions")
    }
    labels = difference_labels.LABELS

    assert {f"{kind}.{name}" for kind, name in told if f"{kind}.{name}" not in labels and name not in labels} == set()
    assert set(labels) <= {f"{kind}.{name}" for kind, name in told} | {name for _, name in told}


_NOT_ALONE = ("id", "missing_band")  # what holds them would no longer fit


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if is_dataclass(value):
        for field in fields(value):
            yield from leaves(getattr(value, field.name), (*path, field.name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, tuple) and value:
        for rank, item in enumerate(value):
            yield from leaves(item, (*path, rank))
    else:
        yield path


def mutated(value: Any, path: tuple[Any, ...]) -> Any:
    if not path:
        return other(value)
    first, *rest = path
    if is_dataclass(value):
        return replace(value, **{first: mutated(getattr(value, first), tuple(rest))})  # type: ignore[type-var]
    if isinstance(value, dict):
        return {**value, first: mutated(value[first], tuple(rest))}
    return (*value[:first], mutated(value[first], tuple(rest)), *value[first + 1 :])


def other(value: Any) -> Any:
    """Another value of the same sort; what may be empty is filled."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return f"{value}-autrement"
        case datetime() | date():
            return value - timedelta(days=1)
        case time():
            return time((value.hour + 1) % 24, value.minute)
    return None


def known(path: tuple[Any, ...], text: str) -> bool:
    """Words of a closed list: their mutation is not a value the rules can hold."""
    closed = {"kind", "unit", "anchor", "basis", "missing", "precision", "by"}
    return bool(closed & {path[-1]}) and text != ""


def value_at(value: Any, path: tuple[Any, ...]) -> Any:
    for part in path:
        value = getattr(value, part) if is_dataclass(value) else value[part]
    return value


FAMILIES: tuple[dict[str, Any], ...] = (
    {},
    {"children_count": 2},
    {"children_count": 3},
    {"children_count": 8},
    {"sibling_rank": 2},
    {"sibling_rank": 3},
    {"resident": False},
    {"late": True},
    {"unbooked": True},
    {"packed_meal": True},
    {"minutes": 10},
    {"minutes": 61},
)


def same_prices(old: Tariff, new: Tariff) -> bool:
    """For families of all sorts, on the first day of each grid."""
    versions = [*old.versions, *new.versions]
    grids = [grid for version in versions for grid in (version.grid, version.outside) if grid is not None]
    points = {max(0, band.low + near) for grid in grids for band in grid.bands for near in (-1, 0, 1)} | {0, 100_000}
    for day in {version.span.first for version in versions}:
        one, two = old.on(day), new.on(day)
        if one is None or two is None:
            return False
        for family in FAMILIES:
            for point in [None, *points]:
                request = PriceRequest(point, point, **family)
                if price_of(one, request).centimes != price_of(two, request).centimes:
                    return False
    return True


@pytest.mark.parametrize("path", [ROOT / "tests/communes/cinquieme", None], ids=["cinquieme", "sound"])
def test_whatever_changes_is_told_under_its_name(path: Path | None, tmp_path: Path) -> None:
    rules = loads(compile_directory(path)) if path else town(tmp_path)
    quiet = []
    tried = 0
    days = {"school_holidays", "public_holidays", "class_free", "vacations"}
    for leaf in leaves(replace(rules, calendar=replace(rules.calendar, vacations=()))):
        before = value_at(rules, leaf)
        if leaf[0] == "hash" or leaf[-1] in _NOT_ALONE or other(before) is None or known(leaf, str(before)):
            continue
        if leaf[0] == "calendar" and leaf[1] in days and len(leaf) > 2 and leaf[2].day % 7:
            continue  # a seventh of the days is enough
        tried += 1
        new = mutated(rules, leaf)
        found = compare(rules, new)
        names = {change.id for change in found}
        if leaf[0] in ("activities", "tariffs", "documents", "schools", "services"):
            found = found if leaf[1] in names else []
        if not found and not (leaf[0] == "tariffs" and same_prices(rules.tariffs[leaf[1]], new.tariffs[leaf[1]])):
            quiet.append(leaf)

    assert tried > 200
    assert quiet == []


def test_what_was_not_there_is_told_when_it_comes(tmp_path: Path) -> None:
    """Fields that may be empty: filled from a town that uses every word."""
    full = loads(compile_directory(ROOT / "tests/communes/cinquieme"))
    rules = town(tmp_path)
    bare = rules.activities["vacances"]
    filled = 0
    for field in fields(bare):
        for source in full.activities.values():
            value = getattr(source, field.name)
            if value and not getattr(bare, field.name):
                filled += 1
                changed_one = replace(bare, **{field.name: value})
                new = replace(rules, activities={**rules.activities, "vacances": changed_one})
                found = compare(rules, new)
                assert found, field.name
                assert all(change.id == "vacances" for change in found), field.name
                assert compare(new, rules), field.name
                break

    assert filled >= 8


def test_the_name_of_a_band_and_what_a_price_is_given_for_are_told(tmp_path: Path) -> None:
    rules = town(tmp_path)
    meal = rules.tariffs["repas"]
    first, *others = meal.versions
    band, *bands = first.grid.bands
    renamed = replace(first, grid=replace(first.grid, bands=(replace(band, name="Tranche 1"), *bands)))
    by_month = replace(first, unit="month")

    def told(version: TariffVersion) -> list[str]:
        return plain(compare(of(rules, meal), of(rules, replace(meal, versions=(version, *others)))))

    assert any("noms des tranches" in line and "Tranche 1" in line for line in told(renamed))
    assert any("prix donné pour" in line and "le mois" in line for line in told(by_month))
