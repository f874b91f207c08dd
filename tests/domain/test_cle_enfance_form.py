"""The key of the letters: « composé de 5 chiffres et de 5 lettres séparés par un tiret » (leaflet of Chatou)."""

import re

import pytest

from functions.domain import cle_enfance


def test_a_key_has_the_form_of_the_leaflet_and_no_confusing_letter() -> None:
    keys = {cle_enfance.generate() for _ in range(500)}

    assert len(keys) > 495
    assert all(re.fullmatch(r"[0-9]{5}-[A-HJ-NP-Z]{5}", key) for key in keys)


def test_every_sign_is_drawn() -> None:
    drawn: list[str] = []

    def choose(signs: object) -> str:
        drawn.append(str(signs))
        return str(signs)[-1]

    assert cle_enfance.generate(choose) == "99999-ZZZZZ"
    assert [len(signs) for signs in drawn] == [10] * 5 + [24] * 5


@pytest.mark.parametrize(
    "typed",
    [
        "12345-ABCDE",
        "12345-abcde",
        " 12345 - ABCDE ",
        "12345ABCDE",
        "12345 ABCDE",
        "12345–ABCDE",
        "12345—abcde",
        "12345‑ABCDE",
        "1 2 3 4 5 - a b c d e",
        "１２３４５-ＡＢＣＤＥ",
        "12345\u00a0-\u202fABCDE",
    ],
)
def test_a_key_is_read_however_it_is_typed(typed: str) -> None:
    assert cle_enfance.normalise(typed) == "12345-ABCDE"


@pytest.mark.parametrize(
    "typed",
    ["", "-", "ABCDE-12345", "1234-ABCDE", "123456-ABCDE", "12345-ABCD", "12345-ABCD1", "12345-ÀBCDE", "١٢٣٤٥-ABCDE!"],
)
def test_what_cannot_be_a_key_is_none(typed: str) -> None:
    assert cle_enfance.normalise(typed) is None
