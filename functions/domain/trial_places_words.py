"""Places, the waiting list, and what is carried over to the next school year, in words."""

from collections.abc import Iterator

from functions.domain import capacity_words
from functions.domain.activity import Activity
from functions.domain.reglement import Reglement


def of(reglement: Reglement, activity: Activity) -> Iterator[str]:
    capacity = activity.capacity
    if capacity is not None:
        yield from capacity_words.limits(capacity)
        if capacity.per_school:
            listed = "\u202f; ".join(
                f"{reglement.schools[name].name}, {count}" for name, count in capacity.per_school.items()
            )
            yield f"Places par école et par jour\u202f: {listed}."
        if capacity.waiting is not None:
            yield capacity_words.waiting(capacity.waiting)
    if activity.carry_over is not None:
        weeks = activity.carry_over.weeks
        since = "de la dernière semaine" if weeks == 1 else f"des {weeks} dernières semaines"
        yield f"D’une année scolaire à l’autre, les réservations {since} de classe sont reprises."
