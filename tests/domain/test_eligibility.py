"""Who may book: each condition, the facts unknown, and the reason a family reads."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.activity import ActionRule, Activity, Condition, Delay, Session
from functions.domain.eligibility import ChildFacts, FamilyFacts, age_on, failed_condition, months_on
from functions.domain.reglement import School
from functions.domain.spans import Span

SCHOOLS = {
    "ile": School("ile", "École de l’Île", public=True, levels=("PS", "CP")),
    "joseph": School("joseph", "Saint-Joseph", public=False, levels=("PS", "CP")),
}
DAY = date(2027, 3, 1)
SPRING = Session("printemps", "Printemps", date(2027, 4, 19), date(2027, 4, 30))


def activity(*conditions: Condition) -> Activity:
    rule = ActionRule(Delay(24, "hour"), "refused")
    span = Span(date(2026, 9, 1), date(2027, 7, 2))
    return Activity(
        "a", "A", "s", "r", (0,), "school", span, time(9), time(10), rule, rule, "t",
        conditions=conditions, sessions=(SPRING,),
    )  # fmt: skip


def fails(condition: Condition, child: ChildFacts, day: date = DAY, *, resident: bool = True) -> bool:
    found = failed_condition(activity(condition), SCHOOLS, day, child, FamilyFacts(resident=resident))
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


def at_three(when: str) -> Condition:
    return Condition("age", "À partir de 3 ans.", "loisirs", minimum=3, age_on=when)


@pytest.mark.parametrize(
    ("when", "birth", "day", "refused"),
    [
        ("day", date(2024, 4, 21), date(2027, 4, 20), True),
        ("day", date(2024, 4, 21), date(2027, 4, 21), False),  # three in the middle of the session
        ("session", date(2024, 4, 19), date(2027, 4, 28), False),  # three on its first day
        ("session", date(2024, 4, 20), date(2027, 4, 28), True),  # the next day: not even at its end
        ("session", date(2024, 4, 20), date(2027, 5, 3), False),  # outside the sessions: the day itself
        ("school_year", date(2023, 9, 1), date(2026, 9, 2), False),
        ("school_year", date(2023, 9, 1), date(2027, 6, 30), False),
        ("school_year", date(2023, 9, 2), date(2026, 9, 3), True),
        ("school_year", date(2023, 9, 2), date(2027, 8, 31), True),  # until the very end of that school year
        ("school_year", date(2023, 9, 2), date(2027, 9, 1), False),  # and no longer in the next
        ("year_end", date(2023, 12, 31), date(2026, 9, 1), False),  # three within the year that begins the school year
        ("year_end", date(2023, 12, 31), date(2027, 3, 1), False),
        ("year_end", date(2024, 1, 1), date(2027, 3, 1), True),  # already three that day, but not on 31 December 2026
        ("year_end", date(2024, 1, 1), date(2027, 9, 1), False),
    ],
)
def test_the_age_is_looked_at_on_the_day_the_town_says(when: str, birth: date, day: date, refused: bool) -> None:
    assert fails(at_three(when), ChildFacts(birth_date=birth), day) is refused


@pytest.mark.parametrize(
    ("birth", "day", "months"),
    [
        (date(2024, 9, 1), date(2027, 3, 1), 30),
        (date(2024, 9, 2), date(2027, 3, 1), 29),
        (date(2024, 12, 31), date(2027, 2, 28), 25),
        (date(2024, 12, 31), date(2027, 3, 1), 26),
        (date(2024, 2, 29), date(2025, 2, 28), 11),
        (date(2024, 2, 29), date(2025, 3, 1), 12),
        (date(2027, 1, 31), date(2027, 1, 31), 0),
    ],
)
def test_ages_in_completed_months(birth: date, day: date, months: int) -> None:
    assert months_on(birth, day) == months


def test_an_age_in_months_is_compared_in_months() -> None:
    babies = Condition("age", "De 3 à 30 mois.", "creche", minimum=3, maximum=30, in_months=True)

    assert fails(babies, ChildFacts(birth_date=date(2026, 12, 2)))
    assert not fails(babies, ChildFacts(birth_date=date(2026, 12, 1)))
    assert not fails(babies, ChildFacts(birth_date=date(2024, 8, 2)))  # thirty months until the day before thirty-one
    assert fails(babies, ChildFacts(birth_date=date(2024, 8, 1)))


DATES = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@given(DATES, DATES)
def test_years_are_twelve_completed_months(birth: date, day: date) -> None:
    birth, day = sorted((birth, day))

    assert age_on(birth, day) == months_on(birth, day) // 12
