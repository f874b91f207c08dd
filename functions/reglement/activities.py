"""Activities: from the town's words to the domain's values."""

from collections.abc import Sequence
from datetime import time

from functions.domain.activity import (
    Absence,
    ActionRule,
    Activity,
    Attendance,
    CarryOver,
    Condition,
    Delay,
    Enrolment,
    EnrolmentCampaign,
    FreeHours,
    LenientWindow,
    RequiredDocument,
    Session,
    Slot,
)
from functions.domain.spans import Span
from functions.reglement import capacities
from functions.reglement.words import WEEKDAYS, clock, delay_parts, in_months, minutes, moment, number
from functions.reglement.yaml_activities import (
    AbsenceYaml,
    ActivityYaml,
    AttendanceYaml,
    BookingYaml,
    CancellingYaml,
    CarryOverYaml,
    ConditionYaml,
    DelayYaml,
    EnrolmentYaml,
    FreeHoursYaml,
    SessionYaml,
    SlotYaml,
    WindowYaml,
)

_ANCHORS = {
    "jour": "day",
    "semaine": "week",
    "mois": "month",
    "session": "session",
    "periode": "period",
    "reservation": "booking",
}
_AFTER = {
    "refusee": "refused",
    "majoration": "surcharge",
    "demande_tardive": "late_request",
    "facturee": "billed",
}
_WHEN = {"periode_scolaire": "school", "vacances_scolaires": "holidays", "toute_annee": "all"}
_UNITS = {"jour": "day", "semaine": "week", "session": "session"}
_AGE_ON = {"jour": "day", "session": "session", "rentree": "school_year", "31_decembre": "year_end"}
_STARTS = {
    "fin_du_premier_jour": "end_of_first_day",
    "debut_du_premier_jour": "start_of_first_day",
    "debut_de_l_activite": "start_of_activity",
    "fin_de_l_activite": "end_of_activity",
}
_BILLED = {"facturee": "billed", "non_facturee": "not_billed"}
_WITHOUT_BOOKING = {"majore": "surcharge", "normal": "normal", "refus": "refused"}
_LAST_SECOND = time(23, 59, 59)
_STATUS = {"publique": "public", "privee": "private"}
_CONTRACTS = {"regulier": "regular", "occasionnel": "occasional"}
_RESIDENCE = {"commune": "resident", "hors_commune": "outside"}


def build(activity: ActivityYaml) -> Activity:
    return Activity(
        id=activity.id,
        name=activity.nom,
        service=activity.service,
        rubric=activity.rubrique,
        weekdays=_weekdays(activity.jours),
        when=_WHEN[activity.quand],
        period=Span(activity.periode.du, activity.periode.au),
        start=clock(activity.debut),
        end=clock(activity.fin),
        booking=_rule(activity.reservation),
        cancelling=_rule(activity.annulation),
        tariff=activity.tarif,
        description=activity.description or "",
        capacity=capacities.build(activity.capacite),
        required_documents=_documents(activity),
        conditions=tuple(condition(item) for item in activity.conditions),
        sessions=tuple(session(item) for item in activity.sessions),
        absence=_absence(activity.absence),
        unit=_UNITS[activity.reserver_par],
        booking_periods=tuple(session(item) for item in activity.periodes_reservation),
        slots=tuple(_slot(item) for item in activity.creneaux),
        free_hours=_free_hours(activity.horaires_libres),
        enrolment=_enrolment(activity.inscription),
        attendance=_attendance(activity.presence_sans_reservation),
        carry_over=_carry_over(activity.report),
    )


def session(given: SessionYaml) -> Session:
    """Raises ValueError for an opening or closing day that does not exist (checked before)."""
    return Session(
        given.id,
        given.nom,
        given.du,
        given.au,
        opens=moment(given.ouverture, time.min) if given.ouverture else None,
        closes=moment(given.cloture, _LAST_SECOND) if given.cloture else None,
    )


def delay(given: DelayYaml | BookingYaml | CancellingYaml | WindowYaml) -> Delay:
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
    booking = rule if isinstance(rule, BookingYaml) else None
    return ActionRule(
        delay=delay(rule),
        after=_AFTER[rule.ensuite],
        final=delay(rule.derniere_limite) if rule.derniere_limite else None,
        source=rule.source or "",
        choice=rule.choix or "",
        windows=tuple(_window(window) for window in booking.fenetres) if booking else (),
        opening=delay(booking.ouverture) if booking and booking.ouverture else None,
        approval=booking is not None and booking.instruction == "oui",
    )


def _window(given: WindowYaml) -> LenientWindow:
    days = Span(given.jours.du, given.jours.au)
    return LenientWindow(
        given.nom, given.demandes_jusqu_au, days, delay(given), source=given.source or "", choice=given.choix or ""
    )


def _weekdays(names: Sequence[str]) -> tuple[int, ...]:
    return tuple(sorted({WEEKDAYS[name] for name in names}))


def _documents(activity: ActivityYaml) -> tuple[RequiredDocument, ...]:
    asked = [RequiredDocument(name) for name in activity.documents]
    when = {"inscription": "enrolment", "reservation": "booking"}
    return (
        *asked,
        *(
            RequiredDocument(item.id, when[item.pour], blocking=True, source=item.source or "")
            for item in activity.documents_bloquants
        ),
    )


def _slot(given: SlotYaml) -> Slot:
    return Slot(
        given.id,
        given.nom,
        clock(given.debut),
        clock(given.fin),
        tariff=given.tarif or "",
        weekdays=_weekdays(given.jours),
        meal=given.repas == "oui",
        per_day=None if given.par_jour is None else int(given.par_jour),
    )


def _free_hours(given: FreeHoursYaml | None) -> FreeHours | None:
    return None if given is None else FreeHours(minutes(given.pas), minutes(given.minimum), minutes(given.maximum))


def _enrolment(given: EnrolmentYaml | None) -> Enrolment | None:
    return (
        None
        if given is None
        else Enrolment(
            tuple(EnrolmentCampaign(item.annee, item.du, item.au) for item in given.campagnes),
            after=_AFTER[given.ensuite],
            by_services=given.par_les_services == "oui",
            source=given.source or "",
            choice=given.choix or "",
        )
    )


def _attendance(given: AttendanceYaml | None) -> Attendance | None:
    return None if given is None else Attendance(_WITHOUT_BOOKING[given.prix], given.source or "", given.choix or "")


def _carry_over(given: CarryOverYaml | None) -> CarryOver | None:
    return None if given is None else CarryOver(number(given.semaines), given.source or "", given.choix or "")


def condition(given: ConditionYaml) -> Condition:
    ages = [age for age in (given.age_minimum, given.age_maximum) if age is not None]
    if ages:
        return Condition(
            "age",
            given.motif,
            given.contact,
            minimum=None if given.age_minimum is None else number(given.age_minimum),
            maximum=None if given.age_maximum is None else number(given.age_maximum),
            in_months=any(in_months(age) for age in ages),
            age_on=_AGE_ON[given.age_au or "jour"],
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
        certificate_hours=None if given.certificat is None else number(given.certificat),
        starts=_STARTS[given.a_compter_de],
        source=given.source or "",
        choice=given.choix or "",
        with_certificate=_BILLED[given.avec_certificat],
        without_certificate=_BILLED[given.sans_certificat],
        waiting_days=int(given.jours_de_carence or 0),
        declared=delay(given.declaration) if given.declaration else None,
    )
