"""A month of one activity, as a family sees it: every day of every child, with what can be done and at what price."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from functions.domain.activity import Activity
from functions.domain.calendar import end_of_day, paris_day
from functions.domain.child_days import decide_for, seated
from functions.domain.decisions import DayDecision, Window
from functions.domain.foyer import Child, FoyerFile
from functions.domain.months import BookedDay, ChildMonth, calendar_version, days_of, month_of
from functions.domain.places import Taken, counted_once, places_of, room_left, seats_of
from functions.domain.refusals import begun, by_slot_only, contact_of, not_online
from functions.domain.reglement import Reglement
from functions.domain.slots import by_slot
from functions.domain.units import months_shown, together

_NEVER = datetime.max.replace(tzinfo=UTC)
BILLED_NOTE = "Annulé hors délai, facturé."
AWAITING_NOTE = "En attente d’instruction."
ASKED_NOTE = "Chaque réservation est examinée par le service avant d’être acceptée."


@dataclass(frozen=True, slots=True)
class DayView:
    """`state`: "free", "booked" or "awaiting" (asked for, with its seat; an agent must accept it).
    `price_centimes`: of a free day, what booking it now would add; of a booked day, what was confirmed.
    `note`: what else there is to know of this day (cancelled too late and billed).
    `refusal`: why a day that is open cannot be booked here, when it is not its deadline; None on the days of a child
    who is not eligible at all.
    `together`: the other days that are booked and cancelled with this one.
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
    refusal: str | None
    together: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class ContactView:
    name: str
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class ChildView:
    """`beside`: days of the months next to this one that are booked together with days of it."""

    child_id: str
    given_name: str
    eligible: bool
    ineligible_reason: str | None
    contact: ContactView | None
    days: tuple[DayView, ...]
    beside: tuple[DayView, ...]


@dataclass(frozen=True, slots=True)
class ActivityView:
    """`start` and `end` are « 11:30 ». `unit`: what is booked at once, "day", "week" or "session". `approval`: an agent
    must accept each booking. `notice`: what there is to know before booking, in words.
    """

    id: str
    name: str
    start: str
    end: str
    unit: str
    approval: bool
    notice: str | None


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
    months: Mapping[tuple[str, str], ChildMonth],
    children: Sequence[Child],
    activity: Activity,
    month: str,
    *,
    taken: Taken,
    now: datetime,
) -> MonthView:
    """`months` holds, by child and month, those that units.months_concerned names for every child of the file;
    `children` are those to show.
    """
    shown = months_shown(activity, month)
    view = _View(reglement, activity, file, month, taken, now)
    return MonthView(
        month=month,
        activity=activity_view(activity),
        now=now,
        rules_hash=reglement.hash,
        version=calendar_version(
            reglement.hash, month, activity.id, (known for known in months.values() if known.month in shown)
        ),
        children=tuple(
            view.child(child, [known for known in months.values() if known.child_id == child.person_id])
            for child in children
        ),
    )


def activity_view(activity: Activity) -> ActivityView:
    notice = by_slot_only(activity) if by_slot(activity) else ASKED_NOTE if activity.booking.approval else None
    return ActivityView(
        activity.id,
        activity.name,
        hour(activity.start),
        hour(activity.end),
        unit=activity.unit,
        approval=activity.booking.approval,
        notice=notice,
    )


def hour(moment: time) -> str:
    return moment.strftime("%H:%M")


@dataclass(frozen=True, slots=True)
class _View:
    reglement: Reglement
    activity: Activity
    file: FoyerFile
    month: str
    taken: Taken
    now: datetime

    def child(self, child: Child, months: Sequence[ChildMonth]) -> ChildView:
        entries = {entry.day: entry for known in months for entry in known.days}
        units = {day: together(self.reglement, self.activity, child.school, day) for day in days_of(self.month)}
        days = sorted({*units, *(other for unit in units.values() for other in unit)})
        decisions = {day: decide_for(self.reglement, self.activity, self.file, child, day, self.now) for day in days}
        refused = [decisions[day] for day in units if not decisions[day].eligible]
        eligible = len(refused) < len(units)  # some conditions (age) change within a month
        views = {day: self._day(child, decisions[day], entries, said_once=not eligible) for day in days}
        if self.activity.unit != "day":
            for unit in set(units.values()):
                views |= self._as_one(unit, views)
        service = contact_of(self.reglement, self.activity.service if eligible else refused[0].contact)
        return ChildView(
            child_id=child.person_id,
            given_name=child.first_name,
            eligible=eligible,
            ineligible_reason=None if eligible else refused[0].ineligible_reason,
            contact=ContactView(service.name, service.phone or None, service.email or None) if service else None,
            days=tuple(views[day] for day in units),
            beside=tuple(view for day, view in views.items() if month_of(day) != self.month),
        )

    def _day(
        self, child: Child, decision: DayDecision, entries: Mapping[date, BookedDay], *, said_once: bool
    ) -> DayView:
        """`said_once`: the child cannot book at all, and its view says why."""
        places = places_of(self.activity, seated(child), decision.day)
        held = {place for place in seats_of(entries.values()) if counted_once(place)}
        left = room_left(places, self.taken, decision.day, held)
        view = day_view(decision, entries.get(decision.day), left)
        refusal = ""
        if decision.open and view.state == "free" and not said_once:
            refusal = not_online(self.reglement, self.activity, child, decision, self.now)
        if not refusal:
            return view
        return replace(view, booking=replace(view.booking, allowed=False), refusal=refusal)

    def _as_one(self, unit: Sequence[date], views: Mapping[date, DayView]) -> dict[date, DayView]:
        """A week or a session is booked, or given back, as long as every one of its days can be."""
        found = {day: replace(views[day], together=tuple(each for each in unit if each != day)) for day in unit}
        found |= _booked_as_one([view for view in found.values() if view.state == "free"], self.activity.unit)
        return found | _given_back_as_one([view for view in found.values() if view.day >= paris_day(self.now)])


def _booked_as_one(free: Sequence[DayView], unit: str) -> dict[date, DayView]:
    allowed = all(view.booking.allowed for view in free)
    until = _first_limit([view.booking for view in free])
    left = min((view.places_left for view in free if view.places_left is not None), default=None)
    found = {}
    for view in free:
        refusal = begun(unit) if view.booking.allowed and not allowed else None
        booking = replace(view.booking, allowed=allowed, until=until or view.booking.until)
        found[view.day] = replace(view, booking=booking, refusal=view.refusal or refusal, places_left=left)
    return found


def _given_back_as_one(coming: Sequence[DayView]) -> dict[date, DayView]:
    held = [view.cancelling for view in coming if view.state != "free"]
    until = _first_limit([view.cancelling for view in coming])
    refused = next((window for window in sorted(held, key=_limit) if not window.allowed), None)
    return {
        view.day: replace(
            view,
            cancelling=refused
            if refused is not None and view.state != "free"
            else replace(view.cancelling, until=until or view.cancelling.until),
        )
        for view in coming
    }


def _first_limit(windows: Sequence[Window]) -> datetime | None:
    """The limit of the strictest; None when some are late already: each then says its own."""
    return None if any(window.late for window in windows) else min(map(_limit, windows), default=None)


def _limit(window: Window) -> datetime:
    return window.until or _NEVER


def day_view(decision: DayDecision, entry: BookedDay | None, left: int | None) -> DayView:
    held = entry if entry is not None and entry.state != "cancelled_late" else None
    price = decision.price.centimes if decision.price else None
    if entry is not None:
        price = held.price_centimes if held else max(0, (price or 0) - entry.price_centimes)
    note = None
    cancelling = decision.cancelling
    if held and not decision.open:  # closed since it was booked: it can be taken back, whatever the deadline
        cancelling = replace(cancelling, allowed=True, late=False)
    if held and held.state == "awaiting":  # nobody has accepted it yet: it can be taken back until it is past
        cancelling = replace(cancelling, allowed=True, late=False, until=end_of_day(decision.day))
        note = AWAITING_NOTE
    if entry is not None and held is None:
        note = BILLED_NOTE
    return DayView(
        day=decision.day,
        open=decision.open,
        closed_reason=decision.closed_reason or None,
        state=held.state if held else "free",
        price_centimes=price,
        surcharge=held.late if held else decision.booking.late and decision.booking.allowed,
        booking=decision.booking,
        cancelling=cancelling,
        places_left=left,
        note=note,
        refusal=None,
        together=(),
    )
