"""Booking and cancelling in words: from when, until when, what comes after, and whether it can be done now."""

from collections.abc import Iterator
from datetime import datetime

from functions.domain.calendar import paris_day, whole_second
from functions.domain.decisions import DayDecision
from functions.domain.refusals import moment
from functions.domain.trial_question import Question
from functions.domain.windows import Window

_AFTER = {
    "refused": "ce n’est plus possible",
    "surcharge": "c’est possible avec une majoration{end}",
    "late_request": "il faut le demander au service",
    "billed": "c’est encore possible{end}, mais le jour reste facturé",
}


def booking(question: Question, decision: DayDecision) -> Iterator[str]:
    window = decision.booking
    if window.opens is not None:
        opened = question.now >= window.opens
        yield f"La réservation {'est ouverte depuis le' if opened else 'ouvre le'} {moment(window.opens)}."
    yield _until(window)
    if window.lenient:
        yield f"Cette date est celle de la fenêtre « {window.lenient} »."
    if decision.approval:
        yield "Chaque réservation attend l’accord d’un agent."
    yield _now(window, question, decision, may=decision.eligible)


def cancelling(question: Question, decision: DayDecision) -> Iterator[str]:
    yield _until(decision.cancelling)
    yield _now(decision.cancelling, question, decision, may=True)


def _until(window: Window) -> str:
    if window.until is None:
        return ""
    end = f", jusqu’au {moment(window.final)}" if window.final is not None and window.final > window.until else ""
    return f"Jusqu’au {moment(window.until)} compris ; ensuite, {_AFTER[window.after].format(end=end)}."


def _now(window: Window, question: Question, decision: DayDecision, *, may: bool) -> str:
    at = whole_second(question.now)
    if window.allowed:
        costly = {"surcharge": ", avec une majoration", "billed": ", mais le jour reste facturé"}
        return f"Possible maintenant{costly.get(window.after, '') if window.late else ''}."
    return f"Impossible maintenant : {_why_not(window, at, decision, may=may)}."


def _why_not(window: Window, at: datetime, decision: DayDecision, *, may: bool) -> str:
    if not may:
        return "l’enfant ne remplit pas les conditions"
    if paris_day(at) > decision.day:
        return "le jour est passé"
    if window.opens is not None and at < window.opens:
        return "la réservation n’est pas encore ouverte"
    if window.after == "late_request":
        return "le délai est passé, il faut le demander au service"
    return "le délai est passé"
