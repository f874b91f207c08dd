"""Whether a child may book an activity, and if not, why and whom to call."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from functions.domain.activity import Activity, Condition
from functions.domain.reglement import School
from functions.domain.school_years import first_year_of

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """`school`, `level` and `contract`: "" means none, None means not known, and then nothing is refused for it.

    For its prices: `sibling_rank` 1 is the first child of the family; `packed_meal`: it brings its own (PAI).
    """

    birth_date: date | None = None
    school: str | None = None
    level: str | None = None
    contract: str | None = None
    sibling_rank: int = 1
    packed_meal: bool = False


@dataclass(frozen=True, slots=True)
class FamilyFacts:
    """`quotient_familial_centimes` is in centimes of QF, `resources_centimes` a month's resources. `children_count` are
    its dependent children, `aeeh_children` those of them with an AEEH.
    """

    quotient_familial_centimes: int | None = None
    resident: bool = True
    resources_centimes: int | None = None
    children_count: int = 1
    aeeh_children: int = 0


def failed_condition(
    activity: Activity, schools: Mapping[str, School], day: date, child: ChildFacts, family: FamilyFacts
) -> Condition | None:
    """The first condition the child does not meet, in the town's order."""
    for item in activity.conditions:
        if item.kind == "age":
            met = child.birth_date is None or _age_fits(item, child.birth_date, age_day(item, activity, day))
        else:
            fact = _fact(item.kind, schools, child, family)
            met = fact is None or fact in item.values
        if not met:
            return item
    return None


def age_on(birth: date, day: date) -> int:
    """Completed years. Born on 29 February: a year older on 1 March of common years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def months_on(birth: date, day: date) -> int:
    """Completed months. Born on the 31st: a month older on the 1st that follows a month of 30 days."""
    return (day.year - birth.year) * _MONTHS + day.month - birth.month - (day.day < birth.day)


def age_day(condition: Condition, activity: Activity, day: date) -> date:
    """The day on which the age is looked at, for a child that comes on `day`."""
    if condition.age_on == "session":
        session = activity.session_on(day)
        return session.first if session else day
    if condition.age_on == "school_year":
        return date(first_year_of(day), 9, 1)
    if condition.age_on == "year_end":
        return date(first_year_of(day), 12, 31)
    return day


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


def _age_fits(condition: Condition, birth: date, day: date) -> bool:
    age = months_on(birth, day) if condition.in_months else age_on(birth, day)
    return (condition.minimum is None or age >= condition.minimum) and (
        condition.maximum is None or age <= condition.maximum
    )
