"""The part of the day that is booked: a slot of the activity, or hours of the family's own choosing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from functions.domain.activity import Activity, FreeHours, Slot
from functions.domain.errors import FieldError, Invalid, NotFound
from functions.domain.french import clock, duration, weekday_name

Hours = tuple[time, time]


@dataclass(frozen=True, slots=True)
class Chosen:
    """`start` and `end` on the clock on the wall, `minutes` between them; `tariff` is an id; `meal`: one is served.
    `slot`: its id, "" for the whole activity or free hours. `closed_reason`: why the slot does not take place that day.
    """

    start: time
    end: time
    minutes: int
    tariff: str
    meal: bool = False
    slot: str = ""
    closed_reason: str = ""


def by_slot(activity: Activity) -> bool:
    """Whether a booking must say which part of the day it is for."""
    return bool(activity.slots) or activity.free_hours is not None


def slots_on(activity: Activity, day: date) -> tuple[Slot, ...]:
    """The slots that take place on this day of the week, in the town's order."""
    return tuple(slot for slot in activity.slots if _takes_place(activity, slot, day))


def chosen(activity: Activity, day: date, slot: str | None = None, hours: Hours | None = None) -> Chosen:
    """What is booked of the day: the slot of that id; of it, or of the activity, the hours from arrival to departure.

    Neither given: the whole activity. Raises NotFound "slot_unknown", Invalid "hours_refused" with a FieldError per
    fault ("/hours/0" the arrival, "/hours/1" the departure, "/hours" both).
    """
    part = activity.slot(slot) if slot is not None else None
    if slot is not None and part is None:
        raise NotFound(
            "slot_unknown", f"L’activité «\u202f{activity.name}\u202f» n’a pas de créneau «\u202f{slot}\u202f»."
        )
    start, end = (part.start, part.end) if part else (activity.start, activity.end)
    if hours is not None:
        errors = list(_wrong_hours(activity, (start, end), hours))
        if errors:
            raise Invalid("hours_refused", " ".join(error.detail for error in errors), errors=errors)
        start, end = hours
    closed = ""
    if part is not None and not _takes_place(activity, part, day):
        closed = f"Le créneau «\u202f{part.name}\u202f» n’a pas lieu le {weekday_name(day)}."
    return Chosen(
        start=start,
        end=end,
        minutes=minutes_between(start, end),
        tariff=(part.tariff if part else "") or activity.tariff,
        meal=part.meal if part else False,
        slot=part.id if part else "",
        closed_reason=closed,
    )


def minutes_between(start: time, end: time) -> int:
    """Of one day, on the clock on the wall."""
    return end.hour * 60 + end.minute - start.hour * 60 - start.minute


def _takes_place(activity: Activity, slot: Slot, day: date) -> bool:
    return day.weekday() in (slot.weekdays or activity.weekdays)


def _wrong_hours(activity: Activity, within: Hours, hours: Hours) -> Iterable[FieldError]:
    opening, closing = within
    arrival, departure = hours
    if departure <= arrival:
        yield FieldError("/hours", "L’heure de départ doit venir après l’heure d’arrivée.")
        return
    if arrival < opening:
        yield FieldError("/hours/0", f"L’accueil commence à {clock(opening)}.")
    if departure > closing:
        yield FieldError("/hours/1", f"L’accueil se termine à {clock(closing)}.")
    if activity.free_hours is not None:
        yield from _off_rule(activity.free_hours, opening, hours)


def _off_rule(rule: FreeHours, opening: time, hours: Hours) -> Iterable[FieldError]:
    for rank, name in ((0, "d’arrivée"), (1, "de départ")):
        if minutes_between(opening, hours[rank]) % rule.step:
            step = f"L’heure {name} se choisit de {duration(rule.step)} en {duration(rule.step)}"
            yield FieldError(f"/hours/{rank}", f"{step}, à partir de {clock(opening)}.")
    length = minutes_between(*hours)
    if length < rule.least:
        yield FieldError("/hours", f"L’accueil dure au moins {duration(rule.least)}.")
    if length > rule.most:
        yield FieldError("/hours", f"L’accueil dure au plus {duration(rule.most)}.")
