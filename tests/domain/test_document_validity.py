"""Until when a justificatif is valid: a table written from the calendar, with a pencil."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.activity import ActionRule, Activity, Delay, RequiredDocument
from functions.domain.document_validity import (
    MissingDocument,
    is_valid,
    missing_documents,
    missing_in_words,
    valid_until,
)
from functions.domain.reglement import Document
from functions.domain.school_years import previous_year, school_year_of, span_of_year
from functions.domain.spans import Span, months_later


def lasting(months: int | None = None, until: str = "") -> Document:
    return Document("d", "Document", valid_months=months, valid_until=until)


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),  # leap year
        (date(2026, 9, 15), 12, date(2027, 9, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 4, 30), 1, date(2026, 5, 30)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 10, 1), 3, date(2027, 1, 1)),
        (date(2026, 10, 1), 0, date(2026, 10, 1)),
    ],
)
def test_months_are_those_of_the_calendar(day: date, months: int, last: date) -> None:
    assert months_later(day, months) == last
    assert valid_until(lasting(months), day) == last


@pytest.mark.parametrize(
    ("document", "dated", "last"),
    [
        (lasting(), date(2010, 1, 1), None),
        (lasting(until="school_year"), date(2026, 9, 1), date(2027, 8, 31)),
        (lasting(until="school_year"), date(2026, 12, 31), date(2027, 8, 31)),
        (lasting(until="school_year"), date(2027, 1, 1), date(2027, 8, 31)),
        (lasting(until="school_year"), date(2026, 8, 31), date(2026, 8, 31)),  # the year that ends that very day
        (lasting(until="civil_year"), date(2026, 1, 1), date(2026, 12, 31)),
        (lasting(until="civil_year"), date(2026, 12, 31), date(2026, 12, 31)),
        (lasting(12, "school_year"), date(2026, 10, 5), date(2027, 8, 31)),  # the earlier of both
        (lasting(3, "school_year"), date(2026, 10, 5), date(2027, 1, 5)),
        (lasting(12, "civil_year"), date(2026, 10, 5), date(2026, 12, 31)),
    ],
)
def test_the_last_day_a_document_is_valid(document: Document, dated: date, last: date | None) -> None:
    assert valid_until(document, dated) == last


def test_the_last_day_is_valid_and_the_next_is_not() -> None:
    six_months = lasting(6)

    assert is_valid(six_months, date(2026, 8, 31), date(2027, 2, 28))
    assert not is_valid(six_months, date(2026, 8, 31), date(2027, 3, 1))
    assert is_valid(lasting(), date(1999, 1, 1), date(2099, 1, 1))


def test_a_document_newer_than_the_day_is_not_held_against_the_family() -> None:
    assert is_valid(lasting(until="school_year"), date(2027, 9, 1), date(2027, 6, 30))


DATES = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@given(DATES, st.integers(0, 240))
def test_a_time_in_months_ends_in_that_month_on_that_day_or_the_last(day: date, months: int) -> None:
    later = months_later(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(DATES, DATES, st.integers(0, 60), st.sampled_from(["", "school_year", "civil_year"]))
def test_a_newer_document_never_ends_sooner(one: date, other: date, months: int, until: str) -> None:
    document = lasting(months, until)
    older, newer = (valid_until(document, dated) for dated in sorted((one, other)))

    assert older is not None
    assert newer is not None
    assert older <= newer
    assert newer >= max(one, other)


INSURANCE = Document("assurance", "Attestation d’assurance", valid_until="school_year")
VACCINES = Document("vaccins", "Copie des vaccins à jour", valid_months=12)
NUMBER = Document("allocataire", "Numéro d’allocataire")
KNOWN = {each.id: each for each in (INSURANCE, VACCINES, NUMBER)}
RULE = ActionRule(Delay(24, "hour"), "refused")
CANTEEN = Activity(
    "cantine", "Cantine", "s", "r", (0,), "school", Span(date(2026, 9, 1), date(2027, 7, 2)),
    time(12), time(13), RULE, RULE, "t",
    required_documents=(
        RequiredDocument("allocataire"),
        RequiredDocument("assurance", blocking=True),
        RequiredDocument("vaccins", "booking", blocking=True),
    ),
)  # fmt: skip


def test_nothing_is_missing_when_nobody_looked() -> None:
    assert missing_documents(KNOWN, CANTEEN, None, date(2026, 9, 1)) == ()


def test_each_document_is_told_absent_or_expired() -> None:
    given_ones = {"assurance": date(2025, 9, 1), "vaccins": date(2026, 3, 1)}
    missing = missing_documents(KNOWN, CANTEEN, given_ones, date(2026, 9, 1))

    assert missing == (
        MissingDocument("allocataire", "absent", "enrolment", blocking=False),
        MissingDocument("assurance", "expired", "enrolment", blocking=True, valid_until=date(2026, 8, 31)),
    )
    assert missing_in_words(KNOWN, missing[0]) == "Numéro d’allocataire (à fournir)"
    assert missing_in_words(KNOWN, missing[1]) == (
        "Attestation d’assurance (valable jusqu’au 31\u00a0août\u00a02026, à renouveler)"
    )


@pytest.mark.parametrize(("at", "documents"), [("enrolment", ["allocataire", "assurance"]), ("booking", ["vaccins"])])
def test_what_is_asked_for_at_one_moment_only(at: str, documents: list[str]) -> None:
    assert [item.document for item in missing_documents(KNOWN, CANTEEN, {}, date(2026, 9, 1), at=at)] == documents


def test_a_document_valid_in_september_misses_in_spring() -> None:
    everything = {"allocataire": date(2020, 1, 1), "assurance": date(2026, 9, 1), "vaccins": date(2026, 3, 1)}

    assert missing_documents(KNOWN, CANTEEN, everything, date(2027, 3, 1)) == ()
    assert [item.document for item in missing_documents(KNOWN, CANTEEN, everything, date(2027, 3, 2))] == ["vaccins"]


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 8, 31), "2025-2026"),
        (date(2026, 9, 1), "2026-2027"),
        (date(2027, 1, 1), "2026-2027"),
        (date(2027, 8, 31), "2026-2027"),
    ],
)
def test_a_school_year_begins_on_1_september(day: date, year: str) -> None:
    assert school_year_of(day) == year
    assert span_of_year(year).holds(day)


def test_school_years_follow_one_another() -> None:
    assert previous_year("2026-2027") == "2025-2026"
    assert span_of_year("2026-2027") == Span(date(2026, 9, 1), date(2027, 8, 31), "2026-2027")
    for wrong in ("2026-2028", "2026", "an prochain"):
        with pytest.raises(ValueError, match=r"school year|invalid literal"):
            span_of_year(wrong)
