"""Four towns, one site: each builds with its rules alone, and its pages say what its leaflet says.

The sentences below are written from the leaflets, in the words of the pages; the rules are tests/communes/.
"""

import ast
import html
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from parvis_site import words
from parvis_site.paths import COMMUNE_VARIABLE, ROOT, SITE
from test_site_prose import governed

from functions.domain.reglement import Reglement
from functions.reglement.compiled import loads
from functions.reglement.source import compile_directory

COMMUNES = ROOT / "tests/communes"
TOWNS = ("chalonnes", "chambly", "chanteloup", "chatou")
RENTREE = "2026-09-10T09:00:00+00:00"

_BILLED = "Ensuite, vous pouvez encore prévenir de l’absence, mais le jour reste facturé."
_CERTIFICATE = "n’est pas facturé si le service reçoit un certificat médical dans les 72 heures qui suivent la fin du"
_FIFTEEN_DAYS = (
    "Réserver jusqu’à 15 jours avant le premier jour réservé (le premier jour réservé compris dans le compte)."
)
_UNTIL_SEPTEMBER = "une demande reçue jusqu’au 30 septembre 2026 est dans les temps"
LEAFLETS = [
    ("chatou", "restauration", f"Annuler jusqu’à 7 jours avant le jour réservé. {_BILLED}"),
    ("chatou", "garderie", f"Annuler jusqu’à 24 heures avant le début de l’activité. {_BILLED}"),
    ("chatou", "tap", "Annuler jusqu’à 24 heures avant"),
    ("chatou", "etude-surveillee", "Annuler jusqu’à 24 heures avant"),
    ("chatou", "loisirs-mercredi", f"Annuler jusqu’à 48 heures avant le début de l’activité. {_BILLED}"),
    ("chatou", "loisirs-vacances", f"Annuler jusqu’à 2 semaines avant le jour réservé. {_BILLED}"),
    *(("chatou", name, _CERTIFICATE) for name in ("restauration", "garderie", "loisirs-mercredi")),
    ("chatou", "garderie", "Sans réservation, l’enfant est accueilli, avec une majoration"),
    *(("chanteloup", name, _FIFTEEN_DAYS) for name in ("apps-matin", "apps-soir", "tram", "mercredi")),
    *(("chanteloup", name, _UNTIL_SEPTEMBER) for name in ("apps-matin", "apps-soir", "tram", "mercredi")),
    ("chanteloup", "vacances", "Réserver jusqu’à 4 semaines avant le premier jour de la session"),
    ("chanteloup", "tram", "avec une majoration"),
    ("chalonnes", "restauration", "Copie des vaccins à jour Obligatoire : sans lui, on ne peut pas s’inscrire."),
    ("chalonnes", "restauration", "les repas doivent être réservés directement auprès de l’école"),
    ("chalonnes", "restauration", "Les élèves d’une école publique"),
    ("chalonnes", "multi-accueil", "Les familles en contrat occasionnel."),
    ("chalonnes", "restauration", "les réservations habituelles"),
    ("chambly", "alsh-mercredi", "Quand c’est complet, une liste d’attente est ouverte"),
    ("chambly", "periscolaire", "Ces opérations peuvent toujours être effectuées auprès des services."),
]


@cache
def rules(town: str) -> Reglement:
    return loads(compile_directory(COMMUNES / town))


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of each town, built as `python -m parvis_site.build --commune` does it (scripts and styles apart)."""
    made: dict[str, Path] = {}
    for town in TOWNS:
        made[town] = tmp_path_factory.mktemp("towns") / town
        done = subprocess.run(  # noqa: S603 (our own tool)
            [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(made[town])],
            cwd=ROOT,
            env={
                **os.environ,
                COMMUNE_VARIABLE: str(COMMUNES / town),
                "PARVIS_CLOCK": RENTREE,
                "NO_MKDOCS_2_WARNING": "1",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return made


def read(page: Path) -> str:
    """The text of a page, its spaces made plain."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", page.read_text(encoding="utf-8")))
    return re.sub(r"\s+([,.])", r"\1", re.sub(r"\s+", " ", text))


def plain(text: str) -> str:
    return re.sub(r"\s", " ", text)


@pytest.mark.parametrize(("town", "activity", "said"), LEAFLETS)
def test_a_page_says_what_the_leaflet_says(sites: dict[str, Path], town: str, activity: str, said: str) -> None:
    assert said in read(sites[town] / "activites" / activity / "index.html")


@pytest.mark.parametrize("town", TOWNS)
def test_every_activity_has_its_page_with_its_delays_its_prices_and_whom_to_call(
    sites: dict[str, Path], town: str
) -> None:
    reglement = rules(town)
    for activity in reglement.activities.values():
        page = read(sites[town] / "activites" / activity.id / "index.html")

        assert f"Réserver {plain(words.deadline(activity.booking.delay))}." in page
        assert f"Annuler {plain(words.deadline(activity.cancelling.delay))}." in page
        assert plain(reglement.tariffs[activity.tariff].name) in page
        assert plain(reglement.services[activity.service].name) in page
        assert "Sans le portail : inscrivez-vous, réservez" in page


@pytest.mark.parametrize("town", TOWNS)
def test_a_town_has_its_own_calendar_and_none_of_the_news_of_another(sites: dict[str, Path], town: str) -> None:
    reglement = rules(town)

    assert f"zone {reglement.commune.school_zone}" in read(sites[town] / "calendrier/index.html")
    assert (sites[town] / "calendrier/vacances.ics").exists()
    assert [path.name for path in (sites[town] / "actualites").iterdir() if path.is_dir()] == []
    assert "Aucune actualité pour le moment." in read(sites[town] / "actualites/index.html")
    assert "Villeparvis" not in "".join(read(page) for page in sites[town].rglob("index.html"))


def test_the_code_of_the_site_holds_no_delay_and_no_price() -> None:
    """What a page says of a town comes from its rules: no string of the code has a number with a unit."""
    found: list[str] = []
    for path in sorted((SITE / "parvis_site").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documented = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        found += [
            f"{path.name}: {number}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented
            for number in governed(node.value)
            if not re.fullmatch(r"1er.septembre|31.décembre|veille", number)  # words of the language, for any town
        ]

    assert found == []


def test_the_templates_of_the_pages_hold_no_delay_and_no_price() -> None:
    templates = sorted((SITE / "parvis_site/templates/fragments").glob("*.j2"))
    texts = {path.name: re.sub(r"\{%.*?%\}|<[^>]+>", " ", path.read_text(encoding="utf-8")) for path in templates}

    assert len(templates) > 15
    assert [name for name, text in texts.items() if governed(text)] == []
