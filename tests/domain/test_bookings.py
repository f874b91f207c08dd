"""What changes make of a month: prices, deadlines, eligibility; and what is refused, with which words."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from support import town
from support.meals import (
    LEO,
    MONDAY,
    RULES,
    TUESDAY,
    WEDNESDAY,
    ZOE,
    booked,
    changes,
    family,
    reasons,
    run,
)

from functions.domain.errors import Invalid, NotFound, Refused
from functions.domain.orders import ChildChanges
from functions.domain.reglement import Closure


def test_a_booked_day_costs_the_price_of_the_rules() -> None:
    decision = run(changes(book=(MONDAY, TUESDAY)), total=680)

    assert decision.total_centimes == 680
    assert decision.seats == {"tilleuls": {MONDAY: 1, TUESDAY: 1}}
    entries = decision.children[0].month.days
    assert [(entry.day, entry.price_centimes, entry.rules, entry.late) for entry in entries] == [
        (MONDAY, 340, "essai", False),
        (TUESDAY, 340, "essai", False),
    ]
    assert decision.children[0].booked[0].cancel_until == datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC)


def test_the_price_follows_the_quotient_familial() -> None:
    decision = run(changes(book=(MONDAY,)), total=190, file=family(quotient=59_999))

    assert decision.children[0].booked[0].price_centimes == 190


def test_a_cancellation_in_time_gives_back_the_price_it_was_confirmed_at() -> None:
    month = booked(MONDAY, TUESDAY)

    decision = run(changes(cancel=(MONDAY,)), total=-340, months=(month,), rules=town.reglement(meal_centimes=999))

    assert decision.total_centimes == -340
    assert decision.seats == {"tilleuls": {MONDAY: -1}}
    assert [entry.day for entry in decision.children[0].month.days] == [TUESDAY]


def test_a_cancellation_after_the_deadline_stays_on_the_bill_and_frees_the_place() -> None:
    month = booked(MONDAY)
    late = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)

    decision = run(changes(cancel=(MONDAY,)), total=0, months=(month,), now=late)

    assert decision.total_centimes == 0
    assert decision.seats == {"tilleuls": {MONDAY: -1}}
    (entry,) = decision.children[0].month.days
    assert (entry.state, entry.price_centimes, entry.places) == ("cancelled_late", 340, ())
    assert decision.children[0].cancelled[0].price_centimes == 0


def test_a_day_billed_though_cancelled_is_not_billed_twice_when_booked_again() -> None:
    late = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    billed = run(changes(cancel=(MONDAY,)), total=0, months=(booked(MONDAY),), now=late).children[0].month

    again = run(changes(book=(MONDAY,)), total=0, months=(billed,), now=late)

    (entry,) = again.children[0].month.days
    assert (entry.state, entry.price_centimes) == ("booked", 340)
    assert again.children[0].booked[0].price_centimes == 0
    assert again.seats == {"tilleuls": {MONDAY: 1}}


def test_cancelling_after_the_deadline_is_refused_where_the_town_refuses_it() -> None:
    month = booked(TUESDAY, activity="garderie")
    late = datetime(2026, 12, 7, 16, 0, tzinfo=UTC)

    found = reasons(lambda: run(changes(cancel=(TUESDAY,)), months=(month,), activity="garderie", now=late))

    assert found == {
        "/children/0/cancel/0": (
            "Il fallait annuler avant le lundi 7\u00a0décembre\u00a02026 à 16\u00a0h\u00a030."
            " Contact\u202f: Service scolaire, 02 41 00 00 01 ou scolaire@essai.example."
        )
    }


def test_a_late_booking_pays_the_surcharge_where_the_town_says_so() -> None:
    late = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)

    decision = run(changes(book=(MONDAY,)), total=300, activity="garderie", now=late)

    assert decision.total_centimes == 300
    assert decision.children[0].month.days[0].late
    assert decision.seats == {}


def test_a_late_booking_is_refused_with_the_deadline_and_whom_to_call() -> None:
    late = datetime(2026, 12, 5, 8, 0, 1, tzinfo=UTC)

    found = reasons(lambda: run(changes(book=(MONDAY, date(2026, 12, 10))), now=late))

    assert list(found) == ["/children/0/book/0"]
    assert found["/children/0/book/0"].startswith(
        "Il fallait réserver avant le samedi 5\u00a0décembre\u00a02026 à 9\u00a0h. Contact\u202f: Service scolaire"
    )


def test_the_last_instant_is_still_in_time() -> None:
    assert run(changes(book=(MONDAY,)), total=340, now=datetime(2026, 12, 5, 8, 0, tzinfo=UTC)).total_centimes == 340


def test_a_late_request_is_sent_to_the_service() -> None:
    late = datetime(2026, 12, 5, 8, 0, tzinfo=UTC)

    found = reasons(lambda: run(changes(book=(WEDNESDAY,)), activity="mercredi", now=late))

    assert "Une demande tardive se fait auprès du service." in found["/children/0/book/0"]
    assert "02 41 00 00 01" in found["/children/0/book/0"]


def test_a_day_of_the_past_says_so() -> None:
    past = datetime(2026, 12, 9, 9, 0, tzinfo=UTC)

    found = reasons(lambda: run(changes(book=(MONDAY,)), now=past))
    cancelled = reasons(lambda: run(changes(cancel=(MONDAY,)), months=(booked(MONDAY),), now=past))

    assert found == {"/children/0/book/0": "Ce jour est déjà passé."}
    assert cancelled == {"/children/0/cancel/0": "Ce jour est déjà passé."}


def test_closed_days_are_refused_one_by_one_with_their_reason() -> None:
    sunday, holiday = date(2026, 12, 6), date(2026, 12, 21)

    found = reasons(lambda: run(changes(book=(sunday, MONDAY, holiday))))

    assert list(found) == ["/children/0/book/0", "/children/0/book/2"]
    assert "dimanche" in found["/children/0/book/0"]
    assert "Vacances de Noël" in found["/children/0/book/2"]


def test_a_child_of_a_private_school_reads_why_and_whom_to_call() -> None:
    file = family(LEO, ZOE)

    found = reasons(lambda: run(changes(book=(MONDAY,)), changes(ZOE, book=(MONDAY,)), file=file))

    assert found == {
        "/children/1/book/0": (
            "Les repas de cette école sont gérés par son OGEC. Contact\u202f: OGEC Saint-Joseph, 02 41 00 00 02."
        )
    }


def test_a_day_closed_since_it_was_booked_is_given_back_whatever_the_deadline() -> None:
    strike = Closure(MONDAY, MONDAY, "grève")
    rules = replace(RULES, calendar=replace(RULES.calendar, closures=(strike,)))
    late = datetime(2026, 12, 6, 9, 0, tzinfo=UTC)

    decision = run(changes(cancel=(MONDAY,)), total=-340, months=(booked(MONDAY),), rules=rules, now=late)

    assert decision.total_centimes == -340
    assert decision.children[0].month.days == ()


def test_a_price_the_rules_do_not_give_is_not_invented() -> None:
    rules = replace(RULES, tariffs={**RULES.tariffs, "repas": replace(RULES.tariffs["repas"], versions=())})

    found = reasons(lambda: run(changes(book=(MONDAY,)), rules=rules))

    assert found["/children/0/book/0"].startswith("Le tarif de ce jour n’est pas encore connu.")


def test_another_price_than_the_one_shown_is_told_not_charged() -> None:
    with pytest.raises(Refused) as refusal:
        run(changes(book=(MONDAY,)), total=1)

    assert refusal.value.code == "price_changed"
    assert refusal.value.extra == {"total_centimes": 340}


def test_asking_for_what_is_already_so_changes_nothing() -> None:
    month = booked(MONDAY)

    decision = run(changes(book=(MONDAY,), cancel=(TUESDAY,)), months=(month,))

    assert not decision.children[0].changed
    assert (decision.total_centimes, decision.seats) == (0, {})
    assert decision.children[0].month == month


SENSELESS = [
    ((changes(book=(MONDAY, MONDAY)),), {"/children/0/book/1"}),
    ((changes(cancel=(MONDAY, MONDAY)),), {"/children/0/cancel/1"}),
    ((changes(book=(MONDAY,), cancel=(MONDAY,)),), {"/children/0/cancel/0"}),
    ((changes(book=(date(2027, 1, 4), MONDAY)),), {"/children/0/book/0"}),
    ((changes(book=(MONDAY,)), changes(book=(TUESDAY,))), {"/children/1/child_id"}),
    ((changes(),), {"/children"}),
]


@pytest.mark.parametrize(("asked", "pointers"), SENSELESS)
def test_what_makes_no_sense_is_said_where_it_stands(asked: tuple[ChildChanges, ...], pointers: set[str]) -> None:
    with pytest.raises(Invalid) as refusal:
        run(*asked)

    assert {error.pointer for error in refusal.value.errors} == pointers
    assert all(error.detail.endswith(".") for error in refusal.value.errors)


def test_an_unknown_activity_and_an_unknown_child_are_not_found() -> None:
    with pytest.raises(NotFound) as activity:
        run(changes(book=(MONDAY,)), activity="escalade")
    with pytest.raises(NotFound) as child:
        run(ChildChanges("inconnu", (MONDAY,)))

    assert (activity.value.code, child.value.code) == ("activity_unknown", "child_unknown")
