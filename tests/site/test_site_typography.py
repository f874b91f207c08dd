"""Staff type plain spaces; the reader gets French ones."""

import pytest
from parvis_site.typography import typeset, typeset_html


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Attention !", "Attention\u202f!"),
        ("Jours : lundi ; mardi ?", "Jours\u202f: lundi\u202f; mardi\u202f?"),
        ("« Vérifier »", "«\u202fVérifier\u202f»"),
        ("à 13 h 30", "à 13\u00a0h 30"),
        ("3,40 € et 20 %", "3,40\u00a0€ et 20\u00a0%"),
        ("l'école d'Aÿ", "l’école d’Aÿ"),
        ("O'Neill", "O’Neill"),
        ("n° 12", "n°\u00a012"),
        ("13:30", "13:30"),
    ],
)
def test_spaces_and_apostrophes_become_french(typed: str, shown: str) -> None:
    assert typeset(typed) == shown


def test_typesetting_twice_changes_nothing() -> None:
    once = typeset("« L'accueil » : 12 € !")

    assert typeset(once) == once


def test_addresses_patterns_code_and_scripts_are_left_alone() -> None:
    html = '<a href="/x?a=1 !">Ici !</a><code>a = b ? c : d</code><input data-pattern="^a ?$"><script src="x"></script>'

    shown = typeset_html(html)

    assert shown == html.replace("Ici !", "Ici\u202f!")


def test_what_is_read_aloud_is_typeset_too() -> None:
    html = '<meta name="viewport" content="width=device-width,initial-scale=1"><img alt="Fermé : « pont »" src="x">'

    shown = typeset_html(html)

    assert 'alt="Fermé\u202f: «\u202fpont\u202f»"' in shown
    assert 'content="width=device-width,initial-scale=1"' in shown
