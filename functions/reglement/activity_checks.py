"""What can be wrong with one activity taken alone: its delays, its conditions, its days."""

from collections.abc import Iterator
from datetime import date, timedelta

from functions.domain.activity import ActionRule, Activity
from functions.domain.calendar import at_paris, closed_reason
from functions.domain.decisions import session_of
from functions.domain.delays import Moment, last_instant
from functions.domain.french import long_day
from functions.domain.reglement import Calendar
from functions.reglement.activities import build
from functions.reglement.town import Item
from functions.reglement.words import clock, delay_parts
from functions.reglement.yaml_activities import ActivityYaml, BookingYaml, CancellingYaml, DelayYaml
from functions.reglement.yaml_reader import Problem

Wrong = tuple[str, str]
_CONDITIONS = ("statut_ecole", "ecoles", "niveaux", "contrat", "residence")


def check(item: Item[ActivityYaml], calendar: Calendar | None) -> Iterator[Problem]:
    """`calendar` is None when the town's own is wrong: the days are then not looked at."""
    found = list(_check_alone(item.value))
    if not found and calendar is not None:
        found = list(_check_days(item.value, build(item.value), calendar))
    for key, message in found:
        yield item.problem(key, message)


def _check_alone(activity: ActivityYaml) -> Iterator[Wrong]:
    if clock(activity.fin) <= clock(activity.debut):
        yield "fin", "L’activité se termine avant d’avoir commencé."
    if activity.periode.au < activity.periode.du:
        yield "periode/au", "Cette date est avant le premier jour de la période : personne ne pourrait réserver."
    for name in ("reservation", "annulation"):
        rule: BookingYaml | CancellingYaml = getattr(activity, name)
        for key, message in _check_rule(rule, has_sessions=bool(activity.sessions)):
            yield f"{name}/{key}", message
    for rank, condition in enumerate(activity.conditions):
        kinds = sum(getattr(condition, key) is not None for key in _CONDITIONS)
        kinds += condition.age_minimum is not None or condition.age_maximum is not None
        if kinds != 1:
            message = "Écrivez une seule condition à la fois, avec son motif et son contact."
            yield f"conditions/{rank}", message
    yield from _check_sessions(activity)


def _check_sessions(activity: ActivityYaml) -> Iterator[Wrong]:
    taken: set[str] = set()
    latest: date | None = None
    for rank, session in enumerate(activity.sessions):
        where = f"sessions/{rank}"
        if session.id in taken:
            yield f"{where}/id", f"L’identifiant « {session.id} » est déjà pris par une autre session."
        taken.add(session.id)
        if session.au < session.du:
            yield f"{where}/au", "Cette date est avant le premier jour de la session."
        elif not (activity.periode.du <= session.du and session.au <= activity.periode.au):
            yield f"{where}/du", "Cette session sort de la période de l’activité."
        elif latest is not None and session.du <= latest:
            yield f"{where}/du", "Cette session chevauche la précédente, ou n’est pas écrite dans l’ordre des dates."
        latest = session.au


def _check_rule(rule: BookingYaml | CancellingYaml, *, has_sessions: bool) -> Iterator[Wrong]:
    yield from _check_delay(rule, has_sessions=has_sessions)
    if rule.derniere_limite is not None:
        for key, message in _check_delay(rule.derniere_limite, has_sessions=has_sessions):
            yield f"derniere_limite/{key}", message
        if rule.ensuite not in ("majoration", "facturee"):
            message = "Cette limite ne peut jamais servir : après le délai, rien n’est plus possible en ligne."
            yield "derniere_limite", message


def _check_delay(delay: DelayYaml | BookingYaml | CancellingYaml, *, has_sessions: bool) -> Iterator[Wrong]:
    _, unit, _ = delay_parts(delay.duration)
    if unit == "hour":
        for key in ("heure_limite", "premier_jour_compte"):
            if getattr(delay, key) is not None:
                yield key, "Cette clé n’a pas de sens avec des heures, qui se comptent depuis le début de l’activité."
    elif delay.premier_jour_compte is None:
        message = (
            "Dites si le premier jour compte (« oui » ou « non ») : 15 jours avant le 15 octobre, c’est le "
            "1er octobre s’il compte, le 30 septembre s’il ne compte pas."
        )
        yield "premier_jour_compte", message
    if delay.avant == "session" and not has_sessions:
        yield "avant", "Ce délai compte depuis une session, mais l’activité n’a pas de « sessions »."


def _check_days(source: ActivityYaml, activity: Activity, calendar: Calendar) -> Iterator[Wrong]:
    span = calendar.span
    if not (span.holds(activity.period.first) and span.holds(activity.period.last)):
        message = (
            f"La période sort du calendrier scolaire connu, qui va du {long_day(span.first)} "
            f"au {long_day(span.last)} : complétez « annees_scolaires »."
        )
        yield "periode", message
        return
    days = list(_open_days(activity, calendar))
    if not days:
        yield "jours", "Aucun jour n’est ouvert : les jours, la période et le calendrier ne se rencontrent jamais."
        return
    yield from _closed_sessions(activity, days)
    for name, rule in (("reservation", activity.booking), ("annulation", activity.cancelling)):
        wrong = next((found for day in days if (found := _check_moment(rule, activity, day, calendar))), None)
        if wrong:
            yield f"{name}/{wrong[0]}", wrong[1]
    for rank, condition in enumerate(source.conditions):
        low, high = condition.age_minimum, condition.age_maximum
        built = activity.conditions[rank]
        if low and high and (built.minimum or 0) > (built.maximum or 0):
            yield f"conditions/{rank}/age_maximum", "L’âge maximum est plus petit que l’âge minimum."


def _closed_sessions(activity: Activity, days: list[date]) -> Iterator[Wrong]:
    for rank, session in enumerate(activity.sessions):
        if not any(session.first <= day <= session.last for day in days):
            message = "Aucun jour de cette session n’est ouvert : vérifiez ses dates et les vacances scolaires."
            yield f"sessions/{rank}/du", message


def _open_days(activity: Activity, calendar: Calendar) -> Iterator[date]:
    day = activity.period.first
    while day <= activity.period.last:
        in_session = session_of(activity, day) is not None
        if not closed_reason(calendar, activity, day, None, in_session=in_session):
            yield day
        day += timedelta(days=1)


def _check_moment(rule: ActionRule, activity: Activity, day: date, calendar: Calendar) -> Wrong | None:
    held = session_of(activity, day)
    moment = Moment(day, activity.start, held.first if held else day, day, calendar.public_holidays)
    until = last_instant(rule.delay, moment)
    end = at_paris(day, activity.end)
    if until > end:
        return "delai", f"Cette limite tombe après l’activité qu’elle règle (par exemple le {long_day(day)})."
    if rule.final is not None:
        final = last_instant(rule.final, moment)
        if final <= until:
            return "derniere_limite/delai", f"Cette limite tombe avant le délai (par exemple pour le {long_day(day)})."
        if final > end:
            return "derniere_limite/delai", f"Cette limite tombe après l’activité (par exemple le {long_day(day)})."
    return None
