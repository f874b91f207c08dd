"""What docs/regles.md says of documents, enrolments, absences, carry-over and custody is what its example town does."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from support.engine import ROOT

from functions.domain.absences import decide_absence
from functions.domain.attendance import without_booking
from functions.domain.carry_over import carry_over
from functions.domain.custody import Custody, holder_on, payer_shares
from functions.domain.document_validity import valid_until
from functions.domain.eligibility import ChildFacts, FamilyFacts
from functions.domain.enrolments import EnrolmentDecision, decide_enrolment
from functions.domain.reglement import Reglement
from functions.domain.spans import Span
from functions.reglement.compiled import loads
from functions.reglement.source import compile_directory

PAGE = (ROOT / "docs/regles.md").read_text("utf-8")
CHILD = ChildFacts(date(2018, 5, 4), "les-tilleuls")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Reglement:
    folder = tmp_path_factory.mktemp("example")
    for rank, block in enumerate(re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)):
        (folder / f"{rank}.yml").write_text(block, "utf-8")
    return loads(compile_directory(folder))


def test_documents_last_as_long_as_the_page_says(example: Reglement) -> None:
    assert valid_until(example.documents["assurance"], date(2026, 9, 15)) == date(2027, 8, 31)
    assert valid_until(example.documents["vaccins"], date(2026, 9, 15)) == date(2027, 9, 15)


def enrol(town: Reglement, now: datetime, documents: dict[str, date]) -> EnrolmentDecision:
    return decide_enrolment(town, "restauration", "2026-2027", now, CHILD, FamilyFacts(), documents)


@pytest.mark.parametrize(
    ("now", "code"),
    [
        (datetime(2026, 5, 31, 21, 59, 59, tzinfo=UTC), "not_open_yet"),
        (datetime(2026, 5, 31, 22, tzinfo=UTC), ""),
        (datetime(2026, 7, 10, 21, 59, 59, tzinfo=UTC), ""),
        (datetime(2026, 7, 10, 22, tzinfo=UTC), "not_open_yet"),
        (datetime(2027, 3, 1, tzinfo=UTC), ""),  # the second campaign has no end
    ],
)
def test_the_campaigns_of_the_page(example: Reglement, now: datetime, code: str) -> None:
    assert enrol(example, now, {"assurance": date(2026, 9, 1)}).code == code


def test_last_years_insurance_blocks_and_the_vaccines_do_not(example: Reglement) -> None:
    found = enrol(example, datetime(2026, 6, 2, tzinfo=UTC), {"assurance": date(2025, 9, 1)})

    assert found.code == "documents_missing"
    assert {(item.document, item.why, item.blocking) for item in found.missing_documents} == {
        ("vaccins", "absent", False),
        ("assurance", "expired", True),
    }


def test_an_absence_from_monday_on_is_excused_until_thursday_night(example: Reglement) -> None:
    canteen = example.activities["restauration"]
    assert canteen.absence is not None
    days = [date(2027, 3, 8), date(2027, 3, 9)]
    certificate = datetime(2027, 3, 11, 22, 59, 59, tzinfo=UTC)
    in_the_morning = datetime(2027, 3, 8, 7, 0, tzinfo=UTC)  # 8 h in Paris
    found = decide_absence(canteen.absence, canteen, days, in_the_morning, certificate, {})

    assert (found.certificate_until, found.declare_until) == (certificate, datetime(2027, 3, 8, 8, tzinfo=UTC))
    assert found.billed == (days[0],)  # the waiting day
    told_on_tuesday = decide_absence(
        canteen.absence, canteen, days, datetime(2027, 3, 9, 7, tzinfo=UTC), certificate, {}
    )
    assert [item.billed for item in told_on_tuesday.days] == [True, False]


def test_coming_without_a_booking_costs_more(example: Reglement) -> None:
    found = without_booking(example, example.activities["restauration"])

    assert found is not None
    assert (found.admitted, found.surcharge) == (True, True)


def test_the_usual_week_is_that_of_the_last_four_weeks(example: Reglement) -> None:
    """The page's example has one year: the year before is played by the same rules, a year earlier."""
    canteen = example.activities["restauration"]
    last_year = replace(canteen, period=Span(date(2025, 9, 1), date(2026, 7, 3)))
    before = replace(example, activities={"restauration": last_year})
    tuesdays = [date(2026, 6, 9), date(2026, 6, 16), date(2026, 6, 30)]  # three of four
    found = carry_over(before, example, "restauration", "2026-2027", tuesdays, CHILD, FamilyFacts())

    assert found.weekdays == (1,)
    assert found.days[:2] == (date(2026, 9, 1), date(2026, 9, 8))
    assert date(2026, 10, 20) in {item.day for item in found.left_out}  # Toussaint


def test_custody_of_the_page(example: Reglement) -> None:
    rule = example.custody
    assert rule is not None
    custody = Custody("mum", "dad", date(2026, 9, 4))  # a Friday

    assert [holder_on(rule, custody, date(2026, 9, day), example.calendar) for day in (4, 10, 11)] == [
        "mum",
        "mum",
        "dad",
    ]
    assert payer_shares(rule, custody, date(2026, 9, 11), example.calendar, 341) == [("dad", 341)]
    assert holder_on(rule, custody, date(2026, 10, 17), example.calendar) == "mum"  # the first half, an even year
    assert holder_on(rule, custody, date(2026, 11, 1), example.calendar) == "dad"
