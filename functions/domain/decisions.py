"""What the rules decide for one child, one activity and one day. Pure: the rules, the facts and `now` come in."""

from dataclasses import dataclass
from datetime import date, datetime

from functions.domain.activity import Activity, Session
from functions.domain.calendar import closed_reason as closed_reason_of
from functions.domain.calendar import whole_second
from functions.domain.delays import Moment
from functions.domain.eligibility import ChildFacts, FamilyFacts, failed_condition
from functions.domain.places import no_group
from functions.domain.prices import Price, PriceRequest, price_of
from functions.domain.reglement import Reglement
from functions.domain.slots import Chosen, Hours, chosen
from functions.domain.windows import Window, closed_window, window_of

__all__ = ["ChildFacts", "DayDecision", "FamilyFacts", "Price", "Window", "decide_day", "session_of"]


@dataclass(frozen=True, slots=True)
class DayDecision:
    """`price` is what the day costs if booked now (or as booked at `booked_on`); None when the day is closed.
    `eligible`: the child meets the conditions and, where there are age groups, one takes it; `contact` is the id of the
    service to call when it is not. `approval`: an agent must accept it.
    `unit`: what is booked at once; `session`, `period`: the ids of those that hold the day, "" when none does; `slot`:
    the one asked for. `minutes`: how long the child is there.
    """

    day: date
    open: bool
    closed_reason: str
    booking: Window
    cancelling: Window
    eligible: bool
    ineligible_reason: str
    contact: str
    price: Price | None
    documents: tuple[str, ...]
    rules_hash: str
    approval: bool = False
    unit: str = "day"
    session: str = ""
    period: str = ""
    slot: str = ""
    minutes: int = 0


def decide_day(  # noqa: PLR0913 - the facts of one decision; grouping them more would hide what it depends on
    reglement: Reglement,
    activity_id: str,
    day: date,
    now: datetime,
    child: ChildFacts,
    family: FamilyFacts,
    *,
    session: str | None = None,
    slot: str | None = None,
    hours: Hours | None = None,
    booked_on: datetime | None = None,
    booking_start: date | None = None,
    unbooked: bool = False,
) -> DayDecision:
    """Decide one day. `now` and `booked_on` are aware instants; `booking_start` is the first day of the booking made;
    `slot` is an id, `hours` the arrival and the departure where the family chooses them; `unbooked`: the price is that
    of a child who comes without a booking.

    Raises KeyError for an activity the rules do not know, NotFound or Invalid as `slots.chosen` does.
    """
    activity = reglement.activities[activity_id]
    asked = _asked(reglement, activity, day, child, session, chosen(activity, day, slot, hours))
    ineligible = _ineligible(reglement, activity, day, child, family)
    booking, cancelling = _windows(
        reglement, activity, asked, whole_second(now), booking_start or day, may=ineligible is None
    )
    version = None if asked.closed else reglement.tariffs[asked.part.tariff].on(day)
    price = None
    if version is not None:
        request = _price_request(activity, asked.part, booking, child, family, booked_on, unbooked=unbooked)
        price = price_of(version, request)
    return _decided(reglement, activity, asked, (booking, cancelling), ineligible, price)


def session_of(activity: Activity, day: date, session: str | None = None) -> Session | None:
    """The session that holds the day (and has that id, when one is given)."""
    return next(
        (item for item in activity.sessions if item.holds(day) and session in (None, item.id)),
        None,
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """The day asked for: what of the activity it falls in. `closed`: why it is, "" when it is not."""

    day: date
    session: Session | None
    period: Session | None
    part: Chosen
    closed: str


def _asked(
    reglement: Reglement, activity: Activity, day: date, child: ChildFacts, session: str | None, part: Chosen
) -> _Asked:
    held = session_of(activity, day, session)
    closed = closed_reason_of(reglement.calendar, activity, day, child.school, in_session=held is not None)
    period = next((item for item in activity.booking_periods if item.holds(day)), None)
    return _Asked(day, held, period, part, closed or part.closed_reason)


def _ineligible(
    reglement: Reglement, activity: Activity, day: date, child: ChildFacts, family: FamilyFacts
) -> tuple[str, str] | None:
    """Why the child may not book, in the town's words, and the id of whom to call; None when it may."""
    failed = failed_condition(activity, reglement.schools, day, child, family)
    if failed is not None:
        return failed.reason, failed.contact
    reason = no_group(activity, child.birth_date, day)
    return (reason, activity.service) if reason else None


def _windows(
    reglement: Reglement, activity: Activity, asked: _Asked, at: datetime, booking_start: date, *, may: bool
) -> tuple[Window, Window]:
    if asked.closed:
        return closed_window(activity.booking), closed_window(activity.cancelling)
    session, period = asked.session, asked.period
    moment = Moment(
        day=asked.day,
        start=asked.part.start,
        session_start=session.first if session else asked.day,
        booking_start=booking_start,
        public_holidays=reglement.calendar.public_holidays,
        period_start=period.first if period else None,
    )
    return (
        window_of(activity.booking, moment, at, may=may, dates=session or period),
        window_of(activity.cancelling, moment, at, may=True),
    )


def _decided(
    reglement: Reglement,
    activity: Activity,
    asked: _Asked,
    windows: tuple[Window, Window],
    ineligible: tuple[str, str] | None,
    price: Price | None,
) -> DayDecision:
    reason, contact = ineligible or ("", "")
    return DayDecision(
        day=asked.day,
        open=not asked.closed,
        closed_reason=asked.closed,
        booking=windows[0],
        cancelling=windows[1],
        eligible=ineligible is None,
        ineligible_reason=reason,
        contact=contact,
        price=price,
        documents=activity.documents,
        rules_hash=reglement.hash,
        approval=activity.booking.approval,
        unit=activity.unit,
        session=asked.session.id if asked.session else "",
        period=asked.period.id if asked.period else "",
        slot=asked.part.slot,
        minutes=asked.part.minutes,
    )


def _price_request(
    activity: Activity,
    part: Chosen,
    booking: Window,
    child: ChildFacts,
    family: FamilyFacts,
    booked_on: datetime | None,
    *,
    unbooked: bool,
) -> PriceRequest:
    late = booking.late
    if booked_on is not None and booking.until is not None:
        late = whole_second(booked_on) > booking.until
    rule = activity.attendance
    return PriceRequest(
        quotient_familial_centimes=family.quotient_familial_centimes,
        resources_centimes=family.resources_centimes,
        children_count=family.children_count,
        aeeh_children=family.aeeh_children,
        sibling_rank=child.sibling_rank,
        resident=family.resident,
        late=late and activity.booking.after == "surcharge",
        unbooked=unbooked and rule is not None and rule.without_booking == "surcharge",
        packed_meal=child.packed_meal,
        minutes=part.minutes,
    )
