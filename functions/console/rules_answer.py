"""What the rules answer, as the documented JSON (docs/regles.md; it only grows) and in words."""

from datetime import UTC, datetime
from typing import Any

from functions.console.rules_options import Question
from functions.domain.calendar import PARIS, paris_iso
from functions.domain.decisions import Window, decide_day
from functions.domain.french import clock, euros, long_day
from functions.domain.reglement import Reglement

_AFTER = {
    "refused": "ce n’est plus possible",
    "surcharge": "c’est possible avec une majoration",
    "late_request": "il faut le demander au service",
    "billed": "le jour reste facturé",
}


def as_json(reglement: Reglement, question: Question) -> dict[str, Any]:
    decision = decide_day(
        reglement,
        question.activity,
        question.day,
        question.now,
        question.child,
        question.family,
        session=question.session,
        booked_on=question.booked_on,
    )
    price = decision.price
    return {
        "activity": question.activity,
        "day": decision.day.isoformat(),
        "now": _utc(question.now),
        "open": decision.open,
        "closed_reason": decision.closed_reason or None,
        "booking": _window(decision.booking),
        "cancelling": _window(decision.cancelling),
        "eligible": decision.eligible,
        "ineligible_reason": decision.ineligible_reason or None,
        "contact": decision.contact or None,
        "price": None
        if price is None
        else {
            "centimes": price.centimes,
            "trace": [{"step": step.step, "value": step.value} for step in price.trace],
        },
        "documents": list(decision.documents),
        "rules_hash": decision.rules_hash,
    }


def in_words(answer: dict[str, Any]) -> str:
    day = datetime.fromisoformat(answer["day"]).date()
    lines = [f"{long_day(day).capitalize()} : {'ouvert' if answer['open'] else answer['closed_reason']}"]
    if answer["open"]:
        lines.append(f"Réserver : {_window_in_words(answer['booking'])}")
        lines.append(f"Annuler : {_window_in_words(answer['cancelling'])}")
    if not answer["eligible"]:
        lines.append(f"L’enfant ne peut pas être inscrit : {answer['ineligible_reason']}")
    if answer["price"] is not None:
        lines.append(f"Prix : {euros(answer['price']['centimes'])}")
        lines += [f"  {step['step']} : {step['value']}" for step in answer["price"]["trace"]]
    if answer["documents"]:
        lines.append("Justificatifs : " + ", ".join(answer["documents"]))
    lines.append(f"Règles : {answer['rules_hash']}")
    return "\n".join(lines)


def _window(window: Window) -> dict[str, Any]:
    return {
        "allowed": window.allowed,
        "until": None if window.until is None else _utc(window.until),
        "until_paris": None if window.until is None else paris_iso(window.until),
        "late": window.late,
        "after": window.after,
    }


def _window_in_words(window: dict[str, Any]) -> str:
    local = datetime.fromisoformat(window["until"]).astimezone(PARIS)
    limit = f"jusqu’au {long_day(local.date())} à {clock(local.time())} compris ; ensuite, {_AFTER[window['after']]}."
    now = "Possible maintenant" if window["allowed"] else "Impossible maintenant"
    return f"{limit} {now}."


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
