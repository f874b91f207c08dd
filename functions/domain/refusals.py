"""What a family reads when a day cannot be booked or cancelled: which rule, since when, and whom to call."""

from datetime import date, datetime, time

from functions.domain.activity import Activity
from functions.domain.calendar import PARIS, paris_day
from functions.domain.decisions import DayDecision
from functions.domain.french import clock, long_day
from functions.domain.reglement import Reglement, Service

FULL = "Complet\u202f: il n’y a plus de place ce jour-là."
NO_PRICE = "Le tarif de ce jour n’est pas encore connu."
PAST = "Ce jour est déjà passé."


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


def booking_refusal(reglement: Reglement, activity: Activity, decision: DayDecision, now: datetime) -> str:
    """Why this day cannot be booked now; "" when it can."""
    if not decision.open:
        return decision.closed_reason
    if not decision.eligible:
        return _joined(decision.ineligible_reason, whom_to_call(reglement, decision.contact))
    window = decision.booking
    if window.allowed:
        return "" if decision.price is not None else _joined(NO_PRICE, whom_to_call(reglement, activity.service))
    if paris_day(now) > decision.day:
        return PAST
    if window.until is None:
        return "Ce jour ne peut pas être réservé."
    deadline = f"Il fallait réserver avant le {moment(window.until)}."
    if window.after == "late_request":
        deadline = f"{deadline} Une demande tardive se fait auprès du service."
    return _joined(deadline, whom_to_call(reglement, activity.service))


def cancelling_refusal(reglement: Reglement, activity: Activity, decision: DayDecision, now: datetime) -> str:
    """Why this booked day cannot be cancelled now; "" when it can, at whatever cost."""
    if paris_day(now) > decision.day:
        return PAST
    window = decision.cancelling
    if window.allowed or not decision.open:
        return ""
    if window.until is None:
        return "Ce jour ne peut pas être annulé."
    deadline = f"Il fallait annuler avant le {moment(window.until)}."
    return _joined(deadline, whom_to_call(reglement, activity.service))


def too_few(left: int, wanted: int) -> str:
    if left <= 0:
        return FULL
    seats = "Il ne reste qu’une place" if left == 1 else f"Il ne reste que {left} places"
    return f"{seats} ce jour-là, pour {wanted} enfants."


def outside(day: date, month: str) -> str:
    return f"Le {long_day(day)} n’est pas dans le mois demandé ({month})."


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
