"""What can be wrong with the slots and the free hours of an activity. Keys are relative to the activity."""

from collections.abc import Iterator

from functions.domain.slots import minutes_between
from functions.reglement.words import clock, minutes
from functions.reglement.yaml_activities import ActivityYaml, FreeHoursYaml, SlotYaml

Wrong = tuple[str, str]


def check(activity: ActivityYaml) -> Iterator[Wrong]:
    taken: set[str] = set()
    for rank, slot in enumerate(activity.creneaux):
        where = f"creneaux/{rank}"
        if slot.id in taken:
            yield f"{where}/id", f"L’identifiant « {slot.id} » est déjà pris par un autre créneau."
        taken.add(slot.id)
        for key, message in _check_slot(activity, slot):
            yield f"{where}/{key}", message
    if activity.horaires_libres is not None:
        if activity.creneaux:
            message = "Une activité se réserve par créneaux ou par horaires libres, pas les deux."
            yield "horaires_libres", message
        for key, message in _check_free_hours(activity, activity.horaires_libres):
            yield f"horaires_libres/{key}", message


def _check_slot(activity: ActivityYaml, slot: SlotYaml) -> Iterator[Wrong]:
    start, end = clock(slot.debut), clock(slot.fin)
    if end <= start:
        yield "fin", "Ce créneau se termine avant d’avoir commencé."
    if start < clock(activity.debut):
        yield "debut", f"Ce créneau commence avant l’activité, qui commence à {activity.debut}."
    if end > clock(activity.fin):
        yield "fin", f"Ce créneau se termine après l’activité, qui se termine à {activity.fin}."
    for rank, day in enumerate(slot.jours):
        if day not in activity.jours:
            yield f"jours/{rank}", f"L’activité n’a pas lieu le {day}."
    if slot.par_jour is not None and int(slot.par_jour) == 0:
        yield "par_jour", "Zéro place : personne ne pourrait réserver ce créneau."


def _check_free_hours(activity: ActivityYaml, rule: FreeHoursYaml) -> Iterator[Wrong]:
    day = minutes_between(clock(activity.debut), clock(activity.fin))
    step, least, most = minutes(rule.pas), minutes(rule.minimum), minutes(rule.maximum)
    if step == 0:
        yield "pas", "Le pas doit durer au moins une minute."
        return
    if day % step:
        yield "pas", f"La journée, de {activity.debut} à {activity.fin}, n’est pas un nombre entier de fois ce pas."
    if least > most:
        yield "minimum", "La durée minimum est plus longue que la durée maximum."
    if most > day:
        yield "maximum", f"Cette durée est plus longue que la journée, de {activity.debut} à {activity.fin}."
    for key, length in (("minimum", least), ("maximum", most)):
        if length % step:
            yield key, f"Cette durée ne peut pas être atteinte : on choisit de {rule.pas} en {rule.pas}."
