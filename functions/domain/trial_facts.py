"""What the rules answer about enrolment, absence and documents, for the day of a question."""

from collections.abc import Iterable
from datetime import UTC, datetime

from functions.domain.absences import certificate_deadline, declaration_deadline
from functions.domain.activity import Activity
from functions.domain.calendar import paris_iso
from functions.domain.document_validity import MissingDocument
from functions.domain.enrolments import EnrolmentDecision
from functions.domain.reglement import Reglement
from functions.domain.trial_answer import AbsenceAnswer, EnrolmentAnswer, MissingDocumentAnswer
from functions.domain.trial_question import Question


def enrolment(activity: Activity, decision: EnrolmentDecision) -> EnrolmentAnswer | None:
    """None when the activity asks for no enrolment."""
    rule = activity.enrolment
    if rule is None:
        return None
    return EnrolmentAnswer(
        school_year=decision.school_year,
        allowed=decision.allowed,
        refusal=decision.refusal or None,
        opens=utc(decision.opens),
        opens_paris=paris(decision.opens),
        closes=utc(decision.closes),
        closes_paris=paris(decision.closes),
        after=decision.after,
        by_services=decision.by_services,
        missing_documents=missing(decision.missing_documents),
        source=rule.source or None,
        choice=rule.choice or None,
    )


def absence(reglement: Reglement, activity: Activity, question: Question) -> AbsenceAnswer | None:
    """Of an absence whose first day is that of the question; None when the town has no rule."""
    rule = activity.absence
    if rule is None:
        return None
    certificate = certificate_deadline(rule, activity, question.day)
    holidays = reglement.calendar.public_holidays
    declared = declaration_deadline(rule, activity, question.day, question.day, holidays)
    return AbsenceAnswer(
        certificate_until=utc(certificate),
        certificate_until_paris=paris(certificate),
        with_certificate=rule.with_certificate,
        without_certificate=rule.without_certificate,
        waiting_days=rule.waiting_days,
        declare_until=utc(declared),
        declare_until_paris=paris(declared),
        source=rule.source or None,
        choice=rule.choice or None,
    )


def missing(found: Iterable[MissingDocument]) -> tuple[MissingDocumentAnswer, ...]:
    return tuple(
        MissingDocumentAnswer(
            item.document, item.why, item.at, item.blocking, item.valid_until.isoformat() if item.valid_until else None
        )
        for item in found
    )


def utc(instant: datetime | None) -> str | None:
    """« 2026-12-03T22:59:59Z »."""
    return None if instant is None else instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def paris(instant: datetime | None) -> str | None:
    return None if instant is None else paris_iso(instant)
