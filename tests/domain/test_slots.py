"""The part of the day that is booked: slots and free hours, and the words of what is refused."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import town

from functions.domain.activity import FreeHours, Slot
from functions.domain.errors import Invalid, NotFound
from functions.domain.french import duration
from functions.domain.slots import Chosen, by_slot, chosen, minutes_between, slots_on

WEDNESDAY, MONDAY = date(2026, 12, 9), date(2026, 12, 7)
MORNING = Slot("matin", "Matin sans repas", time(8), time(12), tariff="demi")
LUNCH = Slot("matin-repas", "Matin avec repas", time(8), time(13, 30), meal=True)
AFTERNOON = Slot("apres-midi", "Après-midi", time(13, 30), time(18), weekdays=(2,))
LEISURE = replace(town.WEDNESDAY, weekdays=(0, 2), slots=(MORNING, LUNCH, AFTERNOON))
NURSERY = replace(
    town.WEDNESDAY, id="creche", weekdays=(0, 2), start=time(7, 30), end=time(18, 30), free_hours=FreeHours(30, 60, 600)
)


def test_without_a_slot_the_whole_activity_is_meant() -> None:
    assert chosen(LEISURE, WEDNESDAY) == Chosen(time(8), time(18), 600, "repas")
    assert not by_slot(town.WEDNESDAY)


def test_a_slot_has_its_hours_its_tariff_and_its_meal() -> None:
    assert by_slot(LEISURE)
    assert chosen(LEISURE, WEDNESDAY, "matin") == Chosen(time(8), time(12), 240, "demi", slot="matin")
    assert chosen(LEISURE, WEDNESDAY, "matin-repas") == Chosen(
        time(8), time(13, 30), 330, "repas", meal=True, slot="matin-repas"
    )


def test_a_slot_takes_place_on_its_own_weekdays() -> None:
    assert [slot.id for slot in slots_on(LEISURE, WEDNESDAY)] == ["matin", "matin-repas", "apres-midi"]
    assert [slot.id for slot in slots_on(LEISURE, MONDAY)] == ["matin", "matin-repas"]
    assert chosen(LEISURE, MONDAY, "apres-midi").closed_reason == (
        "Le créneau «\u202fAprès-midi\u202f» n’a pas lieu le lundi."
    )
    assert chosen(LEISURE, WEDNESDAY, "apres-midi").closed_reason == ""


def test_an_unknown_slot_is_not_found() -> None:
    with pytest.raises(NotFound) as refusal:
        chosen(LEISURE, WEDNESDAY, "soir")

    assert refusal.value.code == "slot_unknown"
    assert refusal.value.detail == "L’activité «\u202fMercredi loisirs\u202f» n’a pas de créneau «\u202fsoir\u202f»."


def test_free_hours_are_what_the_family_says() -> None:
    assert by_slot(NURSERY)
    assert chosen(NURSERY, MONDAY, hours=(time(8, 30), time(17))) == Chosen(time(8, 30), time(17), 510, "repas")


WRONG_HOURS = [
    ((time(17), time(8, 30)), {"/hours": "L’heure de départ doit venir après l’heure d’arrivée."}),
    ((time(9), time(9)), {"/hours": "L’heure de départ doit venir après l’heure d’arrivée."}),
    ((time(7), time(9)), {"/hours/0": "L’accueil commence à 7\u00a0h\u00a030."}),
    ((time(17), time(19)), {"/hours/1": "L’accueil se termine à 18\u00a0h\u00a030."}),
    (
        (time(8, 15), time(17)),
        {
            "/hours/0": "L’heure d’arrivée se choisit de 30\u00a0minutes en 30\u00a0minutes,"
            " à partir de 7\u00a0h\u00a030."
        },
    ),
    (
        (time(8), time(16, 50)),
        {
            "/hours/1": "L’heure de départ se choisit de 30\u00a0minutes en 30\u00a0minutes,"
            " à partir de 7\u00a0h\u00a030."
        },
    ),
    ((time(8), time(8, 30)), {"/hours": "L’accueil dure au moins 1\u00a0heure."}),
    ((time(7, 30), time(18)), {"/hours": "L’accueil dure au plus 10\u00a0heures."}),
]


@pytest.mark.parametrize(("hours", "said"), WRONG_HOURS)
def test_hours_outside_the_rule_are_refused_where_they_are_wrong(
    hours: tuple[time, time], said: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refusal:
        chosen(NURSERY, MONDAY, hours=hours)

    assert refusal.value.code == "hours_refused"
    assert {error.pointer: error.detail for error in refusal.value.errors} == said
    assert refusal.value.detail == " ".join(said.values())


def test_hours_within_a_slot_stay_within_it() -> None:
    assert chosen(LEISURE, WEDNESDAY, "matin", (time(9), time(11))).minutes == 120
    with pytest.raises(Invalid, match="se termine à 12"):
        chosen(LEISURE, WEDNESDAY, "matin", (time(9), time(13)))


@given(
    st.integers(0, 24 * 4 - 1).map(lambda quarter: time(quarter // 4, quarter % 4 * 15)),
    st.integers(0, 24 * 4 - 1).map(lambda quarter: time(quarter // 4, quarter % 4 * 15)),
)
def test_accepted_hours_keep_every_rule_and_refused_ones_break_one(arrival: time, departure: time) -> None:
    length = minutes_between(arrival, departure)
    kept = (
        time(7, 30) <= arrival < departure <= time(18, 30)
        and 60 <= length <= 600
        and arrival.minute % 30 == departure.minute % 30 == 0
    )

    if kept:
        found = chosen(NURSERY, MONDAY, hours=(arrival, departure))
        assert (found.start, found.end, found.minutes) == (arrival, departure, length)
    else:
        with pytest.raises(Invalid) as refusal:
            chosen(NURSERY, MONDAY, hours=(arrival, departure))
        assert all(error.detail.endswith(".") for error in refusal.value.errors)


def test_a_duration_reads_as_people_say_it() -> None:
    assert [duration(minutes) for minutes in (1, 45, 60, 90, 125, 600)] == [
        "1\u00a0minute",
        "45\u00a0minutes",
        "1\u00a0heure",
        "1\u00a0h\u00a030",
        "2\u00a0h\u00a005",
        "10\u00a0heures",
    ]
