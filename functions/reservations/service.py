"""What a family may book, sees booked, and changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from functions.actions import booking
from functions.actions.booking_calendar import activity_named, first_month, load_family, show
from functions.domain import agenda as agenda_of
from functions.domain.agenda import Entry
from functions.domain.errors import NotFound
from functions.domain.month_view import MonthView
from functions.domain.orders import Order
from functions.domain.receipts import canonical_key, key_prefix, read_number, receipt_number
from functions.kit import rules
from functions.store import events, foyers
from functions.store.access import Access

# Any month after every booking: the query then brings the file alone.
_NO_MONTH = "9999-12"


@dataclass(frozen=True, slots=True)
class ActivityChoice:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ChildChoice:
    person_id: str
    given_name: str


@dataclass(frozen=True, slots=True)
class Choices:
    activities: tuple[ActivityChoice, ...]
    children: tuple[ChildChoice, ...]


@dataclass(frozen=True, slots=True)
class AgendaChild:
    child_id: str
    given_name: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """`generated_at` (UTC) says how old the agenda is when it is read without the network."""

    generated_at: datetime
    children: tuple[AgendaChild, ...]
    entries: tuple[Entry, ...]


def choices(access: Access) -> Choices:
    file = load_family(_foyers(access), (), _NO_MONTH, consistent=False).file
    return Choices(
        tuple(ActivityChoice(each.id, each.name) for each in rules.current().activities.values()),
        tuple(ChildChoice(each.person_id, each.first_name) for each in file.children),
    )


def calendar(access: Access, month: str, activity_id: str, child_ids: Sequence[str], now: datetime) -> MonthView:
    """Raises NotFound for an activity or a child that is not theirs, Forbidden without a family."""
    family = load_family(_foyers(access), child_ids, first_month(activity_id, month))
    activity = activity_named(activity_id)
    shown = [each for each in family.file.children if not child_ids or each.person_id in child_ids]
    return show(family, activity, month, shown, now)


def change(access: Access, order: Order, *, key: str, body_hash: str, seen: str, now: datetime) -> str:
    return booking.change_month(
        booking.Request(
            foyer_ids=_foyers(access),
            account_id=access.account_id,
            key=canonical_key(key),
            body_hash=body_hash,
            seen=seen,
            order=order,
            now=now,
        )
    )


def agenda(access: Access, first: date, now: datetime) -> Agenda:
    family = load_family(_foyers(access), (), f"{first:%Y-%m}", consistent=False)
    return Agenda(
        generated_at=now,
        children=tuple(AgendaChild(each.person_id, each.first_name) for each in family.file.children),
        entries=tuple(agenda_of.entries(rules.current(), family.file, family.months, first, now)),
    )


def receipt(access: Access, text: str) -> str:
    """The receipt as it was answered; NotFound in the same words whether unknown or somebody else's."""
    number = read_number(text)
    for foyer_id in _foyers(access) if number else ():
        for event in events.find_by_prefix("core", foyers.partition(foyer_id), key_prefix(number)):
            if event.name == booking.EVENT and receipt_number(event.key, event.at) == number:
                return event.answer
    raise NotFound("receipt_unknown", "Ce numéro de reçu n’est pas dans votre dossier.")


def _foyers(access: Access) -> tuple[str, ...]:
    return tuple(link.foyer_id for link in access.foyers)
