"""Child-months and seat counters on the real engine."""

from dataclasses import replace
from datetime import date

import pytest
from support import factories

from functions.domain.months import BookedDay, ChildMonth
from functions.store import foyers, months
from functions.store.models import Core
from functions.store.transactions import ConditionFailed, Transaction

pytestmark = pytest.mark.usefixtures("settings")

DAYS = (
    BookedDay(date(2026, 12, 1), 340, "a" * 64, places=("tilleuls",)),
    BookedDay(date(2026, 12, 3), 0, "b" * 64, late=True, places=("_tous", "tilleuls")),
    BookedDay(date(2026, 12, 4), 1_250, "a" * 64, state="cancelled_late"),
)


def write(foyer_id: str, *written: ChildMonth) -> None:
    transaction = Transaction()
    for month in written:
        months.add_month(transaction, foyer_id, month)
    transaction.commit()


def move(moves: dict[int, int], capacity: int = 2) -> None:
    transaction = Transaction()
    months.move_seats(transaction, "cantine", "tilleuls", "2026-12", moves, capacity)
    transaction.commit()


def taken() -> dict[int, int]:
    return months.seats_taken("cantine", "tilleuls", "2026-12")


def test_a_month_comes_back_as_it_was_written() -> None:
    leo = factories.child("Léo")
    file = factories.family(leo)
    month = ChildMonth(leo.person_id, "cantine", "2026-12", DAYS)

    write(file.foyer_id, month)
    family = months.load_family(file.foyer_id, "2026-12")

    assert family is not None
    assert family.month(leo.person_id, "cantine", "2026-12") == replace(month, version=1)
    assert family.file == file


def test_a_month_is_written_only_over_the_version_that_was_read() -> None:
    leo = factories.child("Léo")
    file = factories.family(leo)
    month = ChildMonth(leo.person_id, "cantine", "2026-12", DAYS)
    write(file.foyer_id, month)

    for stale in (month, replace(month, version=2)):
        with pytest.raises(ConditionFailed) as failed:
            write(file.foyer_id, stale)
        assert failed.value.labels == (f"month:{leo.person_id}",)

    write(file.foyer_id, replace(month, version=1, days=()))
    family = months.load_family(file.foyer_id, "2026-12")
    assert family is not None
    assert family.month(leo.person_id, "cantine", "2026-12") == replace(month, version=2, days=())


def test_one_query_brings_the_file_and_the_months_from_the_one_asked_for() -> None:
    leo = factories.child("Léo")
    file = factories.family(leo)
    numbers = ("2026-11", "2026-12", "2027-01")
    write(file.foyer_id, *(ChildMonth(leo.person_id, "cantine", number) for number in numbers))

    family = months.load_family(file.foyer_id, "2026-12")

    assert family is not None
    assert [month.month for month in family.months] == ["2026-12", "2027-01"]
    assert family.month(leo.person_id, "garderie", "2026-12") == ChildMonth(leo.person_id, "garderie", "2026-12")


def test_a_family_that_does_not_exist_is_none() -> None:
    assert months.load_family("0" * 32, "2026-12") is None


def test_a_full_month_fits_in_one_kilobyte() -> None:
    leo = factories.child("Léo")
    file = factories.family(leo)
    days = tuple(
        BookedDay(date(2026, 12, day), 1_234, ("a" * 64, "b" * 64)[day % 2], late=True, places=("_tous", "tilleuls"))
        for day in range(1, 24)
    )

    write(file.foyer_id, ChildMonth(leo.person_id, "restauration-scolaire", "2026-12", days))

    item = next(iter(Core.query(foyers.partition(file.foyer_id), Core.sk.startswith("MOIS#"))))
    size = sum(len(name) + len(str(value)) for name, value in item.attribute_values.items())
    assert size <= 1024


def test_seats_are_taken_up_to_the_capacity_and_not_beyond() -> None:
    move({1: 1, 2: 2})
    move({1: 1})

    with pytest.raises(ConditionFailed) as failed:
        move({1: 1, 3: 1})

    assert failed.value.labels == ("seats:tilleuls",)
    assert taken() == {1: 2, 2: 2}


def test_more_children_than_seats_are_refused_on_an_empty_day() -> None:
    with pytest.raises(ConditionFailed):
        move({1: 3})

    assert taken() == {}


def test_giving_back_is_never_refused_even_over_a_lowered_capacity() -> None:
    move({1: 5}, capacity=5)

    move({1: -1}, capacity=2)
    with pytest.raises(ConditionFailed):
        move({1: 1}, capacity=2)

    assert taken() == {1: 4}


def test_giving_back_one_day_does_not_open_another() -> None:
    move({1: 2, 2: 2})

    with pytest.raises(ConditionFailed):
        move({1: -1, 2: 1})

    assert taken() == {1: 2, 2: 2}


def test_nothing_to_move_writes_nothing() -> None:
    transaction = Transaction()
    months.move_seats(transaction, "cantine", "tilleuls", "2026-12", {}, 2)
    transaction.put("other", Core("ESSAI", "A"))
    transaction.commit()

    assert taken() == {}


def test_a_day_that_awaits_an_agent_comes_back_as_such() -> None:
    leo = factories.child("Léo")
    file = factories.family(leo)
    awaits = BookedDay(date(2026, 12, 1), 340, "a" * 64, state="awaiting", places=("session:noel:2026-12",))

    write(file.foyer_id, ChildMonth(leo.person_id, "cantine", "2026-12", (awaits,)))

    family = months.load_family(file.foyer_id, "2026-12")
    assert family is not None
    assert family.month(leo.person_id, "cantine", "2026-12").days == (awaits,)


def test_a_month_that_is_only_relied_on_is_checked_and_left_alone() -> None:
    leo = factories.child("Léo")
    file = factories.family(leo)
    january = ChildMonth(leo.person_id, "cantine", "2027-01")
    write(file.foyer_id, replace(january, days=(BookedDay(date(2027, 1, 5), 340, "r"),)))

    def check(version: int, month: str = "2027-01") -> None:
        transaction = Transaction()
        months.check_month(transaction, file.foyer_id, replace(january, month=month, version=version))
        transaction.commit()

    check(1)
    check(0, "2027-02")
    for version, month in ((0, "2027-01"), (2, "2027-01"), (1, "2027-02")):
        with pytest.raises(ConditionFailed) as failed:
            check(version, month)
        assert failed.value.labels == (f"month:{leo.person_id}",)
    family = months.load_family(file.foyer_id, "2027-01")
    assert family is not None
    assert [(month.month, month.version) for month in family.months] == [("2027-01", 1)]
