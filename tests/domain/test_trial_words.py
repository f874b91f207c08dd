"""What « Essayer les règles » says, sentence by sentence, on a small town."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from support import town

from functions.domain import trial
from functions.domain.activity import (
    Absence,
    ActionRule,
    Activity,
    AgeGroup,
    Attendance,
    Capacity,
    CarryOver,
    Delay,
    Enrolment,
    EnrolmentCampaign,
    FreeHours,
    LenientWindow,
    RequiredDocument,
    Session,
    Slot,
    WaitingList,
)
from functions.domain.reglement import Document, Reglement
from functions.domain.spans import Span
from functions.domain.trial_answer import TrialAnswer
from functions.domain.trial_question import read

THURSDAY = "2026-12-10"
NOW = "2026-11-21T09:00:00Z"
Given = Mapping[str, Any]


def rules(change: Callable[[Activity], Activity], activity: Activity = town.CANTEEN) -> Reglement:
    """The town, where one activity was changed."""
    known = town.reglement()
    documents = {
        "assurance": Document("assurance", "Attestation d’assurance", valid_months=12),
        "vaccins": Document("vaccins", "Copie des vaccins"),
    }
    return replace(known, documents=documents, activities={activity.id: change(activity)})


def ask(reglement: Reglement, **given: Any) -> TrialAnswer:
    activity = next(iter(reglement.activities))
    return trial.answer(reglement, read(reglement, {"activity": activity, "day": THURSDAY, "now": NOW, **given}))


def said(answer: TrialAnswer, about: str) -> str:
    """Plain spaces, so that the sentences of the tests can be read."""
    told = next((section.sentences for section in answer.words if section.about == about), ())
    return " ".join(told).replace("\u202f", " ").replace("\u00a0", " ")


def same(activity: Activity) -> Activity:
    return activity


def test_a_day_in_time() -> None:
    found = ask(rules(same, town.DAYCARE))

    assert said(found, "day") == (
        "Jeudi 10 décembre 2026, l’activité « Garderie du soir » a lieu, de 16 h 30 à 18 h 30."
    )
    assert said(found, "booking") == (
        "Jusqu’au jeudi 3 décembre 2026 à 23 h 59 compris ; ensuite, c’est possible avec une majoration, "
        "jusqu’au jeudi 10 décembre 2026 à 23 h 59. Possible maintenant."
    )
    assert said(found, "price") == "Ce jour coûte 2,00 €."
    assert said(found, "child") == "Aucune condition n’est posée."


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2026-12-07T09:00:00Z", "Possible maintenant, avec une majoration."),
        ("2026-12-11T09:00:00Z", "Impossible maintenant : le jour est passé."),
    ],
)
def test_a_late_day(now: str, end: str) -> None:
    assert said(ask(rules(same, town.DAYCARE), now=now), "booking").endswith(end)


@pytest.mark.parametrize(
    ("after", "end"),
    [
        ("refused", "ensuite, ce n’est plus possible. Impossible maintenant : le délai est passé."),
        (
            "late_request",
            (
                "ensuite, il faut le demander au service. "
                "Impossible maintenant : le délai est passé, il faut le demander au service."
            ),
        ),
    ],
)
def test_what_comes_after_the_deadline(after: str, end: str) -> None:
    reglement = rules(lambda activity: replace(activity, booking=ActionRule(Delay(7, "day"), after)))

    assert said(ask(reglement, now="2026-12-09T09:00:00Z"), "booking").endswith(end)


def test_cancelling_too_late_is_still_billed() -> None:
    found = said(ask(rules(same), now="2026-12-09T09:00:00Z"), "cancelling")

    assert (
        "ensuite, c’est encore possible, jusqu’au jeudi 10 décembre 2026 à 23 h 59, mais le jour reste facturé."
        in found
    )
    assert found.endswith("Possible maintenant, mais le jour reste facturé.")


def test_an_opening_a_lenient_window_and_an_approval() -> None:
    window = LenientWindow(
        "Rentrée", date(2026, 12, 9), Span(date(2026, 12, 1), date(2026, 12, 18)), Delay(1, "day"), "« Rentrée »", "c"
    )
    rule = ActionRule(Delay(7, "day"), "refused", windows=(window,), opening=Delay(30, "day"), approval=True)
    reglement = rules(lambda activity: replace(activity, booking=rule))
    early, later = ask(reglement, now="2026-10-01T09:00:00Z"), ask(reglement)

    assert said(early, "booking").startswith("La réservation ouvre le mardi 10 novembre 2026 à 0 h.")
    assert said(early, "booking").endswith("Impossible maintenant : la réservation n’est pas encore ouverte.")
    assert said(later, "booking") == (
        "La réservation est ouverte depuis le mardi 10 novembre 2026 à 0 h. "
        "Jusqu’au mercredi 9 décembre 2026 à 23 h 59 compris ; ensuite, ce n’est plus possible. "
        "Cette date est celle de la fenêtre « Rentrée ». Chaque réservation attend l’accord d’un agent. "
        "Possible maintenant."
    )
    assert (later.booking.window, later.booking.source, later.booking.choice) == ("Rentrée", "« Rentrée »", "c")
    assert said(later, "origin") == "Réserver : « Rentrée » Ce que le texte ne disait pas : c"


def test_a_closed_day_says_why_and_nothing_of_delays() -> None:
    found = ask(rules(same), day="2026-12-25")

    assert (
        said(found, "day")
        == "Vendredi 25 décembre 2026, l’activité « Restauration scolaire » n’a pas lieu. Jour férié : Noël."
    )
    assert [section.about for section in found.words] == ["day", "child", "places"]


def test_a_session_booked_whole() -> None:
    opens, closes = datetime.fromisoformat("2026-11-01T09:00"), datetime.fromisoformat("2026-11-20T18:00")
    session = Session("noel", "Noël", date(2026, 12, 7), date(2026, 12, 11), opens, closes)
    reglement = rules(lambda activity: replace(activity, sessions=(session,), unit="session"))
    found = ask(reglement)

    assert (found.unit, found.session) == ("session", "noel")
    assert "On réserve une session entière à la fois. Ce jour est dans la session « Noël », du 7 décembre 2026" in said(
        found, "day"
    )
    assert said(found, "booking").startswith("La réservation est ouverte depuis le dimanche 1er novembre 2026 à 9 h.")
    assert "Jusqu’au vendredi 20 novembre 2026 à 18 h compris" in said(found, "booking")


def test_slots_and_free_hours() -> None:
    slots = (Slot("matin", "Matin", time(8), time(12)), Slot("soir", "Soir", time(17), time(18), weekdays=(0,)))
    reglement = rules(lambda activity: replace(activity, slots=slots))
    hours = rules(lambda activity: replace(activity, start=time(7), end=time(19), free_hours=FreeHours(30, 60, 600)))

    assert said(ask(reglement), "day").endswith("Les créneaux de ce jour : Matin (8 h à 12 h).")
    assert "le créneau « Matin » de l’activité « Restauration scolaire » a lieu, de 8 h à 12 h." in said(
        ask(reglement, slot="matin"), "day"
    )
    assert "Le créneau « Soir » n’a pas lieu le jeudi." in said(ask(reglement, slot="soir"), "day")
    assert "a lieu, de 8 h 30 à 17 h." in said(ask(hours, from_hour="8:30", to_hour="17h"), "day")


def test_a_child_who_may_not_is_told_whom_to_call() -> None:
    found = ask(rules(same), school="saint-joseph")

    assert said(found, "child") == (
        "L’enfant ne peut pas être inscrit. Les repas de cette école sont gérés par son OGEC. "
        "Contact : OGEC Saint-Joseph, 02 41 00 00 02."
    )
    assert said(found, "booking").endswith("Impossible maintenant : l’enfant ne remplit pas les conditions.")


def test_a_child_whom_no_age_group_takes_is_told_so() -> None:
    capacity = Capacity(groups=(AgeGroup("petits", "Petits", 3, 5, per_day=8),))
    reglement = rules(lambda activity: replace(activity, capacity=capacity), town.DAYCARE)

    young, known, unknown = (ask(reglement, birth="2025-01-01"), ask(reglement, birth="2022-01-01"), ask(reglement))

    assert (young.eligible, young.booking.allowed, young.contact) == (False, False, "scolaire")
    assert said(young, "child").startswith(
        "L’enfant ne peut pas être inscrit. Aucun groupe n’accueille un enfant de cet âge ce jour-là : ils sont de 3 "
        "à 5 ans. Contact : "
    )
    assert (known.eligible, unknown.eligible) == (True, True)
    assert said(known, "child") == "Rien de ce qui a été dit de l’enfant ne s’oppose à son inscription."
    assert said(unknown, "child").endswith(
        "Sa place dépend de son âge : sans sa date de naissance, aucun jour ne se réserve en ligne."
    )


def with_documents(activity: Activity) -> Activity:
    asked = (RequiredDocument("assurance", "booking", blocking=True), RequiredDocument("vaccins"))
    return replace(activity, required_documents=asked)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, ""),
        (
            {"no_document": True},
            (
                " Il manque : Attestation d’assurance (à fournir). Sans ce document, on ne peut pas réserver. "
                "Il manque : Copie des vaccins (à fournir)."
            ),
        ),
        (
            {"documents": {"assurance": "2025-09-01", "vaccins": "2020-01-01"}},
            (
                " Il manque : Attestation d’assurance (valable jusqu’au 1er septembre 2026, à renouveler). "
                "Sans ce document, on ne peut pas réserver."
            ),
        ),
        (
            {"documents": {"assurance": "2026-09-01", "vaccins": "2020-01-01"}},
            " Tous sont reçus et valables ce jour-là.",
        ),
    ],
)
def test_documents(given: Given, missing: str) -> None:
    asked = "Demandés : Attestation d’assurance ; Copie des vaccins."

    assert said(ask(rules(with_documents), **given), "documents") == asked + missing


def test_enrolment_absence_and_coming_without_a_booking() -> None:
    reglement = rules(
        lambda activity: replace(
            activity,
            enrolment=Enrolment((EnrolmentCampaign("2026-2027", date(2026, 6, 1), date(2026, 6, 30)),), "refused"),
            absence=Absence(72, "end_of_first_day", waiting_days=1),
            attendance=Attendance("refused", source="« Non »"),
        )
    )
    found = ask(reglement)

    assert said(found, "enrolment").startswith(
        "Les inscriptions de 2026-2027 ouvrent le 1er juin 2026 et se ferment le 30 juin 2026 au soir. "
        "Les inscriptions de 2026-2027 pour « Restauration scolaire » étaient ouvertes jusqu’au"
    )
    assert said(found, "absence") == (
        "Pour une absence qui commence ce jour-là, rien n’est facturé avec un certificat médical reçu jusqu’au "
        "dimanche 13 décembre 2026 à 23 h 59 compris. Sans certificat, elle est facturée. "
        "Délai de carence : le premier jour reste dû dans tous les cas."
    )
    assert said(found, "attendance").startswith("Sans réservation, l’enfant ne peut pas être accueilli.")
    assert found.attendance is not None
    assert found.attendance.price is None


def test_places() -> None:
    groups = (AgeGroup("petits", "Les petits", 3, 5, per_day=8), AgeGroup("grands", "6 à 11 ans", 6, 11, per_session=1))
    capacity = Capacity(per_day=24, per_session=30, groups=groups, waiting=WaitingList("offer", 48))
    reglement = rules(lambda activity: replace(activity, capacity=capacity, carry_over=CarryOver(4)))

    assert said(ask(reglement), "places") == (
        "24 places par jour. 30 places par session. Les petits (de 3 à 5 ans) : 8 places par jour. "
        "6 à 11 ans : 1 place par session. Quand c’est complet, une liste d’attente est ouverte : une place qui se "
        "libère est proposée au premier, pendant 48 heures, puis au suivant. D’une année scolaire à l’autre, les "
        "réservations des 4 dernières semaines de classe sont reprises."
    )


def test_the_same_sentence_of_the_town_is_told_once() -> None:
    rule = ActionRule(Delay(7, "day"), "refused", source="« Sept jours. »")
    reglement = rules(lambda activity: replace(activity, booking=rule, cancelling=replace(rule, after="billed")))
    chosen = rules(lambda activity: replace(activity, booking=replace(rule, source="", choice="Sept jours.")))

    assert said(ask(reglement), "origin") == "Réserver, annuler : « Sept jours. »"
    assert said(ask(chosen), "origin") == "Réserver, un choix de la commune : Sept jours."


def test_a_price_as_booked_earlier_is_said_to_be_so() -> None:
    found = ask(rules(same, town.DAYCARE), now="2026-12-09T09:00:00Z", booked_on="2026-11-20T17:00:00Z")

    assert found.now == datetime(2026, 12, 9, 9, tzinfo=UTC).isoformat().replace("+00:00", "Z")
    assert (
        said(found, "price") == "Ce jour coûte 2,00 € pour une réservation faite le vendredi 20 novembre 2026 à 18 h."
    )
