"""What the rules decide for one child, one activity and one day. Pure: the rules, the facts and `now` come in."""

from dataclasses import dataclass
from datetime import date, datetime

from functions.domain.activity import Activity, Session
from functions.domain.calendar import closed_reason as closed_reason_of
from functions.domain.calendar import whole_second
from functions.domain.delays import Moment
from functions.domain.eligibility import ChildFacts, FamilyFacts, failed_condition
from functions.domain.prices import Price, PriceRequest, price_of
from functions.domain.reglement import Reglement
from functions.domain.slots import Chosen, Hours, chosen
from functions.domain.windows import Window, closed_window, window_of

__all__ = ["ChildFacts", "DayDecision", "FamilyFacts", "Price", "Window", "decide_day", "session_of"]


@dataclass(frozen=True, slots=True)
class DayDecision:
    """`price` is what the day costs if booked now (or as booked at `booked_on`); None when the day is closed.
    `contact` is the id of the service to call when the child is not eligible. `approval`: an agent must accept it.
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
    at = whole_second(now)
    held = session_of(activity, day, session)
    part = chosen(activity, day, slot, hours)
    closed = closed_reason_of(reglement.calendar, activity, day, child.school, in_session=held is not None)
    closed = closed or part.closed_reason
    failed = failed_condition(activity, reglement.schools, day, child, family)
    period = next((item for item in activity.booking_periods if item.holds(day)), None)
    booking, cancelling = closed_window(activity.booking), closed_window(activity.cancelling)
    if not closed:
        moment = Moment(
            day=day,
            start=part.start,
            session_start=held.first if held else day,
            booking_start=booking_start or day,
            public_holidays=reglement.calendar.public_holidays,
            period_start=period.first if period else None,
        )
        booking = window_of(activity.booking, moment, at, may=failed is None, dates=held or period)
        cancelling = window_of(activity.cancelling, moment, at, may=True)
    version = None if closed else reglement.tariffs[part.tariff].on(day)
    request = _price_request(activity, part, booking, child, family, booked_on, unbooked=unbooked)
    return DayDecision(
        day=day,
        open=not closed,
        closed_reason=closed,
        booking=booking,
        cancelling=cancelling,
        eligible=failed is None,
        ineligible_reason=failed.reason if failed else "",
        contact=failed.contact if failed else "",
        price=None if version is None else price_of(version, request),
        documents=activity.documents,
        rules_hash=reglement.hash,
        approval=activity.booking.approval,
        unit=activity.unit,
        session=held.id if held else "",
        period=period.id if period else "",
        slot=part.slot,
        minutes=part.minutes,
    )


def session_of(activity: Activity, day: date, session: str | None = None) -> Session | None:
    """The session that holds the day (and has that id, when one is given)."""
    return next(
        (item for item in activity.sessions if item.holds(day) and session in (None, item.id)),
        None,
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
