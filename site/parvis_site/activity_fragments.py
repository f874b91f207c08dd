"""The macros of an activity's page: when, until when, how much, how many, with what, for whom."""

from dataclasses import replace

from functions.domain import capacity_words
from functions.domain.activity import Activity, RequiredDocument, Session, Slot
from functions.domain.open_days import open_days
from functions.domain.reglement import Closure, Reglement
from functions.domain.spans import Span
from functions.domain.tariffs import Tariff, TariffVersion
from functions.domain.town_calendar import RegistrationPeriod, registration_periods
from parvis_site import activity_words, price_words, words
from parvis_site.pieces import Pieces, UnknownId


class ActivityPieces(Pieces):
    """Every macro takes the id of an activity."""

    def delais(self, activity_id: str, action: str = "") -> str:
        """Until when to book and cancel, and what being absent costs; `action` is "reserver" or "annuler" to say one
        of them only.
        """
        _check_action(action)
        activity = self._activity(activity_id)
        version = self._current(self._tariff(activity.tariff))
        told: list[tuple[str, str]] = []
        if action != "annuler":
            told += activity_words.booking(activity, version, self._month)
        if action != "reserver":
            told += activity_words.cancelling(activity)
            told += activity_words.absence(activity.absence) if activity.absence else ()
        if not action:
            told += activity_words.attendance(activity, version)
            told += activity_words.carry_over(activity)
        example = words.example(self._rules, activity, self._example_from)
        return self._html("delais", action=action, told=told, example=example)

    def limites(self, action: str = "") -> str:
        """Until when to book and cancel each activity, in one table; `action` as for `delais`."""
        _check_action(action)
        return self._html("limites", activities=list(self._rules.activities.values()), action=action)

    def jours(self, activity_id: str) -> str:
        """Days, season, period, times, parts of the day, sessions and closures of an activity."""
        activity = self._activity(activity_id)
        return self._html(
            "jours",
            activity=activity,
            free_hours=activity_words.free_hours(activity),
            slots=[(slot, self._slot_days(activity, slot)) for slot in activity.slots],
            sessions=self._held(activity, activity.sessions),
            periods=self._held(activity, activity.booking_periods),
            closures=self._closures_of(activity),
        )

    def inscription(self, activity_id: str) -> str:
        """When a child is enrolled; nothing when the activity asks for no enrolment."""
        enrolment = self._activity(activity_id).enrolment
        told = list(activity_words.enrolment(enrolment, self._month)) if enrolment else []
        return self._html("inscription", told=told)

    def tarifs(self, some_id: str) -> str:
        """The prices of an activity and of its parts of the day (or of a tariff), one table per grid and period."""
        activity = self._rules.activities.get(some_id)
        tariffs = [self._tariff(name) for name in (_tariffs_of(activity) if activity else [some_id])]
        shown = [(tariff.name, version) for tariff in tariffs for version in self._to_come(tariff)]
        return self._html("tarifs", versions=[(name, *_priced(version)) for name, version in shown])

    def pieces(self, activity_id: str) -> str:
        """The documents to give, by the moment they are asked for."""
        groups: dict[str, list[tuple[str, str, str]]] = {}
        for asked in self._activity(activity_id).required_documents:
            title = activity_words.ASKED_AT[asked.at]
            groups.setdefault(title, []).append(_document(self._rules, asked))
        return self._html("pieces", groups=groups)

    def places(self, activity_id: str) -> str:
        """How many places there are, in all, per session, per age and per school; the waiting list."""
        capacity = self._activity(activity_id).capacity
        per_school = (capacity.per_school or {}) if capacity else {}
        return self._html(
            "places",
            limits=list(capacity_words.limits(capacity)) if capacity else [],
            waiting=capacity_words.waiting(capacity.waiting) if capacity else "",
            per_school=[(self._rules.schools[school].name, count) for school, count in per_school.items()],
        )

    def conditions(self, activity_id: str) -> str:
        """Who may come; then, for those who may not, why, and whom to call instead."""
        conditions = self._activity(activity_id).conditions
        refused = dict.fromkeys((item.reason, item.contact) for item in conditions)
        return self._html(
            "conditions",
            admitted=[activity_words.condition(self._rules, item) for item in conditions],
            refused=[(reason, self._rules.services.get(contact)) for reason, contact in refused],
        )

    def _slot_days(self, activity: Activity, slot: Slot) -> str:
        return words.weekdays(slot.weekdays or activity.weekdays)

    def _held(self, activity: Activity, among: tuple[Session, ...]) -> list[tuple[Session, str, str]]:
        """Sessions or booking periods that are not over: (which, booked from, booked until)."""
        dated = {period.key: period for period in registration_periods(self._rules)}
        return [(held, *_dates(dated.get(f"{activity.id}-{held.id}"))) for held in among if held.last >= self._month]

    def _closures_of(self, activity: Activity) -> list[tuple[str, str, list[str]]]:
        return [
            (words.span(item.first, item.last), item.name, [self._rules.schools[name].name for name in item.schools])
            for item in self._rules.calendar.closures
            if item.last >= self._month and self._would_open(activity, item)
        ]

    def _would_open(self, activity: Activity, closure: Closure) -> bool:
        """Whether the closure takes a day from the activity: one that is not closed anyway."""
        if closure.activities and activity.id not in closure.activities:
            return False
        without = replace(self._rules.calendar, closures=())
        return any(True for _ in open_days(without, activity, Span(closure.first, closure.last), None))

    def _to_come(self, tariff: Tariff) -> list[TariffVersion]:
        """The versions that are not over; the last one when all are."""
        return [version for version in tariff.versions if version.span.last >= self._month] or [tariff.versions[-1]]

    def _current(self, tariff: Tariff) -> TariffVersion:
        return self._to_come(tariff)[0]


def _check_action(action: str) -> None:
    if action not in {"", "reserver", "annuler"}:
        raise UnknownId(f"« {action} » n’est pas une action : écrivez « reserver » ou « annuler »")


def _tariffs_of(activity: Activity) -> list[str]:
    """That of the whole day first, unless every part of the day has its own."""
    own = [slot.tariff for slot in activity.slots]
    return list(dict.fromkeys(name or activity.tariff for name in ["", *own] if name or not own or "" in own))


def _priced(version: TariffVersion) -> tuple[str, tuple[price_words.Table, ...], list[str]]:
    return price_words.title(version), price_words.tables(version), list(price_words.notes(version))


def _document(reglement: Reglement, asked: RequiredDocument) -> tuple[str, str, str]:
    known = reglement.documents[asked.document]
    return known.name, known.hint, activity_words.document(asked, known)


def _dates(period: RegistrationPeriod | None) -> tuple[str, str]:
    return (words.opens(period), words.closes(period)) if period else (words.ALREADY_OPEN, words.BY_DAY)
