"""What can be wrong with one activity before any calendar: its hours, its days, how its delays are written."""

from collections.abc import Iterator

from functions.domain.reglement import Calendar
from functions.reglement import place_checks, time_checks
from functions.reglement.activities import build
from functions.reglement.town import Item
from functions.reglement.words import clock, delay_parts
from functions.reglement.yaml_activities import (
    ActivityYaml,
    BookingYaml,
    CancellingYaml,
    DelayYaml,
    WindowYaml,
)
from functions.reglement.yaml_reader import Problem

Wrong = tuple[str, str]  # (key relative to the activity, message)


def check(item: Item[ActivityYaml], calendar: Calendar | None) -> Iterator[Problem]:
    """`calendar` is None when the town's own is wrong: the days are then not looked at."""
    found = list(_check_alone(item.value))
    if not found and calendar is not None:
        found = list(time_checks.check(build(item.value), calendar))
    for key, message in found:
        yield item.problem(key, message)


def _check_alone(activity: ActivityYaml) -> Iterator[Wrong]:
    if clock(activity.fin) <= clock(activity.debut):
        yield "fin", "L’activité se termine avant d’avoir commencé."
    if activity.periode.au < activity.periode.du:
        yield "periode/au", "Cette date est avant le premier jour de la période : personne ne pourrait réserver."
    for rank, day in enumerate(activity.jours):
        if day in activity.jours[:rank]:
            yield f"jours/{rank}", f"« {day} » est écrit deux fois dans « jours » : gardez-le une fois."
    yield from _check_rule(activity, "reservation", activity.reservation)
    yield from _check_rule(activity, "annulation", activity.annulation)
    yield from _check_windows(activity)
    if activity.absence is not None and activity.absence.declaration is not None:
        yield from _check_delay(activity, "absence/declaration", activity.absence.declaration)
    yield from place_checks.check(activity)


def _check_rule(activity: ActivityYaml, where: str, rule: BookingYaml | CancellingYaml) -> Iterator[Wrong]:
    yield from _check_delay(activity, where, rule)
    if rule.derniere_limite is not None:
        yield from _check_delay(activity, f"{where}/derniere_limite", rule.derniere_limite)
        if rule.ensuite not in ("majoration", "facturee"):
            message = "Cette limite ne peut jamais servir : après le délai, rien n’est plus possible en ligne."
            yield f"{where}/derniere_limite", message
    if isinstance(rule, BookingYaml) and rule.ouverture is not None:
        yield from _check_delay(activity, f"{where}/ouverture", rule.ouverture)


def _check_windows(activity: ActivityYaml) -> Iterator[Wrong]:
    windows = activity.reservation.fenetres
    for rank, window in enumerate(windows):
        where = f"reservation/fenetres/{rank}"
        yield from _check_delay(activity, where, window)
        if window.jours.au < window.jours.du:
            yield f"{where}/jours/au", "Cette date est avant le premier jour de la fenêtre (« du »)."
            continue
        if window.demandes_jusqu_au > window.jours.au:
            message = "Cette date est après le dernier des « jours » : elle ne limiterait rien. Avancez-la."
            yield f"{where}/demandes_jusqu_au", message
        for other in windows[:rank]:
            if window.jours.du <= other.jours.au and other.jours.du <= window.jours.au:
                message = (
                    f"Ces jours chevauchent ceux de la fenêtre « {other.nom} » : un jour n’a qu’une fenêtre. "
                    "Séparez-les."
                )
                yield f"{where}/jours", message
                break


def _check_delay(
    activity: ActivityYaml, where: str, delay: DelayYaml | BookingYaml | CancellingYaml | WindowYaml
) -> Iterator[Wrong]:
    _, unit, _ = delay_parts(delay.duration)
    if unit == "hour":
        for key in ("heure_limite", "premier_jour_compte"):
            if getattr(delay, key) is not None:
                message = "Cette clé n’a pas de sens avec des heures, qui se comptent depuis le début de l’activité."
                yield f"{where}/{key}", message
    elif delay.premier_jour_compte is None:
        message = (
            "Dites si le premier jour compte (« oui » ou « non ») : 15 jours avant le 15 octobre, c’est le "
            "1er octobre s’il compte, le 30 septembre s’il ne compte pas."
        )
        yield f"{where}/premier_jour_compte", message
    if delay.avant == "session" and not activity.sessions:
        yield f"{where}/avant", "Ce délai compte depuis une session, mais l’activité n’a pas de « sessions »."
