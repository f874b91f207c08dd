"""Every id a town names must exist, and what one part says must fit what another says."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from functions.domain.foyer import fold
from functions.reglement import tariffs
from functions.reglement.town import Item, Town
from functions.reglement.yaml_activities import ActivityYaml
from functions.reglement.yaml_reader import Problem
from functions.reglement.yaml_tariffs import TariffYaml
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
    if town.details is not None:
        yield from _known(town, town.details, "services", "service", town.details.value.service)
        yield from _all_known(town, town.details, "documents", "justificatifs", town.details.value.justificatifs)
    for school in town.schools:
        yield from _known(town, school, "services", "contact", school.value.contact)
    yield from _check_school_names(town)
    if town.calendar is not None:
        for rank, closure in enumerate(town.calendar.value.fermetures):
            for section, names in (("activites", closure.activites), ("ecoles", closure.ecoles)):
                yield from _all_known(town, town.calendar, section, f"fermetures/{rank}/{section}", names)
    for activity in town.activities:
        yield from _check_activity(town, activity)
    yield from _check_surcharges(town)


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
                yield item.problem(key, f"« {name} » désigne déjà l’école « {owner} ».")


def _check_activity(town: Town, item: Item[ActivityYaml]) -> Iterator[Problem]:
    activity = item.value
    yield from _known(town, item, "services", "service", activity.service)
    for key, tariff in _tariffs_of(activity):
        yield from _known(town, item, "tarifs", key, tariff)
    yield from _all_known(town, item, "documents", "documents", activity.documents)
    for rank, document in enumerate(activity.documents_bloquants):
        yield from _known(town, item, "documents", f"documents_bloquants/{rank}/id", document.id)
    for rank, condition in enumerate(activity.conditions):
        where = f"conditions/{rank}"
        yield from _known(town, item, "services", f"{where}/contact", condition.contact)
        yield from _all_known(town, item, "ecoles", f"{where}/ecoles", condition.ecoles or [])
        if len(town.schools) == len(town.ids["ecoles"]):  # else some school's levels are not known
            yield from _all_known(town, item, "niveaux", f"{where}/niveaux", condition.niveaux or [])
    if activity.capacite is not None:
        for school in activity.capacite.par_ecole:
            yield from _known(town, item, "ecoles", f"capacite/par_ecole/{school}", school)
    yield from _check_prices(town, item)


def _tariffs_of(activity: ActivityYaml) -> Iterator[tuple[str, str]]:
    """Each tariff it names, and the key that names it."""
    yield "tarif", activity.tarif
    for rank, slot in enumerate(activity.creneaux):
        if slot.tarif is not None:
            yield f"creneaux/{rank}/tarif", slot.tarif


def _check_prices(town: Town, item: Item[ActivityYaml]) -> Iterator[Problem]:
    activity = item.value
    attendance = activity.presence_sans_reservation
    for key, name in _tariffs_of(activity):
        tariff = next((found.value for found in town.tariffs if found.value.id == name), None)
        if tariff is None:
            continue
        span = tariffs.covered(tariff)
        if activity.periode.du < span.first or activity.periode.au > span.last:
            message = f"Le tarif « {name} » ne donne pas de prix à toute la période de l’activité."
            yield item.problem(key, message)
        if any(version.unite in ("session", "mois") for version in tariff.grilles):
            message = (
                f"Le tarif « {name} » est donné pour une session ou pour un mois, mais le portail compte un prix par "
                "jour réservé : divisez-le par le nombre de jours, et ôtez « unite »."
            )
            yield item.problem(key, message)
        if activity.reservation.ensuite == "majoration" and _lacks(tariff, "majoration_retard"):
            message = f"Après le délai le prix est majoré, mais le tarif « {name} » n’a pas de « majoration_retard »."
            yield item.problem("reservation/ensuite", message)
        if attendance is not None and attendance.prix == "majore" and _lacks(tariff, "majoration_sans_reservation"):
            message = (
                f"Sans réservation le prix est majoré, mais le tarif « {name} » n’a pas de "
                "« majoration_sans_reservation »."
            )
            yield item.problem("presence_sans_reservation/prix", message)


def _lacks(tariff: TariffYaml, surcharge: str) -> bool:
    return any(getattr(version, surcharge) is None for version in tariff.grilles)


def _check_surcharges(town: Town) -> Iterator[Problem]:
    """A surcharge that no activity of its tariff ever applies. A tariff nobody uses is being prepared: it is left."""
    named = {name for item in town.activities for _, name in _tariffs_of(item.value)}
    if len(town.activities) != len(town.ids["activites"]) or not named <= town.ids["tarifs"]:
        return  # which tariffs are used is not known
    for tariff in town.tariffs:
        users = [i.value for i in town.activities if tariff.value.id in dict(_tariffs_of(i.value)).values()]
        if users:
            yield from _check_surcharges_of(tariff, users)


def _check_surcharges_of(tariff: Item[TariffYaml], users: Sequence[ActivityYaml]) -> Iterator[Problem]:
    for key, wanted, used in (
        ("majoration_retard", "« ensuite: majoration » dans « reservation »", any(map(_late, users))),
        ("majoration_sans_reservation", "« presence_sans_reservation: {prix: majore} »", any(map(_unbooked, users))),
    ):
        first = next((rank for rank, item in enumerate(tariff.value.grilles) if getattr(item, key) is not None), None)
        if first is not None and not used:
            message = f"Cette majoration ne peut jamais servir : aucune activité de ce tarif n’écrit {wanted}."
            yield tariff.problem(f"grilles/{first}/{key}", message)


def _late(activity: ActivityYaml) -> bool:
    return activity.reservation.ensuite == "majoration"


def _unbooked(activity: ActivityYaml) -> bool:
    return activity.presence_sans_reservation is not None and activity.presence_sans_reservation.prix == "majore"


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
