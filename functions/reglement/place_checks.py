"""What can be wrong with the places of an activity: how many, for whom, in which slots, and their waiting list.

Keys are relative to the activity: "capacite/groupes/0/age_minimum". `check` needs the activity alone; `check_days` its
open days.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from functions.domain.activity import Activity
from functions.reglement import period_checks, slot_checks
from functions.reglement.words import in_months, number
from functions.reglement.yaml_activities import ActivityYaml, AgeGroupYaml, CapacityYaml, WaitingListYaml

Wrong = tuple[str, str]

_ZERO = "Zéro place : personne ne pourrait réserver. Retirez cette ligne si les places ne sont pas limitées."
_NO_SESSION = "Des places par session sont données, mais l’activité n’a pas de « sessions »."


def check(activity: ActivityYaml) -> Iterator[Wrong]:
    if activity.reserver_par == "session" and not activity.sessions:
        yield "reserver_par", "L’activité se réserve par session, mais elle n’a pas de « sessions »."
    yield from slot_checks.check(activity)
    yield from period_checks.check(activity)
    if activity.capacite is not None:
        yield from _check_capacity(activity, activity.capacite)


def check_days(activity: Activity, days: Sequence[date]) -> Iterator[Wrong]:
    """`days`: those on which the activity is open."""
    yield from period_checks.check_days(activity, days)


def _check_capacity(activity: ActivityYaml, capacity: CapacityYaml) -> Iterator[Wrong]:
    counts = {"par_jour": capacity.par_jour, "par_session": capacity.par_session}
    counts |= {f"par_ecole/{school}": places for school, places in capacity.par_ecole.items()}
    for key, count in counts.items():
        if count is not None and int(count) == 0:
            yield f"capacite/{key}", _ZERO
    if capacity.par_session is not None and not activity.sessions:
        yield "capacite/par_session", _NO_SESSION
    limited = bool(capacity.groupes) or any(count is not None for count in counts.values())
    limited = limited or any(slot.par_jour is not None for slot in activity.creneaux)
    if capacity.liste_attente is not None:
        yield from _check_waiting(capacity.liste_attente, limited=limited)
    if capacity.groupes:
        yield from _check_groups(activity, capacity.groupes)


def _check_waiting(waiting: WaitingListYaml, *, limited: bool) -> Iterator[Wrong]:
    where = "capacite/liste_attente"
    if not limited:
        yield where, "Cette liste d’attente ne peut jamais servir : aucune limite de places n’est donnée."
    if waiting.mode == "proposition" and waiting.delai_reponse is None:
        yield (
            f"{where}/mode",
            "Une place proposée attend une réponse : écrivez « delai_reponse » (par exemple 48 heures).",
        )
    if waiting.delai_reponse is not None:
        if waiting.mode != "proposition":
            yield f"{where}/delai_reponse", "Ce délai n’a de sens qu’avec « mode: proposition »."
        elif number(waiting.delai_reponse) == 0:
            yield f"{where}/delai_reponse", "Une famille à qui une place est proposée doit avoir le temps de répondre."


def _check_groups(activity: ActivityYaml, groups: Sequence[AgeGroupYaml]) -> Iterator[Wrong]:
    wrong = [
        *_unknown_ages(groups),
        *(found for rank, group in enumerate(groups) for found in _check_group(activity, rank, group)),
        *_same_ids(groups),
    ]
    yield from wrong or [*_overlaps(groups), *_uncovered(activity, groups)]


def _unknown_ages(groups: Sequence[AgeGroupYaml]) -> Iterator[Wrong]:
    for rank, group in enumerate(groups):
        for key in ("age_minimum", "age_maximum"):
            if in_months(getattr(group, key)):
                yield f"capacite/groupes/{rank}/{key}", "L’âge d’un groupe s’écrit en années révolues : « 3 ans »."


def _check_group(activity: ActivityYaml, rank: int, group: AgeGroupYaml) -> Iterator[Wrong]:
    where = f"capacite/groupes/{rank}"
    if number(group.age_maximum) < number(group.age_minimum):
        yield f"{where}/age_maximum", "L’âge maximum est plus petit que l’âge minimum."
    for key in ("par_jour", "par_session"):
        count = getattr(group, key)
        if count is not None and int(count) == 0:
            yield f"{where}/{key}", _ZERO
    if group.par_session is not None and not activity.sessions:
        yield f"{where}/par_session", _NO_SESSION
    if group.par_jour is None and group.par_session is None:
        yield where, "Ce groupe ne limite rien : donnez « par_jour » ou « par_session »."


def _same_ids(groups: Sequence[AgeGroupYaml]) -> Iterator[Wrong]:
    names = [group.id for group in groups]
    for rank, name in enumerate(names):
        if name in names[:rank]:
            yield f"capacite/groupes/{rank}/id", f"L’identifiant « {name} » est déjà pris par un autre groupe."


def _overlaps(groups: Sequence[AgeGroupYaml]) -> Iterator[Wrong]:
    ordered = sorted(enumerate(groups), key=lambda item: number(item[1].age_minimum))
    for (_, younger), (rank, older) in pairwise(ordered):
        if number(older.age_minimum) <= number(younger.age_maximum):
            both = f"{number(older.age_minimum)} ans"
            message = f"Un enfant de {both} serait à la fois dans « {younger.nom} » et dans « {older.nom} »."
            yield f"capacite/groupes/{rank}/age_minimum", message


def _uncovered(activity: ActivityYaml, groups: Sequence[AgeGroupYaml]) -> Iterator[Wrong]:
    """Ages that the conditions let in (or, without conditions, between two groups) and that no group takes; and groups
    that no child let in can be in.
    """
    low, high = _ages(activity)
    covered = {age for group in groups for age in range(number(group.age_minimum), number(group.age_maximum) + 1)}
    first = min(covered) if low is None else low
    last = max(covered) if high is None else high
    missing = [age for age in range(first, last + 1) if age not in covered]
    if missing:
        ages = f"{missing[0]} ans" if len(missing) == 1 else f"{missing[0]} à {missing[-1]} ans"
        yield "capacite/groupes", f"Aucun groupe ne prend les enfants de {ages}, que l’activité accueille."
    for rank, group in enumerate(groups):
        if number(group.age_maximum) < first or number(group.age_minimum) > last:
            message = (
                "Ce groupe ne peut jamais servir : les conditions de l’activité n’acceptent aucun enfant de cet âge."
            )
            yield f"capacite/groupes/{rank}", message


def _ages(activity: ActivityYaml) -> tuple[int | None, int | None]:
    """The completed years that the conditions let in; None: not limited on that side."""
    lows = [_years(each.age_minimum) for each in activity.conditions if each.age_minimum is not None]
    highs = [_years(each.age_maximum) for each in activity.conditions if each.age_maximum is not None]
    return max(lows, default=None), min(highs, default=None)


def _years(age: str) -> int:
    return number(age) // 12 if in_months(age) else number(age)
