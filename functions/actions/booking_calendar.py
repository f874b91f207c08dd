"""The calendar of a month for a family: shown on its own, and beside a refusal that it explains."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from functions.domain.activity import Activity
from functions.domain.child_days import seated
from functions.domain.errors import Forbidden, NotFound
from functions.domain.foyer import Child
from functions.domain.month_view import MonthView, view_month
from functions.domain.months import ChildMonth, days_of, month_of
from functions.domain.places import Taken, counter_day, places_of
from functions.domain.units import months_concerned, months_shown
from functions.kit import rules
from functions.store import months as months_store
from functions.store.months import Family


def load_family(
    foyer_ids: Iterable[str], child_ids: Sequence[str], from_month: str, *, consistent: bool = True
) -> Family:
    """The first of the account's families that holds all these children (one query a family tried).

    Raises Forbidden when the account has no family, NotFound when none holds them all.
    """
    tried = False
    for foyer_id in foyer_ids:
        family = months_store.load_family(foyer_id, from_month, consistent=consistent)
        tried = tried or family is not None
        if family is not None and all(family.file.child(child_id) for child_id in child_ids):
            return family
    if not tried:
        raise Forbidden(
            "no_foyer",
            "Votre compte n’est pas encore relié à votre dossier famille. Saisissez votre clé enfance pour continuer.",
        )
    raise NotFound("child_unknown", "Cet enfant n’est pas dans votre dossier.")


def activity_named(activity_id: str) -> Activity:
    activity = rules.current().activities.get(activity_id)
    if activity is None:
        raise NotFound("activity_unknown", "Cette activité n’existe pas.")
    return activity


def first_month(activity_id: str, month: str) -> str:
    """The month from which the family's bookings are read: an earlier one when a week or a session began in it."""
    activity = rules.current().activities.get(activity_id)
    return month if activity is None else months_concerned(activity, month)[0]


def months_of(family: Family, activity: Activity, month: str) -> dict[tuple[str, str], ChildMonth]:
    """By child and month: those that this month's calendar shows or depends on, for every child of the file."""
    return {
        (child.person_id, name): family.month(child.person_id, activity.id, name)
        for child in family.file.children
        for name in months_concerned(activity, month)
    }


def show(family: Family, activity: Activity, month: str, children: Sequence[Child], now: datetime) -> MonthView:
    """Reads one counter for each place and month concerned, and only where seats are limited."""
    days = [day for name in months_shown(activity, month) for day in days_of(name)]
    counters = {
        (place, counter_day(place, day))
        for child in children
        for day in days
        for place in places_of(activity, seated(child), day)
    }
    current = rules.current()
    return view_month(
        current,
        family.file,
        months_of(family, activity, month),
        children,
        activity,
        month,
        taken=taken_in(activity, counters, consistent=False),
        now=now,
    )


def taken_in(activity: Activity, counters: Iterable[tuple[str, date]], *, consistent: bool = True) -> Taken:
    """The seats taken in these places, for the whole month of each of these days: one read for each."""
    found: dict[str, dict[date, int]] = {}
    for place, month in sorted({(place, month_of(day)) for place, day in counters}):
        seats = months_store.seats_taken(activity.id, place, month, consistent=consistent)
        known = {day: seats[day.day] for day in days_of(month) if day.day in seats}
        found.setdefault(place, {}).update(known)
    return found
