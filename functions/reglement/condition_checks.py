"""Conditions of eligibility: each well written, and all of them together within somebody's reach."""

from collections.abc import Callable, Iterator, Sequence

from functions.domain.activity import Condition
from functions.reglement.activities import condition as build
from functions.reglement.town import Item, Town
from functions.reglement.words import in_months
from functions.reglement.yaml_activities import ActivityYaml, ConditionYaml
from functions.reglement.yaml_reader import Problem
from functions.reglement.yaml_shapes import SchoolYaml

Wrong = tuple[str, str]
_KINDS = ("statut_ecole", "ecoles", "niveaux", "contrat", "residence")
_MONTHS = 12
_EVER = 12_000  # months: older than anybody


def check(town: Town, item: Item[ActivityYaml]) -> Iterator[Problem]:
    conditions = item.value.conditions
    alone = [(rank, *found) for rank, condition in enumerate(conditions) for found in _check_alone(condition)]
    for rank, key, message in alone:
        yield item.problem(f"conditions/{rank}/{key}" if key else f"conditions/{rank}", message)
    if not alone and not town.partial:
        whole = len(town.schools) == len(town.ids["ecoles"])
        schools = [school.value for school in town.schools] if whole else []
        for rank, message in _out_of_reach([build(condition) for condition in conditions], schools):
            yield item.problem(f"conditions/{rank}", message)


def _check_alone(given: ConditionYaml) -> Iterator[Wrong]:
    ages = [age for age in (given.age_minimum, given.age_maximum) if age is not None]
    kinds = sum(getattr(given, key) is not None for key in _KINDS) + bool(ages)
    if kinds != 1:
        yield "", "Écrivez une seule condition à la fois, avec son motif et son contact."
        return
    for key in ("ecoles", "niveaux"):
        if getattr(given, key) == []:
            yield key, "Cette liste est vide : personne ne remplirait la condition."
    if given.age_au is not None and not ages:
        yield "age_au", "Cette clé va avec « age_minimum » ou « age_maximum »."
    if len(ages) == len(("minimum", "maximum")):
        built = build(given)
        if in_months(ages[0]) != in_months(ages[1]):
            yield "age_maximum", "Écrivez les deux âges de la même façon : en « ans », ou en « mois »."
        elif (built.minimum or 0) > (built.maximum or 0):
            yield "age_maximum", "L’âge maximum est plus petit que l’âge minimum."


def _out_of_reach(conditions: Sequence[Condition], schools: Sequence[SchoolYaml]) -> Iterator[tuple[int, str]]:
    """The rank of the condition that, after those before it, nobody can meet any more."""
    for found in (_no_school(conditions, schools), _excluded(conditions), _no_age(conditions)):
        if found is not None:
            rank, why = found
            together = " avec les précédentes" if rank else ""
            yield rank, f"Personne ne peut remplir cette condition{together} : {why}."


def _no_school(conditions: Sequence[Condition], schools: Sequence[SchoolYaml]) -> tuple[int, str] | None:
    """A school nobody knows is said elsewhere: lists are read against the schools that are known."""
    left = [(school, frozenset(school.niveaux)) for school in schools]
    for rank, condition in enumerate(conditions):
        asked = frozenset(condition.values)
        before = left
        if condition.kind == "school_status":
            left = [pair for pair in left if ("public" if pair[0].statut == "publique" else "private") in asked]
        elif condition.kind == "schools":
            left = [pair for pair in left if pair[0].id in asked]
        elif condition.kind == "levels":
            left = [(school, levels & asked) for school, levels in left if levels & asked]
        if before and not left and not _unknown(condition, schools):
            return rank, _WHY[condition.kind]
    return None


_WHY = {
    "school_status": "aucune des écoles possibles n’a ce statut",
    "schools": "aucune de ces écoles n’est possible",
    "levels": "aucune des écoles possibles n’a ces niveaux",
}


def _unknown(condition: Condition, schools: Sequence[SchoolYaml]) -> bool:
    """Everything it names is unknown: the references say so already."""
    known: dict[str, Callable[[], set[str]]] = {
        "schools": lambda: {school.id for school in schools},
        "levels": lambda: {level for school in schools for level in school.niveaux},
    }
    return condition.kind in known and not set(condition.values) & known[condition.kind]()


def _excluded(conditions: Sequence[Condition]) -> tuple[int, str] | None:
    """Two residences, or two contracts, that are not the same."""
    seen: dict[str, tuple[str, ...]] = {}
    for rank, condition in enumerate(conditions):
        single = condition.kind in ("residence", "contracts")
        if single and seen.setdefault(condition.kind, condition.values) != condition.values:
            return rank, "elles s’excluent"
    return None


def _no_age(conditions: Sequence[Condition]) -> tuple[int, str] | None:
    """Ages looked at on the same day whose ranges never meet. Completed years are read as the months they last."""
    ranges: dict[str, tuple[int, int]] = {}
    for rank, condition in enumerate(conditions):
        if condition.kind != "age":
            continue
        low, high = ranges.get(condition.age_on, (0, _EVER))
        own_low, own_high = _months(condition)
        ranges[condition.age_on] = low, high = max(low, own_low), min(high, own_high)
        if low > high:
            return rank, "aucun âge ne convient aux deux"
    return None


def _months(condition: Condition) -> tuple[int, int]:
    unit = 1 if condition.in_months else _MONTHS
    low = (condition.minimum or 0) * unit
    high = _EVER if condition.maximum is None else (condition.maximum + 1) * unit - 1
    return low, high
