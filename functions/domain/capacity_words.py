"""How many places an activity has, and what happens when they are taken, in French: for its page and for its trial."""

from collections.abc import Iterator

from functions.domain.activity import AgeGroup, Capacity, WaitingList

WAITING = {
    "manual": "le service choisit à qui revient une place qui se libère.",
    "automatic": "une place qui se libère va au premier de la liste.",
    "offer": "une place qui se libère est proposée au premier, pendant {hours} heures, puis au suivant.",
}


def limits(capacity: Capacity) -> Iterator[str]:
    """Places for everybody and for each age; those of each school are told elsewhere."""
    if capacity.per_day is not None:
        together = ", toutes écoles réunies" if capacity.per_school else ""
        yield f"{_places(capacity.per_day)} par jour{together}."
    if capacity.per_session is not None:
        yield f"{_places(capacity.per_session)} par session."
    for group in capacity.groups:
        counts = ((group.per_day, "par jour"), (group.per_session, "par session"))
        told = ", ".join(f"{_places(count)} {unit}" for count, unit in counts if count is not None)
        if told:
            yield f"{_group(group)}\u202f: {told}."


def waiting(rule: WaitingList | None) -> str:
    if rule is None:
        return ""
    how = WAITING[rule.mode].format(hours=rule.offer_hours)
    return f"Quand c’est complet, une liste d’attente est ouverte\u202f: {how}"


def _group(group: AgeGroup) -> str:
    """Its ages are said unless its name says them."""
    named = {str(group.minimum), str(group.maximum)} <= set(group.name.split())
    return group.name if named else f"{group.name} (de {group.minimum} à {group.maximum} ans)"


def _places(count: int) -> str:
    return f"{count} place{'s' if count > 1 else ''}"
