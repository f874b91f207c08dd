"""What staff type with plain spaces is read with French typography."""

import pytest

from functions.reglement.words import typography


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Attention : fermé", "Attention\u202f: fermé"),
        ("« Gérer », puis « Annuler »", "«\u202fGérer\u202f», puis «\u202fAnnuler\u202f»"),
        ("l’option « compte en ligne ».", "l’option «\u202fcompte en ligne\u202f»."),
        ("Une question ?", "Une question\u202f?"),
        ("12:30, https://ville.example", "12:30, https://ville.example"),
    ],
)
def test_high_signs_get_their_narrow_space(typed: str, read: str) -> None:
    assert typography(typed) == read
