"""The shape of « quotient_familial »: how a town finds the QF of a family that has none, and from when one holds."""

from typing import Literal

from functions.reglement.yaml_basics import Count, Label, Money, Shape, YesNo


class PartsYaml(Shape):
    couple: Money
    isole: Money
    enfants: dict[str, Money]
    enfant_handicape: Money | None = None


class ComputedQuotientYaml(Shape):
    revenu: Literal["revenu_fiscal_de_reference", "ressources_annuelles"]
    prestations: YesNo
    parts: PartsYaml
    precision: Literal["euro", "centime"]
    arrondi: Literal["inferieur", "proche", "superieur"]


class QuotientYaml(Shape):
    calcul: ComputedQuotientYaml
    effet: Literal["jour_meme", "mois_suivant"]
    retroactif: YesNo = "non"
    validite_mois: Count | None = None
    source: Label | None = None
    choix: Label | None = None
