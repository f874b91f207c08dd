"""What a family may book, sees booked, and changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from functions.actions import booking, rights
from functions.actions.booking_calendar import activity_named, first_month, load_family, show
from functions.actions.rights import FoyerChoice
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
    foyers: tuple[FoyerChoice, ...]


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
    foyers: tuple[FoyerChoice, ...]


def choices(access: Access, asked: str = "") -> Choices:
    file = load_family(rights.foyer_ids(access, asked), (), _NO_MONTH, consistent=False).file
    return Choices(
        tuple(ActivityChoice(each.id, each.name) for each in rules.current().activities.values()),
        tuple(ChildChoice(each.person_id, each.first_name) for each in file.children),
        rights.choices(access, file.foyer_id),
    )


def calendar(
    foyer_ids: Sequence[str], month: str, activity_id: str, child_ids: Sequence[str], now: datetime
) -> MonthView:
    """Raises NotFound for an activity or a child that is not theirs, Forbidden without a family."""
    family = load_family(foyer_ids, child_ids, first_month(activity_id, month))
    activity = activity_named(activity_id)
    shown = [each for each in family.file.children if not child_ids or each.person_id in child_ids]
    return show(family, activity, month, shown, now)


def change(
    foyer_ids: tuple[str, ...], account_id: str, order: Order, *, key: str, body_hash: str, seen: str, now: datetime
) -> str:
    return booking.change_month(
        booking.Request(
            foyer_ids=foyer_ids,
            account_id=account_id,
            key=canonical_key(key),
            body_hash=body_hash,
            seen=seen,
            order=order,
            now=now,
        )
    )


def agenda(access: Access, first: date, now: datetime, asked: str = "") -> Agenda:
    family = load_family(rights.foyer_ids(access, asked), (), f"{first:%Y-%m}", consistent=False)
    return Agenda(
        generated_at=now,
        children=tuple(AgendaChild(each.person_id, each.first_name) for each in family.file.children),
        entries=tuple(agenda_of.entries(rules.current(), family.file, family.months, first, now)),
        foyers=rights.choices(access, family.file.foyer_id),
    )


def receipt(access: Access, text: str) -> str:
    """The receipt as it was answered; NotFound in the same words whether unknown or somebody else's."""
    number = read_number(text)
    for foyer_id in rights.foyer_ids(access) if number else ():
        for event in events.find_by_prefix("core", foyers.partition(foyer_id), key_prefix(number)):
            if event.name == booking.EVENT and receipt_number(event.key, event.at) == number:
                return event.answer
    raise NotFound("receipt_unknown", "Ce numéro de reçu n’est pas dans votre dossier.")
