"""Names, telephones and usernames as people type them."""

import pytest

from functions.domain import names, phones, usernames


@pytest.mark.parametrize(
    "name",
    ["O'Neill", "O’Neill", "d'Aÿ", "Jean-Émile", "Nguyễn Thị Hương", "Müller", "Le Goff", "Łukasz", "M. Ö.", "Ó", "王"],
)
def test_a_real_name_is_accepted(name: str) -> None:
    assert names.name_problem(names.tidy(name)) is None


@pytest.mark.parametrize("name", ["🙂", "Zoé🙂", "R2D2", "--", "'", "a@b", "Léo\u202eoel", "Zoé\u200b", "x=y", "Léo;"])
def test_what_is_no_name_is_refused(name: str) -> None:
    assert names.name_problem(names.tidy(name)) is not None


@pytest.mark.parametrize("line", ["12 bis, rue d'Aÿ (bât. B) n° 4", "Résidence « Les Tilleuls »", "3/5 quai Ö", ""])
def test_a_line_of_an_address_takes_digits_and_signs(line: str) -> None:
    assert names.line_problem(names.tidy(line)) is None


@pytest.mark.parametrize("line", ["12 rue 🙂", "12\u2028rue", "rue\u202eeur", "a\x00b"])
def test_a_line_refuses_what_cannot_be_printed(line: str) -> None:
    assert names.line_problem(names.tidy(line)) is not None


def test_given_names_are_separated_by_commas_only() -> None:
    assert names.given_names("Jean-Émile, Marie Lou ,,Paul") == ("Jean-Émile", "Marie Lou", "Paul")


@pytest.mark.parametrize(
    ("town", "title"),
    [
        ("Nantes", "Ville de Nantes"),
        ("Angers", "Ville d’Angers"),
        ("Évry", "Ville d’Évry"),
        ("Le Mans", "Ville du Mans"),
        ("Les Ulis", "Ville des Ulis"),
        ("Houilles", "Ville d’Houilles"),
    ],
)
def test_the_town_is_named_in_french(town: str, title: str) -> None:
    assert names.town_title(town) == title


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("0612345678", "+33612345678"),
        ("06.12.34.56.78", "+33612345678"),
        ("06-12-34-56-78", "+33612345678"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("+33 (0)6 12 34 56 78", "+33612345678"),
        ("0033612345678", "+33612345678"),
        ("+32 470 12 34 56", "+32470123456"),
        ("+262 692 12 34 56", "+262692123456"),
    ],
)
def test_a_telephone_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert phones.normalise(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "06", "06 12 34 56 7", "06 12 34 56 78 9", "00 00 00 00 00", "0600000000", "+1", "abc"]
)
def test_a_number_that_no_telephone_has_is_refused(typed: str) -> None:
    assert phones.normalise(typed) is None


@pytest.mark.parametrize("address", ["a@exemple.fr", "Camille.Martin+cantine@Mail.Exemple.fr", "o'neill@exemple.co.uk"])
def test_an_address_that_mail_can_reach_is_accepted(address: str) -> None:
    assert usernames.address_problem(address) is None


@pytest.mark.parametrize(
    "address",
    ["", "a", "a@b", "a@b..fr", ".a@exemple.fr", "a..b@exemple.fr", "a@-b.fr", "élève@exemple.fr", "a@exemple.f",
     "a b@exemple.fr", "a@exemple.fr\r\nBcc: x@y.fr", "a@exemple.fr,b@exemple.fr", "🙂@exemple.fr", "a" * 65 + "@b.fr"],
)  # fmt: skip
def test_an_address_that_mail_cannot_reach_is_refused(address: str) -> None:
    assert usernames.address_problem(address) is not None


def test_a_username_is_compared_without_case_or_width() -> None:
    assert usernames.fold(" Camille.MARTIN ") == usernames.fold("camille.martin") == usernames.fold("ｃamille.martin")


def test_a_username_that_is_an_address_must_be_ones_own() -> None:
    assert usernames.username_problem("Camille@Exemple.fr", "camille@exemple.fr") is None
    assert usernames.username_problem("maire@exemple.fr", "camille@exemple.fr") is not None
    assert usernames.username_problem("cam\u200bille", "camille@exemple.fr") is not None
