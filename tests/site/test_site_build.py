"""The build as a whole: guard, headings, generated pages, service worker, weight, the other builder."""

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from parvis_site import front_matter, generated, macros, precache, weight
from parvis_site.guard import UnsafeSiteDir, check_site_dir
from parvis_site.paths import ROOT, WWW

from functions.domain.reglement import Reglement
from functions.reglement.compiled import loads
from functions.reglement.source import compile_directory


@pytest.mark.parametrize("folder", [*("content", "site", "functions", "docs", "build", "."), "content/guides", "/"])
def test_a_site_dir_that_holds_sources_is_refused(folder: str) -> None:
    with pytest.raises(UnsafeSiteDir, match="site_dir"):
        check_site_dir(ROOT / folder)


def test_the_build_folder_and_places_outside_the_project_are_accepted(tmp_path: Path) -> None:
    assert check_site_dir(WWW) == WWW
    assert check_site_dir(tmp_path / "www") == tmp_path / "www"


def test_mkdocs_itself_refuses_a_source_folder_and_touches_nothing(tmp_path: Path) -> None:
    before = sorted(path.name for path in (ROOT / "docs").iterdir())

    done = subprocess.run(  # noqa: S603 (our own tool)
        [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(ROOT / "docs")],
        cwd=ROOT, env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode != 0
    assert "le dossier source docs/" in done.stderr + done.stdout
    assert sorted(path.name for path in (ROOT / "docs").iterdir()) == before


GOOD = {"title": "Réserver", "description": "Comment réserver les repas de ses enfants."}


@pytest.mark.parametrize(
    ("meta", "source", "said"),
    [
        ({**GOOD, "titre": "x"}, "---\ntitle: a\ntitre: x\n", "page.md:3 : titre"),
        ({"title": "Réserver"}, "---\ntitle: Réserver\n", "page.md:1 : description"),
        ({**GOOD, "large": "oui"}, "---\nlarge: oui\n", "page.md:2 : large"),
        ({**GOOD, "app": "calendrier"}, "---\n\napp: calendrier\n", "page.md:3 : app : « calendrier »"),
    ],
)
def test_a_wrong_heading_is_said_with_file_and_line(meta: dict[str, object], source: str, said: str) -> None:
    with pytest.raises(front_matter.WrongFrontMatter, match=said):
        front_matter.check(meta, source, "page.md")


def test_a_right_heading_passes() -> None:
    front_matter.check({**GOOD, "app": "calendar", "large": True}, "", "page.md")


def test_each_service_and_activity_has_a_page_unless_staff_wrote_one(town: Reglement, tmp_path: Path) -> None:
    (tmp_path / "cantine.md").write_text("---\ntitle: La cantine\nservice: cantine\n---\nBonjour", encoding="utf-8")

    made = {(section, some_id): (name, text) for section, some_id, name, text in generated.pages(town, tmp_path)}

    assert made["infos-pratiques", "cantine"] == ("cantine.md", "")
    assert made["infos-pratiques", "guichet"][0] == "infos-pratiques/guichet.md"
    assert '{{ contact("guichet") }}' in made["infos-pratiques", "guichet"][1]
    assert '{{ tarifs("repas") }}' in made["activites", "repas"][1]
    assert ("infos-pratiques", "ogec") not in made


TOWNS = [ROOT / "content/commune", *sorted(path for path in (ROOT / "tests/communes").iterdir() if path.is_dir())]


@pytest.mark.parametrize("folder", TOWNS, ids=lambda path: path.name)
def test_every_town_gets_its_pages_without_a_change_of_code(folder: Path, tmp_path: Path) -> None:
    town = loads(compile_directory(folder))

    for section, some_id, _, text in generated.pages(town, tmp_path):
        html = macros.render(text, town, depth=2, example_from=date(2026, 12, 1))

        assert "{{" not in html, (section, some_id)
        named = {"infos-pratiques": town.services, "activites": town.activities}.get(section, {})
        assert f"# {named[some_id].name if named else f'Année scolaire {some_id}'}" in html


def test_the_pages_of_the_plan_are_built(www: Path) -> None:
    wanted = (
        "", "infos-pratiques/", "infos-pratiques/restauration/", "activites/restauration/", "guides/",
        "calendrier/", "calendrier/2026-2027/", "actualites/", "actualites/fete-des-ecoles/",
        "guides/creer-mon-espace/", "guides/activer-ma-cle-enfance/", "guides/reserver/", "guides/annuler/",
        "creer-mon-espace/", "activation/", "connexion/", "cle-enfance/", "mon-espace/", "reservations/", "agenda/",
        "hors-ligne/",
    )  # fmt: skip

    missing = [page for page in wanted if not (www / page / "index.html").exists()]

    assert missing == []
    assert not (www / "commune").exists()
    assert not list((www / "assets").rglob("*.map"))


def test_pages_with_a_script_say_what_to_do_without_it(www: Path) -> None:
    for name in ("creer-mon-espace", "connexion", "mon-espace", "reservations", "agenda"):
        html = (www / name / "index.html").read_text(encoding="utf-8")

        assert "<noscript>" in html
        assert "Besoin d’aide" in html


def test_the_offline_page_can_be_shown_at_any_address(www: Path) -> None:
    html = (www / "hors-ligne/index.html").read_text(encoding="utf-8")

    references = re.findall(r'(?:href|src)="([^"]+)"', html)

    assert len(references) > 15
    assert [r for r in references if not r.startswith(("/", "#", "tel:", "mailto:", "http://localhost:8000/"))] == []


def test_the_service_worker_lists_every_page_and_asset(www: Path) -> None:
    kept = precache.write(www)
    script = (www / "sw.js").read_text(encoding="utf-8")

    assert {"/", "/guides/reserver/", "/hors-ligne/", "/manifest.webmanifest", "/assets/app/icon.svg"} <= set(kept)
    assert not [address for address in kept if address.startswith("/api") or address in {"/sw.js", "/404.html"}]
    assert all(json.dumps(address) in script for address in kept)
    assert "__" not in script.replace("__proto__", "")


def test_the_same_site_gives_the_same_worker_and_a_changed_page_another(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>un", encoding="utf-8")
    precache.write(tmp_path)
    first = (tmp_path / "sw.js").read_bytes()

    precache.write(tmp_path)
    again = (tmp_path / "sw.js").read_bytes()
    (tmp_path / "index.html").write_text("<p>deux", encoding="utf-8")
    precache.write(tmp_path)

    assert again == first
    assert (tmp_path / "sw.js").read_bytes() != first


def test_the_weight_of_a_visit_counts_styles_scripts_icons_and_imports(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<link rel="stylesheet" href="a.css"><link rel="icon" href="i.svg"><script type="module" src="a.js"></script>'
        '<link rel="canonical" href="http://x/">',
        encoding="utf-8",
    )
    (tmp_path / "a.css").write_text("p{background:url(b.svg);mask:url(data:x)}", encoding="utf-8")
    (tmp_path / "a.js").write_text(
        'import{x}from"./c.js";import"./d.js";const y=import("./later.js")', encoding="utf-8"
    )
    for name in ("i.svg", "b.svg", "c.js", "d.js"):
        (tmp_path / name).write_text(name, encoding="utf-8")

    found = weight.loaded(tmp_path, "/")

    assert set(found) == {"/", "/a.css", "/i.svg", "/b.svg", "/a.js", "/c.js", "/d.js"}


def test_properdocs_builds_the_same_pages_unchanged(www: Path, tmp_path: Path) -> None:
    target = tmp_path / "www"
    done = subprocess.run(  # noqa: S603 (our own tool)
        [sys.executable, "-m", "properdocs", "build", "--strict", "-f", "mkdocs.yml", "--site-dir", str(target)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    pages = {path.relative_to(www).as_posix() for path in www.rglob("*.html")}
    assert {path.relative_to(target).as_posix() for path in target.rglob("*.html")} == pages
