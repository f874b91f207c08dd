"""Telephone numbers as people type, paste and copy them."""

import re

import pytest

from functions.domain import phones
from functions.shapes import fields


@pytest.mark.parametrize(
    "typed",
    [
        "06 12 34 56 78",
        "06.12.34.56.78",
        "+33 (0)6 12 34 56 78",
        "0033612345678",
        "06\u00a012\u00a034\u00a056\u00a078",
        "\u202a06 12 34 56 78\u202c",
        "\u2068+33 6 12 34 56 78\u2069",
        "06\u201112\u201134\u201156\u201178",
    ],
)
def test_every_way_to_write_a_number_is_one_number(typed: str) -> None:
    assert phones.normalise(typed) == "+33612345678"
    assert re.fullmatch(str(fields.phone("", "").pattern), typed)


@pytest.mark.parametrize("typed", ["06 12 34 56", "bonjour", "00 00 00 00 00", "06 12 34 56 78 9"])
def test_what_no_telephone_has_is_no_number(typed: str) -> None:
    assert phones.normalise(typed) is None
