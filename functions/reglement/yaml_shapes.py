"""The shape of the town's YAML, key by key. Keys are French: staff write them. Everything is text until it is built."""

from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from functions.reglement import words


def _text(pattern: str, message: str) -> Any:
    return Meta(pattern=pattern, extra_json_schema={"x-message": message})


Id = Annotated[
    str,
    _text(
        r"^[a-z0-9]+(-[a-z0-9]+)*$",
        "Un identifiant s’écrit en minuscules sans accent, avec des tirets, par exemple « accueil-du-soir ».",
    ),
]
Label = Annotated[
    str, Meta(min_length=1, max_length=2000, extra_json_schema={"x-message": "Un texte est attendu ici."})
]
Money = Annotated[str, _text(words.MONEY, "Un montant est attendu ici, par exemple 3,40.")]
Clock = Annotated[str, _text(words.CLOCK, "Une heure est attendue ici, par exemple 11:45.")]
Duration = Annotated[
    str,
    _text(words.DELAY, "Un délai s’écrit « 48 heures », « 7 jours », « 3 jours ouvrés » ou « 2 semaines »."),
]
Day = Annotated[
    date,
    Meta(
        extra_json_schema={
            "x-message": "Une date qui existe est attendue ici, écrite année-mois-jour, par exemple 2026-12-01."
        }
    ),
]
Count = Annotated[str, _text(words.COUNT, "Un nombre entier est attendu ici.")]
Years = Annotated[str, _text(words.YEARS, "Un âge s’écrit « 3 ans ».")]
YesNo = Literal["oui", "non"]
Weekday = Literal["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]


class Shape(Struct, forbid_unknown_fields=True):
    pass


class WelcomeYaml(Shape):
    date: Day
    titre: Label
    texte: Label


class CommuneYaml(Shape):
    nom: Label
    code_postal: Annotated[str, _text(r"^\d{5}$", "Un code postal a cinq chiffres.")]
    zone_scolaire: Literal["A", "B", "C"]
    guichet: Id
    adresse: Label | None = None
    site: Label | None = None


class ServiceYaml(Shape):
    id: Id
    nom: Label
    telephone: Annotated[str, _text(r"^0\d( ?\d\d){4}$", "Un téléphone s’écrit « 02 41 00 00 00 ».")] | None = None
    courriel: Annotated[str, _text(r"^[^@\s]+@[^@\s]+\.[^@\s]+$", "Cette adresse n’est pas complète.")] | None = None
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
        list[Annotated[str, _text(words.SCHOOL_YEAR, "Une année scolaire s’écrit « 2026-2027 ».")]],
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


class BandYaml(Shape):
    de: Money
    prix: Money
    a: Money | None = None
    nom: Label | None = None


class GridYaml(Shape):
    """One of `prix` or `tranches`; checked when it is built."""

    prix: Money | None = None
    tranches: list[BandYaml] = []
    precision_qf: Literal["euro", "centime"] | None = None
    sans_qf: Label | None = None


class SurchargeYaml(Shape):
    montant: Money | None = None
    pourcentage: Annotated[str, _text(words.PERCENT, "Un pourcentage s’écrit « 20 % ».")] | None = None


class TariffVersionYaml(Shape):
    du: Day
    au: Day
    prix: Money | None = None
    tranches: list[BandYaml] = []
    precision_qf: Literal["euro", "centime"] | None = None
    sans_qf: Label | None = None
    hors_commune: GridYaml | None = None
    majoration_retard: SurchargeYaml | None = None
    majoration_sans_reservation: SurchargeYaml | None = None
    source: Label | None = None
    choix: Label | None = None


class TariffYaml(Shape):
    id: Id
    nom: Label
    grilles: Annotated[list[TariffVersionYaml], Meta(min_length=1)]


class DelayYaml(Shape, rename={"duration": "delai"}):
    duration: Duration
    avant: Literal["jour", "semaine", "session", "reservation"] = "jour"
    heure_limite: Clock | None = None
    premier_jour_compte: YesNo | None = None


class BookingYaml(Shape, rename={"duration": "delai"}):
    duration: Duration
    ensuite: Literal["refusee", "majoration", "demande_tardive"]
    avant: Literal["jour", "semaine", "session", "reservation"] = "jour"
    heure_limite: Clock | None = None
    premier_jour_compte: YesNo | None = None
    derniere_limite: DelayYaml | None = None
    source: Label | None = None
    choix: Label | None = None


class CancellingYaml(Shape, rename={"duration": "delai"}):
    duration: Duration
    ensuite: Literal["refusee", "facturee"]
    avant: Literal["jour", "semaine", "session", "reservation"] = "jour"
    heure_limite: Clock | None = None
    premier_jour_compte: YesNo | None = None
    derniere_limite: DelayYaml | None = None
    source: Label | None = None
    choix: Label | None = None


class CapacityYaml(Shape):
    par_jour: Count | None = None
    par_ecole: dict[str, Count] = {}


class ConditionYaml(Shape):
    """Exactly one of the conditions (the two ages count as one)."""

    motif: Label
    contact: Id
    statut_ecole: Literal["publique", "privee"] | None = None
    ecoles: list[Id] | None = None
    niveaux: list[Label] | None = None
    age_minimum: Years | None = None
    age_maximum: Years | None = None
    contrat: Literal["regulier", "occasionnel"] | None = None
    residence: Literal["commune", "hors_commune"] | None = None


class SessionYaml(Shape):
    id: Id
    nom: Label
    du: Day
    au: Day


class AbsenceYaml(Shape):
    certificat: Annotated[str, _text(words.HOURS, "Un délai en heures est attendu ici, par exemple « 72 heures ».")]
    a_compter_de: Literal["fin_du_premier_jour"]
    source: Label | None = None
    choix: Label | None = None


class PeriodYaml(Shape):
    du: Day
    au: Day


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
    capacite: CapacityYaml | None = None
    documents: list[Id] = []
    conditions: list[ConditionYaml] = []
    sessions: list[SessionYaml] = []
    absence: AbsenceYaml | None = None


# What a file may hold at its top. A town writes one file or twenty: lists add up, the others stand once.
LISTS: dict[str, type[Shape]] = {
    "services": ServiceYaml,
    "ecoles": SchoolYaml,
    "documents": DocumentYaml,
    "tarifs": TariffYaml,
    "activites": ActivityYaml,
}
SINGLES: dict[str, type[Shape]] = {"commune": CommuneYaml, "accueil": WelcomeYaml, "calendrier": CalendarYaml}
