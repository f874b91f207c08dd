"""Places that the towns count, children who come without a booking, bookings carried over; with pencil and calendar."""

from datetime import date, timedelta

import pytest
from support.leaflet import day, town

from functions.domain.attendance import without_booking
from functions.domain.carry_over import carry_over
from functions.domain.decisions import ChildFacts, FamilyFacts
from functions.domain.places import Seated, places_of


# Town, activity, day, who; how many children each of its places can hold.
@pytest.mark.parametrize(
    ("name", "activity", "wanted", "child", "places"),
    [
        # « 3 à 5 ans », « 6 à 11 ans »: places of the day, of the group
        ("cinquieme", "mercredi", "2026-12-09", Seated("", day("2020-12-10"), "matin"), [24, 56]),
        ("cinquieme", "mercredi", "2026-12-09", Seated("", day("2020-12-09"), "matin"), [32, 56]),  # 6 that day
        ("cinquieme", "mercredi", "2026-12-09", Seated("", None, "journee"), [56]),  # an age not known
        ("cinquieme", "vacances", "2026-10-20", Seated("", day("2022-01-01")), [16, 40]),  # of the session
        ("cinquieme", "vacances", "2026-10-20", Seated("", day("2017-01-01")), [24, 40]),
        ("cinquieme", "garderie-soir", "2026-12-10", Seated("les-sources", None, "seconde-heure"), [15]),
        ("cinquieme", "garderie-soir", "2026-12-10", Seated("les-sources", None, "premiere-heure"), []),
        ("cinquieme", "restauration", "2026-12-10", Seated("les-sources", None), [120]),
        ("cinquieme", "restauration", "2026-12-10", Seated("sainte-anne", None), [40]),
        ("cinquieme", "restauration", "2026-12-10", Seated("", None), []),
        ("cinquieme", "halte", "2026-12-10", Seated("", None), [12]),
        # « Pré-inscription en crèche (liste d'attente) », « Liste d'attente »: how many is a choice
        ("chatou", "creche", "2026-12-10", Seated("", None), [40]),
        ("chambly", "alsh-mercredi", "2026-12-09", Seated("", None), [60]),
        ("chambly", "maison-de-la-petite-enfance", "2026-12-10", Seated("", None), [30]),
        ("chanteloup", "tram", "2026-12-10", Seated("", None), []),
    ],
)
def test_places(name: str, activity: str, wanted: str, child: Seated, places: list[int]) -> None:
    assert sorted(places_of(town(name).activities[activity], child, day(wanted)).values()) == places


@pytest.mark.parametrize(
    ("name", "activity", "admitted", "raised"),
    [
        ("chatou", "garderie", True, True),  # « En cas de présence sans réservation, le coût […] sera majoré. »
        ("chatou", "restauration", True, True),
        ("cinquieme", "restauration", True, True),  # « majoré de moitié »
        ("cinquieme", "garderie-matin", True, False),  # « paie le prix ordinaire »
        ("cinquieme", "garderie-soir", False, False),  # « Aucun enfant n’est accueilli le soir sans réservation. »
    ],
)
def test_coming_without_a_booking(name: str, activity: str, admitted: bool, raised: bool) -> None:
    rules = town(name)
    found = without_booking(rules, rules.activities[activity])

    assert found is not None
    assert (found.admitted, found.surcharge) == (admitted, raised)


# « les réservations déjà effectuées ont été automatiquement reportées »: in June 2026 the last four weeks begin on
# the 8th, 15th, 22nd and 29th; class ends on Friday 3 July.
MONDAYS_AND_THURSDAYS = [date(2026, 6, 8) + timedelta(days=7 * week + more) for week in range(4) for more in (0, 3)]


def test_chalonnes_carries_the_usual_week_over() -> None:
    rules = town("chalonnes")
    child = ChildFacts(school="ecole-publique", level="CE1")
    found = carry_over(rules, rules, "restauration", "2026-2027", MONDAYS_AND_THURSDAYS, child, FamilyFacts())

    assert found.refusal == ""
    assert found.weekdays == (0, 3)
    assert found.days[:3] == (day("2026-09-03"), day("2026-09-07"), day("2026-09-10"))
    assert found.days[-1] == day("2027-07-01")
    assert day("2026-10-19") in {left.day for left in found.left_out}  # the holidays of zone B


def test_chalonnes_carries_no_meal_over_to_the_private_school() -> None:
    """« Merci de ne pas faire d'inscriptions et de réservations sur ce site. »"""
    rules = town("chalonnes")
    child = ChildFacts(school="saint-joseph", level="CE1")
    found = carry_over(rules, rules, "restauration", "2026-2027", MONDAYS_AND_THURSDAYS, child, FamilyFacts())

    assert found.days == ()
    assert found.left_out


def test_chanteloup_carries_nothing_over() -> None:
    rules = town("chanteloup")
    found = carry_over(rules, rules, "tram", "2026-2027", MONDAYS_AND_THURSDAYS, ChildFacts(), FamilyFacts())

    assert (found.days, found.refusal != "") == ((), True)
