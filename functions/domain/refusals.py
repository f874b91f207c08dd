"""What a family reads when a day cannot be booked or cancelled: which rule, since when, and whom to call."""

from collections.abc import Sequence
from datetime import date, datetime, time

from functions.domain.activity import Activity
from functions.domain.calendar import PARIS, paris_day
from functions.domain.decisions import DayDecision
from functions.domain.foyer import Child
from functions.domain.french import clock, long_day
from functions.domain.months import State
from functions.domain.places import by_group, counted_once, groups_of
from functions.domain.reglement import Reglement, Service
from functions.domain.slots import by_slot

NO_PRICE = "Le tarif de ce jour n’est pas encore connu."
PAST = "Ce jour est déjà passé."
_LATE_REQUEST = "Une demande tardive se fait auprès du service."
_CANCELLED_LATE = "Ce jour a été annulé hors délai\u202f: pour le redemander, adressez-vous au service."
_UNKNOWN_AGE = "La date de naissance de cet enfant manque dans votre dossier\u202f: sa place dépend de son âge."
_MOST_NAMED = 5  # a parent reads the first ones, and how many more there are
_WHOLE_UNIT = {
    "week": ("L’activité se réserve par semaine entière", "Une semaine s’annule en entier"),
    "session": ("L’activité se réserve par session entière", "Une session s’annule en entier"),
}


def moment(instant: datetime) -> str:
    """« lundi 30 novembre 2026 à 23 h 59 », in Paris."""
    local = instant.astimezone(PARIS)
    return f"{long_day(local.date())} à {clock(time(local.hour, local.minute))}"


def whom_to_call(reglement: Reglement, service_id: str) -> str:
    """« Contact : Restauration scolaire, 02 41 00 00 01. », or nothing when the rules name nobody."""
    service = contact_of(reglement, service_id)
    if service is None:
        return ""
    ways = " ou ".join(way for way in (service.phone, service.email) if way)
    return f"Contact\u202f: {service.name}{', ' if ways else ''}{ways}."


def contact_of(reglement: Reglement, service_id: str) -> Service | None:
    return reglement.services.get(service_id) or reglement.services.get(reglement.commune.desk)


def booking_refusal(
    reglement: Reglement, activity: Activity, child: Child, decision: DayDecision, now: datetime
) -> str:
    """Why this day cannot be booked now; "" when it can."""
    if not decision.open:
        return decision.closed_reason
    reason = not_online(reglement, activity, child, decision, now)
    if reason:
        return reason
    window = decision.booking
    if window.allowed:
        return "" if decision.price is not None else _joined(NO_PRICE, whom_to_call(reglement, activity.service))
    if paris_day(now) > decision.day:
        return PAST
    if window.until is None:
        return "Ce jour ne peut pas être réservé."
    deadline = f"Il fallait réserver avant le {moment(window.until)}."
    if window.after == "late_request":
        deadline = f"{deadline} {_LATE_REQUEST}"
    return _joined(deadline, whom_to_call(reglement, activity.service))


def not_online(reglement: Reglement, activity: Activity, child: Child, decision: DayDecision, now: datetime) -> str:
    """Why an open day cannot be booked here by this child, whatever the deadline: a condition, by slots, not yet, no
    age; "" when nothing of that kind stands in the way.
    """
    if not decision.eligible:
        return _joined(decision.ineligible_reason, whom_to_call(reglement, decision.contact))
    call = whom_to_call(reglement, activity.service)
    if by_slot(activity):
        return _joined(by_slot_only(activity), call)
    opens = decision.booking.opens
    if opens is not None and now < opens:
        return f"Les réservations ouvrent le {moment(opens)}."
    if groups_of(activity) and child.birth_date is None:
        return _joined(_UNKNOWN_AGE, call)
    return ""


def by_slot_only(activity: Activity) -> str:
    how = "par créneau" if activity.slots else "à l’heure"
    return f"Cette activité se réserve {how}\u202f: auprès du service, pour le moment."


def cancelled_late_refusal(reglement: Reglement, activity: Activity) -> str:
    """A day still billed is not asked for again where an agent must accept it: its debt would be lost from sight."""
    return _joined(_CANCELLED_LATE, whom_to_call(reglement, activity.service))


def cancelling_refusal(
    reglement: Reglement, activity: Activity, decision: DayDecision, now: datetime, state: State = "booked"
) -> str:
    """Why this booked day cannot be cancelled now; "" when it can, at whatever cost. A request that nobody has accepted
    yet can be taken back as long as its day is not past.
    """
    if paris_day(now) > decision.day:
        return PAST
    if state == "awaiting":
        return ""
    window = decision.cancelling
    if window.allowed or not decision.open:
        return ""
    if window.until is None:
        return "Ce jour ne peut pas être annulé."
    deadline = f"Il fallait annuler avant le {moment(window.until)}."
    if window.after == "late_request":
        deadline = f"{deadline} {_LATE_REQUEST}"
    return _joined(deadline, whom_to_call(reglement, activity.service))


def too_few(place: str, left: int, wanted: int) -> str:
    """`place` is the counter that is short."""
    where = "dans cette session" if counted_once(place) else "ce jour-là"
    if by_group(place):
        where += " pour les enfants de cet âge"
    if left <= 0:
        return f"Complet\u202f: il n’y a plus de place {where}."
    seats = "Il ne reste qu’une place" if left == 1 else f"Il ne reste que {left} places"
    return f"{seats} {where}, pour {wanted} enfants."


def incomplete(unit: str, missing: Sequence[date], *, cancelling: bool) -> str:
    """A week or a session of which only a part is asked for: the days that should be in the request too."""
    named = [f"le {long_day(day)}" for day in missing[:_MOST_NAMED]]
    if len(missing) > _MOST_NAMED:
        named.append(f"{len(missing) - _MOST_NAMED} autres jours")
    listed = f"{', '.join(named[:-1])} et {named[-1]}" if len(named) > 1 else named[0]
    return f"{_WHOLE_UNIT[unit][cancelling]}\u202f: il manque {listed}."


def begun(unit: str) -> str:
    """A week or a session that can no longer be booked whole, some of its days being past or out of time."""
    whole = _WHOLE_UNIT[unit][0]
    return f"{whole}, et certains de ses jours ne peuvent plus l’être."


def outside(day: date, month: str) -> str:
    return f"Le {long_day(day)} n’est pas dans le mois demandé ({month})."


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
