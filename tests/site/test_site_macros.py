"""A page says what the rules say, or it is not built."""

import re
from dataclasses import replace
from datetime import date

import pytest
from parvis_site import fragments, macros
from parvis_site.paths import ROOT

from functions.domain.keeping import Keeping
from functions.domain.reglement import Reglement

DAY = date(2026, 12, 1)


def render(markdown: str, town: Reglement) -> str:
    return macros.render(markdown, town, depth=1, example_from=DAY)


def test_a_page_without_macro_is_left_as_it_is(town: Reglement) -> None:
    text = "# Titre\n\nDu texte, 100 % à soi { .classe }\n"

    assert render(text, town) == text


def test_the_town_is_named_from_its_rules(town: Reglement) -> None:
    assert render("{{ commune.nom }}, {{ commune.titre }}", town) == "Valbourg-sur-Aure, Ville de Valbourg-sur-Aure"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{{ prix('repas') }}", "« prix » n’existe pas"),
        ("{{ commune.maire }}", "n’existe pas"),
        ("{{ tarifs('gouter') }}", "« gouter » n’est pas un identifiant connu (tarif : repas)"),
        ("{{ delais('gouter') }}", "(activité : repas)"),
        ("{{ delais('repas', 'payer') }}", "« reserver » ou « annuler »"),
        ("{{ contact('gouter') }}", "(service : cantine, guichet, ogec)"),
        ("{{ formulaire('inscription') }}", "formulaires connus"),
        ("{{ delais() }}", "mal appelée"),
        ("{{ delais('repas' }}", "mal écrite"),
        ("{{ ''.__class__.__mro__ }}", ""),
    ],
)
def test_a_wrong_macro_stops_the_build_at_its_line(wrong: str, said: str, town: Reglement) -> None:
    with pytest.raises(macros.MacroError) as refused:
        render(f"# Titre\n\n{wrong}\n", town)

    assert said in str(refused.value)
    assert refused.value.line == 3


def test_the_sandbox_hands_out_nothing_of_python(town: Reglement) -> None:
    for attempt in ("{{ delais.__globals__ }}", "{{ commune.__class__.__base__.__subclasses__() }}"):
        with pytest.raises(macros.MacroError):
            render(attempt, town)


def test_the_guide_of_editors_names_every_macro_and_no_other() -> None:
    guide = (ROOT / "docs/pages.md").read_text(encoding="utf-8")

    assert set(re.findall(r"^\| `\{\{ (\w+)\(", guide, re.MULTILINE)) == set(fragments.MACROS)


def test_a_page_says_how_long_data_are_kept_by_the_rules_and_why(town: Reglement) -> None:
    nation, own = (
        Keeping("dossier_famille", "Dossier", "la fin de l’année scolaire", 18, source="Un texte national."),
        Keeping("espace_ferme", "Espace fermé", "la fermeture", days=90, choice="Un choix.", town=True),
    )

    told = render("{{ conservation() }}", replace(town, retention=(nation, own))).replace("\u00a0", " ")

    assert "18 mois depuis la fin de l’année scolaire" in told
    assert "Un texte national." in told
    assert "90 jours depuis la fermeture" in told
    assert "Décision de la commune. Un choix." in told
