"""The place of a child among those of its file: what a price « selon le rang » is looked up with in the calendar."""

from dataclasses import replace
from datetime import date

from support import factories, ordering

from functions.domain.child_days import facts_of
from functions.domain.foyer import Child

DAY = date(2026, 12, 1)


def child(name: str, birth_date: date | None) -> Child:
    return replace(factories.child(name), birth_date=birth_date)


def ranks(*children: Child) -> dict[str, int]:
    file = ordering.family(*children)
    return {each.first_name: facts_of(ordering.RULES, file, each, DAY, DAY)[0].sibling_rank for each in children}


def test_the_eldest_is_the_first_whatever_the_order_of_the_file() -> None:
    young, old = child("Zoé", date(2020, 6, 30)), child("Léo", date(2018, 3, 12))

    assert ranks(young, old) == {"Léo": 1, "Zoé": 2}


def test_twins_follow_each_other_so_that_one_price_only_is_the_first_s() -> None:
    day = date(2019, 5, 1)

    assert ranks(child("Ana", day), child("Eve", day), child("Tom", date(2021, 1, 1))) == {"Ana": 1, "Eve": 2, "Tom": 3}


def test_a_child_whose_birth_date_nobody_wrote_down_comes_last() -> None:
    assert ranks(child("Ana", None), child("Eve", date(2019, 5, 1))) == {"Eve": 1, "Ana": 2}


def test_an_only_child_is_the_first() -> None:
    assert ranks(child("Ana", date(2019, 5, 1))) == {"Ana": 1}
