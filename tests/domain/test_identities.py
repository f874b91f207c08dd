"""Is who FranceConnect says the person that the portal knows?"""

import pytest

from functions.domain.identities import Identity, Known, compare, compare_all

SAID = Identity("D'AŸ", ("Jean-Émile", "Paul"), "1980-02-29", "M.")


@pytest.mark.parametrize(
    ("known", "found"),
    [
        (Known("d’Aÿ", ("Jean Emile",), "", "1980-02-29"), "same"),
        (Known("Durand", ("Jean-Émile", "Paul"), "d'aÿ", "1980-02-29"), "same"),
        (Known("d’Aÿ", ("Jean-Émile",)), "unsure"),  # no birth date
        (Known("Durand", ("Jean-Émile",), "", "1980-02-29"), "unsure"),  # perhaps a married name
        (Known("Durand", ("Jean-Émile",)), "unsure"),
        (Known("d’Aÿ", ("Jean-Émile",), "", "1980-02-28"), "different"),
        (Known("d’Aÿ", ("Jean-Émile",), "Durand", "1980-02-29"), "different"),
        (Known("d’Aÿ", ("Jean",), "", "1980-02-29"), "different"),
        (Known("d’Aÿ", ("Paul",), "", "1980-02-29"), "different"),
        (Known("d’Aÿ", ("Jean-Émile", "Pierre"), "", "1980-02-29"), "different"),
        (Known("d’Aÿ", (), "", "1980-02-29"), "different"),
    ],
)
def test_one_letter_or_one_day_apart_is_somebody_else(known: Known, found: str) -> None:
    assert compare(SAID, known) == found


def test_a_partial_birth_date_is_equal_to_no_whole_one() -> None:
    born_abroad = Identity("DIALLO", ("Awa",), "1980-00-00")

    assert compare(born_abroad, Known("Diallo", ("Awa",), "", "1980-01-01")) == "different"
    assert compare(born_abroad, Known("Diallo", ("Awa",))) == "unsure"


def test_the_usual_name_that_franceconnect_gives_counts() -> None:
    married = Identity("MARTIN", ("Zoé",), "1990-01-01", "Mme", usual_name="DURAND")

    assert compare(married, Known("Durand", ("Zoé",), "", "1990-01-01")) == "same"


def test_an_identity_without_names_is_nobody() -> None:
    assert compare(Identity("", (), ""), Known("", (), "")) == "different"


def test_one_that_contradicts_is_enough_and_nobody_is_sure_of_nothing() -> None:
    same, unsure, other = (
        Known("d’Aÿ", ("Jean-Émile",), "", "1980-02-29"),
        Known("d’Aÿ", ("Jean-Émile",)),
        Known("d’Aÿ", ("Anne",)),
    )

    assert compare_all(SAID, [unsure, same]) == "same"
    assert compare_all(SAID, [unsure]) == "unsure"
    assert compare_all(SAID, [same, other]) == "different"
    assert compare_all(SAID, []) == "unsure"
