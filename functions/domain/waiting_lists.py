"""Who is waiting for a seat, in which order, and to whom the next free one goes. Nothing is kept or sent here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.domain.activity import WaitingList
from functions.domain.calendar import PARIS, resolve, whole_second


@dataclass(frozen=True, slots=True)
class Waiting:
    """One child that waits. `requested_at`, `offered_until`: UTC; the last instant, included, at which the seat offered
    can be accepted. Who accepts leaves the list; who declines, or lets the offer pass, has had its turn.
    """

    id: str
    requested_at: datetime
    offered_until: datetime | None = None
    declined: bool = False

    def has_offer(self, now: datetime) -> bool:
        return not self.declined and self.offered_until is not None and now <= self.offered_until

    def waits(self) -> bool:
        """Nothing was offered to it yet."""
        return not self.declined and self.offered_until is None


@dataclass(frozen=True, slots=True)
class Offer:
    """`until` None: the seat is given, there is nothing to answer."""

    waiting: Waiting
    until: datetime | None


def order(entries: Iterable[Waiting]) -> tuple[Waiting, ...]:
    """By the instant of the request; two of one instant by their ids, so that the order never moves."""
    return tuple(sorted(entries, key=lambda entry: (entry.requested_at, entry.id)))


def rank_of(entries: Iterable[Waiting], entry_id: str, now: datetime) -> int | None:
    """1 for the next to be served, those who hold an offer first; None for somebody who waits no more."""
    line = [entry.id for entry in order(entries) if entry.waits() or entry.has_offer(now)]
    return line.index(entry_id) + 1 if entry_id in line else None


def next_offer(rule: WaitingList, entries: Iterable[Waiting], now: datetime, seats: int = 1) -> Offer | None:
    """To whom one of the `seats` that are free goes; None: to nobody, or the service chooses, or each is offered
    already. An offer counts as its seat until it is answered or has passed.
    """
    line = order(entries)
    if rule.mode == "manual" or sum(entry.has_offer(now) for entry in line) >= seats:
        return None
    first = next((entry for entry in line if entry.waits()), None)
    if first is None:
        return None
    return Offer(first, _until(rule.offer_hours, now) if rule.mode == "offer" else None)


def _until(hours: int | None, now: datetime) -> datetime:
    """The same hour so many hours later on the clock on the wall, as for every delay of the rules."""
    local = whole_second(now).astimezone(PARIS).replace(tzinfo=None)
    return resolve(local + timedelta(hours=hours or 0))
