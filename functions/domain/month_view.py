"""A month of one activity, as a family sees it: every day of every child, with what can be done and at what price."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from functions.domain.activity import Activity
from functions.domain.bookings import Taken, facts_of
from functions.domain.decisions import DayDecision, Window, decide_day
from functions.domain.foyer import Child, FoyerFile
from functions.domain.months import BookedDay, ChildMonth, calendar_version
from functions.domain.places import places_of, room_left
from functions.domain.refusals import contact_of
from functions.domain.reglement import Reglement

BILLED_NOTE = "Annulé hors délai, facturé."


@dataclass(frozen=True, slots=True)
class DayView:
    """`price_centimes`: of a free day, what booking it now would add; of a booked day, what was confirmed.
    `note`: what else there is to know of this day (cancelled too late and billed).
    """

    day: date
    open: bool
    closed_reason: str | None
    state: str
    price_centimes: int | None
    surcharge: bool
    booking: Window
    cancelling: Window
    places_left: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class ContactView:
    name: str
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class ChildView:
    child_id: str
    given_name: str
    eligible: bool
    ineligible_reason: str | None
    contact: ContactView | None
    days: tuple[DayView, ...]


@dataclass(frozen=True, slots=True)
class ActivityView:
    """`start` and `end` are « 11:30 »."""

    id: str
    name: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class MonthView:
    month: str
    activity: ActivityView
    now: datetime
    rules_hash: str
    version: str
    children: tuple[ChildView, ...]


def view_month(
    reglement: Reglement,
    file: FoyerFile,
    months: Mapping[str, ChildMonth],
    children: Sequence[Child],
    activity: Activity,
    month: str,
    *,
    taken: Taken,
    now: datetime,
) -> MonthView:
    """`months` holds the month of every child of the file; `children` are those to show."""
    return MonthView(
        month=month,
        activity=activity_view(activity),
        now=now,
        rules_hash=reglement.hash,
        version=calendar_version(reglement.hash, month, activity.id, months.values()),
        children=tuple(
            _child(reglement, file, child, activity, months[child.person_id], taken, now) for child in children
        ),
    )


def activity_view(activity: Activity) -> ActivityView:
    return ActivityView(activity.id, activity.name, hour(activity.start), hour(activity.end))


def hour(moment: time) -> str:
    return moment.strftime("%H:%M")


def days_of(month: str) -> Iterable[date]:
    """Every day of « 2026-12 »."""
    year, number = (int(part) for part in month.split("-"))
    return (date(year, number, day) for day in range(1, monthrange(year, number)[1] + 1))


def _child(
    reglement: Reglement,
    file: FoyerFile,
    child: Child,
    activity: Activity,
    month: ChildMonth,
    taken: Taken,
    now: datetime,
) -> ChildView:
    facts, family = facts_of(file, child)
    places = places_of(activity, child.school)
    decisions = [decide_day(reglement, activity.id, day, now, facts, family) for day in days_of(month.month)]
    refused = [each for each in decisions if not each.eligible]
    eligible = len(refused) < len(decisions)  # some conditions (age) change within a month
    service = contact_of(reglement, activity.service if eligible else refused[0].contact)
    return ChildView(
        child_id=child.person_id,
        given_name=child.first_name,
        eligible=eligible,
        ineligible_reason=None if eligible else refused[0].ineligible_reason,
        contact=ContactView(service.name, service.phone or None, service.email or None) if service else None,
        days=tuple(day_view(each, month.entry(each.day), room_left(places, taken, each.day.day)) for each in decisions),
    )


def day_view(decision: DayDecision, entry: BookedDay | None, left: int | None) -> DayView:
    booked = entry is not None and entry.state == "booked"
    price = decision.price.centimes if decision.price else None
    if entry is not None:
        price = entry.price_centimes if booked else max(0, (price or 0) - entry.price_centimes)
    cancelling = decision.cancelling
    if booked and not decision.open:  # closed since it was booked: it can be taken back, whatever the deadline
        cancelling = replace(cancelling, allowed=True, late=False)
    return DayView(
        day=decision.day,
        open=decision.open,
        closed_reason=decision.closed_reason or None,
        state="booked" if booked else "free",
        price_centimes=price,
        surcharge=entry.late if booked and entry else decision.booking.late and decision.booking.allowed,
        booking=decision.booking,
        cancelling=cancelling,
        places_left=left,
        note=BILLED_NOTE if entry is not None and not booked else None,
    )
