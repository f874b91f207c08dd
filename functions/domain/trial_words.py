"""The answer as a parent, an agent or whoever writes the rules reads it: sentences under headings."""

from collections.abc import Iterator
from datetime import datetime

from functions.domain import trial_custody
from functions.domain import trial_facts_words as facts
from functions.domain import trial_places_words as places
from functions.domain import trial_windows_words as windows
from functions.domain.activity import Activity, Session
from functions.domain.decisions import DayDecision
from functions.domain.document_validity import missing_documents, missing_in_words
from functions.domain.enrolments import EnrolmentDecision
from functions.domain.french import clock, euros, long_day, plain_day
from functions.domain.places import groups_of
from functions.domain.refusals import moment, whom_to_call
from functions.domain.reglement import Reglement
from functions.domain.slots import slots_on
from functions.domain.trial_answer import TrialAnswer, WordsAnswer
from functions.domain.trial_question import Question, part_of

_TITLES = {
    "day": "Le jour",
    "booking": "Réserver",
    "cancelling": "Annuler",
    "child": "L’enfant",
    "enrolment": "L’inscription",
    "documents": "Les documents",
    "price": "Le prix",
    "absence": "L’absence",
    "attendance": "Venir sans réservation",
    "places": "Les places",
    "custody": "La garde alternée",
    "origin": "D’où vient la règle",
}
_RULES = {
    **_TITLES,
    "waiting_list": "La liste d’attente",
    "carry_over": "La reprise d’une année à l’autre",
}
_BLOCKING = {
    "enrolment": " Sans ce document, l’inscription ne peut pas se faire.",
    "booking": " Sans ce document, on ne peut pas réserver.",
}
_UNITS = {
    "week": "On réserve une semaine entière à la fois.",
    "session": "On réserve une session entière à la fois.",
}


def of(
    reglement: Reglement, question: Question, decision: DayDecision, enrolled: EnrolmentDecision, answer: TrialAnswer
) -> tuple[WordsAnswer, ...]:
    activity = reglement.activities[question.activity]
    sections = {
        "day": _day(activity, question, decision),
        "booking": windows.booking(question, decision) if decision.open else (),
        "cancelling": windows.cancelling(question, decision) if decision.open else (),
        "child": _child(reglement, activity, question, decision),
        "enrolment": facts.enrolment(activity, enrolled),
        "documents": _documents(reglement, activity, question),
        "price": _price(reglement, activity, question, decision),
        "absence": facts.absence(reglement, activity, question) if decision.open else (),
        "attendance": facts.attendance(reglement, activity, answer.attendance) if decision.open else (),
        "places": places.of(reglement, activity),
        "custody": trial_custody.words(answer.custody) if decision.open else (),
        "origin": _origin(answer),
    }
    told = {about: tuple(sentences) for about, sentences in sections.items()}
    return tuple(WordsAnswer(about, _TITLES[about], sentences) for about, sentences in told.items() if sentences)


def _day(activity: Activity, question: Question, decision: DayDecision) -> Iterator[str]:
    when = long_day(decision.day)
    if not decision.open:
        yield f"{when.capitalize()}, l’activité « {activity.name} » n’a pas lieu."
        yield decision.closed_reason
        return
    part = part_of(activity, question)
    slot = activity.slot(part.slot)
    named = (
        f"le créneau « {slot.name} » de l’activité « {activity.name} »" if slot else f"l’activité « {activity.name} »"
    )
    yield f"{when.capitalize()}, {named} a lieu, de {clock(part.start)} à {clock(part.end)}."
    if decision.unit in _UNITS:
        yield _UNITS[decision.unit]
    yield from _held("la session", activity.sessions, decision.session)
    yield from _held("la période de réservation", activity.booking_periods, decision.period)
    if activity.slots and slot is None:
        listed = "\u202f; ".join(
            f"{each.name} ({clock(each.start)} à {clock(each.end)})" for each in slots_on(activity, decision.day)
        )
        yield f"Les créneaux de ce jour : {listed}."


def _held(what: str, among: tuple[Session, ...], name: str) -> Iterator[str]:
    for each in among:
        if each.id == name:
            yield f"Ce jour est dans {what} « {each.name} », du {plain_day(each.first)} au {plain_day(each.last)}."


def _child(reglement: Reglement, activity: Activity, question: Question, decision: DayDecision) -> Iterator[str]:
    if not decision.eligible:
        yield f"L’enfant ne peut pas être inscrit. {decision.ineligible_reason}"
        yield whom_to_call(reglement, decision.contact)
    elif activity.conditions or groups_of(activity):
        yield "Rien de ce qui a été dit de l’enfant ne s’oppose à son inscription."
    else:
        yield "Aucune condition n’est posée."
    if groups_of(activity) and question.child.birth_date is None:
        yield "Sa place dépend de son âge : sans sa date de naissance, aucun jour ne se réserve en ligne."


def _documents(reglement: Reglement, activity: Activity, question: Question) -> Iterator[str]:
    if not activity.required_documents:
        return
    asked = "\u202f; ".join(reglement.documents[item.document].name for item in activity.required_documents)
    yield f"Demandés : {asked}."
    if question.documents is None:
        return
    missing = missing_documents(reglement.documents, activity, question.documents, question.day)
    for item in missing:
        yield f"Il manque : {missing_in_words(reglement.documents, item)}.{_BLOCKING[item.at] if item.blocking else ''}"
    if not missing:
        yield "Tous sont reçus et valables ce jour-là."


def _price(reglement: Reglement, activity: Activity, question: Question, decision: DayDecision) -> Iterator[str]:
    if decision.price is None:
        if decision.open:
            yield "Le tarif de ce jour n’est pas écrit dans les règles."
        return
    when = f" pour une réservation faite {_on(question.booked_on)}" if question.booked_on else ""
    version = reglement.tariffs[part_of(activity, question).tariff].on(decision.day)
    what = {"session": "La session", "month": "Le mois"}.get(version.unit if version else "", "Ce jour")
    without = " pour un enfant venu sans réservation" if question.unbooked else ""
    yield f"{what} coûte {euros(decision.price.centimes)}{when or without}."


def _on(instant: datetime) -> str:
    return f"le {moment(instant)}"


def _origin(answer: TrialAnswer) -> Iterator[str]:
    """The town's own sentences. The same one, given for two rules, is told once."""
    told: dict[tuple[str | None, str | None], list[str]] = {}
    for about, rule in (
        ("booking", answer.booking),
        ("cancelling", answer.cancelling),
        ("enrolment", answer.enrolment),
        ("price", answer.price),
        ("absence", answer.absence),
        ("attendance", answer.attendance),
        ("waiting_list", answer.waiting_list),
        ("carry_over", answer.carry_over),
        ("custody", answer.custody if answer.custody and answer.custody.holder else None),
    ):
        if rule is not None and (rule.source or rule.choice):
            told.setdefault((rule.source, rule.choice), []).append(_RULES[about])
    for (source, choice), subjects in told.items():
        about = ", ".join([subjects[0], *(subject[0].lower() + subject[1:] for subject in subjects[1:])])
        if source:
            yield f"{about} : {source}"
            if choice:
                yield f"Ce que le texte ne disait pas : {choice}"
        else:
            yield f"{about}, un choix de la commune : {choice}"
