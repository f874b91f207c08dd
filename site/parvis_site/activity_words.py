"""What an activity asks of a family, in French: booking, absences, enrolment, conditions, documents.

Each table below has one entry per kind the compiled rules know; a test holds them to the rules' own words.
"""

from collections.abc import Iterator
from datetime import date

from functions.domain.activity import (
    Absence,
    ActionRule,
    Activity,
    Condition,
    Enrolment,
    LenientWindow,
    RequiredDocument,
)
from functions.domain.enrolments import BY_SERVICES
from functions.domain.french import duration, plain_day
from functions.domain.prices import surcharge_in_words
from functions.domain.reglement import Document, Reglement
from functions.domain.tariffs import TariffVersion
from parvis_site.words import deadline, listing, opening, span

UNITS = {"day": "", "week": "On réserve la semaine entière.", "session": "On réserve la session entière."}
AFTER_BOOKING = {
    "refused": "Ensuite, il n’est plus possible de réserver.",
    "surcharge": "Ensuite, vous pouvez encore réserver{until}, avec une majoration{extra}.",
    "late_request": "Ensuite, demandez au service : il vous répond selon les places.",
}
AFTER_CANCELLING = {
    "refused": "Ensuite, il n’est plus possible d’annuler.",
    "billed": "Ensuite, vous pouvez encore prévenir de l’absence{until}, mais le jour reste facturé.",
    "late_request": "Ensuite, demandez au service : c’est lui qui décide.",
}
AFTER_ENROLMENT = {
    "refused": "Après ces dates, il n’est plus possible de s’inscrire.",
    "late_request": "Après ces dates, demandez au service.",
}
CERTIFICATE_STARTS = {
    "end_of_first_day": "la fin du premier jour d’absence",
    "start_of_first_day": "le début du premier jour d’absence",
    "start_of_activity": "le début de l’activité, le premier jour d’absence",
    "end_of_activity": "la fin de l’activité, le premier jour d’absence",
}
ATTENDANCE = {
    "surcharge": "l’enfant est accueilli, avec une majoration{extra}.",
    "normal": "l’enfant est accueilli, au prix d’une réservation.",
    "refused": "l’enfant ne peut pas être accueilli.",
}
SCHOOLS = {"public": "publique", "private": "privée"}
CONTRACTS = {"regular": "régulier", "occasional": "occasionnel"}
RESIDENCES = {"resident": "de la commune", "outside": "d’une autre commune"}
AGES_ON = {
    "day": "le jour de l’accueil",
    "session": "le premier jour de la session",
    "school_year": "le 1er septembre de l’année scolaire",
    "year_end": "le 31 décembre de l’année scolaire",
}
ASKED_AT = {"enrolment": "À l’inscription", "booking": "Pour réserver"}
VALID_UNTIL = {
    "": "",
    "school_year": "jusqu’à la fin de l’année scolaire",
    "civil_year": "jusqu’au 31 décembre",
}


def booking(activity: Activity, version: TariffVersion, since: date) -> Iterator[tuple[str, str]]:
    """(what it is about, the sentence): until when to book, from when, the exceptions that are not over on `since`."""
    rule = activity.booking
    yield "Réserver", f"{deadline(rule.delay)}. {_after_booking(rule, version)}"
    if rule.opening:
        yield "Ouverture :", f"on peut réserver {opening(rule.opening)}."
    if any(held.opens or held.closes for held in (*activity.sessions, *activity.booking_periods) if held.last >= since):
        yield "", "Les dates écrites dans le tableau plus haut, quand il y en a, passent avant ces délais."
    if UNITS[activity.unit]:
        yield "", UNITS[activity.unit]
    if rule.approval:
        yield "", "Chaque réservation attend la réponse du service : jusque-là, elle est « en attente d’instruction »."
    for window in rule.windows:
        if window.last_request >= since:
            yield f"{window.name} :", _window(window)


def cancelling(activity: Activity) -> Iterator[tuple[str, str]]:
    rule = activity.cancelling
    until = f" {deadline(rule.final)}" if rule.final else ""
    yield "Annuler", f"{deadline(rule.delay)}. {AFTER_CANCELLING[rule.after].format(until=until)}"


def absence(rule: Absence) -> Iterator[tuple[str, str]]:
    """What being absent costs, with a medical certificate and without."""
    if rule.declared:
        yield "Prévenir d’une absence", f"{deadline(rule.declared)}. Ensuite, elle est facturée."
    if rule.with_certificate == rule.without_certificate:
        billed = rule.with_certificate == "billed"
        what = "le jour est facturé, même avec un certificat médical." if billed else "le jour n’est pas facturé."
        yield "En cas d’absence,", what
    elif rule.with_certificate == "not_billed":
        within = ""
        if rule.certificate_hours is not None:
            start = CERTIFICATE_STARTS[rule.starts]
            within = f" dans les {rule.certificate_hours} heures qui suivent {start}"
        received = f"le jour n’est pas facturé si le service reçoit un certificat médical{within}."
        yield "En cas de maladie,", f"{received} Sans certificat, il est facturé."
    if rule.waiting_days:
        days = "Le premier jour" if rule.waiting_days == 1 else f"Les {rule.waiting_days} premiers jours"
        yield "", f"{days} de l’absence {'reste dû' if rule.waiting_days == 1 else 'restent dus'}."


def attendance(activity: Activity, version: TariffVersion) -> Iterator[tuple[str, str]]:
    """What happens to a child that comes without a booking."""
    if activity.attendance:
        extra = f" ({surcharge_in_words(version.unbooked)})" if version.unbooked else ""
        yield "Sans réservation,", ATTENDANCE[activity.attendance.without_booking].format(extra=extra)


def carry_over(activity: Activity) -> Iterator[tuple[str, str]]:
    if activity.carry_over:
        weeks = activity.carry_over.weeks
        last = "de la dernière semaine" if weeks == 1 else f"des {weeks} dernières semaines"
        yield "À la rentrée,", f"les réservations habituelles {last} de classe sont reprises pour la nouvelle année."


def free_hours(activity: Activity) -> str:
    free = activity.free_hours
    if free is None:
        return ""
    step, least, most = duration(free.step), duration(free.least), duration(free.most)
    return f"Vous choisissez l’heure d’arrivée et l’heure de départ, par pas de {step}, pour {least} à {most} par jour."


def enrolment(rule: Enrolment, since: date) -> Iterator[str]:
    """When a child is enrolled for a school year; campaigns that closed before `since` are left out."""
    if rule.by_services:
        yield BY_SERVICES
        yield "Les autres familles inscrivent leur enfant elles-mêmes, avant sa première réservation."
    else:
        yield "Inscrivez votre enfant chaque année scolaire, avant sa première réservation."
    told = [item for item in rule.campaigns if item.closes is None or item.closes >= since]
    open_ended = [item for item in told if item.closes is None]
    for item in told:
        if item.closes is None and item is not open_ended[-1]:
            continue  # a later year is open: nobody looks for the former one
        when = span(item.opens, item.closes) if item.closes else f"à partir du {plain_day(item.opens)}"
        yield f"Pour l’année scolaire {item.school_year} : {when}."
    if any(item.closes for item in rule.campaigns):
        yield AFTER_ENROLMENT[rule.after]


def condition(reglement: Reglement, item: Condition) -> str:
    """Who may come, said of those who may: « Les enfants de 3 à 11 ans (âge le jour de l’accueil). »"""
    if item.kind == "age":
        return f"Les enfants {_ages(item)} (âge vu {AGES_ON[item.age_on]})."
    said = {
        "school_status": lambda: f"Les élèves d’une école {_named(SCHOOLS, item)} : {_schools(reglement, item)}.",
        "schools": lambda: f"Les élèves de : {listing([reglement.schools[name].name for name in item.values])}.",
        "levels": lambda: f"Les niveaux {listing(list(item.values))}.",
        "contracts": lambda: f"Les familles en contrat {_named(CONTRACTS, item)}.",
        "residence": lambda: f"Les familles {_named(RESIDENCES, item)}.",
    }
    return said[item.kind]()


def document(asked: RequiredDocument, known: Document) -> str:
    """What to know of a document besides its name."""
    notes = []
    if asked.blocking:
        what = {"enrolment": "s’inscrire", "booking": "réserver"}[asked.at]
        notes.append(f"Obligatoire : sans lui, on ne peut pas {what}.")
    until = VALID_UNTIL[known.valid_until]
    if known.valid_months:
        until = f"{known.valid_months} mois" + (f", et {until}" if until else "")
    if until:
        notes.append(f"Valable {until}.")
    if known.family:
        notes.append("Un seul pour tous les enfants.")
    return " ".join(notes)


def _after_booking(rule: ActionRule, version: TariffVersion) -> str:
    until = f" {deadline(rule.final)}" if rule.final else ", jusqu’au jour même"
    extra = f" ({surcharge_in_words(version.late)})" if version.late else ""
    return AFTER_BOOKING[rule.after].format(until=until, extra=extra)


def _window(window: LenientWindow) -> str:
    days = span(window.days.first, window.days.last)
    return (
        f"une demande reçue jusqu’au {plain_day(window.last_request)} est dans les temps pour les jours {days}, "
        f"{deadline(window.delay)}."
    )


def _ages(item: Condition) -> str:
    unit = "mois" if item.in_months else "ans"
    if item.minimum is None:
        return f"jusqu’à {item.maximum} {unit}"
    if item.maximum is None:
        return f"à partir de {item.minimum} {unit}"
    return f"de {item.minimum} à {item.maximum} {unit}"


def _named(words: dict[str, str], item: Condition) -> str:
    return listing([words[value] for value in item.values])


def _schools(reglement: Reglement, item: Condition) -> str:
    found = [school.name for school in reglement.schools.values() if _status(public=school.public) in item.values]
    return listing(found)


def _status(*, public: bool) -> str:
    return "public" if public else "private"
