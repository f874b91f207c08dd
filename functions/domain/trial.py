"""What the rules answer to a question, for `parvis rules explain` and for the page « Essayer les règles » alike."""

from dataclasses import replace
from typing import Any

from functions.domain import trial_custody, trial_words
from functions.domain import trial_facts as facts
from functions.domain.activity import ActionRule, Activity, Capacity, CarryOver, Slot, WaitingList
from functions.domain.decisions import DayDecision, Price, decide_day
from functions.domain.document_validity import missing_documents
from functions.domain.enrolments import EnrolmentDecision, decide_enrolment
from functions.domain.reglement import Reglement
from functions.domain.school_years import school_year_of
from functions.domain.slots import slots_on
from functions.domain.trial_answer import (
    AttendanceAnswer,
    BookingAnswer,
    CancellingAnswer,
    CapacityAnswer,
    CarryOverAnswer,
    GroupAnswer,
    PriceAnswer,
    SlotAnswer,
    StepAnswer,
    TrialAnswer,
    WaitingListAnswer,
)
from functions.domain.trial_question import Question, part_of
from functions.domain.windows import Window


def answer(reglement: Reglement, question: Question) -> TrialAnswer:
    """Words included. The question was read with these rules: its ids exist."""
    decision = _decide(reglement, question, unbooked=question.unbooked)
    enrolled = decide_enrolment(
        reglement,
        question.activity,
        school_year_of(question.day),
        question.now,
        question.child,
        question.family,
        question.documents,
    )
    found = _answer(reglement, question, decision, enrolled)
    return replace(found, words=trial_words.of(reglement, question, decision, enrolled, found))


def _decide(reglement: Reglement, question: Question, *, unbooked: bool) -> DayDecision:
    return decide_day(
        reglement,
        question.activity,
        question.day,
        question.now,
        question.child,
        question.family,
        session=question.session,
        slot=question.slot,
        hours=question.hours,
        booked_on=question.booked_on,
        booking_start=question.booking_start,
        unbooked=unbooked,
    )


def _answer(
    reglement: Reglement, question: Question, decision: DayDecision, enrolled: EnrolmentDecision
) -> TrialAnswer:
    activity = reglement.activities[question.activity]
    capacity = activity.capacity
    part = part_of(activity, question)
    missing = missing_documents(reglement.documents, activity, question.documents, question.day)
    return TrialAnswer(
        activity=activity.id,
        day=decision.day.isoformat(),
        now=facts.utc(question.now) or "",
        open=decision.open,
        closed_reason=decision.closed_reason or None,
        unit=decision.unit,
        session=decision.session or None,
        period=decision.period or None,
        slot=decision.slot or None,
        slots=_slots(activity, question),
        start=f"{part.start:%H:%M}",
        end=f"{part.end:%H:%M}",
        booking=_booking(activity.booking, decision),
        cancelling=CancellingAnswer(**_window(activity.cancelling, decision.cancelling)),
        eligible=decision.eligible,
        ineligible_reason=decision.ineligible_reason or None,
        contact=decision.contact or None,
        price=_price(reglement, activity, question, decision.price),
        documents=decision.documents,
        missing_documents=facts.missing(missing),
        enrolment=facts.enrolment(activity, enrolled),
        absence=facts.absence(reglement, activity, question),
        attendance=_attendance(reglement, activity, question),
        capacity=None if capacity is None else _capacity(capacity),
        waiting_list=None if capacity is None else _waiting_list(capacity.waiting),
        carry_over=_carry_over(activity.carry_over),
        custody=trial_custody.answer(reglement, question, decision.price.centimes if decision.price else None),
        rules_hash=decision.rules_hash,
        words=(),
    )


def _window(rule: ActionRule, window: Window) -> dict[str, Any]:
    """The rule that decided is the lenient window where there is one."""
    lenient = next((item for item in rule.windows if item.name == window.lenient), None)
    source, choice = (lenient.source, lenient.choice) if lenient else (rule.source, rule.choice)
    return {
        "allowed": window.allowed,
        "until": facts.utc(window.until),
        "until_paris": facts.paris(window.until),
        "late": window.late,
        "after": window.after,
        "final": facts.utc(window.final),
        "final_paris": facts.paris(window.final),
        "source": source or None,
        "choice": choice or None,
    }


def _booking(rule: ActionRule, decision: DayDecision) -> BookingAnswer:
    window = decision.booking
    return BookingAnswer(
        **_window(rule, window),
        opens=facts.utc(window.opens),
        opens_paris=facts.paris(window.opens),
        approval=decision.approval,
        window=window.lenient or None,
    )


def _price(reglement: Reglement, activity: Activity, question: Question, price: Price | None) -> PriceAnswer | None:
    if price is None:
        return None
    version = reglement.tariffs[part_of(activity, question).tariff].on(question.day)
    return PriceAnswer(
        centimes=price.centimes,
        trace=tuple(StepAnswer(step.step, step.value) for step in price.trace),
        source=(version.source if version else "") or None,
        choice=(version.choice if version else "") or None,
    )


def _slots(activity: Activity, question: Question) -> tuple[SlotAnswer, ...]:
    return tuple(slot_answer(slot) for slot in slots_on(activity, question.day))


def slot_answer(slot: Slot) -> SlotAnswer:
    return SlotAnswer(slot.id, slot.name, f"{slot.start:%H:%M}", f"{slot.end:%H:%M}")


def _attendance(reglement: Reglement, activity: Activity, question: Question) -> AttendanceAnswer | None:
    rule = activity.attendance
    if rule is None:
        return None
    price = None
    if rule.without_booking != "refused":
        unbooked = _decide(reglement, question, unbooked=True)
        price = _price(reglement, activity, question, unbooked.price)
    return AttendanceAnswer(rule.without_booking, price, rule.source or None, rule.choice or None)


def _capacity(capacity: Capacity) -> CapacityAnswer:
    return CapacityAnswer(
        per_day=capacity.per_day,
        per_session=capacity.per_session,
        per_school=capacity.per_school,
        groups=tuple(
            GroupAnswer(group.id, group.name, group.minimum, group.maximum, group.per_day, group.per_session)
            for group in capacity.groups
        ),
    )


def _waiting_list(waiting: WaitingList | None) -> WaitingListAnswer | None:
    if waiting is None:
        return None
    return WaitingListAnswer(waiting.mode, waiting.offer_hours, waiting.source or None, waiting.choice or None)


def _carry_over(rule: CarryOver | None) -> CarryOverAnswer | None:
    return None if rule is None else CarryOverAnswer(rule.weeks, rule.source or None, rule.choice or None)
