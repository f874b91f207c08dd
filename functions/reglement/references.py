"""Every id a town names must exist, and what one part says must fit what another says."""

from collections.abc import Iterable, Iterator
from typing import Any

from functions.domain.foyer import fold
from functions.reglement import tariffs
from functions.reglement.town import Item, Town
from functions.reglement.yaml_activities import ActivityYaml
from functions.reglement.yaml_reader import Problem
from functions.shapes.collect import near_word

_WHAT = {
    "services": "Aucun service",
    "ecoles": "Aucune école",
    "documents": "Aucun document",
    "tarifs": "Aucun tarif",
    "activites": "Aucune activité",
    "niveaux": "Aucune école n’a le niveau",
}


def check(town: Town) -> Iterator[Problem]:
    if town.commune is not None:
        yield from _known(town, town.commune, "services", "guichet", town.commune.value.guichet)
    for school in town.schools:
        yield from _known(town, school, "services", "contact", school.value.contact)
    yield from _check_school_names(town)
    if town.calendar is not None:
        for rank, closure in enumerate(town.calendar.value.fermetures):
            for section, names in (("activites", closure.activites), ("ecoles", closure.ecoles)):
                yield from _all_known(town, town.calendar, section, f"fermetures/{rank}/{section}", names)
    for activity in town.activities:
        yield from _check_activity(town, activity)


def _check_school_names(town: Town) -> Iterator[Problem]:
    """An import finds a school by its names: one that two schools share would send a child to the wrong one."""
    owners: dict[str, str] = {}
    for item in town.schools:
        school = item.value
        names = {"id": school.id, "nom": school.nom}
        names |= {f"autres_noms/{rank}": name for rank, name in enumerate(school.autres_noms)}
        for key, name in names.items():
            owner = owners.setdefault(fold(name), school.id)
            if owner != school.id:
                yield item.problem(key, f"« {name} » désigne déjà l’école « {owner} ».")


def _check_activity(town: Town, item: Item[ActivityYaml]) -> Iterator[Problem]:
    activity = item.value
    yield from _known(town, item, "services", "service", activity.service)
    yield from _known(town, item, "tarifs", "tarif", activity.tarif)
    yield from _all_known(town, item, "documents", "documents", activity.documents)
    for rank, condition in enumerate(activity.conditions):
        where = f"conditions/{rank}"
        yield from _known(town, item, "services", f"{where}/contact", condition.contact)
        yield from _all_known(town, item, "ecoles", f"{where}/ecoles", condition.ecoles or [])
        yield from _all_known(town, item, "niveaux", f"{where}/niveaux", condition.niveaux or [])
    if activity.capacite is not None:
        for school in activity.capacite.par_ecole:
            yield from _known(town, item, "ecoles", f"capacite/par_ecole/{school}", school)
    yield from _check_prices(town, item)


def _check_prices(town: Town, item: Item[ActivityYaml]) -> Iterator[Problem]:
    activity = item.value
    tariff = next((found.value for found in town.tariffs if found.value.id == activity.tarif), None)
    if tariff is None:
        return
    span = tariffs.covered(tariff)
    if activity.periode.du < span.first or activity.periode.au > span.last:
        message = f"Le tarif « {tariff.id} » ne donne pas de prix à toute la période de l’activité."
        yield item.problem("tarif", message)
    if activity.reservation.ensuite == "majoration" and any(
        version.majoration_retard is None for version in tariff.grilles
    ):
        message = f"Après le délai le prix est majoré, mais le tarif « {tariff.id} » n’a pas de « majoration_retard »."
        yield item.problem("reservation/ensuite", message)


def _all_known(town: Town, item: Item[Any], section: str, key: str, names: Iterable[str]) -> Iterator[Problem]:
    for rank, name in enumerate(names):
        yield from _known(town, item, section, f"{key}/{rank}", name)


def _known(town: Town, item: Item[Any], section: str, key: str, name: str | None) -> Iterator[Problem]:
    known = _names(town, section)
    if name is not None and name not in known:
        yield item.problem(key, f"{_WHAT[section]} « {name} ».{near_word(name, known)}")


def _names(town: Town, section: str) -> set[str]:
    if section == "niveaux":
        return {level for school in town.schools for level in school.value.niveaux}
    return town.ids[section]
