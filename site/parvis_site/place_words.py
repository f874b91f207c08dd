"""How many places an activity has, and what happens when they are taken, in French."""

from collections.abc import Iterator

from functions.domain.activity import AgeGroup, Capacity, WaitingList

WAITING = {
    "manual": "le service choisit à qui revient une place qui se libère.",
    "automatic": "une place qui se libère va au premier de la liste.",
    "offer": "une place qui se libère est proposée au premier de la liste, pendant {hours} heures, puis au suivant.",
}


def limits(capacity: Capacity) -> Iterator[str]:
    """Places for everybody and for each age; those of a school are a table of their own."""
    if capacity.per_day is not None:
        yield f"{_places(capacity.per_day)} par jour, toutes écoles réunies."
    if capacity.per_session is not None:
        yield f"{_places(capacity.per_session)} par session."
    for group in capacity.groups:
        told = [
            f"{_places(count)} par {unit}"
            for count, unit in ((group.per_day, "jour"), (group.per_session, "session"))
            if count is not None
        ]
        if told:
            yield f"{_group(group)} : {', '.join(told)}."


def waiting(rule: WaitingList | None) -> str:
    if rule is None:
        return ""
    return "Quand c’est complet, une liste d’attente est ouverte : " + WAITING[rule.mode].format(hours=rule.offer_hours)


def _group(group: AgeGroup) -> str:
    ages = f"de {group.minimum} à {group.maximum} ans"
    told = f"{group.minimum} à {group.maximum} ans"
    return group.name if told in group.name else f"{group.name} ({ages})"


def _places(count: int) -> str:
    return f"{count} place{'s' if count > 1 else ''}"
