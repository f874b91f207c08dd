"""A month's changes for one family: what they make of the child-months, the seats and the bill, or why not.

Nothing the browser says is believed: prices, deadlines, open days and eligibility come from the rules at `now`.
All or nothing: one refused day refuses the whole, with a reason for each refused day.

The total is what the changes add to what is owed, so always: owed after - owed before.
    a day booked                       + its price now (surcharge included when late)
    a day that an agent must accept      0 until then, though it has its seat
    a day cancelled in time            - the price it was confirmed at
    a day cancelled too late, billed     0, and the day stays on the bill as "cancelled_late"
    such a day booked again            + only what the price now adds to what is already billed
Asking for what is already so changes nothing and costs nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from functions.domain.activity import Activity
from functions.domain.calendar import paris_day
from functions.domain.child_days import cancel_until, decide_for, seated
from functions.domain.errors import FieldError, Invalid, NotFound, Refused
from functions.domain.foyer import Child, FoyerFile
from functions.domain.months import BookedDay, ChildMonth, State, month_of
from functions.domain.orders import ChildChanges, Order, pointer_of, senseless
from functions.domain.places import Taken, counted_once, counter_day, places_of, seats_of
from functions.domain.refusals import booking_refusal, cancelled_late_refusal, cancelling_refusal, incomplete, too_few
from functions.domain.reglement import Reglement
from functions.domain.units import months_concerned, months_of_session, together

Seats = Mapping[str, Mapping[date, int]]


@dataclass(frozen=True, slots=True)
class BookedLine:
    """`cancel_until`: the last instant at which cancelling costs nothing (UTC). `state`: "awaiting" when an agent must
    accept it; the price is then owed from that moment on.
    """

    day: date
    price_centimes: int
    cancel_until: datetime | None
    state: State = "booked"


@dataclass(frozen=True, slots=True)
class CancelledLine:
    """`price_centimes` is what is given back: 0 when cancelled too late, or never accepted."""

    day: date
    price_centimes: int


@dataclass(frozen=True, slots=True)
class ChildResult:
    """`month`: the month asked for, after the changes; `beside`: the months next to it that hold days of the same weeks
    or sessions. `relied_on`: those of all these that stay as they are and that the seats depend on.
    """

    child: Child
    month: ChildMonth
    booked: tuple[BookedLine, ...]
    cancelled: tuple[CancelledLine, ...]
    beside: tuple[ChildMonth, ...] = ()
    relied_on: tuple[ChildMonth, ...] = ()
    seats: Seats = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        return bool(self.booked or self.cancelled)

    @property
    def days(self) -> set[date]:
        return {line.day for line in self.booked} | {line.day for line in self.cancelled}

    @property
    def written(self) -> tuple[ChildMonth, ...]:
        """The months that the changes touch."""
        touched = {month_of(day) for day in self.days}
        return tuple(each for each in (self.month, *self.beside) if each.month in touched)


@dataclass(frozen=True, slots=True)
class Decision:
    """`seats`: per place and day of its counter, seats to take (positive) or to give back (negative); `capacities`:
    what each place that takes more can hold.
    """

    children: tuple[ChildResult, ...]
    total_centimes: int
    seats: Seats
    capacities: Mapping[str, int]


def decide(
    reglement: Reglement, file: FoyerFile, months: Iterable[ChildMonth], order: Order, now: datetime
) -> Decision:
    """`months` are the child-months of this activity that units.months_concerned names (absent: never written).

    Raises NotFound (activity, child), Invalid (days that make no sense), Refused "days_refused" with a FieldError per
    day, Refused "price_changed" with `total_centimes`.
    """
    activity = check(reglement, file, order)
    before = {(known.child_id, known.month): known for known in months}
    work = _Work(reglement, activity, file, now, order.month)
    results = []
    for index, changes in enumerate(order.children):
        child = file.child(changes.child_id)
        if child is not None:
            known = [
                before.get((child.person_id, month)) or ChildMonth(child.person_id, activity.id, month)
                for month in months_concerned(activity, order.month)
            ]
            results.append(work.apply(index, child, changes, known))
    if work.refused:
        raise days_refused(work.refused)
    if work.total != order.expected_total_centimes:
        raise Refused(
            "price_changed",
            "Le montant n’est plus celui qui vous a été montré. Vérifiez-le avant de confirmer.",
            extra={"total_centimes": work.total},
        )
    return Decision(tuple(results), work.total, _sum(result.seats for result in results), work.capacities)


def check(reglement: Reglement, file: FoyerFile, order: Order) -> Activity:
    """The activity asked for. Raises NotFound or Invalid as `decide` does, before any rule is asked."""
    activity = reglement.activities.get(order.activity)
    if activity is None:
        raise NotFound("activity_unknown", "Cette activité n’existe pas.")
    if any(file.child(changes.child_id) is None for changes in order.children):
        raise NotFound("child_unknown", "Cet enfant n’est pas dans votre dossier.")
    errors = list(senseless(activity, order))
    if errors:
        raise Invalid("invalid_days", "Certains jours ne peuvent pas être compris.", errors=errors)
    return activity


def days_refused(errors: Sequence[FieldError]) -> Refused:
    count = len(errors)
    what = "Un jour ne peut pas être pris" if count == 1 else f"{count} jours ne peuvent pas être pris"
    return Refused("days_refused", f"{what} en compte. Rien n’a été enregistré.", errors=errors)


def full_days(activity: Activity, decision: Decision, order: Order, taken: Taken) -> list[FieldError]:
    """The days of the order for which the counters `taken` leave too little room (none: places were freed)."""
    errors = []
    for index, (result, changes) in enumerate(zip(decision.children, order.children, strict=True)):
        booked = {line.day for line in result.booked}
        for position, day in enumerate(changes.book):
            short = []
            for place, capacity in places_of(activity, seated(result.child), day).items():
                counter = counter_day(place, day)
                had = taken.get(place, {}).get(counter, 0)
                move = decision.seats.get(place, {}).get(counter, 0)
                if move > 0 and result.seats.get(place, {}).get(counter, 0) > 0 and had + move > capacity:
                    short.append((capacity - had, move, place))
            if day in booked and short:
                left, wanted, place = min(short)
                errors.append(FieldError(pointer_of(index, "book", position), too_few(place, left, wanted)))
    return errors


def _sum(moves: Iterable[Seats]) -> dict[str, dict[date, int]]:
    """Without the days on which as many leave as come."""
    total: dict[str, dict[date, int]] = {}
    for seats in moves:
        for place, days in seats.items():
            for day, move in days.items():
                counter = total.setdefault(place, {})
                counter[day] = counter.get(day, 0) + move
    kept = {place: {day: move for day, move in days.items() if move} for place, days in total.items()}
    return {place: days for place, days in kept.items() if days}


@dataclass(slots=True)
class _Work:
    """What one decision gathers on its way over the children and days."""

    reglement: Reglement
    activity: Activity
    file: FoyerFile
    now: datetime
    month: str
    refused: list[FieldError] = field(default_factory=list)
    total: int = 0
    capacities: dict[str, int] = field(default_factory=dict)

    def apply(self, index: int, child: Child, changes: ChildChanges, months: Sequence[ChildMonth]) -> ChildResult:
        before = {entry.day: entry for month in months for entry in month.days}
        had = {day for day, entry in before.items() if entry.state != "cancelled_late"}
        days = dict(before)
        booked, cancelled = [], []
        self._check_units(index, child, changes, had)
        for position, day in enumerate(changes.book):
            if day not in had:
                line = self._book(pointer_of(index, "book", position), child, day, days)
                booked += [line] if line else []
        for position, day in enumerate(changes.cancel):
            if day in had:
                line_back = self._cancel(pointer_of(index, "cancel", position), child, day, days)
                cancelled += [line_back] if line_back else []
        gone = {place: dict.fromkeys(counters, -1) for place, counters in seats_of(before.values()).items()}
        come = {place: dict.fromkeys(counters, 1) for place, counters in seats_of(days.values()).items()}
        after = [_with_days(month, days.values()) for month in months]
        result = ChildResult(
            child,
            next(month for month in after if month.month == self.month),
            tuple(booked),
            tuple(cancelled),
            beside=tuple(month for month in after if month.month != self.month),
            seats=_sum([gone, come]),
        )
        return replace(result, relied_on=self._relied_on(result, (before, days)))

    def _relied_on(self, result: ChildResult, states: Iterable[Mapping[date, BookedDay]]) -> tuple[ChildMonth, ...]:
        """A session's seat is taken with its first day and given back with its last: the other months count."""
        once = {
            day for days in states for day, entry in days.items() if any(counted_once(place) for place in entry.places)
        }
        needed = {month for day in result.days & once for month in months_of_session(self.activity, day)}
        written = {each.month for each in result.written}
        return tuple(
            each for each in (result.month, *result.beside) if each.month in needed and each.month not in written
        )

    def _check_units(self, index: int, child: Child, changes: ChildChanges, had: set[date]) -> None:
        if self.activity.unit == "day":
            return
        wanted, today = changes.after(had), paris_day(self.now)
        for action, days in (("book", changes.book), ("cancel", changes.cancel)):
            for position, day in enumerate(days):
                unit = together(self.reglement, self.activity, child.school, day)
                missing = [each for each in unit if each not in wanted]
                if action == "cancel":
                    missing = [each for each in unit if each in wanted and each >= today]
                if day in unit and missing:
                    reason = incomplete(self.activity.unit, missing, cancelling=action == "cancel")
                    self.refused.append(FieldError(pointer_of(index, action, position), reason))

    def _book(self, pointer: str, child: Child, day: date, days: dict[date, BookedDay]) -> BookedLine | None:
        decision = decide_for(self.reglement, self.activity, self.file, child, day, self.now)
        reason = booking_refusal(self.reglement, self.activity, child, decision, self.now)
        if not reason and decision.approval and day in days:
            reason = cancelled_late_refusal(self.reglement, self.activity)
        if reason or decision.price is None:
            self.refused.append(FieldError(pointer, reason))
            return None
        billed = days[day].price_centimes if day in days else 0
        price = max(billed, decision.price.centimes)
        places = places_of(self.activity, seated(child), day)
        self.capacities |= places
        days[day] = BookedDay(
            day,
            price,
            self.reglement.hash,
            state="awaiting" if decision.approval else "booked",
            late=decision.booking.late,
            places=tuple(places),
        )
        self.total += days[day].owed_centimes - billed
        state = days[day].state
        until = cancel_until(self.reglement, self.activity, self.file, child, decision, self.now, state)
        return BookedLine(day, price - billed, until, state)

    def _cancel(self, pointer: str, child: Child, day: date, days: dict[date, BookedDay]) -> CancelledLine | None:
        entry = days[day]
        decision = decide_for(self.reglement, self.activity, self.file, child, day, self.now)
        reason = cancelling_refusal(self.reglement, self.activity, decision, self.now, entry.state)
        if reason:
            self.refused.append(FieldError(pointer, reason))
            return None
        if entry.state == "booked" and decision.open and decision.cancelling.late:
            days[day] = replace(entry, state="cancelled_late", places=())
            return CancelledLine(day, 0)
        del days[day]
        self.total -= entry.owed_centimes
        return CancelledLine(day, entry.owed_centimes)


def _with_days(month: ChildMonth, days: Iterable[BookedDay]) -> ChildMonth:
    return month.with_days(entry for entry in days if month_of(entry.day) == month.month)
