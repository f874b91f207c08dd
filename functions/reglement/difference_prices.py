"""What two tariffs make a family pay, told apart through the price engine: two grids written differently that give the
same prices are not a change.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from functions.domain.french import euros
from functions.domain.price_steps import PriceRequest, short
from functions.domain.prices import price_of
from functions.domain.tariffs import Band, Grid, Tariff, TariffVersion
from functions.reglement.difference_parts import PARTS

_RATE_UNIT = 100_000_000  # a rate is in millionths of a percent
_BEYOND = 500_000  # centimes: how far the last interval is looked at
_ONE_DAY = timedelta(days=1)
_AXES = {"quotient_familial": ("quotient_familial_centimes", "QF"), "resources": ("resources_centimes", "ressources")}
_MOST_SAMPLED = 3
_UNITS = {"act": "l’acte", "hour": "l’heure", "half_hour": "la demi-heure", "session": "la session", "month": "le mois"}


@dataclass(frozen=True, slots=True)
class Line:
    """What changes, for whom, from what to what; None: there was no price, or there is none any more."""

    what: str
    whom: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class DatedLine:
    """`last` None: for as long as prices are given."""

    line: Line
    first: date
    last: date | None


def changes(old: Tariff, new: Tariff) -> list[DatedLine]:
    """Over the days of either tariff, in the order of dates; the same change on days that follow is told once."""
    versions = [*old.versions, *new.versions]
    starts = {version.span.first for version in versions}
    starts |= {version.span.last + _ONE_DAY for version in versions if version.span.last < date.max}
    end = max(version.span.last for version in versions)
    running: dict[Line, tuple[date, date]] = {}
    done: list[DatedLine] = []
    for first, after in pairwise([*sorted(starts), date.max]):
        if first > end:
            break
        last = after - _ONE_DAY
        lines = list(_lines(old.on(first), new.on(first)))
        done += [DatedLine(line, *running.pop(line)) for line in list(running) if line not in lines]
        for line in lines:
            running[line] = (running[line][0] if line in running else first, last)
    done += [DatedLine(line, first, None) for line, (first, _) in running.items()]
    return sorted(done, key=lambda found: found.first)


def _lines(old: TariffVersion | None, new: TariffVersion | None) -> Iterator[Line]:
    if old is None and new is None:
        return
    yield from _prices(old, new, {}, "")
    if old is None or new is None:
        return
    for children in _children(old, new):
        yield from _prices(old, new, {"children_count": children}, f"{children} enfants à charge")
    yield from _outside(old, new)
    for word, fields, variants, told in PARTS:
        if told(old) != told(new) and _matters(old, new, fields, variants(old, new)):
            yield Line(word, "", told(old), told(new))
    if old.unit != new.unit:
        yield Line("prix donné pour", "", _UNITS[old.unit], _UNITS[new.unit])
    if _bounds(old) == _bounds(new) and _names(old) != _names(new):
        yield Line("noms des tranches", "", _names(old) or None, _names(new) or None)
    for word, name in (("source du prix", "source"), ("choix de la commune", "choice")):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Line(word, "", before or None, after or None)


def _bands(version: TariffVersion) -> list[Band]:
    return [band for grid in (version.grid, version.outside) if grid is not None for band in grid.bands]


def _bounds(version: TariffVersion) -> list[tuple[int, int | None]]:
    return [(band.low, band.high) for band in _bands(version)]


def _names(version: TariffVersion) -> str:
    """« A, B, C »: families read these names in « Pourquoi ce prix ? »."""
    return ", ".join(band.name for band in _bands(version) if band.name)


def _outside(old: TariffVersion, new: TariffVersion) -> Iterator[Line]:
    outside = ({"resident": False}, {"resident": False, "late": True}, {"resident": False, "sibling_rank": 9})
    if _matters(old, new, ("outside", "outside_surcharge"), outside):
        yield from _prices(old, new, {"resident": False}, "hors commune")


def _matters(
    old: TariffVersion, new: TariffVersion, fields: Sequence[str], variants: Iterable[Mapping[str, Any]]
) -> bool:
    """Whether these parts of the tariff, changed alone, change a price."""
    given = {name: getattr(old, name) for name in fields}
    if all(getattr(new, name) == value for name, value in given.items()):
        return False
    kept = replace(new, **given)
    return any(_centimes(kept, each) != _centimes(new, each) for each in _requests((old, new, kept), variants))


def _requests(versions: Sequence[TariffVersion], variants: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Each variant at each point where a price may turn, and without anything known."""
    grids = [grid for version in versions for grid in (version.grid, version.outside) if grid is not None]
    points = sorted({near for grid in grids for point in _starts(grid) for near in (max(0, point - 1), point)})
    for variant in variants:
        yield variant
        for point in [*points, points[-1] + _BEYOND]:
            yield {**variant, "quotient_familial_centimes": point, "resources_centimes": point}


def _centimes(version: TariffVersion, request: Mapping[str, Any]) -> int:
    return price_of(version, PriceRequest(**request)).centimes


# --- The axis: prices by QF, or by resources


def _prices(
    old: TariffVersion | None, new: TariffVersion | None, request: Mapping[str, Any], label: str
) -> Iterator[Line]:
    grids = [_grid(version, request) for version in (old, new) if version is not None]
    bases = {grid.basis if grid.kind != "bands" else "quotient_familial" for grid in grids if grid.kind != "fixed"}
    if len(bases) > 1:
        yield Line("prix", label or "toutes les familles", _range(old, request), _range(new, request))
        return
    key, word = _AXES[bases.pop()] if bases else _AXES["quotient_familial"]
    starts = sorted({0, *(start for grid in grids for start in _starts(grid))})
    found: list[tuple[int, int | None, str | None, str | None]] = []
    for low, high in zip(starts, [*(start - 1 for start in starts[1:]), None], strict=True):
        told = _interval(old, new, {**request, key: low}, key, high)
        if told is not None and found and found[-1][1] == low - 1 and found[-1][2:] == told and _flat(told):
            found[-1] = (found[-1][0], high, *told)
        elif told is not None:
            found.append((low, high, *told))
    for low, high, before, after_ in found:
        yield Line("prix", _whom(label, word, low, high), before, after_)
    fixed = all(grid.kind == "fixed" for grid in grids)
    if not fixed and (unknown := _interval(old, new, request, key, None, sampled=False)) is not None:
        yield Line("prix", ", ".join(filter(None, (label, f"{word} non connu{'es' * (word != 'QF')}"))), *unknown)


def _flat(told: tuple[str | None, str | None]) -> bool:
    return not any(text is not None and text.startswith("de ") for text in told)


def _grid(version: TariffVersion, request: Mapping[str, Any]) -> Grid:
    return version.outside if version.outside is not None and not request.get("resident", True) else version.grid


def _starts(grid: Grid) -> Iterator[int]:
    """Where an interval of the QF (or of resources) begins, in centimes."""
    yield 0
    rates = [item.rate for item in grid.rates]
    for band in grid.bands:
        yield band.low
        rates += [band.rate] if band.rate else []
    for rate in rates:
        for bound, more in ((grid.floor, 0), (grid.cap, 1)):
            if bound is not None and rate:
                yield -(-bound * _RATE_UNIT // rate) + more
    if grid.least_resources is not None:
        yield grid.least_resources
    if grid.most_resources is not None:
        yield grid.most_resources + 1


def _interval(
    old: TariffVersion | None,
    new: TariffVersion | None,
    request: Mapping[str, Any],
    key: str,
    high: int | None,
    *,
    sampled: bool = True,
) -> tuple[str | None, str | None] | None:
    """The prices at both ends of an interval, before and after, in words; None when they are the same all along."""
    points: list[Mapping[str, Any]] = [request]
    if sampled:
        low = request[key]
        top = low + _BEYOND if high is None else high
        points = [{**request, key: low + (top - low) * part // _MOST_SAMPLED} for part in range(_MOST_SAMPLED + 1)]
    before, after = (
        None if version is None else [_centimes(version, point) for point in points] for version in (old, new)
    )
    return None if before == after else (_told(before), _told(after))


def _told(centimes: Sequence[int] | None) -> str | None:
    if centimes is None:
        return None
    low, high = centimes[0], centimes[-1]
    return euros(low) if low == high else f"de {euros(low)} à {euros(high)}"


def _whom(label: str, word: str, low: int, high: int | None) -> str:
    if low == 0 and high is None:
        return label or "toutes les familles"
    where = f"{word} de {short(low)} à {short(high)}" if high is not None else f"{word} à partir de {short(low)}"
    return f"{label}, {where}" if label else where


def _range(version: TariffVersion | None, request: Mapping[str, Any]) -> str | None:
    if version is None:
        return None
    grid = _grid(version, request)
    found = [_centimes(version, each) for each in _requests((version,), (request,))]
    if grid.kind == "fixed":
        return euros(found[0])
    by = "les ressources" if grid.kind != "bands" and grid.basis == "resources" else "le quotient familial"
    return f"de {euros(min(found))} à {euros(max(found))} selon {by}"


def _children(old: TariffVersion, new: TariffVersion) -> list[int]:
    """The numbers of children at which a rate changes, from two on."""
    grids = [grid for version in (old, new) for grid in (version.grid, version.outside) if grid is not None]
    found = {item.least for grid in grids for item in grid.rates}
    return sorted(found - {0, 1})
