"""Wrong places, groups, slots, hours, periods and waiting lists: each fault is said at its key, a sound one is not."""

from datetime import date
from typing import Any

import msgspec
import pytest

from functions.reglement import activities, place_checks
from functions.reglement.yaml_activities import ActivityYaml

BASE: dict[str, Any] = {
    "id": "loisirs",
    "nom": "Loisirs",
    "service": "mairie",
    "rubrique": "extrascolaire",
    "jours": ["lundi", "mercredi"],
    "quand": "vacances_scolaires",
    "periode": {"du": "2026-09-01", "au": "2027-07-02"},
    "debut": "08:00",
    "fin": "18:00",
    "reservation": {"delai": "7 jours", "premier_jour_compte": "non", "ensuite": "refusee"},
    "annulation": {"delai": "48 heures", "ensuite": "facturee"},
    "tarif": "journee",
}
SESSIONS = [
    {"id": "hiver", "nom": "Hiver", "du": "2027-02-15", "au": "2027-02-26"},
    {"id": "printemps", "nom": "Printemps", "du": "2027-04-12", "au": "2027-04-23"},
]
PERIODS = [
    {"id": "p1", "nom": "Septembre à décembre", "du": "2026-09-01", "au": "2026-12-31"},
    {"id": "p2", "nom": "Janvier à juillet", "du": "2027-01-01", "au": "2027-07-02"},
]
MORNING = {"id": "matin", "nom": "Matin", "debut": "08:00", "fin": "12:00"}
AFTERNOON = {"id": "apres-midi", "nom": "Après-midi", "debut": "13:30", "fin": "18:00", "jours": ["mercredi"]}
FREE = {"pas": "30 minutes", "minimum": "1 heure", "maximum": "10 heures"}


def group(name: str, low: str, high: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "nom": name, "age_minimum": low, "age_maximum": high, "par_jour": "20", **more}


def age(**bounds: str) -> dict[str, Any]:
    return {"motif": "De 3 à 11 ans.", "contact": "mairie", **bounds}


SMALL, BIG = group("petits", "3 ans", "5 ans"), group("grands", "6 ans", "11 ans")
UNDER_AGE = [age(age_minimum="3 ans", age_maximum="11 ans")]


def activity(changes: dict[str, Any]) -> ActivityYaml:
    return msgspec.convert({**BASE, **changes}, ActivityYaml)


def found(changes: dict[str, Any]) -> dict[str, str]:
    return dict(place_checks.check(activity(changes)))


SOUND: dict[str, dict[str, Any]] = {
    "nothing": {},
    "places": {"capacite": {"par_jour": "40", "par_ecole": {"ile": "12"}, "liste_attente": {"mode": "manuelle"}}},
    "groups of all ages": {"capacite": {"groupes": [SMALL, BIG]}, "conditions": UNDER_AGE},
    "groups written in any order": {"capacite": {"groupes": [BIG, SMALL]}, "conditions": UNDER_AGE},
    "groups from 30 months on": {
        "capacite": {"groupes": [group("bebes", "2 ans", "5 ans"), BIG]},
        "conditions": [age(age_minimum="30 mois"), age(age_maximum="11 ans")],
    },
    "sessions": {"reserver_par": "session", "sessions": SESSIONS, "capacite": {"par_session": "16"}},
    "a session with dates": {
        "sessions": [{**SESSIONS[0], "ouverture": "2027-01-04 09:00", "cloture": "2027-02-05"}],
    },
    "slots": {"creneaux": [MORNING, AFTERNOON]},
    "places of a slot alone": {
        "creneaux": [{**MORNING, "par_jour": "12"}],
        "capacite": {"liste_attente": {"mode": "automatique"}},
    },
    "free hours": {"horaires_libres": FREE},
    "periods": {
        "periodes_reservation": PERIODS,
        "reservation": {**BASE["reservation"], "avant": "periode"},
    },
    "offer": {"capacite": {"par_jour": "9", "liste_attente": {"mode": "proposition", "delai_reponse": "48 heures"}}},
}


@pytest.mark.parametrize("sound", SOUND)
def test_what_is_sound_is_left_alone(sound: str) -> None:
    assert found(SOUND[sound]) == {}


def capacity(**given: Any) -> dict[str, Any]:
    return {"capacite": given}


def period(rank: int, **more: str) -> dict[str, Any]:
    items = [dict(item) for item in PERIODS]
    items[rank].update(more)
    return {"periodes_reservation": items}


def session(**more: str) -> dict[str, Any]:
    return {"sessions": [{**SESSIONS[0], **more}]}


def slot(**more: Any) -> dict[str, Any]:
    return {"creneaux": [MORNING, {**AFTERNOON, **more}]}


def free(**more: str) -> dict[str, Any]:
    return {"horaires_libres": {**FREE, **more}}


def booking(**more: Any) -> dict[str, Any]:
    return {"reservation": {**BASE["reservation"], **more}}


DELAY = {"delai": "5 jours", "premier_jour_compte": "non", "avant": "periode"}
WAITING = {"mode": "manuelle"}
FAULTS: list[tuple[dict[str, Any], str, str]] = [
    (capacity(par_jour="0"), "capacite/par_jour", "Zéro place"),
    (capacity(par_ecole={"ile": "0"}), "capacite/par_ecole/ile", "Zéro place"),
    (capacity(par_session="0") | {"sessions": SESSIONS}, "capacite/par_session", "Zéro place"),
    (capacity(par_session="12"), "capacite/par_session", "n’a pas de « sessions »"),
    ({"reserver_par": "session"}, "reserver_par", "n’a pas de « sessions »"),
    (capacity(groupes=[group("a", "5 ans", "3 ans")]), "capacite/groupes/0/age_maximum", "plus petit"),
    (capacity(groupes=[group("a", "30 mois", "5 ans")]), "capacite/groupes/0/age_minimum", "années révolues"),
    (capacity(groupes=[group("a", "3", "60 mois")]), "capacite/groupes/0/age_maximum", "années révolues"),
    (capacity(groupes=[{**SMALL, "par_jour": "0"}]), "capacite/groupes/0/par_jour", "Zéro place"),
    (capacity(groupes=[{**SMALL, "par_session": "8"}]), "capacite/groupes/0/par_session", "n’a pas de « sessions »"),
    (capacity(groupes=[{**SMALL, "par_jour": None}]), "capacite/groupes/0", "ne limite rien"),
    (capacity(groupes=[SMALL, {**BIG, "id": "petits"}]), "capacite/groupes/1/id", "déjà pris"),
    (capacity(groupes=[SMALL, group("b", "5 ans", "11 ans")]), "capacite/groupes/1/age_minimum", "5 ans serait à la"),
    (capacity(groupes=[BIG, group("b", "3 ans", "6 ans")]), "capacite/groupes/0/age_minimum", "6 ans serait à la"),
    (capacity(groupes=[SMALL, group("b", "7 ans", "11 ans")]), "capacite/groupes", "enfants de 6 ans"),
    (capacity(groupes=[BIG]) | {"conditions": UNDER_AGE}, "capacite/groupes", "enfants de 3 à 5 ans"),
    (capacity(groupes=[SMALL]) | {"conditions": UNDER_AGE}, "capacite/groupes", "enfants de 6 à 11 ans"),
    (
        capacity(groupes=[SMALL, BIG, group("ados", "12 ans", "17 ans")]) | {"conditions": UNDER_AGE},
        "capacite/groupes/2",
        "ne peut jamais servir",
    ),
    (capacity(liste_attente=WAITING), "capacite/liste_attente", "ne peut jamais servir"),
    (
        capacity(par_jour="9", liste_attente={"mode": "proposition"}),
        "capacite/liste_attente/mode",
        "écrivez « delai_reponse »",
    ),
    (
        capacity(par_jour="9", liste_attente={"mode": "proposition", "delai_reponse": "0 heure"}),
        "capacite/liste_attente/delai_reponse",
        "le temps de répondre",
    ),
    (
        capacity(par_jour="9", liste_attente={**WAITING, "delai_reponse": "48 h"}),
        "capacite/liste_attente/delai_reponse",
        "mode: proposition",
    ),
    (slot(id="matin"), "creneaux/1/id", "déjà pris"),
    (slot(debut="07:30"), "creneaux/1/debut", "commence avant l’activité"),
    (slot(fin="18:30"), "creneaux/1/fin", "se termine après l’activité"),
    (slot(fin="13:30"), "creneaux/1/fin", "avant d’avoir commencé"),
    (slot(jours=["mercredi", "jeudi"]), "creneaux/1/jours/1", "n’a pas lieu le jeudi"),
    (slot(par_jour="0"), "creneaux/1/par_jour", "Zéro place"),
    (free() | {"creneaux": [MORNING]}, "horaires_libres", "pas les deux"),
    (free(pas="0 minute"), "horaires_libres/pas", "au moins une minute"),
    (free(pas="45 minutes", minimum="45 min", maximum="90 min"), "horaires_libres/pas", "nombre entier de fois"),
    (free(minimum="10 heures", maximum="2 heures"), "horaires_libres/minimum", "plus longue que la durée maximum"),
    (free(maximum="11 heures"), "horaires_libres/maximum", "plus longue que la journée"),
    (free(minimum="45 minutes"), "horaires_libres/minimum", "ne peut pas être atteinte"),
    (period(1, du="2026-12-31"), "periodes_reservation/1/du", "chevauche la précédente"),
    (period(0, du="2026-08-31"), "periodes_reservation/0/du", "sort de la période"),
    (period(1, au="2027-07-03"), "periodes_reservation/1/du", "sort de la période"),
    (period(1, au="2026-12-31"), "periodes_reservation/1/au", "avant le premier jour"),
    (period(1, id="p1"), "periodes_reservation/1/id", "déjà pris"),
    (period(0, ouverture="2026-08-20 09:00", cloture="2026-08-20 09:00"), "periodes_reservation/0/ouverture", "après"),
    (period(0, ouverture="2027-01-01"), "periodes_reservation/0/ouverture", "après le dernier jour"),
    (period(0, cloture="2027-01-01 00:00"), "periodes_reservation/0/cloture", "après le dernier jour"),
    (period(0, ouverture="2026-02-30 09:00"), "periodes_reservation/0/ouverture", "Une date qui existe"),
    (session(cloture="2027-02-29"), "sessions/0/cloture", "Une date qui existe"),
    (session(ouverture="2027-02-01", cloture="2027-01-31"), "sessions/0/ouverture", "après leur clôture"),
    (session(cloture="2027-02-27"), "sessions/0/cloture", "après le dernier jour"),
    (booking(avant="periode"), "reservation/avant", "« periodes_reservation »"),
    (booking(derniere_limite=DELAY), "reservation/derniere_limite/avant", "« periodes_reservation »"),
    (booking(ouverture=DELAY), "reservation/ouverture/avant", "« periodes_reservation »"),
    (
        booking(
            fenetres=[
                {
                    **DELAY,
                    "nom": "Rentrée",
                    "demandes_jusqu_au": "2026-09-30",
                    "jours": {"du": "2026-10-01", "au": "2026-10-31"},
                }
            ]
        ),
        "reservation/fenetres/0/avant",
        "« periodes_reservation »",
    ),
    ({"annulation": {**DELAY, "ensuite": "facturee"}}, "annulation/avant", "« periodes_reservation »"),
    ({"absence": {"declaration": DELAY}}, "absence/declaration/avant", "« periodes_reservation »"),
]


@pytest.mark.parametrize(("changes", "key", "says"), FAULTS, ids=[f"{n}-{key}" for n, (_, key, _) in enumerate(FAULTS)])
def test_a_fault_is_said_at_its_key(changes: dict[str, Any], key: str, says: str) -> None:
    problems = found(changes)

    assert key in problems, problems
    assert says in problems[key].replace("\u202f", " ")
    assert problems[key].endswith((".", "!"))


def test_an_open_day_that_no_booking_period_holds_is_named() -> None:
    gap = activity(period(1, du="2027-01-11"))
    days = [date(2026, 12, 30), date(2027, 1, 4), date(2027, 1, 6), date(2027, 1, 11)]
    assert not list(place_checks.check(gap))

    lost = list(place_checks.check_days(activities.build(gap), days))
    none = list(place_checks.check_days(activities.build(activity(period(0))), days))
    without_periods = list(place_checks.check_days(activities.build(activity({})), days))

    ((key, says),) = lost
    assert key == "periodes_reservation"
    assert "lundi 4\u00a0janvier\u00a02027 (et un autre jour)" in says
    assert none == without_periods == []
