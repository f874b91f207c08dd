"""The calendars to subscribe to: read back as a phone would, and held to the published days."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import icalendar
import pytest
from support.engine import ROOT
from test_calendars_known import days, published

from functions.domain.activity import Enrolment, EnrolmentCampaign, Session
from functions.domain.reglement import Closure, Reglement
from functions.reglement import ics
from functions.reglement.compiled import loads
from functions.reglement.source import compile_directory

DEMO = ROOT / "content/commune"
TOWNS = [DEMO, *sorted(path for path in (ROOT / "tests/communes").iterdir() if path.is_dir())]
ONE_DAY = timedelta(days=1)


@cache
def town(folder: Path = DEMO) -> Reglement:
    return loads(compile_directory(folder))


def events(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def registrations(*sessions: Session) -> list[Any]:
    """The events of an activity whose sessions are those."""
    activity = replace(town().activities["restauration"], sessions=sessions, enrolment=None)
    rules = replace(town(), activities=town().activities | {"restauration": activity})
    found = events(ics.files(rules)[ics.REGISTRATIONS])
    return [event for event in found if event["uid"].startswith("inscription-restauration-")]


@pytest.mark.parametrize("folder", TOWNS, ids=lambda path: path.name)
def test_every_file_of_every_town_can_be_read_back(folder: Path) -> None:
    for name, content in ics.files(town(folder)).items():
        calendar = icalendar.Calendar.from_ical(content)

        assert calendar["version"] == "2.0"
        assert str(calendar["x-wr-calname"]).endswith(f"– {town(folder).commune.name}")
        assert calendar.subcomponents, name
        assert calendar.errors == []


@pytest.mark.parametrize("folder", TOWNS, ids=lambda path: path.name)
def test_lines_are_folded_at_75_octets_and_end_as_the_standard_says(folder: Path) -> None:
    for content in ics.files(town(folder)).values():
        lines = content.split(b"\r\n")

        assert lines.pop() == b""
        assert max(len(line) for line in lines) <= 75
        assert not [line for line in lines if b"\n" in line or b"\r" in line]


@pytest.mark.parametrize("folder", TOWNS, ids=lambda path: path.name)
def test_the_days_are_those_published_for_the_zone(folder: Path) -> None:
    rules = town(folder)
    found: dict[date, str] = {}
    for event in events(ics.files(rules)[ics.VACATIONS]):
        if event["uid"].startswith(("vacances-", "sans-classe-")):
            first, after = event["dtstart"].dt, event["dtend"].dt
            found |= {first + offset * ONE_DAY: str(event["summary"]) for offset in range((after - first).days)}

    known = days(published(rules.commune.school_zone))
    added = {day: name for day, name in rules.calendar.class_free.items() if day not in known}
    assert found == {day: name for day, name in known.items() if rules.calendar.span.holds(day)} | added


def test_public_holidays_last_one_day() -> None:
    found = [event for event in events(ics.files(town())[ics.VACATIONS]) if event["uid"].startswith("ferie-")]

    assert len(found) == len(town().calendar.public_holidays)
    assert all(event["dtend"].dt - event["dtstart"].dt == ONE_DAY for event in found)
    assert "Lundi de Pâques" in {str(event["summary"]) for event in found}


def test_a_vacation_says_when_class_begins_again() -> None:
    christmas = next(e for e in events(ics.files(town())[ics.VACATIONS]) if e["uid"].startswith("vacances-20261219"))

    assert str(christmas["description"]).replace("\u00a0", " ") == "Reprise des cours le lundi 4 janvier 2027."


def test_a_closure_says_what_is_closed_and_for_whom() -> None:
    closure = Closure(date(2027, 6, 11), date(2027, 6, 11), "Fête des écoles", ("restauration",))
    rules = replace(town(), calendar=replace(town().calendar, closures=(closure,)))
    (event,) = events(ics.files(rules)[ics.CLOSURES])

    assert str(event["summary"]) == "Fermeture\u202f: Fête des écoles"
    assert str(event["description"]) == "Activités\u202f: Restauration scolaire. Écoles\u202f: toutes."


def test_a_long_name_with_accents_comes_back_whole() -> None:
    name = "Été à l’école ; goûter, fête, « kermesse » \\ " * 6
    rules = replace(
        town(), calendar=replace(town().calendar, closures=(Closure(date(2027, 6, 1), date(2027, 6, 4), name),))
    )
    content = ics.files(rules)[ics.CLOSURES]
    (event,) = events(content)

    assert str(event["summary"]) == f"Fermeture\u202f: {name}"
    assert event["dtend"].dt == date(2027, 6, 5)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


@pytest.mark.parametrize("folder", TOWNS, ids=lambda path: path.name)
def test_each_event_has_an_identity_of_its_own_that_a_second_build_gives_again(folder: Path) -> None:
    first, second = ics.files(town(folder)), ics.files(loads(compile_directory(folder)))
    identities = [str(event["uid"]) for content in first.values() for event in events(content)]

    assert first == second
    assert len(identities) == len(set(identities))
    assert all(identity.endswith(f"-{town(folder).commune.postcode}.parvis") for identity in identities)


def test_a_corrected_reason_is_the_same_event_and_a_corrected_day_another() -> None:
    def identity(closure: Closure) -> str:
        rules = replace(town(), calendar=replace(town().calendar, closures=(closure,)))
        return str(events(ics.files(rules)[ics.CLOSURES])[0]["uid"])

    planned = Closure(date(2027, 6, 1), date(2027, 6, 4), "Travuax")

    assert identity(planned) == identity(replace(planned, name="Travaux"))
    assert identity(planned) != identity(replace(planned, last=date(2027, 6, 5)))
    assert identity(planned) != identity(replace(planned, schools=("les-tilleuls",)))


def test_the_instant_of_writing_is_that_of_the_rules() -> None:
    stamps = {event["dtstamp"].dt for content in ics.files(town()).values() for event in events(content)}

    first = town().calendar.span.first
    assert stamps == {datetime(first.year, first.month, first.day, tzinfo=UTC)}


def test_bookings_of_a_session_go_from_the_opening_to_the_last_day() -> None:
    session = Session(
        "hiver",
        "Vacances d’hiver",
        date(2027, 2, 22),
        date(2027, 2, 26),
        opens=datetime(2027, 1, 4, 8, 30),  # noqa: DTZ001 - wall time of Paris, as the rules hold it
        closes=datetime(2027, 1, 22, 23, 59, 59),  # noqa: DTZ001
    )
    (event,) = registrations(session)
    plain = str(event["description"]).replace("\u00a0", " ")

    assert str(event["summary"]) == "Réservations ouvertes\u202f: Restauration scolaire, Vacances d’hiver"
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2027, 1, 4), date(2027, 1, 23))
    assert plain == "À partir du lundi 4 janvier 2027 à 8 h 30. Jusqu’au vendredi 22 janvier 2027 inclus."


def test_a_session_whose_days_have_each_their_delay_has_no_period() -> None:
    assert registrations(Session("hiver", "Hiver", date(2027, 2, 22), date(2027, 2, 26))) == []


def test_the_delay_before_a_session_gives_its_last_day() -> None:
    chanteloup = town(ROOT / "tests/communes/chanteloup")
    found = {str(e["uid"]).split("@")[0]: e for e in events(ics.files(chanteloup)[ics.REGISTRATIONS])}
    (winter,) = [event for name, event in found.items() if "hiver-2027" in name]

    # « 4 semaines avant le 1er jour de la session »: the session of 8 February 2027, the day itself not counted.
    assert winter["dtstart"].dt == date(2027, 1, 11)
    assert "Dernier jour pour réserver" in str(winter["summary"])


def test_enrolments_of_a_school_year_are_told_once_for_the_activities_that_share_them() -> None:
    campaign = EnrolmentCampaign("2027-2028", date(2027, 5, 3), date(2027, 6, 30))
    activities = {
        name: replace(activity, enrolment=Enrolment((campaign,), "refused"))
        for name, activity in town().activities.items()
    }
    found = events(ics.files(replace(town(), activities=activities))[ics.REGISTRATIONS])
    (event,) = [event for event in found if event["uid"].startswith("inscription-2027-2028")]
    names = ", ".join(activity.name for activity in activities.values())

    assert str(event["summary"]) == f"Inscriptions ouvertes\u202f: {len(activities)} activités, 2027-2028"
    assert str(event["description"]).endswith(f"Activités\u202f: {names}.")
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2027, 5, 3), date(2027, 7, 1))
