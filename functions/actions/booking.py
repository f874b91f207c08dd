"""Book and cancel days of a month for a family: load, decide, write everything or nothing.

On the happy path: one query and one transaction. The event is looked for only when the decision refuses or a
condition fails: a retry whose answer was lost then gets the answer it had, even past the deadline.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from functions.actions.booking_calendar import first_month, load_family, months_of, show, taken_in
from functions.domain import bookings
from functions.domain.activity import Activity
from functions.domain.bookings import Decision
from functions.domain.errors import Conflict, DomainError, Invalid, Stale
from functions.domain.months import ChildMonth, calendar_version, month_of, unchanged_since
from functions.domain.orders import Order
from functions.domain.receipts import receipt_number
from functions.domain.units import months_shown
from functions.kit import rules
from functions.store import documents, events, foyers
from functions.store import months as months_store
from functions.store.months import Family
from functions.store.transactions import Busy, ConditionFailed, Transaction

EVENT = "booking"
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Request:
    """`key` is a canonical UUID; `seen` is the version of the calendar that the family had before its eyes."""

    foyer_ids: tuple[str, ...]
    account_id: str
    key: str
    body_hash: str
    seen: str
    order: Order
    now: datetime


@dataclass(frozen=True, slots=True)
class ReceiptChild:
    child_id: str
    given_name: str
    booked: tuple[bookings.BookedLine, ...]
    cancelled: tuple[bookings.CancelledLine, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """`version` is the calendar's, after the changes."""

    receipt_number: str
    recorded_at: datetime
    month: str
    activity: str
    activity_name: str
    total_centimes: int
    version: str
    children: tuple[ReceiptChild, ...]


def change_month(request: Request) -> str:
    """The receipt, as JSON, exactly as stored.

    Raises what functions.domain.bookings.decide raises ("price_changed" with `calendar`), Stale with `current`,
    Invalid "idempotency_mismatch", Busy.
    """
    asked = [changes.child_id for changes in request.order.children]
    family = load_family(request.foyer_ids, asked, first_month(request.order.activity, request.order.month))
    try:
        return _attempt(request, family)
    except DomainError:
        answer = _answer_of_same_key(request, family)
        if answer is None:
            raise
        return answer


def _attempt(request: Request, family: Family) -> str:
    current, order = rules.current(), request.order
    activity = bookings.check(current, family.file, order)
    months = months_of(family, activity, order.month)
    seen = [
        months[changes.child_id, name] for changes in order.children for name in months_shown(activity, order.month)
    ]
    if not unchanged_since(request.seen, order.month, seen):
        raise _stale(request, family, activity)
    try:
        decision = bookings.decide(current, family.file, months.values(), order, request.now)
    except DomainError as refusal:
        if refusal.code == "price_changed":
            refusal.extra["calendar"] = show(family, activity, order.month, family.file.children, request.now)
        raise
    for _ in range(_TRIES):
        try:
            return _write(request, family, activity, months, decision)
        except ConditionFailed as failed:
            _explain(failed, request, activity, decision)
    raise Busy


def _explain(failed: ConditionFailed, request: Request, activity: Activity, decision: Decision) -> None:
    """Raise what the family must be told; return when the places were given back meanwhile: it can be tried again."""
    if "event" in failed.labels:
        raise Conflict("already_done", "Cette demande a déjà été traitée.") from failed
    order = request.order
    if any(label.startswith("month:") for label in failed.labels):
        asked = [changes.child_id for changes in order.children]
        fresh = load_family(request.foyer_ids, asked, first_month(activity.id, order.month))
        raise _stale(request, fresh, activity) from failed
    taken = taken_in(activity, ((place, day) for place, moves in decision.seats.items() for day in moves))
    full = bookings.full_days(activity, decision, order, taken)
    if full:
        raise bookings.days_refused(full) from failed


def _write(
    request: Request,
    family: Family,
    activity: Activity,
    months: Mapping[tuple[str, str], ChildMonth],
    decision: Decision,
) -> str:
    transaction = Transaction()
    foyer_id = family.file.foyer_id
    for result in decision.children:
        for month in result.written:
            months_store.add_month(transaction, foyer_id, month)
        for month in result.relied_on:
            months_store.check_month(transaction, foyer_id, month)
    for place, moves in decision.seats.items():
        capacity = decision.capacities.get(place, 0)
        for name in sorted({month_of(day) for day in moves}):
            in_month = {day.day: move for day, move in moves.items() if month_of(day) == name}
            months_store.move_seats(transaction, activity.id, place, name, in_month, capacity)
    answer = documents.dump(_receipt(request, activity, months, decision))
    events.add(
        transaction,
        events.Event(
            table="core",
            subject=foyers.partition(foyer_id),
            key=request.key,
            name=EVENT,
            actor=request.account_id,
            at=request.now,
            body_hash=request.body_hash,
            answer=answer,
            details={"month": request.order.month, "activity": activity.id},
        ),
    )
    transaction.commit()
    return answer


def _receipt(
    request: Request, activity: Activity, months: Mapping[tuple[str, str], ChildMonth], decision: Decision
) -> Receipt:
    shown = months_shown(activity, request.order.month)
    written = {(month.child_id, month.month): month for result in decision.children for month in result.written}
    after = [
        replace(written[key], version=known.version + 1) if key in written else known
        for key, known in months.items()
        if known.month in shown
    ]
    return Receipt(
        receipt_number=receipt_number(request.key, request.now),
        recorded_at=request.now,
        month=request.order.month,
        activity=activity.id,
        activity_name=activity.name,
        total_centimes=decision.total_centimes,
        version=calendar_version(rules.current().hash, request.order.month, activity.id, after),
        children=tuple(
            ReceiptChild(result.child.person_id, result.child.first_name, result.booked, result.cancelled)
            for result in decision.children
        ),
    )


def _answer_of_same_key(request: Request, family: Family) -> str | None:
    done = events.find("core", foyers.partition(family.file.foyer_id), request.key)
    if done is None:
        return None
    if done.body_hash != request.body_hash or done.name != EVENT:
        raise Invalid("idempotency_mismatch", "Cette clé Idempotency-Key a déjà servi à une autre demande.")
    return done.answer


def _stale(request: Request, family: Family, activity: Activity) -> Stale:
    current = show(family, activity, request.order.month, family.file.children, request.now)
    return Stale(
        "stale",
        "Ces réservations ont été modifiées entre-temps. Rien n’a été enregistré\u202f: vérifiez, puis recommencez.",
        extra={"current": current},
    )
