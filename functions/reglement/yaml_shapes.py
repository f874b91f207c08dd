"""The shape of the town's YAML, key by key. Keys are French: staff write them. Everything is text until it is built."""

from typing import Annotated, Literal

from msgspec import Meta

from functions.reglement import words
from functions.reglement.yaml_activities import ActivityYaml
from functions.reglement.yaml_basics import Count, Day, Id, Label, Shape, Weekday, YesNo, text
from functions.reglement.yaml_quotients import QuotientYaml
from functions.reglement.yaml_retention import RetentionYaml
from functions.reglement.yaml_tariffs import TariffYaml


class WelcomeYaml(Shape):
    date: Day
    titre: Label
    texte: Label


class CommuneYaml(Shape):
    nom: Label
    code_postal: Annotated[str, text(r"^[0-9]{5}$", "Un code postal a cinq chiffres.")]
    zone_scolaire: Literal["A", "B", "C"]
    guichet: Id
    adresse: Label | None = None
    site: Label | None = None


class ServiceYaml(Shape):
    id: Id
    nom: Label
    telephone: Annotated[str, text("^0[0-9]( ?[0-9]{2}){4}$", "Un téléphone s’écrit « 02 41 00 00 00 ».")] | None = None
    courriel: Annotated[str, text(r"^[^@\s]+@[^@\s]+\.[^@\s]+$", "Cette adresse n’est pas complète.")] | None = None
    adresse: Label | None = None
    horaires: list[Label] = []
    description: Label | None = None
    page: YesNo = "oui"


class SchoolYaml(Shape):
    id: Id
    nom: Label
    statut: Literal["publique", "privee"]
    niveaux: Annotated[list[Label], Meta(min_length=1)]
    autres_noms: list[Label] = []
    contact: Id | None = None


class DatedReason(Shape):
    du: Day
    au: Day
    motif: Label


class ClosureYaml(Shape):
    du: Day
    au: Day
    motif: Label
    activites: list[Id] = []
    ecoles: list[Id] = []


class CalendarYaml(Shape):
    annees_scolaires: Annotated[
        list[Annotated[str, text(words.SCHOOL_YEAR, "Une année scolaire s’écrit « 2026-2027 ».")]],
        Meta(min_length=1),
    ]
    alsace_moselle: YesNo = "non"
    jours_sans_classe: list[DatedReason] = []
    fermetures: list[ClosureYaml] = []


class DocumentYaml(Shape):
    id: Id
    nom: Label
    aide: Label | None = None
    validite_mois: Count | None = None
    valable: Literal["annee_scolaire", "annee_civile"] | None = None
    concerne: Literal["enfant", "famille"] = "enfant"


class CustodyYaml(Shape):
    bascule: Weekday
    vacances: Literal["alternance", "moities"]
    facturation: Literal["parent_du_jour", "moitie", "un_seul"]
    source: Label | None = None
    choix: Label | None = None


class DetailsYaml(Shape):
    adresse: Literal["immediat", "instruction"] = "instruction"
    service: Id | None = None
    justificatifs: list[Id] = []
    retrait_entourage: YesNo = "oui"
    source: Label | None = None
    choix: Label | None = None


# What a file may hold at its top. A town writes one file or twenty: lists add up, the others stand once.
LISTS: dict[str, type[Shape]] = {
    "services": ServiceYaml,
    "ecoles": SchoolYaml,
    "documents": DocumentYaml,
    "tarifs": TariffYaml,
    "activites": ActivityYaml,
}
SINGLES: dict[str, type[Shape]] = {
    "commune": CommuneYaml,
    "accueil": WelcomeYaml,
    "calendrier": CalendarYaml,
    "coordonnees": DetailsYaml,
    "garde_alternee": CustodyYaml,
    "quotient_familial": QuotientYaml,
    "conservation": RetentionYaml,
}
