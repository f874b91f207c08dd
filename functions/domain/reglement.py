"""A town's règlement, compiled: plain dated data that decisions read and never change.

Prices are integer centimes, days civil dates of Europe/Paris, times of day the clock on the wall, weekdays 0 (Monday)
to 6. Every id comes from the town's YAML. Written by functions.reglement.source, read by functions.reglement.compiled.
"""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class Welcome:
    """The dated message at the top of « Mon espace », edited by the town."""

    dated: date
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Commune:
    """`school_zone` is "A", "B" or "C"; `desk` is the id of the service to call when no other is named."""

    name: str
    postcode: str
    school_zone: str
    desk: str
    address: str = ""
    website: str = ""
    welcome: Welcome | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """Somebody to call. `listed` is false for contacts outside the town hall (an OGEC): they have no page."""

    id: str
    name: str
    phone: str = ""
    email: str = ""
    address: str = ""
    hours: tuple[str, ...] = ()
    description: str = ""
    listed: bool = True


@dataclass(frozen=True, slots=True)
class School:
    """`aliases` are the other names found in the town's files; `contact` is a service id."""

    id: str
    name: str
    public: bool
    levels: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A justificatif. `valid_months` is None when it never expires."""

    id: str
    name: str
    hint: str = ""
    valid_months: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included. `name` says why, as a parent reads it."""

    first: date
    last: date
    name: str = ""

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Closure:
    """Dated closure of some activities or schools; an empty tuple means all of them."""

    first: date
    last: date
    name: str
    activities: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """`span`: what the calendar knows; `school_holidays` (vacances) and `class_free` (ponts): per day, for speed."""

    span: Span
    public_holidays: dict[date, str]
    school_holidays: dict[date, str]
    class_free: dict[date, str]
    vacations: tuple[Span, ...] = ()
    closures: tuple[Closure, ...] = ()


@dataclass(frozen=True, slots=True)
class Delay:
    """How long before its anchor an action must be done.

    unit    "hour" | "day" | "working_day" | "week"
    anchor  "day" (the day itself) | "week" (its Monday) | "session" (its first day) | "booking" (first day booked)
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
class ActionRule:
    """Booking or cancelling: until when, and `after` that what happens.

    after     booking "refused" | "surcharge" | "late_request"; cancelling "refused" | "billed"
    final     the very last moment for what `after` allows; None: the end of the day itself
    source    the town's own sentence; `choice` says what that sentence left open
    """

    delay: Delay
    after: str
    final: Delay | None = None
    source: str = ""
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Capacity:
    """Places per day: in all, and per school where given. None: no limit of that kind."""

    per_day: int | None = None
    per_school: dict[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of eligibility; a child that fails it reads `reason` and calls `contact` (a service id).

    kind       "school_status" (values "public", "private"), "schools", "levels", "contracts" ("regular", "occasional"),
               "residence" ("resident", "outside"), "age" (completed years on the day: minimum, maximum, both included)
    """

    kind: str
    reason: str
    contact: str
    values: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A holiday session that is booked as a whole or by its days."""

    id: str
    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Absence:
    """A certificate sent within `certificate_hours` of `starts` ("end_of_first_day") means: not billed."""

    certificate_hours: int
    starts: str
    source: str = ""
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """`when`: "school" (days of class), "holidays" (school holidays) or "all". `tariff`, `documents`: ids."""

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
    documents: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    sessions: tuple[Session, ...] = ()
    absence: Absence | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A QF from `low` to `high`, both included, in centimes of QF; `high` None: and above."""

    low: int
    high: int | None
    centimes: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """kind "fixed": `centimes`. kind "bands": `bands`, `precision` ("euro": the QF's centimes are dropped first) and
    `missing_band`, the index of the band of a family without QF.
    """

    kind: str
    centimes: int = 0
    bands: tuple[Band, ...] = ()
    precision: str = "centime"
    missing_band: int = 0


@dataclass(frozen=True, slots=True)
class Surcharge:
    """An amount, or hundredths of a percent of the price (2000 is 20 %)."""

    centimes: int = 0
    percent_hundredths: int = 0


@dataclass(frozen=True, slots=True)
class TariffVersion:
    """Prices for the days of `span`. `outside` None: families of other towns pay the same."""

    span: Span
    grid: Grid
    outside: Grid | None = None
    late: Surcharge | None = None
    unbooked: Surcharge | None = None
    source: str = ""
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Tariff:
    id: str
    name: str
    versions: tuple[TariffVersion, ...]

    def on(self, day: date) -> TariffVersion | None:
        return next((version for version in self.versions if version.span.holds(day)), None)


@dataclass(frozen=True, slots=True)
class Reglement:
    """`hash` is the SHA-256 of the compiled file, in hexadecimal: it is stamped on every booking."""

    commune: Commune
    services: dict[str, Service]
    schools: dict[str, School]
    activities: dict[str, Activity]
    tariffs: dict[str, Tariff]
    documents: dict[str, Document]
    calendar: Calendar
    hash: str = ""
