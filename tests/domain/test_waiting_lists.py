"""Waiting lists: the order, the next offer, and that nobody is passed over or offered a seat that another one holds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.domain.activity import WaitingList
from functions.domain.waiting_lists import Offer, Waiting, next_offer, order, rank_of

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
OFFER = WaitingList("offer", offer_hours=48)
MODES = {"offer": OFFER, "automatic": WaitingList("automatic")}


def waiting(name: str, minutes: int = 0, **more: object) -> Waiting:
    entry = Waiting(name, NOW + timedelta(minutes=minutes))
    return replace(entry, **more)


ANNA, LEO, ZOE = waiting("anna", 1), waiting("leo", 0), waiting("zoe", 1)


def test_the_first_to_ask_is_the_first_served_whatever_the_order_they_are_read_in() -> None:
    assert order([ZOE, ANNA, LEO]) == order([ANNA, LEO, ZOE]) == (LEO, ANNA, ZOE)


def test_the_service_chooses_from_a_manual_list() -> None:
    assert next_offer(WaitingList("manual"), [LEO, ANNA], NOW) is None


def test_an_automatic_list_gives_the_seat_to_the_first() -> None:
    assert next_offer(MODES["automatic"], [ANNA, LEO], NOW) == Offer(LEO, None)


def test_an_offer_lasts_the_hours_of_the_rule() -> None:
    assert next_offer(OFFER, [ANNA, LEO], NOW) == Offer(LEO, NOW + timedelta(hours=48))


def test_an_offer_over_a_change_of_clocks_ends_at_the_same_hour() -> None:
    friday = datetime(2027, 3, 26, 17, 0, tzinfo=UTC)  # 18 h in Paris

    offer = next_offer(OFFER, [LEO], friday)

    assert offer is not None
    assert offer.until == datetime(2027, 3, 28, 16, 0, tzinfo=UTC)  # 18 h on Sunday


def test_a_seat_that_is_offered_is_offered_to_nobody_else() -> None:
    offered = replace(LEO, offered_until=NOW + timedelta(hours=1))

    assert next_offer(OFFER, [offered, ANNA], NOW) is None
    assert next_offer(OFFER, [offered, ANNA], NOW + timedelta(hours=1)) is None
    assert next_offer(OFFER, [offered, ANNA, ZOE], NOW, seats=2) == Offer(ANNA, NOW + timedelta(hours=48))


@pytest.mark.parametrize(
    "had_its_turn",
    [
        replace(LEO, offered_until=NOW - timedelta(seconds=1)),
        replace(LEO, offered_until=NOW + timedelta(hours=1), declined=True),
        replace(LEO, declined=True),
    ],
)
def test_who_declined_or_let_it_pass_has_had_its_turn(had_its_turn: Waiting) -> None:
    assert next_offer(OFFER, [had_its_turn, ANNA, ZOE], NOW) == Offer(ANNA, NOW + timedelta(hours=48))
    assert next_offer(OFFER, [had_its_turn], NOW) is None
    assert rank_of([had_its_turn, ANNA, ZOE], "leo", NOW) is None


def test_no_seat_is_offered_where_none_is_free_and_none_to_nobody() -> None:
    assert next_offer(OFFER, [LEO], NOW, seats=0) is None
    assert next_offer(OFFER, [], NOW) is None


def test_a_family_knows_its_rank() -> None:
    offered = replace(LEO, offered_until=NOW + timedelta(hours=1))

    assert [rank_of([ZOE, ANNA, offered], name, NOW) for name in ("leo", "anna", "zoe", "nobody")] == [1, 2, 3, None]
    assert rank_of([ZOE, ANNA, offered], "zoe", NOW + timedelta(hours=2)) == 2


steps = st.sampled_from(["ask", "offer", "offer", "wait", "decline", "accept", "free"])


@given(st.sampled_from(sorted(MODES)), st.lists(st.tuples(steps, st.integers(0, 60 * 24 * 4)), max_size=60))
@settings(deadline=None)
def test_no_seat_is_offered_twice_and_nobody_is_passed_over(mode: str, moves: list[tuple[str, int]]) -> None:
    now, seats, line, served = NOW, 1, list[Waiting](), list[Waiting]()
    for number, (step, minutes) in enumerate(moves):
        live = [entry for entry in line if entry.has_offer(now)]
        if step == "ask":
            line.append(Waiting(f"{minutes:05}-{number}", now))
        elif step == "wait":
            now += timedelta(minutes=minutes)
        elif step == "free":
            seats += 1
        elif step == "offer" and (offer := next_offer(MODES[mode], line, now, seats)):
            earlier = order(line)[: order(line).index(offer.waiting)]
            assert all(entry.declined or entry.offered_until is not None for entry in earlier)
            line.remove(offer.waiting)
            if offer.until is None:
                served.append(offer.waiting)
                seats -= 1
            else:
                line.append(replace(offer.waiting, offered_until=offer.until))
        elif step in ("decline", "accept") and live:
            line.remove(live[0])
            if step == "accept":
                served.append(live[0])
                seats -= 1
            else:
                line.append(replace(live[0], declined=True))
        assert sum(entry.has_offer(now) for entry in line) <= seats
        assert seats >= 0
    assert len({entry.id for entry in served}) == len(served)
    if mode == "automatic":
        assert all(one.requested_at <= other.requested_at for one, other in pairwise(served))
