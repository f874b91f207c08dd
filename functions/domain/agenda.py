"""What is planned for the children of a family, day by day, all activities together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from functions.domain.child_days import cancel_until, decide_for
from functions.domain.foyer import FoyerFile
from functions.domain.month_view import hour
from functions.domain.months import ChildMonth
from functions.domain.reglement import Reglement


@dataclass(frozen=True, slots=True)
class Entry:
    """`status` is "booked", "awaiting" (an agent must accept it; the price is owed from then on) or "cancelled_late"
    (the child does not come, the day is billed).
    `start` and `end` are « 11:30 », None when the rules no longer know the activity.
    `cancel_until`: the last instant at which cancelling costs nothing (UTC); None when it is closed or past.
    """

    day: date
    child_id: str
    given_name: str
    activity: str
    activity_name: str
    start: str | None
    end: str | None
    status: str
    price_centimes: int
    cancel_until: datetime | None


def entries(
    reglement: Reglement, file: FoyerFile, months: Iterable[ChildMonth], first: date, now: datetime
) -> list[Entry]:
    """From the day `first` on, in the order of days, hours, then names."""
    found = [
        entry
        for month in months
        if file.child(month.child_id) is not None
        for entry in _of_month(reglement, file, month, first, now)
    ]
    return sorted(found, key=lambda entry: (entry.day, entry.start or "", entry.given_name, entry.activity))


def _of_month(reglement: Reglement, file: FoyerFile, month: ChildMonth, first: date, now: datetime) -> Iterable[Entry]:
    child = file.child(month.child_id)
    activity = reglement.activities.get(month.activity)
    for day in month.days:
        if child is None or day.day < first:
            continue
        until = None
        if activity is not None and day.state != "cancelled_late":
            decision = decide_for(reglement, activity, file, child, day.day, now)
            until = cancel_until(reglement, activity, file, child, decision, now, day.state)
        yield Entry(
            day=day.day,
            child_id=child.person_id,
            given_name=child.first_name,
            activity=month.activity,
            activity_name=activity.name if activity else month.activity,
            start=hour(activity.start) if activity else None,
            end=hour(activity.end) if activity else None,
            status=day.state,
            price_centimes=day.price_centimes,
            cancel_until=until,
        )
