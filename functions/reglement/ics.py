"""The town's calendars as iCalendar files (RFC 5545), to download or to subscribe to. Written at build, never at run.

Events are whole days, DTEND is the day after the last. The same rules give the same bytes:
- DTSTAMP is the first day that the calendar knows, not the clock of the machine that builds;
- a UID is made of the town, the kind and the dates: a building machine keeps no memory of what it wrote before.
  A date that changes makes another event, and the former one leaves the file: subscribers, who read the file whole,
  end with the right days. So an event never has a second version, and there is no SEQUENCE to count.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar as IcsCalendar
from icalendar import Event, Timezone

from functions.domain import town_calendar
from functions.domain.calendar import PARIS
from functions.domain.french import clock, long_day
from functions.domain.reglement import Closure, Reglement
from functions.domain.town_calendar import RegistrationPeriod

VACATIONS, CLOSURES, REGISTRATIONS = "vacances.ics", "fermetures.ics", "inscriptions.ics"
_ONE_DAY = timedelta(days=1)
_CATEGORIES = {"vacation": "Vacances scolaires", "bridge": "Jours sans classe", "public": "Jours fériés"}
_TITLES = {
    "booking": ("Réservations ouvertes", "Ouverture des réservations", "Dernier jour pour réserver"),
    "enrolment": ("Inscriptions ouvertes", "Ouverture des inscriptions", "Dernier jour pour s’inscrire"),
}
_MOST_NAMES = 2  # more of them would not fit in the line of an agenda: they go to the description
_LAST_SECOND = time(23, 59, 59)
_KINDS = {"vacation": "vacances", "bridge": "sans-classe", "public": "ferie"}


def files(reglement: Reglement) -> dict[str, bytes]:
    """Return {file name: its bytes}. All three are always there: an address that somebody follows never goes away."""
    town = reglement.commune.name
    return {
        VACATIONS: _file(reglement, f"Vacances scolaires et jours fériés – {town}", _days_off(reglement)),
        CLOSURES: _file(reglement, f"Fermetures – {town}", _closures(reglement)),
        REGISTRATIONS: _file(reglement, f"Inscriptions et réservations – {town}", _registrations(reglement)),
    }


def _file(reglement: Reglement, name: str, events: Iterable[Event]) -> bytes:
    calendar = IcsCalendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Parvis//Calendrier de la commune//FR")
    calendar.add("method", "PUBLISH")
    for key in ("name", "x-wr-calname"):  # RFC 7986, and what came before it
        calendar.add(key, name)
    calendar.add("x-wr-timezone", PARIS.key)
    calendar.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    for event in events:
        event.add("dtstamp", datetime.combine(reglement.calendar.span.first, time.min, UTC))
        calendar.add_component(event)
    if not calendar.subcomponents:  # a calendar without a component is not one
        span = reglement.calendar.span
        calendar.add_component(Timezone.from_tzid(PARIS.key, first_date=span.first, last_date=span.last))
    content: bytes = calendar.to_ical()
    return content


def _days_off(reglement: Reglement) -> Iterator[Event]:
    for off in town_calendar.days_off(reglement.calendar):
        back = town_calendar.back_to_class(reglement.calendar, off.last) if off.kind == "vacation" else None
        description = f"Reprise des cours le {long_day(back)}." if back else ""
        uid = _uid(reglement, _KINDS[off.kind], off.first, off.last)
        yield _event(uid, off.name, off.first, off.last, description, _CATEGORIES[off.kind])


def _closures(reglement: Reglement) -> Iterator[Event]:
    for closure in town_calendar.closures(reglement.calendar):
        scope = ",".join([*sorted(closure.activities), "", *sorted(closure.schools)])
        digest = hashlib.sha256(scope.encode()).hexdigest()[:8]
        uid = _uid(reglement, f"fermeture-{digest}", closure.first, closure.last)
        summary, description = f"Fermeture\u202f: {closure.name}", _scope(reglement, closure)
        yield _event(uid, summary, closure.first, closure.last, description, "Fermetures")


def _scope(reglement: Reglement, closure: Closure) -> str:
    activities = [reglement.activities[name].name for name in closure.activities] or ["toutes"]
    schools = [reglement.schools[name].name for name in closure.schools] or ["toutes"]
    return f"Activités\u202f: {', '.join(activities)}. Écoles\u202f: {', '.join(schools)}."


def _registrations(reglement: Reglement) -> Iterator[Event]:
    """From the opening to the last day; one of the two when the other is not known."""
    for period in town_calendar.registration_periods(reglement):
        opens, closes = (_paris_day(instant) for instant in (period.opens, period.closes))
        first, last = opens or closes, closes or opens
        if first is None or last is None:
            continue
        uid = _uid(reglement, f"inscription-{period.key}", first, last)
        names = [reglement.activities[name].name for name in period.activities]
        told = ", ".join(names) if len(names) <= _MOST_NAMES else f"{len(names)} activités"
        summary = f"{_title(period)}\u202f: {told}, {period.what}"
        listed = f" Activités\u202f: {', '.join(names)}." if len(names) > _MOST_NAMES else ""
        yield _event(uid, summary, first, last, _limits(period) + listed, "Inscriptions et réservations")


def _paris_day(instant: datetime | None) -> date | None:
    return instant.astimezone(PARIS).date() if instant else None


def _title(period: RegistrationPeriod) -> str:
    open_, opening, last = _TITLES["booking" if period.held else "enrolment"]
    if period.opens and period.closes:
        return open_
    return opening if period.opens else last


def _limits(period: RegistrationPeriod) -> str:
    """« À partir du lundi 4 janvier 2027 à 8 h 30. Jusqu’au vendredi 22 janvier 2027 inclus. »"""
    said = []
    if period.opens:
        local = period.opens.astimezone(PARIS)
        hour = f" à {clock(local.time())}" if local.time() > time.min else ""
        said.append(f"À partir du {long_day(local.date())}{hour}.")
    if period.closes:
        local = period.closes.astimezone(PARIS)
        hour = f" à {clock(local.time())}" if local.time() < _LAST_SECOND else " inclus"
        said.append(f"Jusqu’au {long_day(local.date())}{hour}.")
    return " ".join(said)


def _event(uid: str, summary: str, first: date, last: date, description: str, category: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("summary", summary)
    event.add("dtstart", first)
    event.add("dtend", last + _ONE_DAY)
    if description:
        event.add("description", description)
    event.add("categories", [category])
    event.add("transp", "TRANSPARENT")  # a day of holidays does not make anybody busy
    return event


def _uid(reglement: Reglement, kind: str, first: date, last: date) -> str:
    commune = reglement.commune
    plain = unicodedata.normalize("NFKD", commune.name).encode("ascii", "ignore").decode().lower()
    town = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return f"{kind}-{first:%Y%m%d}-{last:%Y%m%d}@{town}-{commune.postcode}.parvis"
