"""What the macros write: small pieces of accessible HTML made from the town's rules."""

from typing import Any

from functions.domain.activity import Activity
from functions.domain.french import clock, euros, long_day
from functions.domain.prices import surcharge_in_words
from functions.domain.reglement import School
from functions.domain.tariffs import Band, Grid, TariffVersion
from parvis_site import forms, news, words
from parvis_site.calendar_fragments import CalendarPieces
from parvis_site.pieces import UnknownId

# Every public method below is a macro; a page may write no other name.
MACROS = (
    "abonnements", "activites", "actualites", "annee", "annuaire", "besoin_aide", "conditions", "contact",
    "delais", "delais_en_bref", "fermetures", "formulaire", "horaires", "inscriptions", "jours", "limites", "offre",
    "pieces", "places", "tarifs", "vacances",
)  # fmt: skip


class Fragments(CalendarPieces):
    """All the macros of one page: those of the activities and services here, those of the calendar above."""

    def delais(self, activity_id: str, action: str = "") -> str:
        """Until when to book and cancel; `action` is "reserver" or "annuler" to say one of them only."""
        _check_action(action)
        activity = self._activity(activity_id)
        version = self._tariff(activity.tariff).versions[-1]
        return self._html(
            "delais",
            action=action,
            booking=f"{words.deadline(activity.booking.delay)}.",
            after_booking=words.after_booking(activity.booking, version.late),
            cancelling=f"{words.deadline(activity.cancelling.delay)}.",
            after_cancelling=words.after_cancelling(activity.cancelling),
            absence=words.absence(activity.absence) if activity.absence else "",
            example=words.example(self._rules, activity, self._example_from),
        )

    def delais_en_bref(self, activity_id: str) -> str:
        """The two deadlines in one sentence each, without what comes after."""
        activity = self._activity(activity_id)
        return self._html(
            "delais_en_bref",
            booking=f"{words.deadline(activity.booking.delay)}.",
            cancelling=f"{words.deadline(activity.cancelling.delay)}.",
        )

    def limites(self, action: str = "") -> str:
        """Until when to book and cancel each activity, in one table; `action` as for `delais`."""
        _check_action(action)
        return self._html("limites", activities=list(self._rules.activities.values()), action=action)

    def jours(self, activity_id: str) -> str:
        """Days, season, period, times and closures of an activity."""
        activity = self._activity(activity_id)
        closures = [
            (
                words.span(closure.first, closure.last),
                closure.name,
                [self._rules.schools[s].name for s in closure.schools],
            )
            for closure in self._rules.calendar.closures
            if not closure.activities or activity.id in closure.activities
        ]
        return self._html("jours", activity=activity, closures=closures)

    def horaires(self, some_id: str) -> str:
        """The opening hours of a service, or the times of an activity."""
        if some_id in self._rules.activities:
            activity = self._rules.activities[some_id]
            return f"de {clock(activity.start)} à {clock(activity.end)}"
        return self._html("horaires", service=self._service(some_id))

    def tarifs(self, some_id: str) -> str:
        """The prices of an activity (or of a tariff), one table per period."""
        tariff_id = self._rules.activities[some_id].tariff if some_id in self._rules.activities else some_id
        tariff = self._tariff(tariff_id)
        return self._html("tarifs", tariff=tariff, versions=[_version(v) for v in reversed(tariff.versions)])

    def pieces(self, activity_id: str) -> str:
        """The documents to give."""
        activity = self._activity(activity_id)
        return self._html("pieces", documents=[self._rules.documents[name] for name in activity.documents])

    def places(self, activity_id: str) -> str:
        """How many places there are each day, in all and per school."""
        capacity = self._activity(activity_id).capacity
        per_school = (capacity.per_school or {}) if capacity else {}
        return self._html(
            "places",
            per_day=capacity.per_day if capacity else None,
            per_school=[(self._rules.schools[school].name, count) for school, count in per_school.items()],
        )

    def conditions(self, activity_id: str) -> str:
        """Who cannot book here, why, and whom to call instead."""
        activity = self._activity(activity_id)
        refused = [(item.reason, self._rules.services.get(item.contact)) for item in activity.conditions]
        private = any(item.kind == "school_status" for item in activity.conditions)
        return self._html("conditions", refused=refused, schools=self._schools(activity) if private else [])

    def contact(self, service_id: str) -> str:
        """Phone, e-mail, address and hours of a service."""
        return self._html("contact", service=self._service(service_id))

    def annuaire(self) -> str:
        """Every service of the town, with a link to its page."""
        return self._html("annuaire", services=[s for s in self._rules.services.values() if s.listed])

    def activites(self) -> str:
        """Every activity, by rubric, with a link to its page."""
        rubrics: dict[str, list[Activity]] = {}
        for activity in self._rules.activities.values():
            rubrics.setdefault(words.rubric(activity.rubric), []).append(activity)
        return self._html("activites", rubrics=rubrics)

    def actualites(self, count: int = 0) -> str:
        """The news, newest first; `count` keeps the newest only, under the headings of another page."""
        return self._html("actualites", news=news.latest(count), level=3 if count else 2, long_day=long_day)

    def offre(self, service_id: str) -> str:
        """The activities that a service runs; nothing when it runs none."""
        service = self._service(service_id)
        mine = [activity for activity in self._rules.activities.values() if activity.service == service.id]
        return self._html("offre", activities=mine)

    def besoin_aide(self, some_id: str = "") -> str:
        """« Besoin d’aide ? »: the service of an activity, a service, or the desk of the town."""
        if some_id in self._rules.activities:
            some_id = self._rules.activities[some_id].service
        return self._html("besoin_aide", service=self._service(some_id or self._rules.commune.desk))

    def formulaire(self, form_id: str) -> str:
        return str(forms.render(form_id))

    def _schools(self, activity: Activity) -> list[School]:
        allowed = {value for item in activity.conditions if item.kind == "school_status" for value in item.values}
        return [s for s in self._rules.schools.values() if ("public" if s.public else "private") in allowed]


def _check_action(action: str) -> None:
    if action not in {"", "reserver", "annuler"}:
        raise UnknownId(f"« {action} » n’est pas une action : écrivez « reserver » ou « annuler »")


def _version(version: TariffVersion) -> dict[str, Any]:
    """One period of a tariff as the template shows it: tables of (who, rows of (label, price))."""
    tables = [("", _rows(version.grid))]
    if version.outside is not None and version.outside.kind == "fixed":
        tables[0][1].append(("Familles d’une autre commune", euros(version.outside.centimes)))
    elif version.outside is not None:
        tables = [("Familles de la commune", tables[0][1]), ("Familles d’une autre commune", _rows(version.outside))]
    missing = version.grid.bands[version.grid.missing_band] if version.grid.kind == "bands" else None
    return {
        "span": words.span(version.span.first, version.span.last),
        "by_band": version.grid.kind == "bands",
        "tables": tables,
        "missing": (missing.name or f"« {_band(missing)} »") if missing else "",
        "late": surcharge_in_words(version.late) if version.late else "",
        "unbooked": surcharge_in_words(version.unbooked) if version.unbooked else "",
    }


def _rows(grid: Grid) -> list[tuple[str, str]]:
    if grid.kind == "fixed":
        return [("Prix unique", euros(grid.centimes))]
    if grid.kind == "bands":
        return [(_band(band), euros(band.centimes)) for band in grid.bands]
    raise UnknownId(f"le tarif « {grid.kind} » ne sait pas encore être montré dans une page")


def _band(band: Band) -> str:
    name = f"Tranche {band.name} : " if band.name else ""
    low = words.quotient(band.low)
    if band.high is None:
        return f"{name}à partir de {low}"
    high = words.quotient(band.high)
    return f"{name}jusqu’à {high}" if band.low == 0 else f"{name}de {low} à {high}"
