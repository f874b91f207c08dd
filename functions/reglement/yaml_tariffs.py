"""The shape of a town's tariffs, key by key. Everything is text until it is built."""

from typing import Annotated, Literal

from msgspec import Meta

from functions.reglement import words
from functions.reglement.yaml_basics import Day, Id, Label, Money, Shape, text


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
    pourcentage: Annotated[str, text(words.PERCENT, "Un pourcentage s’écrit « 20 % ».")] | None = None


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
