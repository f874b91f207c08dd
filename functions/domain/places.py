"""Where seats are counted: in the whole activity, per school, per age group, per slot and per session.

A counter is a place and a day. A place counts each day by itself, except a session's, which counts the child once
however many of its days are booked: it stands in the month of the session's first day, on the 1st, and its name says
that month, so that a session whose id comes back another year is counted afresh.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from functions.domain.activity import Activity, AgeGroup, Session
from functions.domain.eligibility import age_day, age_on
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


def groups_of(activity: Activity) -> tuple[AgeGroup, ...]:
    return activity.capacity.groups if activity.capacity else ()


def group_of(activity: Activity, birth_date: date | None, day: date) -> AgeGroup | None:
    """The age group of the child that day; None when there is none, or when its age is not known.

    A child keeps to the end of a session the group of its age on the first day: a birthday in between would take it a
    seat of the session in two groups. Who is too young or too old on the day itself, but not on the day at which a
    condition looks (the 31st of December), is in the group of that day: the conditions let it in.
    """
    groups = groups_of(activity)
    if birth_date is None or not groups:
        return None
    session = activity.session_on(day)
    by_conditions = (age_day(each, activity, day) for each in activity.conditions if each.kind == "age")
    looked_at = (session.first if session else day, day, *by_conditions)
    ages = (age_on(birth_date, each) for each in looked_at)
    return next((group for age in ages for group in groups if group.minimum <= age <= group.maximum), None)


def no_group(activity: Activity, birth_date: date | None, day: date) -> str:
    """Why no age group takes this child that day; "" when one does, or when its age is not known."""
    groups = groups_of(activity)
    if not groups or birth_date is None or group_of(activity, birth_date, day) is not None:
        return ""
    ages = " et ".join(f"de {group.minimum} à {group.maximum} ans" for group in groups)
    return f"Aucun groupe n’accueille un enfant de cet âge ce jour-là\u202f: ils sont {ages}."


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
    session = activity.session_on(day)
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
