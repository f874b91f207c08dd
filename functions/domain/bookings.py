"""A month's changes for one family: what they make of the child-months, the seats and the bill, or why not.

Nothing the browser says is believed: prices, deadlines, open days and eligibility come from the rules at `now`.
All or nothing: one refused day refuses the whole, with a reason for each refused day.

The total is what the changes add to what is owed, so always: owed after - owed before.
    a day booked                       + its price now (surcharge included when late)
    a day cancelled in time            - the price it was confirmed at
    a day cancelled too late, billed     0, and the day stays on the bill as "cancelled_late"
    such a day booked again            + only what the price now adds to what is already billed
Asking for what is already so changes nothing and costs nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from functions.domain.activity import Activity
from functions.domain.decisions import ChildFacts, DayDecision, FamilyFacts, decide_day
from functions.domain.errors import FieldError, Invalid, NotFound, Refused
from functions.domain.foyer import Child, FoyerFile
from functions.domain.months import BookedDay, ChildMonth
from functions.domain.places import places_of
from functions.domain.refusals import booking_refusal, cancelling_refusal, outside, too_few
from functions.domain.reglement import Reglement

Taken = Mapping[str, Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class ChildChanges:
    child_id: str
    book: tuple[date, ...] = ()
    cancel: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """`expected_total_centimes` is what the family was shown; a different price is told, never charged silently."""

    month: str
    activity: str
    expected_total_centimes: int
    children: tuple[ChildChanges, ...]


@dataclass(frozen=True, slots=True)
class BookedLine:
    """`cancel_until`: the last instant at which cancelling costs nothing (UTC)."""

    day: date
    price_centimes: int
    cancel_until: datetime | None


@dataclass(frozen=True, slots=True)
class CancelledLine:
    """`price_centimes` is what is given back: 0 when cancelled too late."""

    day: date
    price_centimes: int


@dataclass(frozen=True, slots=True)
class ChildResult:
    child: Child
    month: ChildMonth
    booked: tuple[BookedLine, ...]
    cancelled: tuple[CancelledLine, ...]

    @property
    def changed(self) -> bool:
        return bool(self.booked or self.cancelled)


@dataclass(frozen=True, slots=True)
class Decision:
    """`seats`: per counter and day of the month, seats to take (positive) or to give back (negative)."""

    children: tuple[ChildResult, ...]
    total_centimes: int
    seats: Mapping[str, Mapping[int, int]]


def facts_of(file: FoyerFile, child: Child) -> tuple[ChildFacts, FamilyFacts]:
    """A school left empty means none; a level left empty only means that nobody wrote it down."""
    family = FamilyFacts(
        quotient_familial_centimes=file.allocataire.quotient_familial_centimes,
        resident=file.resident,
        children_count=len(file.children),
    )
    return ChildFacts(child.birth_date, child.school, child.level or None), family


def decide(
    reglement: Reglement, file: FoyerFile, months: Iterable[ChildMonth], order: Order, now: datetime
) -> Decision:
    """`months` are the current child-months of this month and activity (absent: never written).

    Raises NotFound (activity, child), Invalid (days that make no sense), Refused "days_refused" with a FieldError per
    day, Refused "price_changed" with `total_centimes`.
    """
    activity = check(reglement, file, order)
    before = {known.child_id: known for known in months}
    work = _Work(reglement, activity, file, now)
    results = [
        work.apply(index, child, changes, before.get(changes.child_id) or _blank(changes, order))
        for index, changes in enumerate(order.children)
        if (child := file.child(changes.child_id)) is not None
    ]
    if work.refused:
        raise days_refused(work.refused)
    if work.total != order.expected_total_centimes:
        raise Refused(
            "price_changed",
            "Le montant n’est plus celui qui vous a été montré. Vérifiez-le avant de confirmer.",
            extra={"total_centimes": work.total},
        )
    return Decision(tuple(results), work.total, work.moves())


def check(reglement: Reglement, file: FoyerFile, order: Order) -> Activity:
    """The activity asked for. Raises NotFound or Invalid as `decide` does, before any rule is asked."""
    activity = reglement.activities.get(order.activity)
    if activity is None:
        raise NotFound("activity_unknown", "Cette activité n’existe pas.")
    if any(file.child(changes.child_id) is None for changes in order.children):
        raise NotFound("child_unknown", "Cet enfant n’est pas dans votre dossier.")
    errors = list(_senseless(order))
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
        places = places_of(activity, result.child.school)
        booked = {line.day for line in result.booked}
        for position, day in enumerate(changes.book):
            short = [
                (capacity - taken.get(place, {}).get(day.day, 0), move)
                for place, capacity in places.items()
                if (move := decision.seats.get(place, {}).get(day.day, 0)) > 0
                and taken.get(place, {}).get(day.day, 0) + move > capacity
            ]
            if day in booked and short:
                errors.append(FieldError(f"/children/{index}/book/{position}", too_few(*min(short))))
    return errors


@dataclass(slots=True)
class _Work:
    """What one decision gathers on its way over the children and days."""

    reglement: Reglement
    activity: Activity
    file: FoyerFile
    now: datetime
    refused: list[FieldError] = field(default_factory=list)
    total: int = 0
    _moves: dict[str, dict[int, int]] = field(default_factory=dict)

    def apply(self, index: int, child: Child, changes: ChildChanges, month: ChildMonth) -> ChildResult:
        days = {entry.day: entry for entry in month.days}
        booked, cancelled = [], []
        for position, day in enumerate(changes.book):
            if month.booked(day) is None:
                pointer = f"/children/{index}/book/{position}"
                line = self._book(pointer, child, day, days)
                booked += [line] if line else []
        for position, day in enumerate(changes.cancel):
            if month.booked(day) is not None:
                pointer = f"/children/{index}/cancel/{position}"
                line_back = self._cancel(pointer, child, day, days)
                cancelled += [line_back] if line_back else []
        return ChildResult(child, month.with_days(days.values()), tuple(booked), tuple(cancelled))

    def moves(self) -> dict[str, dict[int, int]]:
        """Without the days on which as many leave as come."""
        kept = {place: {day: move for day, move in days.items() if move} for place, days in self._moves.items()}
        return {place: days for place, days in kept.items() if days}

    def _book(self, pointer: str, child: Child, day: date, days: dict[date, BookedDay]) -> BookedLine | None:
        decision = self._decide(child, day)
        reason = booking_refusal(self.reglement, self.activity, decision, self.now)
        if reason or decision.price is None:
            self.refused.append(FieldError(pointer, reason))
            return None
        billed = days[day].price_centimes if day in days else 0
        price = max(billed, decision.price.centimes)
        places = tuple(places_of(self.activity, child.school))
        days[day] = BookedDay(day, price, self.reglement.hash, late=decision.booking.late, places=places)
        self.total += price - billed
        self._move(places, day, 1)
        return BookedLine(day, price - billed, decision.cancelling.until)

    def _cancel(self, pointer: str, child: Child, day: date, days: dict[date, BookedDay]) -> CancelledLine | None:
        entry = days[day]
        decision = self._decide(child, day)
        reason = cancelling_refusal(self.reglement, self.activity, decision, self.now)
        if reason:
            self.refused.append(FieldError(pointer, reason))
            return None
        self._move(entry.places, day, -1)
        if decision.open and decision.cancelling.late:
            days[day] = replace(entry, state="cancelled_late", places=())
            return CancelledLine(day, 0)
        del days[day]
        self.total -= entry.price_centimes
        return CancelledLine(day, entry.price_centimes)

    def _decide(self, child: Child, day: date) -> DayDecision:
        facts, family = facts_of(self.file, child)
        return decide_day(self.reglement, self.activity.id, day, self.now, facts, family)

    def _move(self, places: Iterable[str], day: date, move: int) -> None:
        for place in places:
            days = self._moves.setdefault(place, {})
            days[day.day] = days.get(day.day, 0) + move


def _blank(changes: ChildChanges, order: Order) -> ChildMonth:
    return ChildMonth(changes.child_id, order.activity, order.month)


def _senseless(order: Order) -> Iterable[FieldError]:
    seen: set[str] = set()
    for index, changes in enumerate(order.children):
        if changes.child_id in seen:
            yield FieldError(f"/children/{index}/child_id", "Cet enfant est déjà dans la demande.")
        seen.add(changes.child_id)
        for action, days in (("book", changes.book), ("cancel", changes.cancel)):
            for position, day in enumerate(days):
                pointer = f"/children/{index}/{action}/{position}"
                if day.strftime("%Y-%m") != order.month:
                    yield FieldError(pointer, outside(day, order.month))
                elif day in days[:position]:
                    yield FieldError(pointer, "Ce jour est déjà dans la demande.")
                elif action == "cancel" and day in changes.book:
                    yield FieldError(pointer, "Ce jour est à la fois à réserver et à annuler.")
    if not any(changes.book or changes.cancel for changes in order.children):
        yield FieldError("/children", "Aucun jour n’est à réserver ni à annuler.")
