"""A question put to the rules, as it was typed: for `parvis rules explain` and for the page « Essayer les règles ».

Both read it here, so that the same answers are accepted and refused in the same words.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from functions.domain import trial_reading as reading
from functions.domain.activity import Activity
from functions.domain.eligibility import ChildFacts, FamilyFacts
from functions.domain.errors import FieldError, Invalid
from functions.domain.reglement import Reglement
from functions.domain.slots import Chosen, Hours, chosen

CONTRACTS = ("regular", "occasional")
_HOURS_FIELDS = {"/hours/0": "from_hour", "/hours/1": "to_hour"}


@dataclass(frozen=True, slots=True)
class Question:
    """One day asked about. `now` and `booked_on` are aware instants; `documents`: the date of each one received, None
    when nothing was said of them; `unbooked`: the price is that of coming without a booking; `custody`: a day of one of
    the first parent's weeks, where the child lives with one then the other.
    """

    activity: str
    day: date
    now: datetime
    child: ChildFacts
    family: FamilyFacts
    session: str | None = None
    slot: str | None = None
    hours: Hours | None = None
    booking_start: date | None = None
    booked_on: datetime | None = None
    documents: Mapping[str, date] | None = None
    unbooked: bool = False
    custody: date | None = None


def part_of(activity: Activity, question: Question) -> Chosen:
    """The part of the day asked about."""
    return chosen(activity, question.day, question.slot, question.hours)


def read(reglement: Reglement, given: Mapping[str, Any]) -> Question:
    """`given`: texts, true or false, and for `documents` a text per id; None or "" says nothing.

    Raises Invalid "invalid_body" with a FieldError for each thing that means nothing in these rules.
    """
    return _Reader(reglement, given).question()


class _Reader:
    def __init__(self, reglement: Reglement, given: Mapping[str, Any]) -> None:
        self._rules = reglement
        self._given = given
        self._errors: list[FieldError] = []

    def question(self) -> Question:
        name = self._known("activity", self._rules.activities, reading.ACTIVITY, needed=True)
        day = self._needed("day", reading.day)
        now = self._needed("now", reading.instant)
        activity = self._rules.activities.get(name or "")
        child, family = self._child(), self._family()
        booking_start = self._value("booking_start", reading.day)
        booked_on = self._value("booked_on", reading.instant)
        custody = self._value("custody", reading.day)
        documents = self._documents()
        session, slot = self._session(activity), self._slot(activity)
        hours = self._hours(activity, day, slot)
        if activity is None or day is None or now is None or self._errors:
            raise Invalid("invalid_body", "Certaines réponses sont à corriger.", errors=self._errors)
        return Question(
            activity=activity.id,
            day=day,
            now=now,
            child=child,
            family=family,
            session=session,
            slot=slot,
            hours=hours,
            booking_start=booking_start,
            booked_on=booked_on,
            documents=documents,
            unbooked=bool(self._given.get("unbooked")),
            custody=custody,
        )

    def _child(self) -> ChildFacts:
        levels = {level for school in self._rules.schools.values() for level in school.levels}
        return ChildFacts(
            birth_date=self._value("birth", reading.day),
            school=self._known("school", self._rules.schools, reading.SCHOOL),
            level=self._known("level", levels, reading.LEVEL),
            contract=self._known("contract", CONTRACTS, reading.CONTRACT),
            sibling_rank=self._count("rank", 1, "un rang parmi les enfants", default=1),
            packed_meal=bool(self._given.get("packed_meal")),
        )

    def _family(self) -> FamilyFacts:
        return FamilyFacts(
            quotient_familial_centimes=self._value("qf", reading.amount),
            resident=not self._given.get("outside"),
            resources_centimes=self._value("resources", reading.amount),
            children_count=self._count("children", 1, default=1),
            aeeh_children=self._count("aeeh", 0, default=0),
        )

    def _count(self, name: str, least: int, what: str = "un nombre d’enfants", *, default: int) -> int:
        found = self._value(name, lambda text: reading.count(text, least, what))
        return default if found is None else found

    def _documents(self) -> dict[str, date] | None:
        """An id with an empty date was not received: that says something of the others."""
        given: Mapping[str, Any] = self._given.get("documents") or {}
        found: dict[str, date] = {}
        for name, text in given.items():
            if name not in self._rules.documents:
                self._wrong(f"documents/{name}", reading.DOCUMENT.unknown(name, self._rules.documents))
            elif text:
                self._keep(found, name, str(text))
        return found if found or self._given.get("no_document") else None

    def _keep(self, found: dict[str, date], name: str, text: str) -> None:
        try:
            found[name] = reading.day(text)
        except reading.Unreadable as error:
            self._wrong(f"documents/{name}", str(error))

    def _session(self, activity: Activity | None) -> str | None:
        """An activity without sessions ignores it, but its id must exist somewhere."""
        own = {item.id for item in activity.sessions} if activity else set()
        others = {item.id for other in self._rules.activities.values() for item in other.sessions}
        found = self._known("session", own or others, reading.SESSION)
        return found if own else None

    def _slot(self, activity: Activity | None) -> str | None:
        own = {item.id for item in activity.slots} if activity else set()
        others = {item.id for other in self._rules.activities.values() for item in other.slots}
        found = self._known("slot", own or others, reading.SLOT)
        return found if own else None

    def _hours(self, activity: Activity | None, day: date | None, slot: str | None) -> Hours | None:
        arrival, departure = self._value("from_hour", reading.hour), self._value("to_hour", reading.hour)
        if activity is None or activity.free_hours is None:
            return None
        if arrival is None or departure is None:
            if arrival is not departure:
                self._wrong(
                    "from_hour" if arrival is None else "to_hour", "Donnez l’heure d’arrivée et celle de départ."
                )
            return None
        if day is not None:
            self._check_hours(activity, day, slot, (arrival, departure))
        return arrival, departure

    def _check_hours(self, activity: Activity, day: date, slot: str | None, hours: Hours) -> None:
        try:
            chosen(activity, day, slot, hours)
        except Invalid as refusal:
            for error in refusal.errors:
                self._wrong(_HOURS_FIELDS.get(error.pointer, "to_hour"), error.detail)

    def _text(self, name: str) -> str:
        value = self._given.get(name)
        return value.strip() if isinstance(value, str) else ""

    def _value(self, name: str, read_text: reading.Read[reading.T]) -> reading.T | None:
        text = self._text(name)
        if not text:
            return None
        try:
            return read_text(text)
        except reading.Unreadable as error:
            self._wrong(name, str(error))
            return None

    def _needed(self, name: str, read_text: reading.Read[reading.T]) -> reading.T | None:
        if not self._text(name):
            self._wrong(name, reading.MISSING[name])
        return self._value(name, read_text)

    def _known(self, name: str, known: Collection[str], what: reading.Named, *, needed: bool = False) -> str | None:
        text = self._text(name)
        if not text:
            if needed:
                self._wrong(name, reading.MISSING[name])
            return None
        if text not in known:
            self._wrong(name, what.unknown(text, known))
            return None
        return text

    def _wrong(self, name: str, detail: str) -> None:
        self._errors.append(FieldError(f"/{name}", detail))
