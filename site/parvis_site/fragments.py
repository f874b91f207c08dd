"""What the macros write: small pieces of accessible HTML made from the town's rules."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from functions.domain.activity import Activity
from functions.domain.french import clock, euros
from functions.domain.prices import surcharge_in_words
from functions.domain.reglement import Reglement, School, Service
from functions.domain.tariffs import Band, Grid, Tariff, TariffVersion
from parvis_site import forms, words
from parvis_site.rules import phone_link

T = TypeVar("T")
# Every public method below is a macro; a page may write no other name.
MACROS = (
    "activites", "annuaire", "besoin_aide", "conditions", "contact", "delais", "delais_en_bref", "formulaire",
    "horaires", "jours", "offre", "pieces", "places", "tarifs",
)  # fmt: skip


class UnknownId(KeyError):
    """A macro names something that the rules do not have; the message lists what they have."""


class Fragments:
    """The macros of one page. `base` leads from the page to the root of the site ("../../").

    `example_from` is the day from which an example of deadline is looked for.
    """

    def __init__(self, reglement: Reglement, base: str, example_from: date) -> None:
        self._rules = reglement
        self._base = base
        self._example_from = example_from

    def delais(self, activity_id: str, action: str = "") -> str:
        """Until when to book and cancel; `action` is "reserver" or "annuler" to say one of them only."""
        if action not in {"", "reserver", "annuler"}:
            raise UnknownId(f"« {action} » n’est pas une action : écrivez « reserver » ou « annuler »")
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

    def _html(self, template: str, **values: Any) -> str:
        """Render a fragment. No blank line and no indent: Markdown leaves such a block as it is."""
        page = forms.environment().get_template(f"fragments/{template}.html.j2")
        text = page.render(
            **values, base=self._base, words=words, clock=clock, euros=euros, phone_link=phone_link, page_of=page_of
        )
        return "\n".join(line.strip() for line in text.splitlines() if line.strip())

    def _activity(self, activity_id: str) -> Activity:
        return _known(self._rules.activities, activity_id, "activité")

    def _service(self, service_id: str) -> Service:
        return _known(self._rules.services, service_id, "service")

    def _tariff(self, tariff_id: str) -> Tariff:
        return _known(self._rules.tariffs, tariff_id, "tarif")

    def _schools(self, activity: Activity) -> list[School]:
        allowed = {value for item in activity.conditions if item.kind == "school_status" for value in item.values}
        return [s for s in self._rules.schools.values() if ("public" if s.public else "private") in allowed]


def _known(table: Mapping[str, T], wanted: str, what: str) -> T:
    if wanted not in table:
        raise UnknownId(f"« {wanted} » n’est pas un identifiant connu ({what} : {', '.join(sorted(table))})")
    return table[wanted]


_pages: dict[str, str] = {}


def set_activity_pages(pages: Mapping[str, str]) -> None:
    """Tell where each activity's page is: {activity id: address from the root of the site}."""
    _pages.clear()
    _pages.update(pages)


def page_of(activity: Activity) -> str:
    return _pages.get(activity.id, f"activites/{activity.id}/")


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
