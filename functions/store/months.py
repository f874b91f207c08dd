"""Child-months and seat counters in `core`.

A month is one item a child and activity, not one a day: a transaction of three children stays under 14 WCU. Days are
written as short arrays [day, centimes, state, late, index of the rules' hash, index of the counters taken].
Counters: PLACES#<activity>#<place> / <month>, attributes d01 … d31, moved only by conditional additions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from functions.domain.foyer import FoyerFile
from functions.domain.months import BookedDay, ChildMonth, State
from functions.store import foyers
from functions.store.documents import dump, load
from functions.store.models import Core, Counter
from functions.store.transactions import Transaction

# One letter a day and state: the item of a full month must stay under 1 KB.
_LETTERS: dict[State, str] = {"booked": "b", "awaiting": "a", "cancelled_late": "c"}
_STATES: dict[str, State] = {letter: state for state, letter in _LETTERS.items()}


@dataclass(frozen=True, slots=True)
class _Document:
    days: tuple[tuple[int, int, str, bool, int, int], ...]
    rules: tuple[str, ...]
    places: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Family:
    """What one query brings: the file and every child-month from the month asked for on."""

    file: FoyerFile
    months: tuple[ChildMonth, ...]

    def month(self, child_id: str, activity: str, month: str) -> ChildMonth:
        for found in self.months:
            if (found.child_id, found.activity, found.month) == (child_id, activity, month):
                return found
        return ChildMonth(child_id, activity, month)


def load_family(foyer_id: str, from_month: str, *, consistent: bool = True) -> Family | None:
    """One query. `consistent` costs twice the units: for deciding, not for showing."""
    items = list(
        Core.query(
            foyers.partition(foyer_id),
            Core.sk.between(f"MOIS#{from_month}", "PERSONNE#~"),
            consistent_read=consistent,
        )
    )
    file = foyers.assemble(foyer_id, items)
    if file is None:
        return None
    return Family(file, tuple(_month(item) for item in items if item.sk.startswith("MOIS#")))


def add_month(transaction: Transaction, foyer_id: str, month: ChildMonth) -> None:
    """Replace the version that was read. Label: "month:<child>"."""
    item = Core(
        foyers.partition(foyer_id),
        _sort_key(month),
        doc=dump(_pack(month)),
        version=month.version + 1,
    )
    transaction.put(f"month:{month.child_id}", item, _unchanged(month))


def check_month(transaction: Transaction, foyer_id: str, month: ChildMonth) -> None:
    """Write nothing, but only if the month is still the version that was read. Label: "month:<child>"."""
    transaction.check(f"month:{month.child_id}", Core, foyers.partition(foyer_id), _sort_key(month), _unchanged(month))


def move_seats(
    transaction: Transaction, activity: str, place: str, month: str, moves: Mapping[int, int], capacity: int
) -> None:
    """Take (positive) or give back (negative) seats, per day of the month, in one update. Label: "seats:<place>".

    What becomes rarer is guarded; giving back never is refused (a capacity lowered meanwhile must not block it).
    """
    item = Counter(f"PLACES#{activity}#{place}", month)
    actions, condition = [], None
    for day, move in sorted(moves.items()):
        taken = getattr(Counter, f"d{day:02}")
        actions.append(taken.add(move))
        if move > 0:
            room = taken.does_not_exist() | (taken <= capacity - move)
            if move > capacity:
                room = taken < 0  # never true: more children than there are seats
            condition = room if condition is None else condition & room
    if actions:
        transaction.update(f"seats:{place}", item, actions, condition)


def seats_taken(activity: str, place: str, month: str, *, consistent: bool = True) -> dict[int, int]:
    """Seats taken per day of the month (days never touched are absent)."""
    try:
        item = Counter.get(f"PLACES#{activity}#{place}", month, consistent_read=consistent)
    except Counter.DoesNotExist:
        return {}
    values = {day: getattr(item, f"d{day:02}") for day in range(1, 32)}
    return {day: int(value) for day, value in values.items() if value is not None}


def _unchanged(month: ChildMonth) -> Any:
    return (Core.version == month.version) if month.version else Core.pk.does_not_exist()


def _sort_key(month: ChildMonth) -> str:
    return f"MOIS#{month.month}#{month.activity}#{month.child_id}"


def _pack(month: ChildMonth) -> _Document:
    rules = tuple(dict.fromkeys(entry.rules for entry in month.days))
    places = tuple(dict.fromkeys(entry.places for entry in month.days))
    days = tuple(
        (
            entry.day.day,
            entry.price_centimes,
            _LETTERS[entry.state],
            entry.late,
            rules.index(entry.rules),
            places.index(entry.places),
        )
        for entry in month.days
    )
    return _Document(days, rules, places)


def _month(item: Any) -> ChildMonth:
    _, month, activity, child_id = item.sk.split("#")
    document = load(item.doc, _Document)
    year, number = (int(part) for part in month.split("-"))
    days = tuple(
        BookedDay(
            date(year, number, day),
            centimes,
            document.rules[rule],
            state=_STATES[letter],
            late=late,
            places=document.places[place],
        )
        for day, centimes, letter, late, rule, place in document.days
    )
    return ChildMonth(child_id, activity, month, days, int(item.version or 0))
