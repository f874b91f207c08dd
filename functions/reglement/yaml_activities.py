"""The shape of an activity in the town's YAML, key by key."""

from typing import Annotated, Literal

from msgspec import Meta

from functions.reglement.yaml_basics import (
    Clock,
    Count,
    Day,
    Duration,
    Hours,
    Id,
    Label,
    Minutes,
    Moment,
    SchoolYear,
    Shape,
    Weekday,
    Years,
    YesNo,
)

Anchor = Literal["jour", "semaine", "mois", "session", "periode", "reservation"]


class PeriodYaml(Shape):
    du: Day
    au: Day


class DelayYaml(Shape, rename={"duration": "delai"}):
    duration: Duration
    avant: Anchor = "jour"
    heure_limite: Clock | None = None
    premier_jour_compte: YesNo | None = None


class WindowYaml(Shape, rename={"duration": "delai"}):
    """Requests received until that day are in time for these days, if they respect the shorter delay."""

    nom: Label
    demandes_jusqu_au: Day
    jours: PeriodYaml
    duration: Duration
    avant: Anchor = "jour"
    heure_limite: Clock | None = None
    premier_jour_compte: YesNo | None = None
    source: Label | None = None
    choix: Label | None = None


class BookingYaml(Shape, rename={"duration": "delai"}):
    duration: Duration
    ensuite: Literal["refusee", "majoration", "demande_tardive"]
    avant: Anchor = "jour"
    heure_limite: Clock | None = None
    premier_jour_compte: YesNo | None = None
    derniere_limite: DelayYaml | None = None
    fenetres: list[WindowYaml] = []
    ouverture: DelayYaml | None = None
    instruction: YesNo = "non"
    source: Label | None = None
    choix: Label | None = None


class CancellingYaml(Shape, rename={"duration": "delai"}):
    duration: Duration
    ensuite: Literal["refusee", "facturee", "demande_tardive"]
    avant: Anchor = "jour"
    heure_limite: Clock | None = None
    premier_jour_compte: YesNo | None = None
    derniere_limite: DelayYaml | None = None
    source: Label | None = None
    choix: Label | None = None


class SessionYaml(Shape):
    """`ouverture`, `cloture`: a day, or a day and an hour of Paris."""

    id: Id
    nom: Label
    du: Day
    au: Day
    ouverture: Moment | None = None
    cloture: Moment | None = None


class SlotYaml(Shape):
    id: Id
    nom: Label
    debut: Clock
    fin: Clock
    tarif: Id | None = None
    jours: list[Weekday] = []
    repas: YesNo = "non"
    par_jour: Count | None = None


class FreeHoursYaml(Shape):
    pas: Minutes
    minimum: Minutes
    maximum: Minutes


class AgeGroupYaml(Shape):
    id: Id
    nom: Label
    age_minimum: Years
    age_maximum: Years
    par_jour: Count | None = None
    par_session: Count | None = None


class WaitingListYaml(Shape):
    mode: Literal["manuelle", "automatique", "proposition"]
    delai_reponse: Hours | None = None
    source: Label | None = None
    choix: Label | None = None


class CapacityYaml(Shape):
    par_jour: Count | None = None
    par_ecole: dict[str, Count] = {}
    par_session: Count | None = None
    groupes: list[AgeGroupYaml] = []
    liste_attente: WaitingListYaml | None = None


class ConditionYaml(Shape):
    """Exactly one of the conditions (the two ages count as one)."""

    motif: Label
    contact: Id
    statut_ecole: Literal["publique", "privee"] | None = None
    ecoles: list[Id] | None = None
    niveaux: list[Label] | None = None
    age_minimum: Years | None = None
    age_maximum: Years | None = None
    age_au: Literal["jour", "session", "rentree", "31_decembre"] | None = None
    contrat: Literal["regulier", "occasionnel"] | None = None
    residence: Literal["commune", "hors_commune"] | None = None


class BlockingDocumentYaml(Shape):
    id: Id
    pour: Literal["inscription", "reservation"]
    source: Label | None = None


class CampaignYaml(Shape):
    annee: SchoolYear
    du: Day
    au: Day | None = None


class EnrolmentYaml(Shape):
    campagnes: Annotated[list[CampaignYaml], Meta(min_length=1)]
    ensuite: Literal["refusee", "demande_tardive"]
    par_les_services: YesNo = "non"
    source: Label | None = None
    choix: Label | None = None


class AbsenceYaml(Shape):
    """`certificat` left out: the town states no time within which a certificate must come."""

    certificat: Hours | None = None
    a_compter_de: Literal[
        "fin_du_premier_jour", "debut_du_premier_jour", "debut_de_l_activite", "fin_de_l_activite"
    ] = "fin_du_premier_jour"
    avec_certificat: Literal["facturee", "non_facturee"] = "non_facturee"
    sans_certificat: Literal["facturee", "non_facturee"] = "facturee"
    jours_de_carence: Count | None = None
    declaration: DelayYaml | None = None
    source: Label | None = None
    choix: Label | None = None


class AttendanceYaml(Shape):
    prix: Literal["majore", "normal", "refus"]
    source: Label | None = None
    choix: Label | None = None


class CarryOverYaml(Shape):
    semaines: Count
    source: Label | None = None
    choix: Label | None = None


class ActivityYaml(Shape):
    id: Id
    nom: Label
    service: Id
    rubrique: Literal["petite-enfance", "periscolaire", "extrascolaire", "restauration", "jeunesse", "sports"]
    jours: Annotated[list[Weekday], Meta(min_length=1)]
    quand: Literal["periode_scolaire", "vacances_scolaires", "toute_annee"]
    periode: PeriodYaml
    debut: Clock
    fin: Clock
    reservation: BookingYaml
    annulation: CancellingYaml
    tarif: Id
    description: Label | None = None
    reserver_par: Literal["jour", "semaine", "session"] = "jour"
    periodes_reservation: list[SessionYaml] = []
    creneaux: list[SlotYaml] = []
    horaires_libres: FreeHoursYaml | None = None
    capacite: CapacityYaml | None = None
    documents: list[Id] = []
    documents_bloquants: list[BlockingDocumentYaml] = []
    conditions: list[ConditionYaml] = []
    sessions: list[SessionYaml] = []
    inscription: EnrolmentYaml | None = None
    absence: AbsenceYaml | None = None
    presence_sans_reservation: AttendanceYaml | None = None
    report: CarryOverYaml | None = None
