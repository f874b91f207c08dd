"""Fault 1 at its full size, again and again: a hundred parents at a barrier, on several days, rounds over."""

from collections import Counter

import pytest
from faults.test_capacity import at_once, check_seats, parents
from support.client import Portal
from support.reservations import FRIDAY, MONDAY, THURSDAY, TUESDAY, reglement_file, see
from support.town import SEATS

__all__ = ["reglement_file"]

pytestmark = [pytest.mark.long, pytest.mark.timeout(1500)]
PARENTS = 100


def test_a_hundred_parents_never_get_more_than_the_seats_round_after_round(portal: Portal) -> None:
    presses = parents(portal, PARENTS)

    for day in (MONDAY, TUESDAY, THURSDAY, FRIDAY):
        answers = at_once(presses, day)

        statuses = Counter(answer.status_code for answer in answers)
        assert statuses[201] == SEATS, statuses
        assert set(statuses) <= {201, 409, 503}, statuses
        check_seats(presses, answers, day, SEATS)
        presses = [(browser, see(browser), child, file) for browser, _, child, file in presses]
