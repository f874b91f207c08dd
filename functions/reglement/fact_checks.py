"""What can be wrong with enrolments, documents, absences, ages at a session, carry-over and custody.

Keys are relative to the activity, or to « garde_alternee »: "inscription/campagnes/0/annee". Each check needs what one
person wrote in one place; whether the ids exist is asked elsewhere.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from functions.domain.custody import SHORTEST_HALVED
from functions.domain.french import plain_day
from functions.domain.reglement import Calendar
from functions.domain.school_years import span_of_year
from functions.domain.spans import Span
from functions.reglement.town import Town
from functions.reglement.yaml_activities import AbsenceYaml, ActivityYaml, CampaignYaml, CarryOverYaml
from functions.reglement.yaml_reader import Problem
from functions.reglement.yaml_shapes import CustodyYaml, DocumentYaml

Wrong = tuple[str, str]
_FOR = {"inscription": "l’inscription", "reservation": "la réservation"}


def check_town(town: Town, calendar: Calendar | None) -> Iterator[Problem]:
    """Everything below, for each activity and for custody. `calendar` is None when the town's own is wrong."""
    years = town.calendar.value.annees_scolaires if town.calendar is not None and calendar is not None else None
    documents = [item.value for item in town.documents]
    for activity in town.activities:
        for key, message in check(activity.value, years, documents):
            yield activity.problem(key, message)
    if town.custody is not None and calendar is not None:
        for key, message in check_custody(town.custody.value, calendar):
            yield town.custody.problem(key, message)


def check(
    activity: ActivityYaml, school_years: Collection[str] | None = None, documents: Iterable[DocumentYaml] = ()
) -> Iterator[Wrong]:
    """`school_years`: those of the town's calendar, None when it is wrong; `documents`: the town's, those that can be
    read.
    """
    if activity.inscription is not None:
        yield from _check_campaigns(activity, activity.inscription.campagnes, school_years)
    yield from _check_documents(activity, {document.id for document in documents if _lasts(document)})
    if activity.absence is not None:
        yield from _check_absence(activity.absence)
    if activity.report is not None:
        yield from _check_carry_over(activity, activity.report)
    for rank, condition in enumerate(activity.conditions):
        if condition.age_au == "session" and not activity.sessions:
            message = "L’âge est regardé au premier jour de la session, mais l’activité n’a pas de « sessions »."
            yield f"conditions/{rank}/age_au", message


def check_custody(custody: CustodyYaml, calendar: Calendar) -> Iterator[Wrong]:
    longest = max(((span.last - span.first).days + 1 for span in calendar.vacations), default=0)
    if custody.vacances == "moities" and longest < SHORTEST_HALVED:
        message = (
            f"Aucunes vacances du calendrier ne durent {SHORTEST_HALVED} jours : il n’y a rien à partager en deux."
        )
        yield "vacances", message


def _check_campaigns(
    activity: ActivityYaml, campaigns: list[CampaignYaml], school_years: Collection[str] | None
) -> Iterator[Wrong]:
    latest: CampaignYaml | None = None
    for rank, campaign in enumerate(campaigns):
        where = f"inscription/campagnes/{rank}"
        try:
            year = span_of_year(campaign.annee)
        except ValueError:
            first = int(campaign.annee[:4])
            yield f"{where}/annee", f"Une année scolaire dure un an : {first}-{first + 1}."
            continue
        found = _year_of(activity, campaign, year, school_years) or _days_of(campaign, year) or _order(campaign, latest)
        if found:
            yield f"{where}/{found[0]}", found[1]
        latest = campaign


def _year_of(
    activity: ActivityYaml, campaign: CampaignYaml, year: Span, school_years: Collection[str] | None
) -> Wrong | None:
    if school_years is not None and campaign.annee not in school_years:
        return "annee", f"L’année {campaign.annee} n’est pas dans le calendrier : complétez « annees_scolaires »."
    if activity.periode.du > year.last:
        return "annee", f"L’activité n’a aucun jour en {campaign.annee} : cette campagne ne peut jamais servir."
    return None


def _days_of(campaign: CampaignYaml, year: Span) -> Wrong | None:
    if campaign.au is not None and campaign.au < campaign.du:
        return "au", "Cette date est avant le premier jour de la campagne (« du »)."
    for key, day in (("du", campaign.du), ("au", campaign.au)):
        if day is not None and day > year.last:
            return key, f"Cette date est après la fin de l’année {campaign.annee}, le {plain_day(year.last)}."
    return None


def _order(campaign: CampaignYaml, latest: CampaignYaml | None) -> Wrong | None:
    """Campaigns of two years may run at the same time: those of the year under way and of the next."""
    if latest is None or campaign.annee > latest.annee:
        return None
    if campaign.annee < latest.annee:
        return "annee", "Écrivez les campagnes dans l’ordre des années."
    if campaign.du <= (latest.au or date.max):
        return "du", f"Cette campagne de {campaign.annee} chevauche la précédente, ou n’est pas écrite dans l’ordre."
    return None


def _lasts(document: DocumentYaml) -> bool:
    return document.validite_mois is None and document.valable is None


def _check_documents(activity: ActivityYaml, lasting: Collection[str]) -> Iterator[Wrong]:
    for rank, name in enumerate(activity.documents):
        if name in activity.documents[:rank]:
            yield f"documents/{rank}", f"« {name} » est écrit deux fois dans « documents »."
    seen: set[tuple[str, str]] = set()
    for rank, blocking in enumerate(activity.documents_bloquants):
        where = f"documents_bloquants/{rank}"
        if (blocking.id, blocking.pour) in seen:
            yield f"{where}/id", f"« {blocking.id} » bloque déjà {_FOR[blocking.pour]}, plus haut."
        elif blocking.id in activity.documents:
            yield f"{where}/id", f"« {blocking.id} » est aussi dans « documents » : gardez une des deux lignes."
        elif (
            blocking.pour == "reservation"
            and blocking.id in lasting
            and activity.inscription is not None
            and any(other.id == blocking.id and other.pour == "inscription" for other in activity.documents_bloquants)
        ):
            message = (
                f"« {blocking.id} » ne peut jamais bloquer une réservation : "
                "il n’expire pas, et l’inscription l’a déjà demandé."
            )
            yield f"{where}/pour", message
        seen.add((blocking.id, blocking.pour))


def _check_absence(absence: AbsenceYaml) -> Iterator[Wrong]:
    always_billed = absence.avec_certificat == absence.sans_certificat == "facturee"
    if absence.avec_certificat == "facturee" and absence.sans_certificat == "non_facturee":
        yield "absence/avec_certificat", "Une absence coûterait plus avec un certificat que sans lui."
    elif absence.certificat is not None and absence.avec_certificat == absence.sans_certificat:
        billed = "facturée" if always_billed else "non facturée"
        message = f"Ce certificat ne peut jamais servir : avec ou sans lui, l’absence est {billed}."
        yield "absence/certificat", message
    if absence.certificat is None and absence.a_compter_de != "fin_du_premier_jour":
        yield "absence/a_compter_de", "Cette clé ne sert à rien sans « certificat », qui dit en combien d’heures."
    if always_billed:
        given = {"jours_de_carence": int(absence.jours_de_carence or 0), "declaration": absence.declaration}
        for key, useless in given.items():
            if useless:
                yield f"absence/{key}", "Cette clé ne peut jamais servir : l’absence est facturée dans tous les cas."


def _check_carry_over(activity: ActivityYaml, carry_over: CarryOverYaml) -> Iterator[Wrong]:
    if int(carry_over.semaines) == 0:
        yield "report/semaines", "Zéro semaine : rien ne serait reporté. Retirez « report » si c’est voulu."
    elif activity.quand == "vacances_scolaires":
        yield "report", "Ce report ne peut jamais servir : pendant les vacances, il n’y a pas de semaine de classe."
    elif activity.reserver_par == "session":
        yield "report", "Ce report ne peut jamais servir : une session ne se réserve pas par jour de la semaine."
