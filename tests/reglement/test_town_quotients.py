"""The quotient familial by the towns' own rules, by hand."""

import pytest
from support.leaflet import day, paris, town

from functions.domain.decisions import ChildFacts, FamilyFacts, decide_day
from functions.domain.quotient_rule import QuotientRule
from functions.domain.quotients import DatedQuotient, FamilyIncome, compute, quotient_on

EUROS = 100


def rule(name: str) -> QuotientRule:
    found = town(name).quotient
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "family", "quotient"),
    [
        # « Calculez votre quotient familial. »: the CAF's formula is a choice. (24 000 / 12 + 150) / 3 = 716,66
        ("chambly", FamilyIncome(24_000 * EUROS, 150 * EUROS, couple=True, children=2), 716_00),
        ("chambly", FamilyIncome(24_000 * EUROS, 150 * EUROS, couple=True, children=3), 537_00),  # four parts
        ("chambly", FamilyIncome(24_000 * EUROS, 150 * EUROS, couple=True, children=4), 477_00),  # four and a half
        ("chambly", FamilyIncome(15_000 * EUROS, children=1), 500_00),
        ("chambly", FamilyIncome(24_000 * EUROS, 150 * EUROS, couple=True, children=1, disabled_children=1), 716_00),
        # « Les ressources de l’année, divisées par douze, puis par les parts »
        ("cinquieme", FamilyIncome(24_000 * EUROS, 150 * EUROS, children=1), 1000_00),
        ("cinquieme", FamilyIncome(24_000 * EUROS, couple=True, children=3), 571_43),
        ("cinquieme", FamilyIncome(20_000 * EUROS, couple=True, children=2), 555_56),
    ],
)
def test_a_quotient_is_computed(name: str, family: FamilyIncome, quotient: int) -> None:
    assert compute(rule(name), family).centimes == quotient


@pytest.mark.parametrize(
    ("name", "dated", "received", "wanted", "holds"),
    [
        # a choice: what is received in a month holds from the next one on, for a year
        ("chambly", "2026-03-31", None, "2026-03-31", False),
        ("chambly", "2026-03-31", None, "2026-04-01", True),
        ("chambly", "2026-03-31", None, "2027-03-31", True),
        ("chambly", "2026-03-31", None, "2027-04-01", False),
        ("chambly", "2026-03-31", "2026-05-10", "2026-05-31", False),
        ("chambly", "2026-03-31", "2026-05-10", "2026-06-01", True),
        ("chambly", "2026-12-02", None, "2027-01-01", True),  # another year
        # « le quotient sert dès sa date »
        ("cinquieme", "2026-10-01", "2026-11-15", "2026-09-30", False),
        ("cinquieme", "2026-10-01", "2026-11-15", "2026-10-01", True),
    ],
)
def test_a_quotient_holds_from_a_day(name: str, dated: str, received: str | None, wanted: str, holds: bool) -> None:
    given = DatedQuotient(day(dated), 716_00, day(received) if received else None)

    assert quotient_on([given], day(wanted), rule(name)) == (716_00 if holds else None)


def test_a_price_follows_the_computed_quotient() -> None:
    """« Simulez les tarifs en fonction de votre quotient familial. »: 0,4 % of 716 € is 2,864 €."""
    quotient = compute(rule("chambly"), FamilyIncome(24_000 * EUROS, 150 * EUROS, couple=True, children=2)).centimes
    found = decide_day(
        town("chambly"),
        "restauration",
        day("2026-12-10"),
        paris("2026-12-01 09:00:00"),
        ChildFacts(),
        FamilyFacts(quotient_familial_centimes=quotient),
    )

    assert found.price is not None
    assert found.price.centimes == 286
