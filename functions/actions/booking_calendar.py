"""The calendar of a month for a family: shown on its own, and beside a refusal that it explains."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from functions.domain.activity import Activity
from functions.domain.errors import Forbidden, NotFound
from functions.domain.foyer import Child
from functions.domain.month_view import MonthView, view_month
from functions.domain.months import ChildMonth
from functions.domain.places import places_of
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


def months_of(family: Family, activity_id: str, month: str) -> dict[str, ChildMonth]:
    """The month of every child of the file."""
    return {child.person_id: family.month(child.person_id, activity_id, month) for child in family.file.children}


def show(family: Family, activity: Activity, month: str, children: Sequence[Child], now: datetime) -> MonthView:
    """Reads one counter for each place concerned, and only where seats are limited."""
    places = {place for child in children for place in places_of(activity, child.school)}
    taken = {place: months_store.seats_taken(activity.id, place, month, consistent=False) for place in sorted(places)}
    current = rules.current()
    return view_month(
        current, family.file, months_of(family, activity.id, month), children, activity, month, taken=taken, now=now
    )
