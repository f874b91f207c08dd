"""Faults of enrolments, documents, absences, carry-over and custody: each found once, at its key, and nothing else."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from functions.domain.reglement import Calendar
from functions.domain.spans import Span
from functions.reglement.compiled import loads
from functions.reglement.fact_checks import check, check_custody, check_town
from functions.reglement.source import compile_directory
from functions.reglement.town import gather
from functions.reglement.yaml_activities import ActivityYaml
from functions.reglement.yaml_shapes import CustodyYaml, DocumentYaml

YEARS = ("2026-2027", "2027-2028")
DOCUMENTS = (
    DocumentYaml("allocataire", "Numéro d’allocataire"),
    DocumentYaml("assurance", "Assurance", valable="annee_scolaire"),
    DocumentYaml("vaccins", "Vaccins", validite_mois="12"),
)
SOUND: dict[str, Any] = {
    "id": "cantine",
    "nom": "Cantine",
    "service": "mairie",
    "rubrique": "restauration",
    "jours": ["lundi", "mardi"],
    "quand": "periode_scolaire",
    "periode": {"du": "2026-09-01", "au": "2028-07-02"},
    "debut": "11:45",
    "fin": "13:30",
    "reservation": {"delai": "24 heures", "ensuite": "refusee"},
    "annulation": {"delai": "24 heures", "ensuite": "facturee"},
    "tarif": "repas",
    "documents": ["vaccins"],
    "documents_bloquants": [
        {"id": "allocataire", "pour": "inscription"},
        {"id": "assurance", "pour": "inscription"},
        {"id": "assurance", "pour": "reservation"},  # it expires: asked for again
    ],
    "inscription": {
        "campagnes": [
            {"annee": "2026-2027", "du": "2026-06-01", "au": "2026-07-10"},
            {"annee": "2026-2027", "du": "2026-08-24"},
            {"annee": "2027-2028", "du": "2027-06-01", "au": "2027-10-31"},  # while the year before goes on
        ],
        "ensuite": "refusee",
    },
    "absence": {
        "certificat": "72 heures",
        "a_compter_de": "debut_de_l_activite",
        "jours_de_carence": "1",
        "declaration": {"delai": "0 jour", "heure_limite": "09:00", "premier_jour_compte": "non"},
    },
    "presence_sans_reservation": {"prix": "normal"},
    "report": {"semaines": "4"},
    "conditions": [{"motif": "m", "contact": "mairie", "age_minimum": "3 ans", "age_au": "rentree"}],
}
BILLED = {"avec_certificat": "facturee"}


def found(changes: Mapping[str, Any], years: tuple[str, ...] | None = YEARS) -> list[tuple[str, str]]:
    activity = msgspec.convert({**SOUND, **changes}, ActivityYaml)
    return [(key, message.replace("\u202f", " ")) for key, message in check(activity, years, DOCUMENTS)]


def campaigns(*given: dict[str, str]) -> dict[str, Any]:
    return {"inscription": {"campagnes": list(given), "ensuite": "refusee"}}


def campaign(year: str, first: str, last: str | None = None) -> dict[str, str]:
    return {"annee": year, "du": first} | ({"au": last} if last else {})


JUNE = campaign("2026-2027", "2026-06-01", "2026-07-10")
CAMPAIGNS = "inscription/campagnes"


def test_the_sound_activity_is_sound() -> None:
    assert found({}) == []
    assert found(dict.fromkeys(("inscription", "absence", "report", "presence_sans_reservation"))) == []


@pytest.mark.parametrize(
    ("changes", "key", "says"),
    [
        (campaigns(campaign("2026-2028", "2026-06-01")), f"{CAMPAIGNS}/0/annee", "dure un an : 2026-2027"),
        (campaigns(JUNE, campaign("2028-2029", "2028-06-01")), f"{CAMPAIGNS}/1/annee", "n’est pas dans le calendrier"),
        (campaigns(campaign("2026-2027", "2026-06-10", "2026-06-01")), f"{CAMPAIGNS}/0/au", "avant le premier jour"),
        (campaigns(campaign("2026-2027", "2027-09-01")), f"{CAMPAIGNS}/0/du", "après la fin de l’année 2026-2027"),
        (campaigns(campaign("2026-2027", "2026-06-01", "2027-09-01")), f"{CAMPAIGNS}/0/au", "après la fin de l’année"),
        (campaigns(JUNE, campaign("2026-2027", "2026-07-10")), f"{CAMPAIGNS}/1/du", "chevauche la précédente"),
        (campaigns(JUNE, campaign("2026-2027", "2026-05-01", "2026-05-31")), f"{CAMPAIGNS}/1/du", "dans l’ordre"),
        (
            campaigns(campaign("2026-2027", "2026-06-01"), campaign("2026-2027", "2026-08-24")),
            f"{CAMPAIGNS}/1/du",
            "chevauche la précédente",  # which has no end
        ),
        (campaigns(campaign("2027-2028", "2027-06-01"), JUNE), f"{CAMPAIGNS}/1/annee", "dans l’ordre des années"),
        (
            {"periode": {"du": "2027-09-01", "au": "2028-07-02"}} | campaigns(JUNE),
            f"{CAMPAIGNS}/0/annee",
            "ne peut jamais servir",
        ),
        ({"documents": ["vaccins", "vaccins"]}, "documents/1", "écrit deux fois"),
        (
            {"documents_bloquants": [{"id": "vaccins", "pour": "inscription"}]},
            "documents_bloquants/0/id",
            "aussi dans « documents »",
        ),
        (
            {"documents_bloquants": [{"id": "assurance", "pour": "reservation"}] * 2},
            "documents_bloquants/1/id",
            "bloque déjà la réservation",
        ),
        (
            {"documents_bloquants": [{"id": "allocataire", "pour": pour} for pour in ("inscription", "reservation")]},
            "documents_bloquants/1/pour",
            "ne peut jamais bloquer une réservation",
        ),
        (
            {"absence": {"certificat": "72 heures", **BILLED}},
            "absence/certificat",
            "ne peut jamais servir : avec ou sans lui, l’absence est facturée",
        ),
        (
            {"absence": {"certificat": "72 heures", "sans_certificat": "non_facturee"}},
            "absence/certificat",
            "l’absence est non facturée",
        ),
        (
            {"absence": {**BILLED, "sans_certificat": "non_facturee"}},
            "absence/avec_certificat",
            "plus avec un certificat",
        ),
        ({"absence": {"a_compter_de": "debut_de_l_activite"}}, "absence/a_compter_de", "sans « certificat »"),
        ({"absence": {**BILLED, "jours_de_carence": "2"}}, "absence/jours_de_carence", "dans tous les cas"),
        (
            {"absence": {**BILLED, "declaration": {"delai": "24 heures"}}},
            "absence/declaration",
            "facturée dans tous les cas",
        ),
        ({"report": {"semaines": "0"}}, "report/semaines", "rien ne serait reporté"),
        ({"quand": "vacances_scolaires"}, "report", "pas de semaine de classe"),
        ({"reserver_par": "session"}, "report", "une session ne se réserve pas par jour"),
        (
            {"conditions": [{"motif": "m", "contact": "c", "age_minimum": "3 ans", "age_au": "session"}]},
            "conditions/0/age_au",
            "n’a pas de « sessions »",
        ),
    ],
)
def test_a_fault_is_found_once_at_its_key(changes: dict[str, Any], key: str, says: str) -> None:
    problems = found(changes)

    assert [where for where, _ in problems] == [key], problems
    assert says in problems[0][1]


@pytest.mark.parametrize(
    "changes",
    [
        campaigns(campaign("2026-2027", "2026-06-01", "2026-06-01")),  # one day
        campaigns(campaign("2026-2027", "2027-08-31", "2027-08-31")),  # the very last
        {"periode": {"du": "2027-08-31", "au": "2027-09-30"}} | campaigns(JUNE),
        {"absence": {**BILLED}},  # every absence is billed
        {"absence": {"sans_certificat": "non_facturee", "jours_de_carence": "1"}},  # none is, but the first day
        {"absence": {"sans_certificat": "non_facturee", "declaration": {"delai": "24 heures"}}},
        {"absence": {**BILLED, "jours_de_carence": "0"}},
        {"documents": [], "documents_bloquants": [{"id": "allocataire", "pour": "reservation"}]},
        {
            "inscription": None,
            "documents_bloquants": [{"id": "allocataire", "pour": pour} for pour in ("inscription", "reservation")],
        },
        {"quand": "vacances_scolaires", "report": None},
    ],
)
def test_what_makes_sense_is_left_alone(changes: dict[str, Any]) -> None:
    assert found(changes) == []


def test_the_years_of_a_calendar_that_is_wrong_are_not_asked_for() -> None:
    assert found(campaigns(campaign("2027-2028", "2027-06-01")), ("2026-2027",)) != []
    assert found(campaigns(campaign("2027-2028", "2027-06-01")), None) == []


def test_several_faults_are_said_together() -> None:
    both = campaigns(campaign("2026-2029", "2026-06-01"), campaign("2026-2027", "2027-09-02"))

    assert [key for key, _ in found(both | {"report": {"semaines": "0"}})] == [
        f"{CAMPAIGNS}/0/annee",
        f"{CAMPAIGNS}/1/du",
        "report/semaines",
    ]


@pytest.mark.parametrize(
    ("holidays", "last", "keys"),
    [
        ("moities", date(2026, 10, 20), ["vacances"]),  # four days: nothing to cut
        ("moities", date(2026, 10, 21), []),
        ("alternance", date(2026, 10, 20), []),
    ],
)
def test_halves_need_vacations_to_cut(holidays: str, last: date, keys: list[str]) -> None:
    year = Span(date(2026, 9, 1), date(2027, 8, 31))
    calendar = Calendar(year, {}, {}, {}, vacations=(Span(date(2026, 10, 17), last),))
    custody = msgspec.convert(
        {"bascule": "vendredi", "vacances": holidays, "facturation": "parent_du_jour"}, CustodyYaml
    )

    assert [key for key, _ in check_custody(custody, calendar)] == keys


def test_a_whole_town_is_checked_with_its_file_and_line(tmp_path: Path) -> None:
    text = (Path(__file__).parent / "sound_town.yml").read_text("utf-8")
    (tmp_path / "ville.yml").write_text(text, "utf-8")
    calendar = loads(compile_directory(tmp_path)).calendar
    assert list(check_town(gather(tmp_path), calendar)) == []

    spoilt = text.replace(
        "    tarif: repas\n    documents", "    report: {semaines: 0} # ICI\n    tarif: repas\n    documents"
    )
    spoilt += "garde_alternee: {bascule: lundi, vacances: moities, facturation: moitie} # LA\n"
    (tmp_path / "ville.yml").write_text(spoilt, "utf-8")
    short = replace(calendar, vacations=())
    problems = {item.key: item.line for item in check_town(gather(tmp_path), short)}
    lines = spoilt.splitlines()
    assert problems == {
        "activites.cantine.report.semaines": next(rank for rank, line in enumerate(lines, 1) if "# ICI" in line),
        "garde_alternee.vacances": len(lines),
    }
    assert [item.key for item in check_town(gather(tmp_path), None)] == ["activites.cantine.report.semaines"]


def test_the_campaigns_of_a_town_are_of_the_years_of_its_calendar(tmp_path: Path) -> None:
    text = (Path(__file__).parent / "sound_town.yml").read_text("utf-8")
    enrolment = "inscription: {campagnes: [{annee: 2027-2028, du: 2027-06-01}], ensuite: refusee}"
    spoilt = text.replace("    tarif: repas\n    documents", f"    {enrolment}\n    tarif: repas\n    documents")
    (tmp_path / "ville.yml").write_text(spoilt, "utf-8")
    year = Calendar(Span(date(2026, 9, 1), date(2027, 8, 31)), {}, {}, {})

    assert [item.key for item in check_town(gather(tmp_path), year)] == [
        "activites.cantine.inscription.campagnes.1.annee"
    ]
    assert list(check_town(gather(tmp_path), None)) == []
