"""The counter of an authenticator never goes back; a passkey that does not count always says 0."""

import pytest

from functions.domain.passkeys import counter_went_back


@pytest.mark.parametrize(
    ("known", "seen", "back"),
    [(0, 0, False), (0, 1, False), (5, 6, False), (5, 900, False), (5, 5, True), (5, 4, True), (5, 0, True)],
)
def test_a_counter_grows_or_stays_at_zero(known: int, seen: int, *, back: bool) -> None:
    assert counter_went_back(known, seen) is back
