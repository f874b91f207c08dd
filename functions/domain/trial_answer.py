"""The shape of what the rules answer to a question (docs/regles.md; it only grows). Instants and days are ISO texts.

`source` and `choice` are the town's own sentence and what it left open; None when the town gives none.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CancellingAnswer:
    """As domain.windows.Window: UTC (« …Z ») and, under `_paris`, on the clock of Paris."""

    allowed: bool
    until: str | None
    until_paris: str | None
    late: bool
    after: str
    final: str | None
    final_paris: str | None
    source: str | None
    choice: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingAnswer(CancellingAnswer):
    """`opens` None: always open. `window`: the name of the lenient window that makes `until` later."""

    opens: str | None
    opens_paris: str | None
    approval: bool
    window: str | None


@dataclass(frozen=True, slots=True)
class StepAnswer:
    step: str
    value: str


@dataclass(frozen=True, slots=True)
class PriceAnswer:
    centimes: int
    trace: tuple[StepAnswer, ...]
    source: str | None
    choice: str | None


@dataclass(frozen=True, slots=True)
class SlotAnswer:
    """`start` and `end`: « 11:30 »."""

    id: str
    name: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class MissingDocumentAnswer:
    """`why`: "absent" | "expired"; `at`: "enrolment" | "booking"; `valid_until`: the last day of an expired one."""

    document: str
    why: str
    at: str
    blocking: bool
    valid_until: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentAnswer:
    """Of the school year that holds the day, as domain.enrolments. `refusal`: the sentence the family reads."""

    school_year: str
    allowed: bool
    refusal: str | None
    opens: str | None
    opens_paris: str | None
    closes: str | None
    closes_paris: str | None
    after: str
    by_services: bool
    missing_documents: tuple[MissingDocumentAnswer, ...]
    source: str | None
    choice: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceAnswer:
    """Of an absence that begins that day; `with_certificate` and `without_certificate`: "billed" | "not_billed"; no
    deadline: at any time.
    """

    certificate_until: str | None
    certificate_until_paris: str | None
    with_certificate: str
    without_certificate: str
    waiting_days: int
    declare_until: str | None
    declare_until_paris: str | None
    source: str | None
    choice: str | None


@dataclass(frozen=True, slots=True)
class AttendanceAnswer:
    """Of a child that comes without a booking: "surcharge" | "normal" | "refused"; `price` None: closed, or refused."""

    without_booking: str
    price: PriceAnswer | None
    source: str | None
    choice: str | None


@dataclass(frozen=True, slots=True)
class GroupAnswer:
    """Places kept for children of `minimum` to `maximum` years, both included."""

    id: str
    name: str
    minimum: int
    maximum: int
    per_day: int | None
    per_session: int | None


@dataclass(frozen=True, slots=True)
class CapacityAnswer:
    per_day: int | None
    per_session: int | None
    per_school: Mapping[str, int] | None
    groups: tuple[GroupAnswer, ...]


@dataclass(frozen=True, slots=True)
class WaitingListAnswer:
    mode: str
    offer_hours: int | None
    source: str | None
    choice: str | None


@dataclass(frozen=True, slots=True)
class CarryOverAnswer:
    weeks: int
    source: str | None
    choice: str | None


@dataclass(frozen=True, slots=True)
class ShareAnswer:
    """`parent`: "first" | "second"."""

    parent: str
    centimes: int


@dataclass(frozen=True, slots=True)
class CustodyAnswer:
    """With whom the child is that day ("first" | "second"; None when no week was given), and who pays what of its
    price; `change_day`: 0 (Monday) to 6; `holidays` and `billing` as in domain.custody.
    """

    change_day: int
    holidays: str
    billing: str
    holder: str | None
    shares: tuple[ShareAnswer, ...]
    source: str | None
    choice: str | None


@dataclass(frozen=True, slots=True)
class WordsAnswer:
    """The answer as one reads it: what it is about, a heading, sentences."""

    about: str
    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialAnswer:
    activity: str
    day: str
    now: str
    open: bool
    closed_reason: str | None
    unit: str
    session: str | None
    period: str | None
    slot: str | None
    slots: tuple[SlotAnswer, ...]
    start: str
    end: str
    booking: BookingAnswer
    cancelling: CancellingAnswer
    eligible: bool
    ineligible_reason: str | None
    contact: str | None
    price: PriceAnswer | None
    documents: tuple[str, ...]
    missing_documents: tuple[MissingDocumentAnswer, ...]
    enrolment: EnrolmentAnswer | None
    absence: AbsenceAnswer | None
    attendance: AttendanceAnswer | None
    capacity: CapacityAnswer | None
    waiting_list: WaitingListAnswer | None
    carry_over: CarryOverAnswer | None
    custody: CustodyAnswer | None
    rules_hash: str
    words: tuple[WordsAnswer, ...]
