"""No delay, price, place or phone is typed by hand in a page: prose uses the macros."""

import re

import pytest
from parvis_site.paths import CONTENT

from functions.domain.french import MONTHS

_NUMBER = (
    r"(?:\d[\d \u00a0\u202f.,]*|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente"
    r"|quarante-huit|vingt-quatre|soixante-douze)"
)
_UNIT = r"(?:jours?|heures?|h|semaines?|mois|ans?|€|euros?|centimes?|%|places?)"
_GOVERNED = re.compile(
    rf"""
      \b{_NUMBER}[ \u00a0\u202f]*{_UNIT}(?![\w-])             # a delay, a price, a rate, places, an age
    | (?:\b0\d|\+33[ ]?\d)(?:[ .\u00a0\u202f-]?\d\d){{4}}\b   # a phone
    | \b\d{{5}}\b                                             # a postcode
    | [\w.+-]+@[\w-]+\.\w+                                    # an address
    | \b(?:1er|\d{{1,2}})[ \u00a0](?:{"|".join(MONTHS)})       # a date
    | \b(?:veille|avant-veille)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NOT_PROSE = re.compile(r"\{\{.*?\}\}|\]\([^)]*\)|^\s*\d+\. ", re.MULTILINE)


def governed(text: str) -> list[str]:
    """Return what the rules govern in a text, its macros, links and list numbers left out."""
    return [found.group(0) for found in _GOVERNED.finditer(_NOT_PROSE.sub(" ", text))]


def test_pages_hold_no_number_that_a_rule_governs() -> None:
    pages = [
        page
        for page in sorted(CONTENT.rglob("*.md"))
        if page.relative_to(CONTENT).parts[0] not in {"commune", "courriels"}
    ]

    found = {page.name: governed(page.read_text(encoding="utf-8")) for page in pages}

    assert len(pages) >= 15
    assert {name: numbers for name, numbers in found.items() if numbers} == {}


@pytest.mark.parametrize(
    "typed",
    [
        "Annulez 48 h avant.",
        "au moins sept jours à l’avance",
        "Le repas coûte 3,40 €.",
        "Une majoration de 20 %.",
        "Appelez le 02 41 00 00 60.",
        "Appelez le +33 2 41 00 00 60.",
        "Écrivez à cantine@exemple.fr",
        "Ouvert jusqu’au 30 septembre",
        "Réservez la veille.",
        "Il y a 120 places.",
        "49290 Villeparvis",
    ],
)
def test_the_scan_sees_what_a_rule_governs(typed: str) -> None:
    assert governed(typed) != []


@pytest.mark.parametrize(
    "typed", ['{{ delais("7 jours") }}', "1. Cochez les jours.", "[texte](page-48-h.md)", "cinq chiffres, cinq lettres"]
)
def test_the_scan_leaves_macros_lists_and_links_alone(typed: str) -> None:
    assert governed(typed) == []
