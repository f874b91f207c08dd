"""The macros of the page « Calendrier »: school years, closures, registrations, addresses to subscribe to."""

import re
from datetime import date, timedelta

from functions.domain import town_calendar
from functions.domain.calendar import PARIS
from functions.domain.french import long_day, plain_day
from functions.domain.reglement import Calendar, Closure
from functions.domain.spans import Span
from functions.domain.town_calendar import RegistrationPeriod
from parvis_site import words, year
from parvis_site.pieces import Pieces, UnknownId

# File, title, what it holds. The files are written by functions.reglement.ics.
FEEDS = (
    ("vacances.ics", "Vacances et jours fériés", "Les vacances de la zone, les ponts et les jours fériés."),
    ("fermetures.ics", "Fermetures", "Les jours où une activité ou une école est fermée."),
    ("inscriptions.ics", "Inscriptions et réservations", "Les dates d’ouverture et de clôture."),
)
_REGISTRATIONS = "inscriptions.ics"


class CalendarPieces(Pieces):
    """The macros that say the year of the town."""

    def vacances(self) -> str:
        """The school years that are not over: vacations, bridges, public holidays."""
        calendar = self._rules.calendar
        return self._html(
            "vacances",
            zone=self._rules.commune.school_zone,
            years=[(span.name, *_tables(calendar, span)) for span in current_years(calendar, self._example_from)],
        )

    def annee(self, name: str) -> str:
        """One school year (« 2026-2027 ») as twelve months on one sheet."""
        calendar = self._rules.calendar
        span = next((span for span in town_calendar.school_years(calendar) if span.name == name), None)
        if span is None:
            known = ", ".join(span.name for span in town_calendar.school_years(calendar))
            raise UnknownId(f"« {name} » n’est pas une année scolaire du calendrier ({known})")
        return self._html(
            "annee",
            name=name,
            months=list(year.months(calendar, span)),
            marks=year.MARKS,
            vacations=[off for off in town_calendar.days_off(calendar) if off.kind != "public" and _within(off, span)],
            public=[off for off in town_calendar.days_off(calendar) if off.kind == "public" and _within(off, span)],
            closures=[closure for closure in town_calendar.closures(calendar) if _within(closure, span)],
            plain_day=plain_day,
        )

    def fermetures(self) -> str:
        """Closures to come: when, why, which activities and schools."""
        current = [item for item in town_calendar.closures(self._rules.calendar) if item.last >= self._month]
        return self._html("fermetures", closures=[self._closure(item) for item in current])

    def inscriptions(self) -> str:
        """When the places of a session or of a school year are asked for; nothing when no rule gives such dates."""
        periods = town_calendar.registration_periods(self._rules)
        current = [period for period in periods if _last_day(period) >= self._month]
        return self._html("inscriptions", periods=[self._period(period) for period in current])

    def abonnements(self) -> str:
        """The calendars to subscribe to."""
        found = bool(town_calendar.registration_periods(self._rules))
        feeds = [feed for feed in FEEDS if feed[0] != _REGISTRATIONS or found]
        return self._html("abonnements", feeds=feeds, address=site_address(), subscribe=_subscribe)

    def _closure(self, closure: Closure) -> tuple[str, str, str]:
        """When, why, and who is concerned."""
        activities = [self._activity(name).name for name in closure.activities]
        schools = [self._rules.schools[name].name for name in closure.schools]
        when = words.span(closure.first, closure.last)
        who = " – ".join(filter(None, (words.listing(activities), words.listing(schools))))
        return words.capital(when), closure.name, who or "Toutes les activités"

    def _period(self, period: RegistrationPeriod) -> dict[str, object]:
        return {
            "activities": [self._activity(name) for name in period.activities],
            "what": period.what if period.held else f"Année scolaire {period.what}",
            "held": words.span(period.held.first, period.held.last) if period.held else "",
            "opens": words.opens(period),
            "closes": words.closes(period),
        }


def current_years(calendar: Calendar, example_from: date) -> list[Span]:
    """The school years that were not over in the month before `example_from`."""
    month = (example_from - timedelta(days=1)).replace(day=1)
    return [span for span in town_calendar.school_years(calendar) if span.last >= month]


def _last_day(period: RegistrationPeriod) -> date:
    """The day after which nobody looks for it; one that never closes stays as long as its session."""
    if period.closes:
        return period.closes.astimezone(PARIS).date()
    return period.held.last if period.held else date.max


def _within(item: town_calendar.DayOff | Closure, span: Span) -> bool:
    return item.first <= span.last and item.last >= span.first


def _tables(calendar: Calendar, span: Span) -> tuple[list[tuple[str, str, str]], list[tuple[str, str]]]:
    """Vacations and bridges (name, days, back to class), then public holidays (name, day), of one school year."""
    off = [item for item in town_calendar.days_off(calendar) if _within(item, span)]
    vacations = []
    for item in off:
        if item.kind != "public":
            back = town_calendar.back_to_class(calendar, item.last)
            vacations.append((item.name, words.span(item.first, item.last), long_day(back) if back else "À venir"))
    return vacations, [(item.name, long_day(item.first)) for item in off if item.kind == "public"]


_site = {"address": ""}


def set_site_address(address: str) -> None:
    """Tell where the site is published (« https://famille.ville.example/ »): agendas ask for whole addresses."""
    _site["address"] = address.rstrip("/") + "/"


def site_address() -> str:
    return _site["address"]


def _subscribe(name: str) -> str:
    """The address that phones and computers open as a subscription."""
    return re.sub(r"^https?:", "webcal:", f"{site_address()}calendrier/{name}")
