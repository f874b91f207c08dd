"""What the leaflets say of enrolments, documents and absences, where they give no time: the choices made, and both
sides of each.
"""

from datetime import date

import pytest
from support.leaflet import ONE_SECOND, day, end_of, paris, town

from functions.domain.absences import decide_absence
from functions.domain.decisions import ChildFacts, FamilyFacts
from functions.domain.enrolments import EnrolmentDecision, decide_enrolment

CHILD = ChildFacts(school="ecole-publique", level="CE1")


def enrol(
    name: str, activity: str, now: str, documents: dict[str, str] | None = None, year: str = "2026-2027"
) -> EnrolmentDecision:
    given = None if documents is None else {key: day(value) for key, value in documents.items()}
    return decide_enrolment(town(name), activity, year, paris(now), CHILD, FamilyFacts(), given)


# Town, activity, school year, the first second of its enrolments.
OPENINGS = [
    # « A partir du 7 juillet, la Ville met à votre disposition, votre nouveau portail famille en ligne »
    ("chanteloup", "tram", "2026-2027", "2026-07-07 00:00:00"),
    ("chanteloup", "mercredi", "2025-2026", "2025-07-07 00:00:00"),
    ("chanteloup", "vacances", "2026-2027", "2026-07-07 00:00:00"),
    # no date is given: choices
    ("chatou", "loisirs-mercredi", "2027-2028", "2027-06-01 00:00:00"),
    ("chatou", "creche", "2026-2027", "2026-01-01 00:00:00"),
    ("chalonnes", "restauration", "2026-2027", "2026-06-01 00:00:00"),
    ("chambly", "periscolaire", "2026-2027", "2026-06-01 00:00:00"),
]


@pytest.mark.parametrize(("name", "activity", "year", "opens"), OPENINGS)
def test_enrolments_open_and_do_not_close(name: str, activity: str, year: str, opens: str) -> None:
    first = decide_enrolment(town(name), activity, year, paris(opens), ChildFacts(), FamilyFacts())
    before = decide_enrolment(town(name), activity, year, paris(opens) - ONE_SECOND, ChildFacts(), FamilyFacts())
    in_spring = decide_enrolment(town(name), activity, year, end_of(f"{year[5:]}-05-31"), ChildFacts(), FamilyFacts())

    assert (first.allowed, first.opens, first.closes) == (True, paris(opens), None)
    assert (before.allowed, before.code) == (False, "not_open_yet")
    assert in_spring.allowed


# « Ces documents sont obligatoires et bloquants au moment de l'inscription, sans eux vous ne pourrez pas continuer la
# démarche. » « Il est impératif de retourner ce document pour finaliser votre inscription. »
ALL = {
    "numero-allocataire": "2020-01-01",
    "responsabilite-civile": "2026-08-20",
    "vaccins": "2024-05-05",
    "document-inscription": "2026-09-01",
}


@pytest.mark.parametrize("activity", ["accueil-periscolaire", "restauration"])
def test_chalonnes_stops_an_enrolment_without_each_of_its_documents(activity: str) -> None:
    whole = enrol("chalonnes", activity, "2026-08-25 10:00:00", ALL)
    assert (whole.allowed, whole.missing_documents) == (True, ())

    for missing in ALL:
        found = enrol(
            "chalonnes", activity, "2026-08-25 10:00:00", {key: at for key, at in ALL.items() if key != missing}
        )

        assert (found.allowed, found.code) == (False, "documents_missing")
        assert [(item.document, item.why) for item in found.missing_documents] == [(missing, "absent")]
        assert town("chalonnes").documents[missing].name in found.refusal


def test_chalonnes_asks_for_a_document_of_the_new_year() -> None:
    """« un document d'inscription vous a été envoyé par courriel »: last year's is not enough, a choice."""
    found = enrol("chalonnes", "restauration", "2026-08-25 10:00:00", ALL | {"document-inscription": "2025-09-01"})

    assert [(item.document, item.why) for item in found.missing_documents] == [("document-inscription", "expired")]


def test_chalonnes_services_enrol_the_children_they_know() -> None:
    """« Cette année, les services ont réalisé les inscriptions de vos enfants »"""
    assert enrol("chalonnes", "restauration", "2026-08-25 10:00:00").by_services
    assert enrol("chalonnes", "accueil-extrascolaire", "2026-08-25 10:00:00").by_services
    rules = town("chalonnes").activities
    assert {name for name, activity in rules.items() if activity.enrolment is None} == {
        "multi-accueil",
        "espace-jeunesse",
    }


def test_chalonnes_carries_the_bookings_over() -> None:
    """« les réservations déjà effectuées ont été automatiquement reportées »: those of the « service enfance »"""
    rules = town("chalonnes").activities
    carried = {name: activity.carry_over for name, activity in rules.items() if activity.carry_over is not None}

    assert {name: rule.weeks for name, rule in carried.items()} == {"restauration": 4, "accueil-periscolaire": 4}
    assert all("automatiquement reportées" in rule.source and rule.choice for rule in carried.values())


@pytest.mark.parametrize(
    ("documents", "missing"),
    [
        ({}, [("assurance", "absent"), ("domicile", "absent")]),
        ({"assurance": "2026-09-01", "domicile": "2026-05-01"}, []),
        ({"assurance": "2025-09-01", "domicile": "2026-05-01"}, [("assurance", "expired")]),  # last year's
        ({"assurance": "2026-09-01", "domicile": "2025-08-01"}, [("domicile", "expired")]),  # more than a year
    ],
)
def test_chanteloup_counts_no_demarche_without_its_documents(
    documents: dict[str, str], missing: list[tuple[str, str]]
) -> None:
    """« Pour que vos démarches soient prises en compte, assurez-vous d'avoir scanné tous les documents administratifs
    demandés. »
    """
    found = enrol("chanteloup", "tram", "2026-07-10 10:00:00", documents)

    assert [(item.document, item.why) for item in found.missing_documents] == missing
    assert found.allowed is (missing == [])


@pytest.mark.parametrize(
    ("name", "activity", "missed"),
    [
        ("chanteloup", "tram", day("2026-12-10")),  # « Justifiez une absence »
        ("chanteloup", "vacances", day("2026-12-22")),
        ("chambly", "alsh-mercredi", day("2026-12-09")),  # « signalez une absence »
        ("chambly", "maison-de-la-petite-enfance", day("2026-12-10")),
    ],
)
def test_an_absence_is_justified_at_any_time(name: str, activity: str, missed: date) -> None:
    """Neither leaflet gives a time nor an effect: a certificate excuses whenever it comes, a choice."""
    rules = town(name).activities[activity]
    assert rules.absence is not None
    holidays = town(name).calendar.public_holidays
    said = paris("2026-12-08 08:00:00")
    justified = decide_absence(rules.absence, rules, [missed], said, paris("2027-06-30 12:00:00"), holidays)
    only_said = decide_absence(rules.absence, rules, [missed], said, None, holidays)

    assert (justified.certificate_until, justified.billed) == (None, ())
    assert only_said.billed == (missed,)


@pytest.mark.parametrize("activity", ["alsh-mercredi", "alsh-vacances", "maison-de-la-petite-enfance"])
def test_chambly_has_a_waiting_list(activity: str) -> None:
    """« Liste d'attente »"""
    capacity = town("chambly").activities[activity].capacity

    assert capacity is not None
    assert capacity.waiting is not None
    assert (capacity.waiting.mode, capacity.waiting.source) == ("manual", "«\u202fListe d’attente\u202f»")


def test_chanteloup_gives_its_desk_as_printed() -> None:
    """« Contactez le guichet unique Espace Victor Hugo • 18 avenue de Poissy 01 39 74 29 12 »"""
    rules = town("chanteloup")
    desk = rules.services[rules.commune.desk]

    assert (desk.name, desk.phone) == ("Guichet unique", "01 39 74 29 12")
    assert desk.email == "inscriptionenfance@chanteloup-les-vignes.fr"
    assert desk.address == "Espace Victor Hugo, 18 avenue de Poissy"
    assert desk.hours == ("Du lundi au vendredi\u202f: 9h-12h / 13h30-18h",)
    assert {activity.service for activity in rules.activities.values()} == {desk.id}


def test_every_rule_of_chanteloup_says_where_it_comes_from() -> None:
    for name, activity in town("chanteloup").activities.items():
        wanted = "4 semaines avant le premier jour d’accueil" if name == "vacances" else "15 jours avant le début"
        assert wanted in activity.booking.source
        assert activity.booking.choice
        assert "annulation" in activity.cancelling.source
        assert activity.cancelling.choice
        for window in activity.booking.windows:
            assert "30 septembre" in window.source
            assert window.choice
