"""Every kind that the rules' language knows has its words: none can stop a build, and each reads as French."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import get_args, get_type_hints

import pytest
from parvis_site import activity_words, price_words, words

from functions.domain import capacity_words, delay_words
from functions.domain.activity import (
    Absence,
    ActionRule,
    AgeGroup,
    Attendance,
    Capacity,
    CarryOver,
    Condition,
    Delay,
    Enrolment,
    EnrolmentCampaign,
    FreeHours,
    LenientWindow,
    RequiredDocument,
    WaitingList,
)
from functions.domain.reglement import Document, Reglement
from functions.domain.spans import Span
from functions.reglement import activities, capacities, source, tariffs
from functions.reglement.yaml_activities import BookingYaml, CancellingYaml, EnrolmentYaml

NOVEMBER = date(2026, 11, 1)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def after(shape: type) -> set[str]:
    """What can come after a deadline, in the compiled rules."""
    return {activities._AFTER[word] for word in get_args(get_type_hints(shape)["ensuite"])}


@pytest.mark.parametrize(
    ("table", "kinds"),
    [
        (words.ANCHORS, activities._ANCHORS.values()),
        (words.SEASONS, activities._WHEN.values()),
        (activity_words.UNITS, activities._UNITS.values()),
        (activity_words.AFTER_BOOKING, after(BookingYaml)),
        (activity_words.AFTER_CANCELLING, after(CancellingYaml)),
        (activity_words.AFTER_ENROLMENT, after(EnrolmentYaml)),
        (activity_words.CERTIFICATE_STARTS, activities._STARTS.values()),
        (activity_words.ATTENDANCE, activities._WITHOUT_BOOKING.values()),
        (activity_words.SCHOOLS, activities._STATUS.values()),
        (activity_words.CONTRACTS, activities._CONTRACTS.values()),
        (activity_words.RESIDENCES, activities._RESIDENCE.values()),
        (activity_words.AGES_ON, activities._AGE_ON.values()),
        (activity_words.VALID_UNTIL, ["", *source._UNTIL.values()]),
        (activity_words.ASKED_AT, ["enrolment", "booking"]),
        (capacity_words.WAITING, capacities._MODES.values()),
        (price_words.UNITS, tariffs._UNITS.values()),
        (price_words.SIBLINGS_BY, tariffs._BY.values()),
        (delay_words.UNITS, ["hour", "day", "working_day", "week"]),
    ],
)
def test_each_table_of_words_has_every_kind_of_the_language_and_no_other(
    table: Mapping[str, object], kinds: list[str]
) -> None:
    assert set(table) == set(kinds)


@pytest.mark.parametrize("anchor", words.ANCHORS)
@pytest.mark.parametrize("unit", delay_words.UNITS)
@pytest.mark.parametrize("amount", [0, 1, 3])
def test_every_delay_reads_as_a_sentence(anchor: str, unit: str, amount: int) -> None:
    delay = Delay(amount, unit, anchor, cut_off=None if unit == "hour" else time(9))
    told = plain(words.deadline(delay)), plain(words.opening(delay))

    assert told[0].startswith("jusqu’")
    assert told[1].startswith("à partir d")
    assert not [text for text in told if "  " in text or "le le" in text or "de le" in text or "du à" in text]


@pytest.mark.parametrize(
    ("delay", "until", "since"),
    [
        (Delay(4, "day", "week", time(12)), "jusqu’à 4 jours avant le lundi de la semaine réservée, à 12 h", ""),
        (Delay(10, "day", "month"), "jusqu’à 10 jours avant le 1er du mois réservé", ""),
        (Delay(8, "day", "period"), "jusqu’à 8 jours avant le premier jour de la période réservée", ""),
        (Delay(8, "week", "session", time(9)), "", "à partir de 8 semaines avant le premier jour de la session, à 9 h"),
        (Delay(1, "day", "period", time(9)), "", "à partir de la veille du premier jour de la période réservée, à 9 h"),
        (Delay(0, "day", "session"), "jusqu’au premier jour de la session lui-même", ""),
        (Delay(0, "day", "month"), "", "à partir du 1er du mois réservé lui-même"),
        (Delay(0, "day"), "", "à partir du jour même"),
    ],
)
def test_deadlines_and_openings_are_said_as_the_town_means_them(delay: Delay, until: str, since: str) -> None:
    assert not until or plain(words.deadline(delay)) == until
    assert not since or plain(words.opening(delay)) == since


def booking(town: Reglement, **changes: object) -> str:
    rule = replace(town.activities["repas"].booking, **changes)  # type: ignore[arg-type]
    activity = replace(town.activities["repas"], booking=rule)
    told = activity_words.booking(activity, town.tariffs["repas"].versions[0], NOVEMBER)
    return plain(" / ".join(f"{about} {sentence}".strip() for about, sentence in told))


@pytest.mark.parametrize("then", activity_words.AFTER_BOOKING)
def test_what_comes_after_the_deadline_to_book_is_said(town: Reglement, then: str) -> None:
    said = booking(town, after=then, final=Delay(0, "day", cut_off=time(9)))

    assert "Ensuite, " in said
    assert "{" not in said


def test_a_window_that_is_still_open_is_said_and_a_past_one_is_not(town: Reglement) -> None:
    window = LenientWindow(
        "Rentrée 2026", date(2026, 11, 30), Span(date(2026, 9, 1), date(2027, 7, 2)), Delay(1, "day")
    )
    past = LenientWindow("Rentrée 2025", date(2025, 9, 30), window.days, window.delay)
    said = booking(town, windows=(past, window))

    assert (
        "Rentrée 2026 : une demande reçue jusqu’au 30 novembre 2026 est dans les temps pour les jours du "
        "1er septembre 2026 au 2 juillet 2027, jusqu’à la veille du jour réservé."
    ) in said
    assert "Rentrée 2025" not in said


def test_opening_and_approval_are_said(town: Reglement) -> None:
    said = booking(town, opening=Delay(4, "week", "week", time(9)), approval=True)

    assert "on peut réserver à partir de 4 semaines avant le lundi de la semaine réservée, à 9 h." in said
    assert "« en attente d’instruction »" in said


@pytest.mark.parametrize("then", activity_words.AFTER_CANCELLING)
def test_what_comes_after_the_deadline_to_cancel_is_said(town: Reglement, then: str) -> None:
    activity = replace(town.activities["repas"], cancelling=ActionRule(Delay(48, "hour"), then))
    ((about, said),) = activity_words.cancelling(activity)

    assert (about, "{" in said) == ("Annuler", False)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (
            Absence(72, "end_of_first_day"),
            (
                "En cas de maladie, le jour n’est pas facturé si le service reçoit un certificat médical dans les "
                "72 heures qui suivent la fin du premier jour d’absence. Sans certificat, il est facturé."
            ),
        ),
        (
            Absence(None, "end_of_first_day", declared=Delay(1, "day", cut_off=time(18))),
            (
                "Prévenir d’une absence jusqu’à la veille du jour réservé, à 18 h. Ensuite, elle est facturée. "
                "En cas de maladie, le jour n’est pas facturé si le service reçoit un certificat médical. "
                "Sans certificat, il est facturé."
            ),
        ),
        (
            Absence(24, "start_of_activity", with_certificate="billed"),
            "En cas d’absence, le jour est facturé, même avec un certificat médical.",
        ),
        (
            Absence(None, "end_of_first_day", without_certificate="not_billed", waiting_days=2),
            "En cas d’absence, le jour n’est pas facturé. Les 2 premiers jours de l’absence restent dus.",
        ),
        (
            Absence(None, "end_of_first_day", without_certificate="not_billed", waiting_days=1),
            "En cas d’absence, le jour n’est pas facturé. Le premier jour de l’absence reste dû.",
        ),
    ],
)
def test_what_an_absence_costs_is_said(rule: Absence, said: str) -> None:
    told = " ".join(f"{about} {sentence}".strip() for about, sentence in activity_words.absence(rule))

    assert plain(told) == said


@pytest.mark.parametrize("start", activity_words.CERTIFICATE_STARTS)
def test_hours_of_a_certificate_say_what_they_follow(start: str) -> None:
    ((_, said),) = activity_words.absence(Absence(48, start))

    assert f"dans les 48 heures qui suivent {activity_words.CERTIFICATE_STARTS[start]}" in said


@pytest.mark.parametrize("without", activity_words.ATTENDANCE)
def test_coming_without_a_booking_is_said(town: Reglement, without: str) -> None:
    activity = replace(town.activities["repas"], attendance=Attendance(without))
    ((_, said),) = activity_words.attendance(activity, town.tariffs["repas"].versions[0])

    assert said.startswith("l’enfant ")
    assert "{" not in said


def test_bookings_carried_over_free_hours_and_units_are_said(town: Reglement) -> None:
    activity = replace(town.activities["repas"], carry_over=CarryOver(3), free_hours=FreeHours(30, 120, 540))
    ((_, said),) = activity_words.carry_over(activity)

    assert "des 3 dernières semaines de classe" in said
    assert plain(activity_words.free_hours(activity)).endswith(
        "par pas de 30 minutes, pour 2 heures à 9 heures par jour."
    )
    assert activity_words.free_hours(town.activities["repas"]) == ""


def test_enrolments_to_come_are_said_and_past_ones_are_not() -> None:
    campaigns = (
        EnrolmentCampaign("2025-2026", date(2025, 7, 7), date(2025, 9, 30)),
        EnrolmentCampaign("2026-2027", date(2026, 7, 7)),
        EnrolmentCampaign("2027-2028", date(2027, 5, 3), date(2027, 6, 30)),
    )
    told = plain(" ".join(activity_words.enrolment(Enrolment(campaigns, "late_request"), NOVEMBER)))

    assert "2025-2026" not in told
    assert "Pour l’année scolaire 2026-2027 : à partir du 7 juillet 2026." in told
    assert "Pour l’année scolaire 2027-2028 : du 3 mai au 30 juin 2027." in told
    assert told.endswith("Après ces dates, demandez au service.")


def test_families_that_no_service_knows_yet_enrol_themselves() -> None:
    known, others = activity_words.enrolment(Enrolment((), "refused", by_services=True), NOVEMBER)

    assert plain(known) == (
        "Les services inscrivent eux-mêmes les enfants qu’ils accueillent déjà : pour eux, il ne reste qu’à signer "
        "et à retourner le document d’inscription reçu."
    )
    assert others == "Les autres familles inscrivent leur enfant elles-mêmes, avant sa première réservation."


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (Condition("school_status", "", "", ("public",)), "Les élèves d’une école publique : École du Lavoir."),
        (Condition("schools", "", "", ("sainte-anne",)), "Les élèves de : École Sainte-Anne."),
        (Condition("levels", "", "", ("CP", "CE1")), "Les niveaux CP et CE1."),
        (Condition("contracts", "", "", ("occasional",)), "Les familles en contrat occasionnel."),
        (Condition("residence", "", "", ("resident",)), "Les familles de la commune."),
        (
            Condition("age", "", "", minimum=3, maximum=11),
            "Les enfants de 3 à 11 ans (âge vu le jour de l’accueil).",
        ),
        (
            Condition("age", "", "", minimum=6, age_on="school_year"),
            "Les enfants à partir de 6 ans (âge vu le 1er septembre de l’année scolaire).",
        ),
        (
            Condition("age", "", "", maximum=35, in_months=True, age_on="session"),
            "Les enfants jusqu’à 35 mois (âge vu le premier jour de la session).",
        ),
    ],
)
def test_who_may_come_is_said_of_those_who_may(town: Reglement, condition: Condition, said: str) -> None:
    assert activity_words.condition(town, condition) == said


def test_what_is_asked_of_a_document_is_said() -> None:
    known = Document("assurance", "Assurance", valid_months=12, valid_until="school_year", family=True)
    said = activity_words.document(RequiredDocument("assurance", "booking", blocking=True), known)

    assert said == (
        "Obligatoire : sans lui, on ne peut pas réserver. Valable 12 mois, et jusqu’à la fin de l’année scolaire. "
        "Un seul pour tous les enfants."
    )
    assert activity_words.document(RequiredDocument("assurance"), Document("assurance", "Assurance")) == ""


def test_places_by_session_and_age_and_the_waiting_list_are_said() -> None:
    groups = (AgeGroup("petits", "3 à 5 ans", 3, 5, per_session=16), AgeGroup("grands", "Grands", 6, 11, per_day=1))
    said = [plain(each) for each in capacity_words.limits(Capacity(per_session=40, groups=groups))]

    assert said == [
        "40 places par session.",
        "3 à 5 ans : 16 places par session.",
        "Grands (de 6 à 11 ans) : 1 place par jour.",
    ]
    assert list(capacity_words.limits(Capacity(per_day=24))) == ["24 places par jour."]
    shared = Capacity(per_day=24, per_school={"lavoir": 12})
    assert list(capacity_words.limits(shared)) == ["24 places par jour, toutes écoles réunies."]
    for mode in capacity_words.WAITING:
        assert "{" not in capacity_words.waiting(WaitingList(mode, offer_hours=48))
    assert "pendant 48 heures" in capacity_words.waiting(WaitingList("offer", offer_hours=48))
    assert capacity_words.waiting(None) == ""
