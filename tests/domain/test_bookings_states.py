"""Age groups, bookings that await an agent, openings, slots, and where a booking starts: what changes make of them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from support import places_town as town
from support.ordering import (
    CALL,
    FEBRUARY,
    LEO,
    NOW,
    RULES,
    SESSION,
    THURSDAY,
    after,
    book,
    cancel,
    family,
    reasons,
    run,
    show,
)

from functions.domain import agenda
from functions.domain.bookings import full_days
from functions.domain.months import month_of
from functions.domain.orders import Order
from functions.domain.units import together


def test_a_full_group_is_said_as_such() -> None:
    asked = Order("2027-02", "ages", 0, (book(FEBRUARY[0]),))
    decision = run("ages", *asked.children)

    full = full_days(RULES.activities["ages"], decision, asked, {"group:grands": {FEBRUARY[0]: 40}})

    assert [error.detail for error in full] == [
        "Complet\u202f: il n’y a plus de place ce jour-là pour les enfants de cet âge."
    ]


def test_a_child_in_no_age_group_is_refused_with_the_ages_that_are() -> None:
    baby = replace(LEO, birth_date=date(2025, 1, 1))
    unknown = replace(LEO, birth_date=None)

    young = reasons(lambda: run("ages", book(FEBRUARY[0]), children=(baby,)))
    undated = reasons(lambda: run("ages", book(FEBRUARY[0]), children=(unknown,)))
    view = show("ages", "2027-02", child=baby).children[0]

    assert young["/children/0/book/0"] == (
        "Aucun groupe n’accueille un enfant de cet âge ce jour-là\u202f: ils sont de 3 à 5 ans et de 6 à 11 ans. "
        + CALL
    )
    assert undated["/children/0/book/0"].startswith("La date de naissance de cet enfant manque dans votre dossier")
    assert (view.days[21].booking.allowed, view.days[21].refusal) == (False, None)  # said once, of the child
    assert not view.eligible
    assert view.contact is not None
    assert young["/children/0/book/0"].startswith(f"{view.ineligible_reason} Contact\u202f: {view.contact.name}")


def test_a_child_whom_a_group_takes_from_its_birthday_on_is_told_so_on_the_days_before() -> None:
    young = replace(LEO, birth_date=date(2024, 3, 3))

    view = show("ages", "2027-03", child=young).children[0]

    assert view.eligible
    assert [day.booking.allowed for day in view.days[:5]] == [False, False, True, True, True]
    assert {day.refusal for day in view.days[:2]} == {
        "Aucun groupe n’accueille un enfant de cet âge ce jour-là\u202f: ils sont de 3 à 5 ans et de 6 à 11 ans. "
        + CALL
    }


def test_a_child_who_changes_age_in_a_session_has_one_seat_of_it() -> None:
    turns_six = replace(LEO, birth_date=date(2021, 2, 24))

    decision = run("ages", book(*FEBRUARY), children=(turns_six,))

    assert decision.seats == {
        "_tous": dict.fromkeys(FEBRUARY, 1),
        "group:petits": dict.fromkeys(FEBRUARY, 1),
        "session:hiver:2027-02:group:petits": {date(2027, 2, 1): 1},
    }


def test_a_day_to_be_accepted_has_its_seat_and_owes_nothing_yet() -> None:
    decision = run("examinee", book(THURSDAY), month="2026-12")
    (entry,) = decision.children[0].month.days
    (line,) = decision.children[0].booked

    assert (entry.state, entry.price_centimes, entry.owed_centimes) == ("awaiting", 200, 0)
    assert (line.state, line.price_centimes) == ("awaiting", 200)
    assert (decision.total_centimes, decision.children[0].month.owed_centimes) == (0, 0)
    assert decision.seats == {"_tous": {THURSDAY: 1}}


def test_a_request_nobody_has_accepted_yet_is_taken_back_for_nothing_whatever_the_deadline() -> None:
    months = after(run("examinee", book(THURSDAY), month="2026-12"))
    late = datetime(2026, 12, 10, 10, 0, tzinfo=UTC)

    view = show("examinee", "2026-12", months, late).children[0].days[9]
    decision = run("examinee", cancel(THURSDAY), month="2026-12", months=months, now=late)
    again = run("examinee", book(THURSDAY), month="2026-12", months=months)
    past = reasons(lambda: run("examinee", cancel(THURSDAY), month="2026-12", months=months, now=late.replace(day=11)))

    assert (view.state, view.note, view.price_centimes) == ("awaiting", "En attente d’instruction.", 200)
    assert (view.cancelling.allowed, view.cancelling.late) == (True, False)
    assert view.cancelling.until == datetime(2026, 12, 10, 22, 59, 59, tzinfo=UTC)
    assert decision.total_centimes == 0
    assert decision.children[0].month.days == ()
    assert decision.seats == {"_tous": {THURSDAY: -1}}
    assert not again.children[0].changed
    assert past == {"/children/0/cancel/0": "Ce jour est déjà passé."}


def test_an_accepted_day_is_cancelled_as_any_other() -> None:
    asked = after(run("examinee", book(THURSDAY), month="2026-12"))[0]
    accepted = replace(asked, days=(replace(asked.days[0], state="booked"),))
    late = datetime(2026, 12, 9, 10, 0, tzinfo=UTC)

    billed = run("examinee", cancel(THURSDAY), month="2026-12", months=(accepted,), now=late)
    gone = billed.children[0].month
    again = reasons(lambda: run("examinee", book(THURSDAY), month="2026-12", months=(gone,)))

    assert gone.owed_centimes == accepted.owed_centimes == 200
    assert gone.days[0].state == "cancelled_late"
    assert again["/children/0/book/0"].startswith("Ce jour a été annulé hors délai\u202f: pour le redemander")


def test_the_agenda_shows_what_awaits_and_until_when_it_can_be_taken_back() -> None:
    months = after(run("examinee", book(THURSDAY), month="2026-12"))

    (entry,) = agenda.entries(RULES, family(LEO), months, date(2026, 12, 1), NOW)

    assert (entry.status, entry.price_centimes) == ("awaiting", 200)
    assert entry.cancel_until == datetime(2026, 12, 10, 22, 59, 59, tzinfo=UTC)


def test_before_the_opening_the_date_is_said() -> None:
    said = "Les réservations ouvrent le jeudi 26\u00a0novembre\u00a02026 à 9\u00a0h."

    found = reasons(lambda: run("bientot", book(THURSDAY), month="2026-12"))
    day = show("bientot", "2026-12").children[0].days[9]
    opened = run("bientot", book(THURSDAY), month="2026-12", now=datetime(2026, 11, 26, 8, 0, tzinfo=UTC))

    assert found == {"/children/0/book/0": said}
    assert (day.booking.allowed, day.refusal, day.open) == (False, said, True)
    assert opened.children[0].changed


def test_a_late_cancellation_is_asked_for_at_the_service() -> None:
    opened, late = datetime(2026, 11, 26, 9, 0, tzinfo=UTC), datetime(2026, 12, 4, 9, 0, tzinfo=UTC)
    months = after(run("bientot", book(THURSDAY), month="2026-12", now=opened))

    found = reasons(lambda: run("bientot", cancel(THURSDAY), month="2026-12", months=months, now=late))

    assert found["/children/0/cancel/0"] == (
        "Il fallait annuler avant le jeudi 3\u00a0décembre\u00a02026 à 23\u00a0h\u00a059."
        " Une demande tardive se fait auprès du service. " + CALL
    )


@pytest.mark.parametrize(
    ("activity", "said"),
    [
        ("creneaux", "Cette activité se réserve par créneau\u202f: auprès du service, pour le moment."),
        ("creche", "Cette activité se réserve à l’heure\u202f: auprès du service, pour le moment."),
    ],
)
def test_an_activity_of_slots_is_not_booked_as_whole_days(activity: str, said: str) -> None:
    wednesday = date(2026, 12, 9)

    found = reasons(lambda: run(activity, book(wednesday), month="2026-12"))
    view = show(activity, "2026-12")

    assert found == {"/children/0/book/0": f"{said} {CALL}"}
    assert view.activity.notice == said
    assert view.children[0].days[8].refusal == f"{said} {CALL}"
    assert not any(day.booking.allowed for day in view.children[0].days)


@pytest.mark.parametrize("start", range(10))
def test_however_a_request_is_split_each_day_is_its_own_start(start: int) -> None:
    """docs/decisions/0011: a delay counted from the first day booked is the same for days asked for one by one."""
    own = replace(town.IN_TIME, delay=replace(town.IN_TIME.delay, anchor="booking", amount=3))
    rules = replace(RULES, activities={**RULES.activities, "centre": replace(town.CENTRE, booking=own, cancelling=own)})
    day = SESSION[start]
    month = month_of(day)
    asked = [each for each in SESSION[start:] if month_of(each) == month]

    together_ = run("centre", book(*asked), month=month, rules=rules)
    alone = run("centre", book(day), month=month, rules=rules)

    assert together_.children[0].booked[0] == alone.children[0].booked[0]
    assert together(rules, rules.activities["centre"], "tilleuls", day) == (day,)
