"""A town's règlement, compiled: plain dated data that decisions read and never change.

Prices are integer centimes, days civil dates of Europe/Paris, times of day the clock on the wall, weekdays 0 (Monday)
to 6. Every id comes from the town's YAML. Written by functions.reglement.source, read by functions.reglement.compiled.
"""

from dataclasses import dataclass, field
from datetime import date

from functions.domain.activity import Activity
from functions.domain.contact_details import DetailsRule
from functions.domain.custody import CustodyRule
from functions.domain.keeping import Keeping
from functions.domain.quotient_rule import QuotientRule
from functions.domain.spans import Span
from functions.domain.tariffs import Tariff


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
    """A justificatif. `valid_months`: from its date; None when it does not expire so. `valid_until`: "school_year" (the
    31 August that follows), "civil_year" (31 December) or "". `family`: one for all the children.
    """

    id: str
    name: str
    hint: str = ""
    valid_months: int | None = None
    valid_until: str = ""
    family: bool = False


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
class Reglement:
    """`hash` is the SHA-256 of the compiled file, in hexadecimal: it is stamped on every booking.
    `retention` is empty in rules compiled before they could say it.
    """

    commune: Commune
    services: dict[str, Service]
    schools: dict[str, School]
    activities: dict[str, Activity]
    tariffs: dict[str, Tariff]
    documents: dict[str, Document]
    calendar: Calendar
    hash: str = ""
    custody: CustodyRule | None = None
    quotient: QuotientRule | None = None
    details: DetailsRule = field(default_factory=DetailsRule)
    retention: tuple[Keeping, ...] = ()
