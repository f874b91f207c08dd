"""The shape of a town's tariffs, key by key. Everything is text until it is built."""

from typing import Annotated, Literal

from msgspec import Meta

from functions.reglement import words
from functions.reglement.yaml_basics import Day, Id, Label, Minutes, Money, Shape, YesNo, text

Percent = Annotated[str, text(words.PERCENT, "Un pourcentage s’écrit « 20 % ».")]
Rate = Annotated[str, text(words.RATE, "Un taux s’écrit « 0,36 % ».")]
# « 1 », « 4 à 7 », « 3 et plus », and what each of them pays.
RateScale = dict[str, Rate]


class BandYaml(Shape):
    """One of `prix` or `taux` (a share of the QF)."""

    de: Money
    prix: Money | None = None
    taux: Rate | None = None
    a: Money | None = None
    nom: Label | None = None


class EffortYaml(Shape):
    sur: Literal["ressources", "quotient_familial"]
    enfants: RateScale
    aeeh: YesNo = "non"


class PsuYaml(Shape):
    """What is not written is the national figure of the day."""

    structure: Literal["collectif", "familial"]
    plancher_ressources: Money | None = None
    plafond_ressources: Money | None = None
    enfants: RateScale | None = None


class GridYaml(Shape, kw_only=True):
    """One of `prix`, `tranches`, `taux`, `taux_effort` or `psu`; checked when it is built."""

    prix: Money | None = None
    tranches: list[BandYaml] = []
    taux: Rate | None = None
    taux_effort: EffortYaml | None = None
    psu: PsuYaml | None = None
    precision_qf: Literal["euro", "centime"] | None = None
    sans_qf: Label | None = None
    plancher: Money | None = None
    plafond: Money | None = None
    degressif: YesNo | None = None


class SurchargeYaml(Shape):
    montant: Money | None = None
    pourcentage: Percent | None = None


class OutsideYaml(GridYaml, kw_only=True):
    """A grid of its own, or a surcharge on the town's."""

    majoration: SurchargeYaml | None = None


class ReductionYaml(Shape):
    montant: Money | None = None
    pourcentage: Percent | None = None
    prix: Money | None = None


class SiblingsYaml(Shape):
    selon: Literal["rang", "nombre"]
    reductions: dict[str, ReductionYaml]


class PackedMealYaml(Shape):
    prix: Money | None = None
    pourcentage: Percent | None = None


class TariffVersionYaml(GridYaml, kw_only=True):
    du: Day
    au: Day
    unite: Literal["acte", "heure", "demi_heure", "session", "mois"] = "acte"
    pas: Minutes | None = None
    hors_commune: OutsideYaml | None = None
    fratrie: SiblingsYaml | None = None
    panier_repas: PackedMealYaml | None = None
    majoration_retard: SurchargeYaml | None = None
    majoration_sans_reservation: SurchargeYaml | None = None
    minimum: Money | None = None
    maximum: Money | None = None
    source: Label | None = None
    choix: Label | None = None


class TariffYaml(Shape):
    id: Id
    nom: Label
    grilles: Annotated[list[TariffVersionYaml], Meta(min_length=1)]
