"""Places, the waiting list, and what is carried over to the next school year, in words."""

from collections.abc import Iterator

from functions.domain.activity import Activity, AgeGroup, Capacity, WaitingList
from functions.domain.reglement import Reglement

_FULL = "Quand c’est complet, une liste d’attente est ouverte : "
_WAITING = {
    "manual": "le service choisit à qui revient une place qui se libère.",
    "automatic": "une place qui se libère va au premier de la liste.",
    "offer": "une place qui se libère est proposée au premier, pendant {hours} heures, puis au suivant.",
}


def of(reglement: Reglement, activity: Activity) -> Iterator[str]:
    capacity = activity.capacity
    if capacity is not None:
        yield from _limits(reglement, capacity)
        if capacity.waiting is not None:
            yield _waiting(capacity.waiting)
    if activity.carry_over is not None:
        weeks = activity.carry_over.weeks
        since = "de la dernière semaine" if weeks == 1 else f"des {weeks} dernières semaines"
        yield f"D’une année scolaire à l’autre, les réservations {since} de classe sont reprises."


def _limits(reglement: Reglement, capacity: Capacity) -> Iterator[str]:
    if capacity.per_day is not None:
        yield f"{_places(capacity.per_day)} par jour."
    if capacity.per_session is not None:
        yield f"{_places(capacity.per_session)} par session."
    if capacity.per_school:
        listed = "\u202f; ".join(
            f"{reglement.schools[name].name}, {count}" for name, count in capacity.per_school.items()
        )
        yield f"Places par école et par jour : {listed}."
    for group in capacity.groups:
        yield from _group(group)


def _group(group: AgeGroup) -> Iterator[str]:
    limits = ((group.per_day, "par jour"), (group.per_session, "par session"))
    told = ", ".join(f"{_places(count).lower()} {unit}" for count, unit in limits if count is not None)
    if told:
        ages = f"de {group.minimum} à {group.maximum} ans"
        named = {str(group.minimum), str(group.maximum)} <= set(group.name.split())
        yield f"{group.name}{'' if named else f' ({ages})'} : {told}."


def _waiting(waiting: WaitingList) -> str:
    return _FULL + _WAITING[waiting.mode].format(hours=waiting.offer_hours)


def _places(count: int) -> str:
    return f"{count} place{'s' if count > 1 else ''}"
