"""Where seats are counted: in the whole activity, and per school, as the town limits them."""

from collections.abc import Mapping

from functions.domain.activity import Activity

WHOLE_ACTIVITY = "_tous"  # no school's id begins with an underscore


def places_of(activity: Activity, school: str) -> dict[str, int]:
    """The counters that a child of this school takes a seat in, with what each can hold; empty: no limit."""
    capacity = activity.capacity
    if capacity is None:
        return {}
    found = {}
    if capacity.per_day is not None:
        found[WHOLE_ACTIVITY] = capacity.per_day
    if school and school in (capacity.per_school or {}):
        found[school] = (capacity.per_school or {})[school]
    return found


def room_left(places: Mapping[str, int], taken: Mapping[str, Mapping[int, int]], day_of_month: int) -> int | None:
    """Seats left that day, never below zero; None when nothing limits them."""
    if not places:
        return None
    left = min(capacity - taken.get(place, {}).get(day_of_month, 0) for place, capacity in places.items())
    return max(0, left)
