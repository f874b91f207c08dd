"""The calendar of three zones and three school years, day by day, against what was published.

School holidays: the ministry's calendar (arrêtés « calendrier scolaire » of 2025-2026 and 2026-2027, open data set
fr-en-calendrier-scolaire), first and last day without class, both included. The 2027-2028 figures are those of the
package vacances-scolaires-france 0.12, before the ministry's own page could be compared. Public holidays: article
L3133-1 of the Code du travail; Alsace-Moselle: article L3134-13.
"""

from datetime import date, timedelta
from functools import cache

import pytest

from functions.domain.reglement import Calendar
from functions.domain.spans import Span
from functions.reglement.calendars import build
from functions.reglement.yaml_shapes import CalendarYaml, DatedReason

ZONES = ("A", "B", "C")
YEARS = ["2025-2026", "2026-2027", "2027-2028"]
TOUSSAINT, NOEL, HIVER = "Vacances de la Toussaint", "Vacances de Noël", "Vacances d’hiver"
PRINTEMPS, ETE, PONT = "Vacances de printemps", "Vacances d’été", "Pont de l’Ascension"
SAME_EVERYWHERE = [
    (TOUSSAINT, "2025-10-18", "2025-11-02"),
    (NOEL, "2025-12-20", "2026-01-04"),
    (PONT, "2026-05-15", "2026-05-16"),
    (ETE, "2026-07-04", "2026-08-31"),
    (TOUSSAINT, "2026-10-17", "2026-11-01"),
    (NOEL, "2026-12-19", "2027-01-03"),
    (PONT, "2027-05-06", "2027-05-08"),
    (ETE, "2027-07-03", "2027-08-31"),
    (TOUSSAINT, "2027-10-23", "2027-11-07"),
    (NOEL, "2027-12-18", "2028-01-02"),
    (PONT, "2028-05-26", "2028-05-27"),
    (ETE, "2028-07-04", "2028-08-31"),
]
OF_THE_ZONE = {
    "A": [
        (HIVER, "2026-02-07", "2026-02-22"),
        (PRINTEMPS, "2026-04-04", "2026-04-19"),
        (HIVER, "2027-02-13", "2027-02-28"),
        (PRINTEMPS, "2027-04-10", "2027-04-25"),
        (HIVER, "2028-02-19", "2028-03-05"),
        (PRINTEMPS, "2028-04-22", "2028-05-08"),
    ],
    "B": [
        (HIVER, "2026-02-14", "2026-03-01"),
        (PRINTEMPS, "2026-04-11", "2026-04-26"),
        (HIVER, "2027-02-20", "2027-03-07"),
        (PRINTEMPS, "2027-04-17", "2027-05-02"),
        (HIVER, "2028-02-05", "2028-02-20"),
        (PRINTEMPS, "2028-04-08", "2028-04-23"),
    ],
    "C": [
        (HIVER, "2026-02-21", "2026-03-08"),
        (PRINTEMPS, "2026-04-18", "2026-05-03"),
        (HIVER, "2027-02-06", "2027-02-21"),
        (PRINTEMPS, "2027-04-03", "2027-04-18"),
        (HIVER, "2028-02-12", "2028-02-27"),
        (PRINTEMPS, "2028-04-15", "2028-05-01"),
    ],
}
FIRST_DAYS_OF_CLASS = ("2025-09-01", "2026-09-01", "2027-09-01")  # rentrées: the summer ends the day before
PUBLIC_HOLIDAYS = {
    2026: "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25",
    2027: "01-01 03-29 05-01 05-06 05-08 05-17 07-14 08-15 11-01 11-11 12-25",
}
ALSACE_MOSELLE = {2026: ["2026-04-03", "2026-12-26"], 2027: ["2027-03-26", "2027-12-26"]}


@cache
def compiled(zone: str, alsace: str = "non") -> Calendar:
    return build(CalendarYaml(annees_scolaires=YEARS, alsace_moselle=alsace), zone)  # type: ignore[arg-type]


def published(zone: str) -> list[Span]:
    rows = sorted(SAME_EVERYWHERE + OF_THE_ZONE[zone], key=lambda row: row[1])
    return [Span(date.fromisoformat(first), date.fromisoformat(last), name) for name, first, last in rows]


def days(spans: list[Span]) -> dict[date, str]:
    return {
        span.first + timedelta(days=offset): span.name
        for span in spans
        for offset in range((span.last - span.first).days + 1)
    }


@pytest.mark.parametrize("zone", ZONES)
def test_the_vacations_are_those_published_neither_more_nor_less(zone: str) -> None:
    assert list(compiled(zone).vacations) == [span for span in published(zone) if span.name != PONT]


@pytest.mark.parametrize("zone", ZONES)
def test_no_day_of_three_years_is_with_or_without_class_by_mistake(zone: str) -> None:
    calendar = compiled(zone)
    wanted = days(published(zone))

    assert calendar.school_holidays == {day: name for day, name in wanted.items() if name != PONT}
    assert calendar.class_free == {day: name for day, name in wanted.items() if name == PONT}


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("first_day", FIRST_DAYS_OF_CLASS)
def test_class_begins_on_the_day_of_the_rentree(zone: str, first_day: str) -> None:
    calendar = compiled(zone)
    day = date.fromisoformat(first_day)

    assert day not in calendar.school_holidays
    assert day - timedelta(days=1) in calendar.school_holidays or day == calendar.span.first


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("year", PUBLIC_HOLIDAYS)
def test_the_public_holidays_of_a_year(zone: str, year: int) -> None:
    found = [day.isoformat() for day in compiled(zone).public_holidays if day.year == year]

    assert found == [f"{year}-{day}" for day in PUBLIC_HOLIDAYS[year].split()]


@pytest.mark.parametrize("year", ALSACE_MOSELLE)
def test_alsace_moselle_has_good_friday_and_the_day_after_christmas_as_well(year: int) -> None:
    plain, alsace = compiled("B").public_holidays, compiled("B", "oui").public_holidays
    more = [day.isoformat() for day in alsace if day not in plain and day.year == year]

    assert more == ALSACE_MOSELLE[year]
    assert {day: name for day, name in alsace.items() if day in plain} == plain


def test_the_names_read_as_french() -> None:
    calendar = compiled("A", "oui")
    names = {*calendar.public_holidays.values(), *calendar.school_holidays.values(), *calendar.class_free.values()}

    assert names >= {"Jour de l’an", "Lundi de Pâques", "Vendredi saint", "Saint-Étienne", ETE, PONT}
    assert not [name for name in names if "'" in name or not name[0].isupper()]


def test_a_day_off_that_runs_into_the_holidays_takes_nothing_from_them() -> None:
    off = DatedReason(du=date(2026, 10, 15), au=date(2026, 10, 19), motif="Travaux")
    calendar = build(CalendarYaml(annees_scolaires=YEARS, jours_sans_classe=[off]), "B")

    assert [day.day for day, name in calendar.class_free.items() if name == "Travaux"] == [15, 16]
    assert calendar.school_holidays[date(2026, 10, 17)] == TOUSSAINT
