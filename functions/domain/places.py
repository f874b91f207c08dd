"""Where seats are counted: in the whole activity, per school, per age group, per slot and per session.

A counter is a place and a day. A place counts each day by itself, except a session's, which counts the child once
however many of its days are booked: it stands in the month of the session's first day, on the 1st, and its name says
that month, so that a session whose id comes back another year is counted afresh.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from functions.domain.activity import Activity, AgeGroup, Session
from functions.domain.eligibility import age_on
from functions.domain.months import BookedDay

WHOLE_ACTIVITY = "_tous"  # no school's id begins with an underscore, and no id holds a colon
_GROUP, _SLOT, _SESSION = "group:", "slot:", "session:"

Taken = Mapping[str, Mapping[date, int]]


@dataclass(frozen=True, slots=True)
class Seated:
    """What of a child says where it is seated. `school` "": none; `slot` "": the whole activity."""

    school: str
    birth_date: date | None
    slot: str = ""


def places_of(activity: Activity, child: Seated, day: date) -> dict[str, int]:
    """The places in which this child takes a seat to come that day, with what each can hold; empty: no limit."""
    limits = _limits(activity, child, day)
    return {place: limit for place, limit in limits if limit is not None}


def group_of(activity: Activity, birth_date: date | None, day: date) -> AgeGroup | None:
    """The age group of the child that day; None when there is none, or when its age is not known."""
    groups = activity.capacity.groups if activity.capacity else ()
    if birth_date is None:
        return None
    age = age_on(birth_date, day)
    return next((group for group in groups if group.minimum <= age <= group.maximum), None)


def counted_once(place: str) -> bool:
    """Whether a child holds one seat there for all its days, and not one a day."""
    return place.startswith(_SESSION)


def by_group(place: str) -> bool:
    return _GROUP in place


def counter_day(place: str, day: date) -> date:
    """The day on which this place counts a seat of `day`."""
    return date.fromisoformat(f"{place.split(':')[2]}-01") if counted_once(place) else day


def seats_of(entries: Iterable[BookedDay]) -> dict[str, set[date]]:
    """The seats that a child holds, one in each of these days of these counters."""
    seats: dict[str, set[date]] = {}
    for entry in entries:
        for place in entry.places:
            seats.setdefault(place, set()).add(counter_day(place, entry.day))
    return seats


def room_left(places: Mapping[str, int], taken: Taken, day: date, held: Collection[str] = ()) -> int | None:
    """Seats left that day, never below zero; None when nothing limits them. `held`: the places counted once in which
    the child has its seat already.
    """
    left = [
        capacity - taken.get(place, {}).get(counter_day(place, day), 0)
        for place, capacity in places.items()
        if place not in held
    ]
    return max(0, min(left)) if left else None


def _limits(activity: Activity, child: Seated, day: date) -> Iterable[tuple[str, int | None]]:
    slot = activity.slot(child.slot)
    if slot is not None:
        yield f"{_SLOT}{slot.id}", slot.per_day
    capacity = activity.capacity
    if capacity is None:
        return
    group = group_of(activity, child.birth_date, day)
    session = next((item for item in activity.sessions if item.holds(day)), None)
    yield WHOLE_ACTIVITY, capacity.per_day
    if child.school:
        yield child.school, (capacity.per_school or {}).get(child.school)
    if group is not None:
        yield f"{_GROUP}{group.id}", group.per_day
    if session is not None:
        yield _session_place(session), capacity.per_session
        if group is not None:
            yield f"{_session_place(session)}:{_GROUP}{group.id}", group.per_session


def _session_place(session: Session) -> str:
    return f"{_SESSION}{session.id}:{session.first:%Y-%m}"
