"""One activity's rules, compiled: when it takes place, who may come, until when it is booked and cancelled, what else.

Days are civil dates of Europe/Paris, times of day the clock on the wall; a naive `datetime` is a wall time of Paris
(functions.domain.calendar makes instants of it). Weekdays are 0 (Monday) to 6. `source` is the town's own sentence,
`choice` what that sentence left open.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from functions.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Delay:
    """How long before its anchor an action must be done.

    unit    "hour" | "day" | "working_day" | "week"
    anchor  "day" (the day itself) | "week" (its Monday) | "month" (its 1st) | "session" (its first day) |
            "period" (the first day of its booking period) | "booking" (first day booked)
    cut_off the time of day on the last day; None: the whole last day is in time. Never with hours, which count back
            from the activity's start on the anchor's day.
    first_day_counted  true: the anchor's day is the first of the days counted (15 days before 15 October: 1 October).
    working_weekdays   the weekdays that count for "working_day"; public holidays never do.
    """

    amount: int
    unit: str
    anchor: str = "day"
    cut_off: time | None = None
    first_day_counted: bool = False
    working_weekdays: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LenientWindow:
    """« Les réservations de rentrée sont ouvertes jusqu’au 30 septembre »: requests received until the end of
    `last_request` are in time for the days of `days`, if they also respect `delay`, which is the shorter one.
    """

    name: str
    last_request: date
    days: Span
    delay: Delay
    source: str = ""
    choice: str = ""


@dataclass(frozen=True, slots=True)
class ActionRule:
    """Booking or cancelling: until when, and `after` that what happens.

    after     booking "refused" | "surcharge" | "late_request"; cancelling "refused" | "billed" | "late_request"
    final     the very last moment for what `after` allows; None: the end of the day itself
    opening   how long before its anchor booking becomes possible: from the first second of that last day, or from its
              `cut_off`; None: always. A session's or a booking period's own dates come before it.
    approval  an agent must accept each booking: it waits « en attente d’instruction »
    """

    delay: Delay
    after: str
    final: Delay | None = None
    source: str = ""
    choice: str = ""
    windows: tuple[LenientWindow, ...] = ()
    opening: Delay | None = None
    approval: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """Days booked together: a session of the holidays, or a booking period of the school year. `opens`: booking is
    possible from then on; `closes`: the last wall-clock second at which it is in time, in place of the delay.
    """

    id: str
    name: str
    first: date
    last: date
    opens: datetime | None = None
    closes: datetime | None = None

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of the day that is booked by itself (matin sans repas, 17 h 30 - 18 h 30). `tariff` "": the activity's;
    `weekdays` (): all the activity's. `meal`: a meal is served in it. `per_day`: its own places.
    """

    id: str
    name: str
    start: time
    end: time
    tariff: str = ""
    weekdays: tuple[int, ...] = ()
    meal: bool = False
    per_day: int | None = None


@dataclass(frozen=True, slots=True)
class FreeHours:
    """The family says from when to when: on multiples of `step` minutes, for `least` to `most` minutes."""

    step: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """Places kept for children of `minimum` to `maximum` completed years on the day, both included."""

    id: str
    name: str
    minimum: int
    maximum: int
    per_day: int | None = None
    per_session: int | None = None


@dataclass(frozen=True, slots=True)
class WaitingList:
    """mode: "manual" (the service chooses), "automatic" (the first in order gets the place) or "offer" (is offered it
    for `offer_hours`, then the next).
    """

    mode: str
    offer_hours: int | None = None
    source: str = ""
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Capacity:
    """Places: in all, per school, per session, per age group. None: no limit of that kind. `waiting` None: no list."""

    per_day: int | None = None
    per_school: dict[str, int] | None = None
    per_session: int | None = None
    groups: tuple[AgeGroup, ...] = ()
    waiting: WaitingList | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of eligibility; a child that fails it reads `reason` and calls `contact` (a service id).

    kind       "school_status" (values "public", "private"), "schools", "levels", "contracts" ("regular", "occasional"),
               "residence" ("resident", "outside"), "age" (minimum, maximum, both included)
    in_months  the ages are completed months, not years
    age_on     when the age is looked at: "day", "session" (its first day), "school_year" (1 September) or "year_end"
               (31 December of the school year)
    """

    kind: str
    reason: str
    contact: str
    values: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    in_months: bool = False
    age_on: str = "day"


@dataclass(frozen=True, slots=True)
class RequiredDocument:
    """A document asked for. `at`: "enrolment" or "booking"; `blocking`: one cannot go on without it."""

    document: str
    at: str = "enrolment"
    blocking: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class EnrolmentCampaign:
    """The days on which a school year's enrolments (« 2026-2027 ») are taken, both included; `closes` None: no end."""

    school_year: str
    opens: date
    closes: date | None = None


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Before its first booking a child is enrolled, each school year. `after` the campaign: "refused" | "late_request".
    `by_services`: the services enrol the children they know; the family signs what they were sent.
    """

    campaigns: tuple[EnrolmentCampaign, ...]
    after: str
    by_services: bool = False
    source: str = ""
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """What an absence costs.

    certificate_hours    a certificate sent within so many hours of `starts` excuses; None: no certificate is asked for
                         within a time the town states
    starts               "end_of_first_day" | "start_of_first_day" | "start_of_activity" | "end_of_activity"
    with_certificate     "not_billed" | "billed"; `without_certificate` the same
    waiting_days         the first days that are billed all the same (délai de carence)
    declared             until when it must be declared to be taken into account; None: at any time
    """

    certificate_hours: int | None
    starts: str
    source: str = ""
    choice: str = ""
    with_certificate: str = "not_billed"
    without_certificate: str = "billed"
    waiting_days: int = 0
    declared: Delay | None = None


@dataclass(frozen=True, slots=True)
class Attendance:
    """A child that comes without a booking: "surcharge" (the tariff's `unbooked`), "normal" price, or "refused"."""

    without_booking: str
    source: str = ""
    choice: str = ""


@dataclass(frozen=True, slots=True)
class CarryOver:
    """Bookings taken over to the next school year: the weekly pattern of the last `weeks` weeks of class."""

    weeks: int
    source: str = ""
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """`when`: "school" (days of class), "holidays" (school holidays) or "all". `unit`, what is booked at once: "day",
    "week" or "session". `tariff` is an id.
    """

    id: str
    name: str
    service: str
    rubric: str
    weekdays: tuple[int, ...]
    when: str
    period: Span
    start: time
    end: time
    booking: ActionRule
    cancelling: ActionRule
    tariff: str
    description: str = ""
    capacity: Capacity | None = None
    required_documents: tuple[RequiredDocument, ...] = ()
    conditions: tuple[Condition, ...] = ()
    sessions: tuple[Session, ...] = ()
    absence: Absence | None = None
    unit: str = "day"
    booking_periods: tuple[Session, ...] = ()
    slots: tuple[Slot, ...] = ()
    free_hours: FreeHours | None = None
    enrolment: Enrolment | None = None
    attendance: Attendance | None = None
    carry_over: CarryOver | None = None

    @property
    def documents(self) -> tuple[str, ...]:
        return tuple(asked.document for asked in self.required_documents)

    def slot(self, name: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.id == name), None)

    def session_on(self, day: date) -> Session | None:
        return next((session for session in self.sessions if session.holds(day)), None)
