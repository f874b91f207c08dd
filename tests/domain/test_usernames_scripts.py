"""A username in one alphabet: « раul », with a Cyrillic « р » and « а », would pass for somebody else's."""

import pytest

from functions.domain import usernames

EMAIL = "camille@exemple.fr"


@pytest.mark.parametrize(
    "name",
    [
        "p\u0430ul",  # a Cyrillic « a »
        "\u0440\u0430ul",
        "camille\u03bf",  # a Greek « o »
        "c\u0131mille\u0455",
        "\u13aa\u0430",  # Cherokee and Cyrillic
        "o\u02bcneill",  # a letter that looks like an apostrophe
        "paul\u05d0",
        "\u0561bc",
    ],
)
def test_letters_of_two_alphabets_are_refused(name: str) -> None:
    problem = usernames.username_problem(name, EMAIL)

    assert problem
    assert "alphabets" in problem


@pytest.mark.parametrize(
    "name",
    [
        "paul",
        "Zoé-Élise.Œuvrard",
        "camille_2018",
        "ｐａｕｌ",  # wide letters are the same letters
        "o'neill",
        "Øystein.Åse.ß",
        "павел.2",
        "Παύλος",
        "中村ゆり",
        "カタカナ太郎",
        "علي",
        "12345678",
        "🙂🙂🙂",
        "m²",
    ],
)
def test_a_name_in_one_alphabet_is_taken_whatever_it_is(name: str) -> None:
    assert usernames.username_problem(name, EMAIL) is None
