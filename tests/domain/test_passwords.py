"""Which passwords are refused, and why. ASVS 5.0 6.2: twelve characters of anything, nothing common."""

import unicodedata

import pytest

from functions.domain import passwords
from functions.domain.common_passwords import COMMON

GOOD = [
    "trois cigognes dansent",
    "correct cheval pile agrafe",
    "🙂 une phrase avec des dessins 🙃",
    "Nguyễn d'Aÿ 1987",
    "tr0ub4dor&3x9",
    "<script>alert(1)</script>",
    "'; DROP TABLE comptes; --",
    "            douze espaces devant",
    "soleil sur la cantine de l'Île",
    "x" * 3 + "yzTK!47é" * 15,
]


@pytest.mark.parametrize("password", GOOD)
def test_any_content_is_welcome(password: str) -> None:
    assert passwords.problem(password, "camille.martin") is None


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "au moins 12"),
        ("a", "au moins 12"),
        ("Tr0ub4dor&3", "celui-ci en a 11"),
        ("é" * 129, "128 caractères au plus"),
        ("aaaaaaaaaaaa", "répétitions"),
        ("abcabcabcabc", "répétitions"),
        ("12341234123412", "répétitions"),
        ("abababababab!", "répétitions"),
        ("🙂" * 12, "répétitions"),
        ("123456789012", "suites"),
        ("abcdefghijkl", "suites"),
        ("lkjihgfedcba", "suites"),
        ("azertyuiopqs", "suites"),
        ("qwertyuiopas", "suites"),
        ("Azerty123456", "suites"),
        ("1qaz2wsx3edc", "courant"),
        ("administrator", "courant"),
        ("ADMINISTRATEUR", "courant"),
        ("Motdepasse2026!", "courant"),
        ("P@ssw0rd2026!!", "courant"),
        ("soleilsoleil", "courant"),
        ("Bienvenue-1234", "courant"),
        ("École2026!!!", "courant"),
        ("moi c'est camille.martin", "identifiant"),
        ("CAMILLE.MARTIN forever", "identifiant"),
    ],
)
def test_a_password_easy_to_find_is_refused_with_its_reason(password: str, words: str) -> None:
    problem = passwords.problem(password, "camille.martin")

    assert problem is not None
    assert words in problem


def test_the_limits_are_twelve_and_one_hundred_and_twenty_eight() -> None:
    assert passwords.problem("Tr0ub4dor&3x", "zoe.d") is None
    assert passwords.problem("Tr0ub4dor&3x" * 10 + "12345678", "zoe.d") is None
    assert passwords.problem("Tr0ub4dor&3x" * 10 + "123456789", "zoe.d") is not None


def test_an_address_as_username_may_not_be_in_the_password_either() -> None:
    assert passwords.problem("camille et moi 29", "camille@exemple.fr") is not None
    assert passwords.problem("cam et moi en 2029", "camille@exemple.fr") is None


def test_two_keyboards_make_the_same_password() -> None:
    composed, decomposed = (unicodedata.normalize(form, "été à l'Île") for form in ("NFC", "NFD"))

    assert composed != decomposed
    assert passwords.canonical(composed) == passwords.canonical(decomposed)


def test_every_common_password_is_refused() -> None:
    accepted = [password for password in COMMON if passwords.problem(password, "zoe.d") is None]

    assert len(COMMON) > 200
    assert accepted == []
