"""Activities: from the town's words to the domain's values."""

from functions.domain.reglement import (
    Absence,
    ActionRule,
    Activity,
    Capacity,
    Condition,
    Delay,
    Session,
    Span,
)
from functions.reglement.words import WEEKDAYS, clock, delay_parts, number
from functions.reglement.yaml_shapes import (
    AbsenceYaml,
    ActivityYaml,
    BookingYaml,
    CancellingYaml,
    CapacityYaml,
    ConditionYaml,
    DelayYaml,
)

_ANCHORS = {"jour": "day", "semaine": "week", "session": "session", "reservation": "booking"}
_AFTER = {
    "refusee": "refused",
    "majoration": "surcharge",
    "demande_tardive": "late_request",
    "facturee": "billed",
}
_WHEN = {"periode_scolaire": "school", "vacances_scolaires": "holidays", "toute_annee": "all"}
_STATUS = {"publique": "public", "privee": "private"}
_CONTRACTS = {"regulier": "regular", "occasionnel": "occasional"}
_RESIDENCE = {"commune": "resident", "hors_commune": "outside"}


def build(activity: ActivityYaml) -> Activity:
    return Activity(
        id=activity.id,
        name=activity.nom,
        service=activity.service,
        rubric=activity.rubrique,
        weekdays=tuple(sorted({WEEKDAYS[name] for name in activity.jours})),
        when=_WHEN[activity.quand],
        period=Span(activity.periode.du, activity.periode.au),
        start=clock(activity.debut),
        end=clock(activity.fin),
        booking=_rule(activity.reservation),
        cancelling=_rule(activity.annulation),
        tariff=activity.tarif,
        description=activity.description or "",
        capacity=_capacity(activity.capacite),
        documents=tuple(activity.documents),
        conditions=tuple(_condition(condition) for condition in activity.conditions),
        sessions=tuple(Session(item.id, item.nom, item.du, item.au) for item in activity.sessions),
        absence=_absence(activity.absence),
    )


def delay(given: DelayYaml | BookingYaml | CancellingYaml) -> Delay:
    amount, unit, working = delay_parts(given.duration)
    return Delay(
        amount=amount,
        unit=unit,
        anchor=_ANCHORS[given.avant],
        cut_off=clock(given.heure_limite) if given.heure_limite else None,
        first_day_counted=given.premier_jour_compte == "oui",
        working_weekdays=working,
    )


def _rule(rule: BookingYaml | CancellingYaml) -> ActionRule:
    return ActionRule(
        delay=delay(rule),
        after=_AFTER[rule.ensuite],
        final=delay(rule.derniere_limite) if rule.derniere_limite else None,
        source=rule.source or "",
        choice=rule.choix or "",
    )


def _capacity(capacity: CapacityYaml | None) -> Capacity | None:
    if capacity is None:
        return None
    return Capacity(
        per_day=None if capacity.par_jour is None else int(capacity.par_jour),
        per_school={school: int(places) for school, places in capacity.par_ecole.items()} or None,
    )


def _condition(given: ConditionYaml) -> Condition:
    if given.age_minimum is not None or given.age_maximum is not None:
        return Condition(
            "age",
            given.motif,
            given.contact,
            minimum=None if given.age_minimum is None else number(given.age_minimum),
            maximum=None if given.age_maximum is None else number(given.age_maximum),
        )
    kind, values = _values(given)
    return Condition(kind, given.motif, given.contact, values=values)


def _values(given: ConditionYaml) -> tuple[str, tuple[str, ...]]:
    if given.statut_ecole is not None:
        return "school_status", (_STATUS[given.statut_ecole],)
    if given.ecoles is not None:
        return "schools", tuple(given.ecoles)
    if given.niveaux is not None:
        return "levels", tuple(given.niveaux)
    if given.contrat is not None:
        return "contracts", (_CONTRACTS[given.contrat],)
    return "residence", (_RESIDENCE[given.residence or "commune"],)


def _absence(given: AbsenceYaml | None) -> Absence | None:
    if given is None:
        return None
    return Absence(
        certificate_hours=number(given.certificat),
        starts="end_of_first_day",
        source=given.source or "",
        choice=given.choix or "",
    )
