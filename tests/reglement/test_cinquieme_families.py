"""The made-up town: who may come, which documents, what an absence costs, whose day it is; with pencil and calendar."""

from datetime import date

import pytest
from support.leaflet import ONE_SECOND, day, paris, town

from functions.domain.absences import decide_absence
from functions.domain.activity import WaitingList
from functions.domain.custody import Custody, payer_shares
from functions.domain.decisions import ChildFacts, FamilyFacts, decide_day
from functions.domain.document_validity import missing_documents
from functions.domain.enrolments import decide_enrolment
from functions.domain.reglement import Reglement


@pytest.fixture(scope="module")
def fontbrune() -> Reglement:
    return town("cinquieme")


# Activity, day, birth, may come?
AGES = [
    # « de 3 à 11 ans au 31 décembre de l’année scolaire »
    ("mercredi", "2026-09-02", "2023-12-31", True),  # still 2 that day
    ("mercredi", "2026-12-16", "2024-01-01", False),
    ("mercredi", "2027-05-05", "2024-01-01", False),  # 3 by then, but the school year's 31 December has passed
    ("mercredi", "2026-12-16", "2015-01-01", True),
    ("mercredi", "2026-09-02", "2014-12-31", False),  # 11 that day, 12 on 31 December
    # « de 3 à 11 ans au premier jour de la session »
    ("vacances", "2026-10-23", "2023-10-19", True),
    ("vacances", "2026-10-23", "2023-10-20", False),  # 3 on the session's second day
    ("vacances", "2026-10-23", "2014-10-20", True),  # 12 on its second day
    ("vacances", "2026-10-19", "2014-10-19", False),
    # « 6 ans à la rentrée »
    ("sports", "2026-12-12", "2020-09-01", True),
    ("sports", "2027-06-12", "2020-09-02", False),
    # « de 3 mois à moins de 3 ans »
    ("halte", "2026-12-10", "2026-09-10", True),
    ("halte", "2026-12-10", "2026-09-11", False),
    ("halte", "2026-12-10", "2023-12-11", True),
    ("halte", "2026-12-10", "2023-12-10", False),
]


@pytest.mark.parametrize(("activity", "wanted", "birth", "may"), AGES)
def test_ages(fontbrune: Reglement, activity: str, wanted: str, birth: str, may: bool) -> None:
    child = ChildFacts(birth_date=day(birth))
    found = decide_day(fontbrune, activity, day(wanted), paris("2026-06-01 08:00:00"), child, FamilyFacts())

    assert found.eligible is may
    assert bool(found.ineligible_reason) is not may


@pytest.mark.parametrize(
    ("activity", "child", "resident", "may"),
    [
        ("restauration", ChildFacts(school="les-sources"), False, True),
        ("restauration", ChildFacts(school="sainte-anne"), True, True),
        ("restauration", ChildFacts(school=""), True, False),  # « aux élèves des écoles de la commune »
        ("etude", ChildFacts(level="CP"), True, True),
        ("etude", ChildFacts(level="GS"), True, False),  # « L’étude commence au CP. »
        ("halte", ChildFacts(contract="occasional"), True, True),
        ("halte", ChildFacts(contract="occasional"), False, False),  # « réservée aux familles de la commune »
        ("halte", ChildFacts(contract="regular"), True, False),  # « n’ont rien à réserver »
    ],
)
def test_who_may_come(fontbrune: Reglement, activity: str, child: ChildFacts, resident: bool, may: bool) -> None:
    family = FamilyFacts(resident=resident)
    found = decide_day(fontbrune, activity, day("2026-12-10"), paris("2026-11-17 09:00:00"), child, family)

    assert found.eligible is may


# « Les inscriptions se font du 1er juin au 10 juillet. »
@pytest.mark.parametrize(
    ("now", "code"),
    [
        ("2026-05-31 23:59:59", "not_open_yet"),
        ("2026-06-01 00:00:00", ""),
        ("2026-07-10 23:59:59", ""),
        ("2026-07-11 00:00:00", "late_request"),
    ],
)
def test_enrolments(fontbrune: Reglement, now: str, code: str) -> None:
    found = decide_enrolment(fontbrune, "restauration", "2026-2027", paris(now), ChildFacts(), FamilyFacts())

    assert (found.allowed, found.code) == (code == "", code)


# Document, its date, day of care, missing? The school year ends on 31 August, the civil year on 31 December.
@pytest.mark.parametrize(
    ("activity", "document", "dated", "wanted", "why"),
    [
        ("restauration", "assurance", "2026-09-01", "2027-07-02", None),
        ("restauration", "assurance", "2026-06-15", "2026-09-01", "expired"),
        ("restauration", "quotient", "2026-03-01", "2026-12-18", None),
        ("restauration", "quotient", "2026-03-01", "2027-01-04", "expired"),
        ("sports", "certificat-medical", "2025-12-20", "2026-12-12", None),  # « de moins d’un an »
        ("sports", "certificat-medical", "2025-12-05", "2026-12-12", "expired"),
        ("sports", "certificat-medical", None, "2026-12-12", "absent"),
    ],
)
def test_documents(
    fontbrune: Reglement, activity: str, document: str, dated: str | None, wanted: str, why: str | None
) -> None:
    given = {} if dated is None else {document: day(dated)}
    missing = missing_documents(fontbrune.documents, fontbrune.activities[activity], given, day(wanted))

    assert [item.why for item in missing if item.document == document] == ([] if why is None else [why])
    assert all(item.blocking for item in missing)


# Activity, days missed, told on, certificate sent on, days billed.
ABSENCES = [
    # « Le premier jour d’absence reste dû ; le certificat est remis dans les 48 heures. »: from the first meal, 11:45
    ("restauration", ("2026-12-10", "2026-12-11"), None, "2026-12-12 11:45:00", ("2026-12-10",)),
    ("restauration", ("2026-12-10", "2026-12-11"), None, "2026-12-12 11:45:01", ("2026-12-10", "2026-12-11")),
    ("restauration", ("2026-12-10",), None, "2026-12-10 08:00:00", ("2026-12-10",)),
    ("restauration", ("2026-12-10",), None, None, ("2026-12-10",)),
    # « Une absence se signale la veille avant 18 h, avec un certificat dans les trois jours. »
    ("mercredi", ("2026-12-09",), "2026-12-08 18:00:00", "2026-12-12 00:00:00", ()),
    ("mercredi", ("2026-12-09",), "2026-12-08 18:00:00", "2026-12-12 00:00:01", ("2026-12-09",)),
    ("mercredi", ("2026-12-09",), "2026-12-08 18:00:01", "2026-12-09 08:00:00", ("2026-12-09",)),
    ("mercredi", ("2026-12-09",), None, None, ("2026-12-09",)),
    # « Un certificat remis dans les 72 heures efface les jours manqués. »: from the end of the first, 17:30
    ("vacances", ("2026-10-19", "2026-10-20"), None, "2026-10-22 17:30:00", ()),
    ("vacances", ("2026-10-23",), None, "2026-10-26 17:30:00", ()),  # the night of 25 hours
    ("vacances", ("2026-10-23",), None, "2026-10-26 17:30:01", ("2026-10-23",)),
    # « Les deux premiers jours de maladie restent dus. »
    ("halte", ("2026-12-08", "2026-12-09", "2026-12-10"), None, "2026-12-09 08:00:00", ("2026-12-08", "2026-12-09")),
    (
        "halte",
        ("2026-12-08", "2026-12-09", "2026-12-10"),
        None,
        "2026-12-09 08:00:01",
        ("2026-12-08", "2026-12-09", "2026-12-10"),
    ),
]


@pytest.mark.parametrize(("activity", "missed", "told", "certificate", "billed"), ABSENCES)
def test_absences(
    fontbrune: Reglement,
    activity: str,
    missed: tuple[str, ...],
    told: str | None,
    certificate: str | None,
    billed: tuple[str, ...],
) -> None:
    rules = fontbrune.activities[activity]
    assert rules.absence is not None
    found = decide_absence(
        rules.absence,
        rules,
        [day(text) for text in missed],
        paris(told) if told else None,
        paris(certificate) if certificate else None,
        fontbrune.calendar.public_holidays,
    )

    assert found.billed == tuple(day(text) for text in billed)


# A child at « lune »'s from Friday 4 September 2026, a week each; the first half of an even year's vacations at lune's.
@pytest.mark.parametrize(
    ("wanted", "parent"),
    [
        ("2026-09-04", "lune"),  # « La bascule a lieu le vendredi »
        ("2026-09-10", "lune"),
        ("2026-09-11", "soleil"),
        ("2026-12-10", "soleil"),  # the fourteenth week, a Thursday
        ("2026-12-11", "lune"),
        ("2026-10-24", "lune"),  # All Saints' vacation, 17 October to 1 November: eight days each
        ("2026-10-25", "soleil"),
        ("2026-12-26", "lune"),  # Christmas', 19 December to 3 January
        ("2026-12-27", "soleil"),
        ("2027-02-20", "soleil"),  # an odd year: winter's, 13 to 28 February
        ("2027-02-21", "lune"),
    ],
)
def test_who_has_the_child_and_pays(fontbrune: Reglement, wanted: str, parent: str) -> None:
    """« Chaque parent paie les jours où l’enfant est chez lui. »"""
    assert fontbrune.custody is not None
    custody = Custody("lune", "soleil", date(2026, 9, 4))

    assert payer_shares(fontbrune.custody, custody, day(wanted), fontbrune.calendar, 341) == [(parent, 341)]


def test_places_and_waiting_lists(fontbrune: Reglement) -> None:
    """« La famille a 48 heures pour prendre la place proposée. » « Une place libérée va au premier de la liste. »"""
    lists = {
        name: rules.capacity.waiting
        for name, rules in fontbrune.activities.items()
        if rules.capacity is not None and rules.capacity.waiting is not None
    }
    modes = {name: (waiting.mode, waiting.offer_hours) for name, waiting in lists.items()}

    assert all(isinstance(waiting, WaitingList) for waiting in lists.values())
    assert modes == {"mercredi": ("automatic", None), "vacances": ("offer", 48), "halte": ("manual", None)}


def test_an_enrolment_that_opens_at_midnight_opens_at_its_first_second(fontbrune: Reglement) -> None:
    found = decide_enrolment(
        fontbrune, "restauration", "2026-2027", paris("2026-06-01 00:00:00"), ChildFacts(), FamilyFacts()
    )

    assert found.opens == paris("2026-06-01 00:00:00")
    assert found.closes == paris("2026-07-11 00:00:00") - ONE_SECOND
