"""From a town's YAML directory to the compiled règlement, or to the whole list of what is wrong with it.

    check(directory)              -> list[Problem], sorted by file and line; empty when the rules hold together
    remarks(directory)            -> list[Problem] that stop nothing: national figures to be verified
    compile_directory(directory)  -> canonical JSON bytes; raises Incoherent

The same directory gives the same bytes, in the order the town wrote: their SHA-256 names the rules.
"""

from pathlib import Path

import msgspec

from functions.domain.contact_details import DetailsRule
from functions.domain.custody import CustodyRule
from functions.domain.reglement import Calendar, Commune, Document, Reglement, School, Service, Welcome
from functions.reglement import (
    activities,
    activity_checks,
    calendars,
    condition_checks,
    fact_checks,
    quotients,
    references,
    retention,
    tariffs,
)
from functions.reglement.town import Town, gather
from functions.reglement.words import WEEKDAYS
from functions.reglement.yaml_reader import Problem
from functions.reglement.yaml_shapes import (
    CommuneYaml,
    CustodyYaml,
    DetailsYaml,
    DocumentYaml,
    SchoolYaml,
    ServiceYaml,
    WelcomeYaml,
)

_UNTIL = {"annee_scolaire": "school_year", "annee_civile": "civil_year"}
_HOLIDAYS = {"alternance": "alternate", "moities": "halves"}
_ADDRESS = {"immediat": "at_once", "instruction": "approval"}
_BILLING = {"parent_du_jour": "holder", "moitie": "halves", "un_seul": "single"}

__all__ = ["Incoherent", "Problem", "check", "compile_directory", "remarks"]


class Incoherent(Exception):
    """The rules cannot be compiled; `problems` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def check(directory: str | Path) -> list[Problem]:
    return _check(gather(Path(directory)))


def remarks(directory: str | Path) -> list[Problem]:
    """What is worth knowing of rules that hold together, and stops nobody."""
    return [remark for tariff in gather(Path(directory)).tariffs for remark in tariffs.remarks(tariff)]


def compile_directory(directory: str | Path) -> bytes:
    town = gather(Path(directory))
    problems = _check(town)
    if problems:
        raise Incoherent(problems)
    return msgspec.json.format(msgspec.json.encode(_build(town)), indent=1)


def _check(town: Town) -> list[Problem]:
    problems = [*town.problems, *references.check(town)] if not town.partial else town.problems.copy()
    calendar: Calendar | None = None
    if town.calendar is not None and town.commune is not None:
        zone = town.commune.value.zone_scolaire
        wrong = list(calendars.check(town.calendar, zone))
        problems += wrong
        calendar = None if wrong else calendars.build(town.calendar.value, zone)
    for tariff in town.tariffs:
        problems += tariffs.check(tariff)
    if town.quotient is not None:
        problems += quotients.check(town.quotient)
    if town.retention is not None:
        problems += retention.check(town.retention)
    for activity in town.activities:
        problems += activity_checks.check(activity, calendar)
        problems += condition_checks.check(town, activity)
    problems += fact_checks.check_town(town, calendar)
    return sorted(set(problems))


def _build(town: Town) -> Reglement:
    if town.commune is None or town.calendar is None:
        raise Incoherent(town.problems)
    commune = town.commune.value
    return Reglement(
        commune=_commune(commune, town.welcome.value if town.welcome else None),
        services={item.value.id: _service(item.value) for item in town.services},
        schools={item.value.id: _school(item.value) for item in town.schools},
        activities={item.value.id: activities.build(item.value) for item in town.activities},
        tariffs={item.value.id: tariffs.build(item.value) for item in town.tariffs},
        documents={item.value.id: _document(item.value) for item in town.documents},
        calendar=calendars.build(town.calendar.value, commune.zone_scolaire),
        custody=_custody(town.custody.value) if town.custody else None,
        quotient=quotients.build(town.quotient.value) if town.quotient else None,
        details=_details(town.details.value) if town.details else DetailsRule(),
        retention=retention.build(town.retention.value if town.retention else None),
    )


def _commune(commune: CommuneYaml, welcome: WelcomeYaml | None) -> Commune:
    return Commune(
        name=commune.nom,
        postcode=commune.code_postal,
        school_zone=commune.zone_scolaire,
        desk=commune.guichet,
        address=commune.adresse or "",
        website=commune.site or "",
        welcome=Welcome(welcome.date, welcome.titre, welcome.texte.strip()) if welcome else None,
    )


def _service(service: ServiceYaml) -> Service:
    return Service(
        id=service.id,
        name=service.nom,
        phone=service.telephone or "",
        email=service.courriel or "",
        address=service.adresse or "",
        hours=tuple(service.horaires),
        description=service.description or "",
        listed=service.page == "oui",
    )


def _school(school: SchoolYaml) -> School:
    return School(
        id=school.id,
        name=school.nom,
        public=school.statut == "publique",
        levels=tuple(school.niveaux),
        aliases=tuple(school.autres_noms),
        contact=school.contact or "",
    )


def _document(document: DocumentYaml) -> Document:
    return Document(
        id=document.id,
        name=document.nom,
        hint=document.aide or "",
        valid_months=None if document.validite_mois is None else int(document.validite_mois),
        valid_until=_UNTIL[document.valable] if document.valable else "",
        family=document.concerne == "famille",
    )


def _custody(given: CustodyYaml) -> CustodyRule:
    return CustodyRule(
        change_day=WEEKDAYS[given.bascule],
        holidays=_HOLIDAYS[given.vacances],
        billing=_BILLING[given.facturation],
        source=given.source or "",
        choice=given.choix or "",
    )


def _details(given: DetailsYaml) -> DetailsRule:
    return DetailsRule(
        address=_ADDRESS[given.adresse],
        service=given.service or "",
        documents=tuple(given.justificatifs),
        removal=given.retrait_entourage == "oui",
        source=given.source or "",
        choice=given.choix or "",
    )
