"""A wait is said in minutes below an hour, by the clock of Paris from there on, and never too early."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.domain.calendar import PARIS
from functions.domain.waits import when_in_words

NOON = datetime(2026, 12, 1, 11, 0, tzinfo=UTC)  # 12:00 in Paris


def told(now: datetime, seconds: int) -> str:
    return when_in_words(now, seconds).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "dans 1 minute"),
        (1, "dans 1 minute"),
        (60, "dans 1 minute"),
        (61, "dans 2 minutes"),
        (900, "dans 15 minutes"),
        (3540, "dans 59 minutes"),
        (3541, "à 13 h"),
        (3600, "à 13 h"),
        (3601, "à 13 h 01"),
        (5400, "à 13 h 30"),
        (43_140, "à 23 h 59"),
        (43_141, "à minuit"),
        (43_200, "à minuit"),
        (43_201, "demain à 0 h 01"),
        (79_200, "demain à 10 h"),
        (86_400, "demain à 12 h"),
        (129_600, "le 3 décembre 2026 à 0 h"),
        (165_600, "le 3 décembre 2026 à 10 h"),
    ],
)
def test_a_wait_is_told_as_one_would_say_it(seconds: int, words: str) -> None:
    assert told(NOON, seconds) == words


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2027, 3, 27, 11, 0, tzinfo=UTC), "demain à 13 h"),  # the night that loses an hour
        (datetime(2027, 10, 30, 10, 0, tzinfo=UTC), "demain à 11 h"),  # the night that gains one
        (datetime(2026, 12, 31, 22, 30, tzinfo=UTC), "demain à 23 h 30"),
    ],
)
def test_a_day_of_waiting_is_told_by_the_clock_on_the_wall(now: datetime, words: str) -> None:
    assert told(now, 86_400) == words


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the zone is given
    st.integers(3541, 86_400),
)
def test_who_comes_back_at_the_hour_told_never_comes_too_early(now: datetime, seconds: int) -> None:
    found = re.search(r"(\d+) h(?: (\d+))?", told(now, seconds))
    then = (now + timedelta(seconds=seconds)).astimezone(PARIS)
    hour, minute = (int(part or 0) for part in found.groups()) if found else (0, 0)
    early = (then.hour * 60 + then.minute) - (hour * 60 + minute)

    assert early in {0, -1, 24 * 60 - 1}
    assert early != 0 or (then.second, then.microsecond) == (0, 0)
