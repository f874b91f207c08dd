"""Two values of one shape, field by field: nothing that differs is passed over."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from itertools import chain
from typing import Any

from functions.domain.activity import Condition, Delay
from functions.domain.spans import Span
from functions.reglement import difference_special
from functions.reglement.difference_change import Change, Thing, leaf
from functions.reglement.difference_words import excluded, label_of, tell

_WHOLE = (Delay, Span)  # told in one go
_KEYS = ("id", "document", "school_year", "kind", "name", "least")


def fields_of(thing: Thing, old: Any, new: Any, path: str) -> Iterator[Change]:
    for field in fields(old):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after:
            yield from value_of(thing, f"{type(old).__name__}.{field.name}", before, after, path)


def value_of(thing: Thing, key: str, before: Any, after: Any, path: str) -> Iterator[Change]:
    """One value that may differ, whatever it is."""
    if before == after:
        return
    what = ", ".join(filter(None, (path, _label(key))))
    special = _SPECIAL.get(key)
    if special is not None:
        yield from special(thing, before, after, what)
    elif _items(before) and _items(after):
        yield from _list(thing, key, before, after, what)
    elif isinstance(before, dict) and isinstance(after, dict):
        for name in [*after, *(name for name in before if name not in after)]:
            yield from leaf(thing, key, before.get(name), after.get(name), f"{what}, {tell(key, name, thing.names)}")
    elif is_dataclass(before) and type(before) is type(after) and not isinstance(before, _WHOLE):
        yield from fields_of(thing, before, after, what)
    else:
        yield from leaf(thing, key, before, after, what)


def _label(key: str) -> str:
    return "" if key.startswith("Reglement.") else label_of(key)


def _items(value: Any) -> bool:
    return isinstance(value, tuple) and all(is_dataclass(item) for item in value)


def _list(thing: Thing, key: str, old: Sequence[Any], new: Sequence[Any], what: str) -> Iterator[Change]:
    """Items known by what names them; one that stands nowhere else is added or taken away."""
    before, after = _keyed(old), _keyed(new)
    found = False
    for name, item in chain(after.items(), ((name, before[name]) for name in before if name not in after)):
        was, now = before.get(name), after.get(name)
        called = f"{what} {_called(thing, item)}".strip()
        for line in _item(thing, key, was, now, called):
            found = True
            yield replace(line, first=line.first or _first_day(item))
    if not found:  # the same items in another order, which may decide what a family is told
        yield from leaf(thing, key, old, new, f"{what} (ordre)")


def _item(thing: Thing, key: str, was: Any, now: Any, called: str) -> Iterator[Change]:
    if was is not None and now is not None:
        yield from fields_of(thing, was, now, called)
    else:
        yield from leaf(thing, key, was, now, f"{called}, {'ajout' if was is None else 'retrait'}")


def _called(thing: Thing, item: Any) -> str:
    if hasattr(item, "document"):
        return thing.names.of("documents", item.document)
    name = getattr(item, "name", "") or getattr(item, "school_year", "")
    return f"« {name} »" if name else str(getattr(item, "least", ""))


def _keyed(items: Sequence[Any]) -> dict[tuple[Any, int], Any]:
    """By id or name; the second of one name is told apart by its rank."""
    seen: Counter[Any] = Counter()
    found = {}
    for item in items:
        name = next((getattr(item, key) for key in _KEYS if hasattr(item, key)), None)
        found[name, seen[name]] = item
        seen[name] += 1
    return found


def _first_day(item: Any) -> date | None:
    days = getattr(item, "days", item)
    found: object = getattr(days, "first", None) or getattr(item, "opens", None)
    return found if isinstance(found, date) and not isinstance(found, datetime) else None


def _conditions(thing: Thing, old: Sequence[Condition], new: Sequence[Condition], what: str) -> Iterator[Change]:
    before, after = _keyed(old), _keyed(new)
    lines: list[Change] = []
    for name, item in chain(after.items(), ((name, before[name]) for name in before if name not in after)):
        was, now = before.get(name), after.get(name)
        out = excluded(item, thing.names)
        if was is None:
            lines.append(thing.change(f"{what} ajoutée", None, item.reason, whom=f"ne peuvent plus réserver : {out}"))
        elif now is None:
            lines.append(
                thing.change(f"{what} retirée", item.reason, None, whom=f"peuvent maintenant réserver : {out}")
            )
        elif was != now:
            whom = f"ne peuvent pas réserver : {out}"
            lines += [replace(line, whom=whom) for line in fields_of(thing, was, now, what)]
    yield from lines or leaf(thing, "Activity.conditions", old, new, f"{what} (ordre)")


_SPECIAL: dict[str, Callable[[Thing, Any, Any, str], Iterator[Change]]] = {
    "Activity.conditions": _conditions,
    "Activity.tariff": difference_special.other_tariff,
    "ActionRule.delay": difference_special.delay,
}
