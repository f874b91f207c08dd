"""Enrolling a child for a school year: campaigns in Paris days, conditions, documents that block, and what is read."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import town

from functions.domain.activity import Activity, Condition, Enrolment, EnrolmentCampaign, RequiredDocument
from functions.domain.eligibility import ChildFacts, FamilyFacts
from functions.domain.enrolments import EnrolmentDecision, decide_enrolment
from functions.domain.reglement import Document, Reglement

YEAR = "2026-2027"
JUNE = EnrolmentCampaign(YEAR, date(2026, 6, 1), date(2026, 7, 10))
AUTUMN = EnrolmentCampaign(YEAR, date(2026, 8, 24), date(2026, 10, 31))
CHILD = ChildFacts(date(2019, 3, 4), "tilleuls", "ce1")
DOCUMENTS = {
    "allocataire": Document("allocataire", "Numéro d’allocataire CAF/MSA"),
    "assurance": Document("assurance", "Attestation d’assurance", valid_until="school_year"),
    "vaccins": Document("vaccins", "Copie des vaccins à jour"),
}
ALL = {"allocataire": date(2020, 1, 1), "assurance": date(2026, 9, 1), "vaccins": date(2019, 3, 4)}


def rules(
    *campaigns: EnrolmentCampaign, after: str = "refused", by_services: bool = False, **more: object
) -> Reglement:
    asked = tuple(RequiredDocument(name, blocking=True) for name in DOCUMENTS)
    enrolment = Enrolment(campaigns, after, by_services=by_services)
    canteen: Activity = replace(town.CANTEEN, **{"enrolment": enrolment, "required_documents": asked, **more})
    return replace(town.reglement(), activities={"cantine": canteen}, documents=DOCUMENTS)


def enrol(
    reglement: Reglement,
    now: datetime,
    child: ChildFacts = CHILD,
    documents: dict[str, date] | None = ALL,
    year: str = YEAR,
) -> EnrolmentDecision:
    return decide_enrolment(reglement, "cantine", year, now, child, FamilyFacts(), documents)


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ")


# Paris is two hours ahead of UTC from June to October, one hour from 25 October.
@pytest.mark.parametrize(
    ("now", "code"),
    [
        (datetime(2026, 5, 31, 21, 59, 59, tzinfo=UTC), "not_open_yet"),
        (datetime(2026, 5, 31, 22, 0, 0, tzinfo=UTC), ""),  # midnight on 1 June
        (datetime(2026, 7, 10, 21, 59, 59, tzinfo=UTC), ""),
        (datetime(2026, 7, 10, 22, 0, 0, tzinfo=UTC), "not_open_yet"),  # until the campaign of the end of August
        (datetime(2026, 8, 23, 22, 0, 0, tzinfo=UTC), ""),
        (datetime(2026, 10, 31, 22, 59, 59, tzinfo=UTC), ""),
        (datetime(2026, 10, 31, 23, 0, 0, tzinfo=UTC), "closed"),
    ],
)
def test_a_campaign_is_made_of_whole_days_in_paris(now: datetime, code: str) -> None:
    found = enrol(rules(JUNE, AUTUMN), now)

    assert (found.code, found.allowed) == (code, not code)


def test_before_the_campaign_one_is_told_when_to_come_back() -> None:
    found = enrol(rules(JUNE), datetime(2026, 5, 2, tzinfo=UTC))

    assert plain(found.refusal) == (
        "Les inscriptions de 2026-2027 pour « Restauration scolaire » ouvrent le lundi 1er juin 2026 : revenez à "
        "partir de ce jour. Contact : Service scolaire, 02 41 00 00 01 ou scolaire@essai.example."
    )
    assert found.opens == datetime(2026, 5, 31, 22, tzinfo=UTC)
    assert found.closes == datetime(2026, 7, 10, 21, 59, 59, tzinfo=UTC)
    assert not found.late


@pytest.mark.parametrize(
    ("after", "code", "more"),
    [("refused", "closed", ""), ("late_request", "late_request", " Une inscription tardive se demande au service.")],
)
def test_after_the_campaign_one_is_told_since_when_and_whom_to_call(after: str, code: str, more: str) -> None:
    found = enrol(rules(JUNE, after=after), datetime(2026, 7, 11, 12, tzinfo=UTC))

    assert (found.code, found.late, found.after, found.contact) == (code, True, after, "scolaire")
    assert plain(found.refusal) == (
        "Les inscriptions de 2026-2027 pour « Restauration scolaire » étaient ouvertes jusqu’au vendredi 10 juillet "
        f"2026.{more} Contact : Service scolaire, 02 41 00 00 01 ou scolaire@essai.example."
    )


def test_a_campaign_without_end_lasts_as_long_as_the_year_has_days() -> None:
    endless = rules(EnrolmentCampaign(YEAR, date(2026, 6, 1)))

    last = enrol(endless, datetime(2027, 7, 2, 12, tzinfo=UTC))  # the last day of class, a Friday
    assert (last.allowed, last.first_day) == (True, date(2027, 7, 2))
    found = enrol(endless, datetime(2027, 7, 3, 12, tzinfo=UTC))
    assert (found.code, found.first_day, found.closes) == ("over", None, None)
    assert plain(found.refusal).startswith(
        "Il ne reste plus de jour ouvert en 2026-2027 pour « Restauration scolaire »"
    )
    assert enrol(endless, datetime(2027, 9, 3, 12, tzinfo=UTC)).code == "over"


def test_a_year_without_campaign_is_not_announced() -> None:
    found = enrol(rules(JUNE), datetime(2026, 6, 2, tzinfo=UTC), year="2027-2028")

    assert (found.code, found.opens, found.closes) == ("not_announced", None, None)
    assert "2027-2028" in found.refusal


def test_next_years_campaign_may_open_before_its_calendar_is_written() -> None:
    next_year = rules(EnrolmentCampaign("2027-2028", date(2027, 6, 1)))
    found = enrol(
        next_year, datetime(2027, 6, 2, tzinfo=UTC), documents=ALL | {"assurance": date(2027, 9, 1)}, year="2027-2028"
    )

    assert (found.allowed, found.first_day) == (True, date(2027, 9, 1))


@pytest.mark.parametrize(("day", "code"), [(31, ""), (32, "over")])
def test_a_year_whose_calendar_was_never_written_ends_on_31_august(day: int, code: str) -> None:
    now = datetime(2028, 8, 1, 12, tzinfo=UTC) + timedelta(days=day - 1)
    never_written = rules(EnrolmentCampaign("2027-2028", date(2027, 6, 1)))

    assert enrol(never_written, now, documents=None, year="2027-2028").code == code


def test_an_activity_without_campaign_is_enrolled_in_at_any_time() -> None:
    found = enrol(rules(enrolment=None), datetime(2027, 1, 12, tzinfo=UTC))

    assert (found.allowed, found.opens, found.closes, found.by_services) == (True, None, None, False)


def test_a_child_of_the_private_school_is_sent_to_its_own() -> None:
    """« La restauration collective de l'école privée est gérée directement par l'organisme de gestion […] »"""
    now = datetime(2026, 5, 2, tzinfo=UTC)  # told at once, not on the day the campaign opens
    found = enrol(rules(JUNE), now, replace(CHILD, school="saint-joseph"))

    assert (found.code, found.contact) == ("not_eligible", "ogec")
    assert plain(found.refusal) == (
        "Les repas de cette école sont gérés par son OGEC. Contact : OGEC Saint-Joseph, 02 41 00 00 02."
    )


THREE = Condition("age", "À partir de 3 ans.", "scolaire", minimum=3)


@pytest.mark.parametrize(
    ("birth", "now", "allowed", "first_day"),
    [
        (date(2023, 9, 1), datetime(2026, 6, 2, tzinfo=UTC), True, date(2026, 9, 1)),  # a Tuesday, three that day
        (date(2023, 9, 2), datetime(2026, 6, 2, tzinfo=UTC), False, date(2026, 9, 1)),
        (date(2023, 9, 2), datetime(2026, 9, 5, tzinfo=UTC), True, date(2026, 9, 7)),  # a Saturday: next on Monday
        (date(2024, 1, 5), datetime(2026, 12, 19, tzinfo=UTC), False, date(2027, 1, 4)),  # after the holidays
        (date(2024, 1, 4), datetime(2026, 12, 19, tzinfo=UTC), True, date(2027, 1, 4)),
    ],
)
def test_conditions_are_looked_at_on_the_first_day_the_child_could_come(
    birth: date, now: datetime, allowed: bool, first_day: date
) -> None:
    open_all_year = rules(EnrolmentCampaign(YEAR, date(2026, 6, 1)), conditions=(THREE,))
    found = enrol(open_all_year, now, replace(CHILD, birth_date=birth))

    assert (found.allowed, found.first_day) == (allowed, first_day)


def test_without_the_documents_one_cannot_continue_and_is_told_exactly_which() -> None:
    """« Ces documents sont obligatoires et bloquants au moment de l'inscription, sans eux vous ne pourrez pas
    continuer la démarche. »
    """
    given_ones = {"assurance": date(2025, 10, 1), "vaccins": date(2020, 1, 1)}
    found = enrol(rules(JUNE), datetime(2026, 6, 2, tzinfo=UTC), documents=given_ones)

    assert (found.allowed, found.code) == (False, "documents_missing")
    assert [(item.document, item.why) for item in found.missing_documents] == [
        ("allocataire", "absent"),
        ("assurance", "expired"),  # valid on 2 June, no longer on 1 September
    ]
    assert plain(found.refusal) == (
        "L’inscription ne peut pas continuer sans ces documents obligatoires : Numéro d’allocataire CAF/MSA "
        "(à fournir) ; Attestation d’assurance (valable jusqu’au 31 août 2026, à renouveler). Déposez-les parmi vos "
        "justificatifs, puis reprenez l’inscription. "
        "Contact : Service scolaire, 02 41 00 00 01 ou scolaire@essai.example."
    )


def test_a_document_that_does_not_block_is_only_told() -> None:
    asked = (RequiredDocument("vaccins"), RequiredDocument("assurance", "booking", blocking=True))
    found = enrol(rules(JUNE, required_documents=asked), datetime(2026, 6, 2, tzinfo=UTC), documents={})

    assert found.allowed
    assert [item.document for item in found.missing_documents] == ["vaccins"]  # the other one is for bookings


def test_documents_that_nobody_looked_at_refuse_nothing() -> None:
    found = enrol(rules(JUNE), datetime(2026, 6, 2, tzinfo=UTC), documents=None)

    assert (found.allowed, found.missing_documents) == (True, ())


def test_children_the_services_know_are_enrolled_by_them() -> None:
    """« Cette année, les services ont réalisé les inscriptions de vos enfants » ; « Il est impératif de retourner ce
    document pour finaliser votre inscription. »
    """
    found = enrol(rules(JUNE, by_services=True), datetime(2026, 6, 2, tzinfo=UTC))

    assert (found.by_services, found.allowed) == (True, True)
    assert "retourner le document" in found.notice
    assert enrol(rules(JUNE), datetime(2026, 6, 2, tzinfo=UTC)).notice == ""


INSTANTS = st.datetimes(datetime(2026, 4, 1), datetime(2027, 9, 1)).map(  # noqa: DTZ001 - given its zone below
    lambda found: found.replace(tzinfo=UTC)
)


@given(
    INSTANTS, st.lists(st.sampled_from([JUNE, AUTUMN]), unique=True, max_size=2), st.sampled_from([CHILD, ChildFacts()])
)
def test_what_is_refused_is_told_and_what_is_allowed_is_in_time(
    now: datetime, campaigns: list[EnrolmentCampaign], child: ChildFacts
) -> None:
    found = enrol(rules(*sorted(campaigns, key=lambda each: each.opens)), now, child)

    assert found.allowed == (found.refusal == "") == (found.code == "") == (found.contact == "")
    if found.allowed:
        assert found.opens is not None
        assert found.closes is not None
        assert found.opens <= now <= found.closes.replace(microsecond=999_999)
