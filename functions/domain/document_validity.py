"""Justificatifs: until when one is valid, and which ones an activity still misses.

A document has one date: the day it was drawn up or, for one that covers a period (an insurance), the first day it
covers. It is not held against a family that a day comes before that date: when next year's insurance takes the place
of this year's, the last days of June stay insured.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from functions.domain.activity import Activity
from functions.domain.french import plain_day
from functions.domain.reglement import Document
from functions.domain.school_years import first_year_of
from functions.domain.spans import months_later


@dataclass(frozen=True, slots=True)
class MissingDocument:
    """`why`: "absent", or "expired" since the end of `valid_until`. `at`: "enrolment" or "booking"."""

    document: str
    why: str
    at: str
    blocking: bool
    valid_until: date | None = None


def valid_until(document: Document, dated: date) -> date | None:
    """The last day it is valid, included: the earlier of its two limits; None: for ever."""
    limits = []
    if document.valid_months is not None:
        limits.append(months_later(dated, document.valid_months))
    if document.valid_until == "school_year":
        limits.append(date(first_year_of(dated) + 1, 8, 31))
    if document.valid_until == "civil_year":
        limits.append(date(dated.year, 12, 31))
    return min(limits, default=None)


def is_valid(document: Document, dated: date, day: date) -> bool:
    """Whether it is still valid on a day of care."""
    until = valid_until(document, dated)
    return until is None or day <= until


def missing_documents(
    known: Mapping[str, Document],
    activity: Activity,
    documents: Mapping[str, date] | None,
    day: date,
    *,
    at: str | None = None,
) -> tuple[MissingDocument, ...]:
    """What the activity asks for and the family has not, or no more on that day of care, in the town's order.

    `known`: the town's documents by id; `documents`: date by id of those the family gave, None when nobody looked:
    nothing is then said to miss. `at`: only what is asked for at "enrolment", or at "booking".
    """
    if documents is None:
        return ()
    found = []
    for asked in activity.required_documents:
        if at not in (None, asked.at):
            continue
        dated = documents.get(asked.document)
        if dated is None:
            found.append(MissingDocument(asked.document, "absent", asked.at, asked.blocking))
        elif not is_valid(known[asked.document], dated, day):
            until = valid_until(known[asked.document], dated)
            found.append(MissingDocument(asked.document, "expired", asked.at, asked.blocking, until))
    return tuple(found)


def missing_in_words(known: Mapping[str, Document], missing: MissingDocument) -> str:
    """« Copie des vaccins (à fournir) », « Assurance (valable jusqu’au 31 août 2026, à renouveler) »."""
    name = known[missing.document].name
    if missing.valid_until is None:
        return f"{name} (à fournir)"
    return f"{name} (valable jusqu’au {plain_day(missing.valid_until)}, à renouveler)"
