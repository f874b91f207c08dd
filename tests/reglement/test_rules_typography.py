"""What staff type with plain spaces is read with French typography."""

import re
from pathlib import Path

import pytest
from support.engine import ROOT

from functions.reglement.source import check
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


@pytest.mark.parametrize("space", ["\u00a0", "\u202f"])
def test_a_delay_or_a_telephone_pasted_with_no_break_spaces_is_read(tmp_path: Path, space: str) -> None:
    text = (ROOT / "tests/reglement/sound_town.yml").read_text(encoding="utf-8")
    pasted = text.replace("02 41 00 00 00", space.join(["02", "41", "00", "00", "00"]))
    pasted = re.sub(r"delai: (\d+) (\w+)", rf"delai: \1{space}\2", pasted)
    assert pasted != text
    (tmp_path / "commune.yml").write_text(pasted, encoding="utf-8")

    assert check(tmp_path) == []
