"""Enrolment, absence and coming without a booking, in words."""

from collections.abc import Iterator

from functions.domain.absences import certificate_deadline, declaration_deadline
from functions.domain.activity import Absence, Activity
from functions.domain.attendance import without_booking
from functions.domain.calendar import paris_day
from functions.domain.enrolments import EnrolmentDecision
from functions.domain.french import euros, plain_day
from functions.domain.refusals import moment
from functions.domain.reglement import Reglement
from functions.domain.trial_answer import AttendanceAnswer
from functions.domain.trial_question import Question


def enrolment(activity: Activity, decision: EnrolmentDecision) -> Iterator[str]:
    if activity.enrolment is None:
        return
    if decision.opens is not None:
        until = f" et se ferment le {plain_day(paris_day(decision.closes))} au soir" if decision.closes else ""
        yield f"Les inscriptions de {decision.school_year} ouvrent le {plain_day(paris_day(decision.opens))}{until}."
    if decision.allowed:
        yield "L’enfant peut être inscrit maintenant."
    else:
        yield decision.refusal
    if decision.notice:
        yield decision.notice


def absence(reglement: Reglement, activity: Activity, question: Question) -> Iterator[str]:
    rule = activity.absence
    if rule is None:
        return
    yield from _billed(rule, activity, question)
    if rule.waiting_days:
        owed = (
            "le premier jour reste dû"
            if rule.waiting_days == 1
            else f"les {rule.waiting_days} premiers jours restent dus"
        )
        yield f"Délai de carence : {owed} dans tous les cas."
    declared = declaration_deadline(rule, activity, question.day, question.day, reglement.calendar.public_holidays)
    if declared is not None:
        yield f"Une absence ce jour-là se déclare jusqu’au {moment(declared)} compris ; après, elle reste facturée."


def _billed(rule: Absence, activity: Activity, question: Question) -> Iterator[str]:
    if rule.with_certificate == rule.without_certificate:
        billed = rule.with_certificate == "billed"
        yield (
            "Une absence est facturée, même avec un certificat médical."
            if billed
            else "Une absence n’est pas facturée."
        )
        return
    until = certificate_deadline(rule, activity, question.day)
    when = "" if until is None else f" reçu jusqu’au {moment(until)} compris"
    yield f"Pour une absence qui commence ce jour-là, rien n’est facturé avec un certificat médical{when}."
    yield "Sans certificat, elle est facturée."


def attendance(reglement: Reglement, activity: Activity, found: AttendanceAnswer | None) -> Iterator[str]:
    said = without_booking(reglement, activity)
    if said is not None:
        yield said.sentence
    if found is not None and found.price is not None:
        yield f"Ce jour coûterait {euros(found.price.centimes)}."
