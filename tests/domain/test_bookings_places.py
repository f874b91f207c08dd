"""The seats that changes take and give back, and the days that are full."""

from dataclasses import replace

from support import factories
from support.meals import LEO, MONDAY, NOW, RULES, TUESDAY, WEDNESDAY, booked, changes, family, order, run

from functions.domain.bookings import decide, full_days


def test_a_place_left_by_one_child_goes_to_its_sibling() -> None:
    zoe = factories.child("Zoé", school="tilleuls")
    file = family(LEO, zoe)

    decision = run(
        changes(cancel=(MONDAY,)), changes(zoe, book=(MONDAY, TUESDAY)), total=340, months=(booked(MONDAY),), file=file
    )

    assert decision.seats == {"tilleuls": {TUESDAY: 1}}


def test_a_place_is_given_back_where_it_was_taken_even_after_a_change_of_school() -> None:
    moved = replace(LEO, school="acacias")

    decision = run(changes(cancel=(MONDAY,)), total=-340, months=(booked(MONDAY),), file=family(moved))

    assert decision.seats == {"tilleuls": {MONDAY: -1}}


def test_places_are_counted_in_the_whole_activity_and_in_the_school() -> None:
    decision = run(changes(book=(WEDNESDAY,)), total=340, activity="mercredi")

    assert decision.seats == {"_tous": {WEDNESDAY: 1}, "tilleuls": {WEDNESDAY: 1}}
    assert decision.children[0].month.days[0].places == ("_tous", "tilleuls")


def test_full_days_are_named_with_what_is_left() -> None:
    zoe = factories.child("Zoé", school="tilleuls")
    asked = order(changes(book=(MONDAY, TUESDAY)), changes(zoe, book=(MONDAY,)), total=1020)
    decision = decide(RULES, family(LEO, zoe), (), asked, NOW)
    activity = RULES.activities["cantine"]

    one_left = full_days(activity, decision, asked, {"tilleuls": {MONDAY: 19, TUESDAY: 19}})
    full = full_days(activity, decision, asked, {"tilleuls": {MONDAY: 20, TUESDAY: 20}})
    freed = full_days(activity, decision, asked, {"tilleuls": {MONDAY: 18}})

    assert [(error.pointer, error.detail) for error in one_left] == [
        ("/children/0/book/0", "Il ne reste qu’une place ce jour-là, pour 2 enfants."),
        ("/children/1/book/0", "Il ne reste qu’une place ce jour-là, pour 2 enfants."),
    ]
    assert [error.pointer for error in full] == ["/children/0/book/0", "/children/0/book/1", "/children/1/book/0"]
    assert full[1].detail == "Complet\u202f: il n’y a plus de place ce jour-là."
    assert freed == []
