"""Receipt numbers, versions of a calendar, and the agenda."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import factories, town

from functions.domain import agenda
from functions.domain.errors import Invalid
from functions.domain.foyer import Address, Allocataire, FoyerFile
from functions.domain.months import BookedDay, ChildMonth, calendar_version, unchanged_since
from functions.domain.places import Seated, places_of, room_left
from functions.domain.receipts import canonical_key, key_prefix, read_number, receipt_number

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
MONTH = "2026-12"
WEDNESDAY = date(2026, 12, 9)


@given(st.uuids())
def test_a_receipt_number_leads_back_to_the_beginning_of_its_key(key: uuid.UUID) -> None:
    number = receipt_number(str(key), NOW)

    assert str(key).startswith(key_prefix(number))
    assert read_number(number) == number
    assert read_number(f" {number.lower()} ") == number


def test_a_receipt_number_is_dated_in_paris_and_forgives_misread_letters() -> None:
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)

    assert receipt_number("00000000-0001-4000-8000-000000000000", new_year) == "R-2701-00000000"
    assert receipt_number("ffffffff-ffff-4000-8000-000000000000", NOW) == "R-2611-ZZZZZZZZ"
    assert read_number("r-2611-o0il0000") == "R-2611-00110000"


NO_NUMBERS = ["", "R-2611", "R-2611-7K3QF9", "R-2611-7K3QF9U8", "X-2611-7K3QF9A8", "R-26-11", "é" * 15]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_receipt_number_is_not_looked_for(text: str) -> None:
    assert read_number(text) == ""


def test_a_key_that_is_no_uuid_is_refused() -> None:
    assert canonical_key("3F2A9C1E-7B00-4000-8000-00000000000A") == "3f2a9c1e-7b00-4000-8000-00000000000a"
    with pytest.raises(Invalid):
        canonical_key("une-cle-de-plus-de-seize-lettres")


def test_a_calendar_is_unchanged_as_long_as_the_children_asked_for_are() -> None:
    leo = ChildMonth("a" * 32, "cantine", "2026-12", version=1)
    zoe = ChildMonth("b" * 32, "cantine", "2026-12", version=0)
    seen = calendar_version("hash-of-the-rules", "2026-12", "cantine", [leo, zoe])

    assert unchanged_since(seen, MONTH, [leo, zoe])
    assert unchanged_since(seen, MONTH, [leo, replace(zoe, version=0)])
    assert unchanged_since(calendar_version("other-rules", MONTH, "cantine", [leo, zoe]), MONTH, [leo])
    assert unchanged_since(seen, MONTH, [leo])
    assert not unchanged_since(seen, MONTH, [leo, replace(zoe, version=1)])
    assert not unchanged_since(seen, MONTH, [replace(leo, month="2027-01")])
    assert not unchanged_since(seen, MONTH, [replace(leo, activity="garderie")])
    assert not unchanged_since(seen, MONTH, [ChildMonth("c" * 32, "cantine", "2026-12")])
    for broken in ("", "*", ".", "....", "W/", seen.replace("-", "")):
        assert not unchanged_since(broken, MONTH, [leo])


def test_room_is_what_the_tightest_counter_leaves() -> None:
    places = places_of(town.WEDNESDAY, Seated("tilleuls", None), WEDNESDAY)

    assert places == {"_tous": 3, "tilleuls": 2}
    assert places_of(town.WEDNESDAY, Seated("acacias", None), WEDNESDAY) == {"_tous": 3}
    assert places_of(town.DAYCARE, Seated("tilleuls", None), WEDNESDAY) == {}
    assert room_left(places, {}, WEDNESDAY) == 2
    assert room_left(places, {"_tous": {WEDNESDAY: 2}, "tilleuls": {WEDNESDAY: 1}}, WEDNESDAY) == 1
    assert room_left(places, {"tilleuls": {WEDNESDAY: 5}}, WEDNESDAY) == 0
    assert room_left({}, {"_tous": {WEDNESDAY: 5}}, WEDNESDAY) is None


def test_the_agenda_is_in_the_order_of_days_and_hours() -> None:
    leo, zoe = factories.child("Léo", school="tilleuls"), factories.child("Zoé", school="tilleuls")
    file = FoyerFile(
        "f", "F1", Address("1 rue", "49000", "Essai"), Allocataire(), resident=True, guardians=(), children=(leo, zoe)
    )
    monday, tuesday = date(2026, 12, 7), date(2026, 12, 8)
    late = BookedDay(tuesday, 340, "r", "cancelled_late")

    def month(child_id: str, activity: str, *days: BookedDay) -> ChildMonth:
        return ChildMonth(child_id, activity, "2026-12", days, 1)

    entries = agenda.entries(
        town.reglement(),
        file,
        [
            month(zoe.person_id, "garderie", BookedDay(monday, 200, "r")),
            month(zoe.person_id, "cantine", BookedDay(monday, 340, "r"), late),
            month(leo.person_id, "cantine", BookedDay(date(2026, 12, 1), 340, "r"), BookedDay(monday, 340, "r")),
            month(leo.person_id, "poterie", BookedDay(monday, 500, "r")),
            month("gone", "cantine", BookedDay(monday, 340, "r")),
        ],
        date(2026, 12, 2),
        NOW,
    )

    assert [(entry.day, entry.start, entry.given_name, entry.activity_name, entry.status) for entry in entries] == [
        (monday, None, "Léo", "poterie", "booked"),
        (monday, "11:30", "Léo", "Restauration scolaire", "booked"),
        (monday, "11:30", "Zoé", "Restauration scolaire", "booked"),
        (monday, "16:30", "Zoé", "Garderie du soir", "booked"),
        (tuesday, "11:30", "Zoé", "Restauration scolaire", "cancelled_late"),
    ]
    assert entries[1].cancel_until == datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC)
    assert entries[0].cancel_until is None
    assert entries[-1].cancel_until is None
