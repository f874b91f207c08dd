"""Whether a child may book an activity, and if not, why and whom to call."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from functions.domain.activity import Activity, Condition
from functions.domain.reglement import School


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """`school`, `level` and `contract`: "" means none, None means not known, and then nothing is refused for it."""

    birth_date: date | None = None
    school: str | None = None
    level: str | None = None
    contract: str | None = None


@dataclass(frozen=True, slots=True)
class FamilyFacts:
    """`quotient_familial_centimes` is in centimes of QF, `resources_centimes` a month's resources."""

    quotient_familial_centimes: int | None = None
    resident: bool = True
    resources_centimes: int | None = None
    children_count: int = 1


def failed_condition(
    activity: Activity, schools: Mapping[str, School], day: date, child: ChildFacts, family: FamilyFacts
) -> Condition | None:
    """The first condition the child does not meet, in the town's order."""
    return next((item for item in activity.conditions if not _met(item, schools, day, child, family)), None)


def age_on(birth: date, day: date) -> int:
    """Completed years. Born on 29 February: a year older on 1 March of common years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _met(
    condition: Condition, schools: Mapping[str, School], day: date, child: ChildFacts, family: FamilyFacts
) -> bool:
    if condition.kind == "age":
        return child.birth_date is None or _age_fits(condition, age_on(child.birth_date, day))
    fact = _fact(condition.kind, schools, child, family)
    return fact is None or fact in condition.values


def _fact(kind: str, schools: Mapping[str, School], child: ChildFacts, family: FamilyFacts) -> str | None:
    if kind == "residence":
        return "resident" if family.resident else "outside"
    if kind == "school_status":
        if child.school is None:
            return None
        school = schools.get(child.school)
        return "" if school is None else ("public" if school.public else "private")
    facts = {"schools": child.school, "levels": child.level, "contracts": child.contract}
    return facts[kind]


def _age_fits(condition: Condition, age: int) -> bool:
    return (condition.minimum is None or age >= condition.minimum) and (
        condition.maximum is None or age <= condition.maximum
    )
