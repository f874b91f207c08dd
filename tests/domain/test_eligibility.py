"""Who may book: each condition, the facts unknown, and the reason a family reads."""

from datetime import date, time

import pytest

from functions.domain.activity import ActionRule, Activity, Condition, Delay
from functions.domain.eligibility import ChildFacts, FamilyFacts, age_on, failed_condition
from functions.domain.reglement import School
from functions.domain.spans import Span

SCHOOLS = {
    "ile": School("ile", "École de l’Île", public=True, levels=("PS", "CP")),
    "joseph": School("joseph", "Saint-Joseph", public=False, levels=("PS", "CP")),
}
DAY = date(2027, 3, 1)


def activity(*conditions: Condition) -> Activity:
    rule = ActionRule(Delay(24, "hour"), "refused")
    span = Span(date(2026, 9, 1), date(2027, 7, 2))
    return Activity("a", "A", "s", "r", (0,), "school", span, time(9), time(10), rule, rule, "t", conditions=conditions)


def fails(condition: Condition, child: ChildFacts, *, resident: bool = True) -> bool:
    found = failed_condition(activity(condition), SCHOOLS, DAY, child, FamilyFacts(resident=resident))
    return found is not None


PUBLIC = Condition("school_status", "Les repas du privé se réservent à l’école.", "ogec", values=("public",))
OLDER = Condition("age", "De 3 à 11 ans.", "loisirs", minimum=3, maximum=11)


@pytest.mark.parametrize(
    ("condition", "child", "refused"),
    [
        (PUBLIC, ChildFacts(school="ile"), False),
        (PUBLIC, ChildFacts(school="joseph"), True),
        (PUBLIC, ChildFacts(school=""), True),  # not at school
        (PUBLIC, ChildFacts(school=None), False),  # not told
        (Condition("schools", "r", "c", values=("joseph",)), ChildFacts(school="ile"), True),
        (Condition("levels", "r", "c", values=("CP",)), ChildFacts(level="PS"), True),
        (Condition("levels", "r", "c", values=("CP",)), ChildFacts(level="CP"), False),
        (Condition("contracts", "r", "c", values=("occasional",)), ChildFacts(contract="regular"), True),
        (Condition("contracts", "r", "c", values=("occasional",)), ChildFacts(contract="occasional"), False),
        (Condition("contracts", "r", "c", values=("occasional",)), ChildFacts(), False),
        (OLDER, ChildFacts(birth_date=date(2024, 3, 1)), False),  # three that very day
        (OLDER, ChildFacts(birth_date=date(2024, 3, 2)), True),
        (OLDER, ChildFacts(birth_date=date(2015, 3, 2)), False),  # eleven until the day before twelve
        (OLDER, ChildFacts(birth_date=date(2015, 3, 1)), True),
        (OLDER, ChildFacts(), False),
    ],
)
def test_a_condition(condition: Condition, child: ChildFacts, refused: bool) -> None:
    assert fails(condition, child) is refused


def test_residence() -> None:
    here = Condition("residence", "Réservé aux habitants.", "mairie", values=("resident",))

    assert not fails(here, ChildFacts())
    assert fails(here, ChildFacts(), resident=False)


def test_the_first_condition_that_fails_speaks() -> None:
    found = failed_condition(
        activity(PUBLIC, OLDER), SCHOOLS, DAY, ChildFacts(date(2010, 1, 1), "joseph"), FamilyFacts()
    )

    assert found is PUBLIC


def test_a_child_of_29_february_is_older_on_1_march() -> None:
    assert age_on(date(2024, 2, 29), date(2027, 2, 28)) == 2
    assert age_on(date(2024, 2, 29), date(2027, 3, 1)) == 3
    assert age_on(date(2024, 2, 29), date(2028, 2, 29)) == 4
