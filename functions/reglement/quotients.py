"""« quotient_familial »: checked, and compiled to the domain's rule."""

from collections.abc import Iterator

from functions.domain.quotient_rule import ChildPart, QuotientRule
from functions.reglement import scales
from functions.reglement.town import Item
from functions.reglement.words import hundredths
from functions.reglement.yaml_quotients import QuotientYaml
from functions.reglement.yaml_reader import Problem

_INCOMES = {"revenu_fiscal_de_reference": "tax_reference", "ressources_annuelles": "resources"}
_ROUNDINGS = {"inferieur": "down", "proche": "nearest", "superieur": "up"}
_EFFECTS = {"jour_meme": "day", "mois_suivant": "next_month"}


def check(item: Item[QuotientYaml]) -> Iterator[Problem]:
    parts = item.value.calcul.parts
    for key in ("couple", "isole"):
        if hundredths(getattr(parts, key)) == 0:
            yield item.problem(f"calcul/parts/{key}", "Sans part, le quotient ne peut pas être calculé.")
    for step, message in scales.check(parts.enfants, first=1):
        yield item.problem(f"calcul/parts/enfants/{step}".rstrip("/"), message)
    if item.value.validite_mois is not None and int(item.value.validite_mois) == 0:
        yield item.problem("validite_mois", "Un quotient vaut au moins un mois.")


def build(quotient: QuotientYaml) -> QuotientRule:
    parts = quotient.calcul.parts
    leasts = scales.leasts(parts.enfants)
    return QuotientRule(
        income=_INCOMES[quotient.calcul.revenu],
        benefits=quotient.calcul.prestations == "oui",
        couple=hundredths(parts.couple),
        single=hundredths(parts.isole),
        children=tuple(
            ChildPart(least, hundredths(part)) for least, part in zip(leasts, parts.enfants.values(), strict=True)
        ),
        disabled_child=hundredths(parts.enfant_handicape or "0"),
        precision=quotient.calcul.precision,
        rounding=_ROUNDINGS[quotient.calcul.arrondi],
        effect=_EFFECTS[quotient.effet],
        retroactive=quotient.retroactif == "oui",
        months=None if quotient.validite_mois is None else int(quotient.validite_mois),
        source=quotient.source or "",
        choice=quotient.choix or "",
    )
