"""The calendar in which a family books, for every activity of every town: no day is left undecided."""

from datetime import date

import pytest
from support.engine import ROOT
from support.leaflet import COMMUNES, day, paris

from functions.domain.foyer import Address, Allocataire, Child, FoyerFile
from functions.domain.month_view import DayView, view_month
from functions.domain.reglement import Reglement
from functions.reglement.compiled import loads
from functions.reglement.source import compile_directory

FOLDERS = [ROOT / "content/commune", *sorted(path for path in COMMUNES.iterdir() if path.is_dir())]
NOW = paris("2026-11-21 09:00:00")


def _child(rank: int, birth: str, level: str, contract: str) -> Child:
    return Child(f"{rank:032}", "Martin", ("Zoé",), day(birth), level=level, contract=contract)


FAMILY = FoyerFile(
    foyer_id="f" * 32,
    reference="F00001",
    address=Address("12 rue des Tilleuls", "49290", "Villeneuve"),
    allocataire=Allocataire("CAF", "1234567", 65_000, date(2026, 9, 1)),
    resident=True,
    guardians=(),
    children=(_child(1, "2018-03-14", "CE2", ""), _child(2, "2024-08-02", "", "occasional")),
)


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda path: path.name)
def rules(request: pytest.FixtureRequest) -> Reglement:
    return loads(compile_directory(request.param))


@pytest.mark.parametrize("month", ["2026-12", "2027-04", "2027-07"])
def test_a_month_of_every_activity_can_be_shown(rules: Reglement, month: str) -> None:
    for activity in rules.activities.values():
        view = view_month(rules, FAMILY, {}, FAMILY.children, activity, month, taken={}, now=NOW)

        assert [child.given_name for child in view.children] == ["Zoé", "Zoé"]
        for child in view.children:
            assert len(child.days) in (30, 31)
            for found in child.days:
                _is_told(found, eligible=child.eligible)


def _is_told(found: DayView, *, eligible: bool) -> None:
    assert found.state == "free"
    assert found.open is (found.closed_reason is None)
    assert (found.price_centimes is not None) is found.open
    assert eligible or not found.booking.allowed
    assert found.open or not (found.booking.allowed or found.cancelling.allowed)


def test_a_week_of_the_demonstration_is_booked_whole() -> None:
    """Christmas: Monday 21 to Thursday 24 December 2026, open since 9 November; two children of one family."""
    rules = loads(compile_directory(FOLDERS[0]))
    activity = rules.activities["vacances"]
    view = view_month(rules, FAMILY, {}, FAMILY.children, activity, "2026-12", taken={}, now=NOW)
    older, younger = (child.days for child in view.children)
    monday = older[20]

    assert monday.together == (day("2026-12-22"), day("2026-12-23"), day("2026-12-24"))
    assert (monday.booking.allowed, monday.places_left) == (True, 32)
    assert not any(found.booking.allowed for found in younger)  # 2 years old
