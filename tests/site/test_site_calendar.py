"""The page « Calendrier », its sheet to print and its addresses to subscribe to, from the rules alone."""

import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import icalendar
import pytest
from parvis_site import calendar_fragments, year
from parvis_site.fragments import Fragments
from parvis_site.pieces import UnknownId
from parvis_site.rules import compiled

from functions.domain.activity import Session
from functions.domain.reglement import Calendar, Closure, Reglement
from functions.domain.spans import Span
from functions.reglement import ics

AUTUMN = date(2026, 12, 1)
CALENDAR = Calendar(
    span=Span(date(2026, 9, 1), date(2028, 8, 31)),
    public_holidays={date(2026, 11, 11): "Armistice", date(2027, 5, 6): "Ascension"},
    school_holidays={date(2026, 12, day): "Vacances de Noël" for day in range(19, 32)},
    class_free={date(2027, 5, 7): "Pont de l’Ascension"},
    vacations=(Span(date(2026, 12, 19), date(2026, 12, 31), "Vacances de Noël"),),
    closures=(
        Closure(date(2026, 12, 28), date(2026, 12, 31), "Travaux", ("repas",), ("lavoir",)),
        Closure(date(2027, 6, 1), date(2027, 6, 1), "Fête", (), ()),
        Closure(date(2026, 10, 2), date(2026, 10, 2), "Passée", (), ()),
    ),
)


@pytest.fixture
def pieces(town: Reglement) -> Fragments:
    return Fragments(replace(town, calendar=CALENDAR), "../", AUTUMN)


def plain(html: str) -> str:
    """Plain spaces; without the attributes that a phone's layout needs."""
    spaces = html.replace("\u00a0", " ").replace("\u202f", " ")
    return re.sub(r' (?:role|data-label)="[^"]*"', "", spaces)


def test_each_school_year_is_a_table_of_vacations_with_the_day_class_begins_again(pieces: Fragments) -> None:
    html = plain(pieces.vacances())

    assert "<caption>Vacances et ponts 2026-2027, zone B</caption>" in html
    assert (
        '<th scope="row">Vacances de Noël</th><td>du 19 au 31 décembre 2026</td><td>vendredi 1er janvier 2027</td>'
    ) in html
    assert '<th scope="row">Pont de l’Ascension</th><td>le 7 mai 2027</td><td>lundi 10 mai 2027</td>' in html
    assert '<th scope="row">Armistice</th><td>mercredi 11 novembre 2026</td>' in html
    assert "Année scolaire 2027-2028" in html


def test_a_school_year_is_shown_until_its_last_month_is_over(town: Reglement) -> None:
    rules = replace(town, calendar=CALENDAR)

    in_august = Fragments(rules, "", date(2027, 9, 1)).vacances()
    in_september = Fragments(rules, "", date(2027, 10, 1)).vacances()

    assert "Année scolaire 2026-2027" in in_august
    assert "Année scolaire 2026-2027" not in in_september


def test_closures_to_come_say_whom_they_concern(pieces: Fragments) -> None:
    html = plain(pieces.fermetures())

    assert (
        '<th scope="row">Du 28 au 31 décembre 2026</th><td>Travaux</td><td>Restauration scolaire – École du Lavoir</td>'
    ) in html
    assert '<th scope="row">Le 1er juin 2027</th><td>Fête</td><td>Toutes les activités</td>' in html
    assert "Passée" not in html


def test_a_town_without_closure_says_so(town: Reglement) -> None:
    assert "Aucune fermeture" in Fragments(town, "", AUTUMN).fermetures()


def test_sessions_with_dates_have_their_registrations_in_the_page_and_a_calendar_of_their_own(town: Reglement) -> None:
    session = Session(
        "hiver",
        "Vacances d’hiver",
        date(2027, 2, 22),
        date(2027, 2, 26),
        opens=datetime(2027, 1, 4, 8, 30),  # noqa: DTZ001 - wall time of Paris, as the rules hold it
        closes=datetime(2027, 1, 22, 23, 59, 59),  # noqa: DTZ001
    )
    rules = replace(town, activities={"repas": replace(town.activities["repas"], sessions=(session,))})
    html = plain(Fragments(rules, "../", AUTUMN).inscriptions())

    assert "<td>lundi 4 janvier 2027 à 8 h 30</td><td>vendredi 22 janvier 2027</td>" in html
    assert "<strong>Vacances d’hiver</strong>, du 22 au 26 février 2027" in html
    assert "inscriptions.ics" in Fragments(rules, "../", AUTUMN).abonnements()
    assert Fragments(town, "../", AUTUMN).inscriptions() == ""
    assert "inscriptions.ics" not in Fragments(town, "../", AUTUMN).abonnements()


def test_subscriptions_give_the_whole_address_to_agendas_and_a_file_to_keep(
    pieces: Fragments, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(calendar_fragments._site, "address", "https://famille.valbourg.example/")
    html = pieces.abonnements()

    assert 'href="webcal://famille.valbourg.example/calendrier/vacances.ics"' in html
    assert '<a class="p-button p-secondary p-small" href="../calendrier/vacances.ics" download>' in html
    assert "<code>https://famille.valbourg.example/calendrier/fermetures.ics</code>" in html


def test_twelve_months_hold_each_day_once_with_its_letter_and_its_name(pieces: Fragments) -> None:
    html = pieces.annee("2026-2027")
    cells = re.findall(r"<td[^>]*>(\d+)", html)

    assert len(re.findall("<caption>", html)) == 12
    assert len(cells) == 365
    assert '<td data-day="public">11<small aria-hidden="true">F</small>' in html
    assert '<span class="p-visually-hidden"> Armistice</span>' in html
    assert 'data-day="vacation closure">28<small aria-hidden="true">VX</small>' in html
    assert '<span class="p-visually-hidden"> Vacances de Noël, fermeture : Travaux</span>' in html


def test_weeks_begin_on_monday_and_months_keep_to_their_days() -> None:
    september = next(year.months(CALENDAR, Span(date(2026, 9, 1), date(2027, 8, 31))))

    assert september.name == "septembre 2026"
    assert september.weeks[0][0] is None
    assert [cell.number for cell in september.weeks[0] if cell] == [1, 2, 3, 4, 5, 6]
    assert [cell.weekend for cell in september.weeks[0] if cell] == [False] * 4 + [True] * 2


def test_a_year_that_the_calendar_does_not_hold_stops_the_build(pieces: Fragments) -> None:
    with pytest.raises(UnknownId, match="2031-2032"):
        pieces.annee("2031-2032")


def test_the_site_serves_the_very_calendars_of_the_rules_and_keeps_them_offline(www: Path) -> None:
    for name, content in ics.files(compiled()).items():
        assert (www / "calendrier" / name).read_bytes() == content
        assert icalendar.Calendar.from_ical(content)["version"] == "2.0"
    page = (www / "calendrier/index.html").read_text(encoding="utf-8")

    assert 'href="../calendrier/vacances.ics"' in page
    assert 'href="../calendrier/2026-2027/"' in page
