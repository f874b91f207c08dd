"""Calendars compiled from the libraries, against the ministry's published dates (inclusive first and last days)."""

from datetime import date

import pytest

from functions.domain.reglement import Calendar
from functions.reglement.calendars import build
from functions.reglement.yaml_shapes import CalendarYaml

YEARS = ["2025-2026", "2026-2027", "2027-2028"]
COMMON = [
    ("Vacances de la Toussaint", date(2025, 10, 18), date(2025, 11, 2)),
    ("Vacances de Noël", date(2025, 12, 20), date(2026, 1, 4)),
    ("Vacances d’été", date(2026, 7, 4), date(2026, 8, 31)),
    ("Vacances de la Toussaint", date(2026, 10, 17), date(2026, 11, 1)),
    ("Vacances de Noël", date(2026, 12, 19), date(2027, 1, 3)),
    ("Vacances d’été", date(2027, 7, 3), date(2027, 8, 31)),
    ("Vacances de la Toussaint", date(2027, 10, 23), date(2027, 11, 7)),
    ("Vacances de Noël", date(2027, 12, 18), date(2028, 1, 2)),
]
BY_ZONE = {
    "A": [
        ("Vacances d’hiver", date(2026, 2, 7), date(2026, 2, 22)),
        ("Vacances de printemps", date(2026, 4, 4), date(2026, 4, 19)),
        ("Vacances d’hiver", date(2027, 2, 13), date(2027, 2, 28)),
        ("Vacances de printemps", date(2027, 4, 10), date(2027, 4, 25)),
    ],
    "B": [
        ("Vacances d’hiver", date(2026, 2, 14), date(2026, 3, 1)),
        ("Vacances de printemps", date(2026, 4, 11), date(2026, 4, 26)),
        ("Vacances d’hiver", date(2027, 2, 20), date(2027, 3, 7)),
        ("Vacances de printemps", date(2027, 4, 17), date(2027, 5, 2)),
    ],
    "C": [
        ("Vacances d’hiver", date(2026, 2, 21), date(2026, 3, 8)),
        ("Vacances de printemps", date(2026, 4, 18), date(2026, 5, 3)),
        ("Vacances d’hiver", date(2027, 2, 6), date(2027, 2, 21)),
        ("Vacances de printemps", date(2027, 4, 3), date(2027, 4, 18)),
    ],
}


def calendar(zone: str, *, alsace: str = "non") -> Calendar:
    return build(CalendarYaml(annees_scolaires=YEARS, alsace_moselle=alsace), zone)  # type: ignore[arg-type]


@pytest.mark.parametrize("zone", ["A", "B", "C"])
def test_school_holidays_of_the_zone(zone: str) -> None:
    found = {(span.name, span.first, span.last) for span in calendar(zone).vacations}

    assert found >= {*COMMON, *BY_ZONE[zone]}


def test_ascension_bridges_of_every_year() -> None:
    found = {day for day, name in calendar("B").class_free.items() if name == "Pont de l’Ascension"}

    assert found >= {date(2026, 5, 15), date(2026, 5, 16), date(2027, 5, 7), date(2027, 5, 8), date(2028, 5, 26)}


def test_a_bridge_is_no_school_holiday() -> None:
    found = calendar("B")

    assert not found.class_free.keys() & found.school_holidays.keys()


def test_public_holidays() -> None:
    found = calendar("B").public_holidays

    assert [day for day in found if day.year == 2027] == [
        date(2027, month, day)
        for month, day in (
            (1, 1), (3, 29), (5, 1), (5, 6), (5, 8), (5, 17), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25),
        )
    ]  # fmt: skip
    assert date(2027, 3, 26) in calendar("B", alsace="oui").public_holidays
