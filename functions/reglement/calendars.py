"""School holidays of the zone, public holidays and closures, compiled to plain days. Libraries are used only here."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import holidays
import msgspec
from vacances_scolaires_france import SchoolHolidayDates, UnsupportedYearException

from functions.domain.french import plain_day
from functions.domain.reglement import Calendar, Closure
from functions.domain.spans import Span
from functions.reglement.town import Item
from functions.reglement.yaml_reader import Problem
from functions.reglement.yaml_shapes import CalendarYaml

# The library knows the Ascension bridges from 2027 on. That of 2026 is in the ministry's calendar (no class on Friday
# 15 and Saturday 16 May 2026, every zone), and missing from it.
_BRIDGE = "Pont de l’Ascension"
_MISSING_BRIDGES = {date(2026, 5, 15): _BRIDGE, date(2026, 5, 16): _BRIDGE}
_MIN_DAYS_KNOWN = 100  # a school year has about 120 days without class; fewer: the library does not know it all


def span_of(calendar: CalendarYaml) -> Span:
    """From 1 September of the first school year to 31 August of the last."""
    years = sorted(_first_year(text) for text in calendar.annees_scolaires)
    return Span(date(years[0], 9, 1), date(years[-1] + 1, 8, 31), "calendrier scolaire")


def check(item: Item[CalendarYaml], zone: str) -> Iterator[Problem]:
    years = sorted(_first_year(text) for text in item.value.annees_scolaires)
    for rank, text in enumerate(item.value.annees_scolaires):
        first, second = (int(part) for part in text.split("-"))
        key = f"annees_scolaires/{rank}"
        if second != first + 1:
            yield item.problem(key, f"Une année scolaire dure un an : {first}-{first + 1}.")
        elif len(_days_without_class(first, zone)) < _MIN_DAYS_KNOWN:
            yield item.problem(key, f"Les vacances scolaires de {text} ne sont pas encore connues.")
    if any(later != earlier + 1 for earlier, later in pairwise(years)):
        yield item.problem("annees_scolaires", "Les années scolaires doivent se suivre, sans trou ni répétition.")
        return
    misplaced = list(_misplaced(item))
    yield from misplaced
    if not misplaced:
        yield from _days_off(item, zone)
        yield from _closures(item)


def _misplaced(item: Item[CalendarYaml]) -> Iterator[Problem]:
    """Days that go backwards, or that no school year of the calendar holds."""
    span = span_of(item.value)
    years = f"du {plain_day(span.first)} au {plain_day(span.last)}"
    for section in ("jours_sans_classe", "fermetures"):
        for rank, dated in enumerate(getattr(item.value, section)):
            if dated.au < dated.du:
                yield item.problem(f"{section}/{rank}/au", "Cette date est avant le premier jour (« du »).")
                continue
            for key, day in (("du", dated.du), ("au", dated.au)):
                if not span.holds(day):
                    message = f"Cette date est en dehors des années scolaires du calendrier, {years}."
                    yield item.problem(f"{section}/{rank}/{key}", message)


def _days_off(item: Item[CalendarYaml], zone: str) -> Iterator[Problem]:
    """A day written twice, and a line whose days have no class already."""
    national = build(msgspec.structs.replace(item.value, jours_sans_classe=[]), zone)
    known = national.public_holidays | national.class_free | national.school_holidays
    seen: set[date] = set()
    for rank, dated in enumerate(item.value.jours_sans_classe):
        days = list(_days(dated.du, dated.au))
        twice = next((day for day in days if day in seen), None)
        seen |= set(days)
        if twice:
            message = f"Le {plain_day(twice)} est déjà écrit plus haut dans « jours_sans_classe »."
            yield item.problem(f"jours_sans_classe/{rank}", message)
        if all(day in known for day in days):
            message = f"Cette ligne ne change rien : ces jours sont déjà sans classe ({known[days[0]]})."
            yield item.problem(f"jours_sans_classe/{rank}", message)


def _closures(item: Item[CalendarYaml]) -> Iterator[Problem]:
    """The same closure twice: one of the two is a slip, and readers of the calendar would get it twice."""
    seen: set[object] = set()
    for rank, closure in enumerate(item.value.fermetures):
        told = (closure.du, closure.au, frozenset(closure.activites), frozenset(closure.ecoles))
        if told in seen:
            message = "Cette fermeture est déjà écrite plus haut (mêmes dates, mêmes activités, mêmes écoles)."
            yield item.problem(f"fermetures/{rank}", message)
        seen.add(told)


def build(calendar: CalendarYaml, zone: str) -> Calendar:
    span = span_of(calendar)
    school: dict[date, str] = {}
    for year in range(span.first.year, span.last.year):
        school |= _days_without_class(year, zone)
    bridges = {day: name for day, name in (school | _MISSING_BRIDGES).items() if name.startswith("Pont")}
    for dated in calendar.jours_sans_classe:
        # A line that runs into the holidays takes nothing away from them.
        bridges |= {day: dated.motif for day in _days(dated.du, dated.au) if day not in school}
    vacations = {day: name for day, name in school.items() if day not in bridges}
    return Calendar(
        span=span,
        public_holidays=_public_holidays(span, alsace=calendar.alsace_moselle == "oui"),
        school_holidays=dict(sorted(vacations.items())),
        class_free={day: name for day, name in sorted(bridges.items()) if span.holds(day)},
        vacations=tuple(_spans(vacations)),
        closures=tuple(
            Closure(item.du, item.au, item.motif, tuple(item.activites), tuple(item.ecoles))
            for item in calendar.fermetures
        ),
    )


def _first_year(school_year: str) -> int:
    return int(school_year[:4])


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


@cache
def _library() -> SchoolHolidayDates:
    return SchoolHolidayDates()  # reads its table each time it is made


@cache
def _days_without_class(year: int, zone: str) -> Mapping[date, str]:
    """Days of school holidays from 1 September of the year to 31 August of the next; what the library knows of them."""
    found: dict[date, str] = {}
    for civil_year in (year, year + 1):
        try:
            known = _library().holidays_for_year_and_zone(civil_year, zone)
        except UnsupportedYearException:
            continue
        for day, facts in known.items():
            if date(year, 9, 1) <= day <= date(year + 1, 8, 31):
                found[day] = str(facts["nom_vacances"]).replace("'", "’")
    return dict(sorted(found.items()))


def _public_holidays(span: Span, *, alsace: bool) -> dict[date, str]:
    known = holidays.country_holidays(
        "FR",
        subdiv="57" if alsace else None,
        years=range(span.first.year, span.last.year + 1),
        language="fr",
    )
    return {day: name.replace("'", "’") for day, name in sorted(known.items()) if span.holds(day)}


def _spans(days: dict[date, str]) -> Iterator[Span]:
    """Consecutive days of one name, as spans."""
    ordered = sorted(days)
    start = 0
    for rank, day in enumerate(ordered):
        following = ordered[rank + 1] if rank + 1 < len(ordered) else None
        if following != day + timedelta(days=1) or days[following] != days[day]:
            yield Span(ordered[start], day, days[day])
            start = rank + 1
