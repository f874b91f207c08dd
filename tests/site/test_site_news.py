"""News: newest first, one page each, a feed that a reader can follow, and headings that are right or stop the build."""

import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from parvis_site import feed, news
from parvis_site.front_matter import WrongFrontMatter, check
from parvis_site.news import News

ATOM = "{http://www.w3.org/2005/Atom}"
GOOD = "---\ntitle: La fête\ndescription: Tout le monde est là.\ndate: {day}\n---\n\n# La fête\n"
SITE = "https://famille.valbourg.example/"


def write(folder: Path, name: str, text: str) -> None:
    (folder / "actualites").mkdir(exist_ok=True)
    (folder / "actualites" / name).write_text(text, encoding="utf-8")


def text_of(element: ET.Element, name: str) -> str:
    found = element.findtext(f"{ATOM}{name}")
    assert found, name
    return found


def feed_of(items: list[News], contents: dict[str, str]) -> ET.Element:
    content = feed.build(items, contents, town="Ville de Valbourg", site=SITE)
    return ET.fromstring(content)  # noqa: S314 - written just above


def test_news_come_newest_first_and_the_index_is_not_one_of_them(tmp_path: Path) -> None:
    write(tmp_path, "index.md", "# Actualités")
    write(tmp_path, "a.md", GOOD.format(day="2026-11-02"))
    write(tmp_path, "b.md", GOOD.format(day="2026-11-16"))

    found = news.read(tmp_path)

    assert [(item.file, item.day) for item in found] == [
        ("actualites/b.md", date(2026, 11, 16)),
        ("actualites/a.md", date(2026, 11, 2)),
    ]
    assert (found[0].address, found[0].service) == ("actualites/b/", "")


def test_news_know_the_service_that_tells_them(tmp_path: Path) -> None:
    write(tmp_path, "a.md", GOOD.format(day="2026-11-02").replace("date:", "publie_par: restauration\ndate:"))

    assert [item.service for item in news.read(tmp_path)] == ["restauration"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# Sans en-tête\n", "content/actualites/a.md:1 : l’en-tête manque"),
        (GOOD.format(day="2026-02-30"), "content/actualites/a.md:4 : date : "),
        (GOOD.format(day="le 3 mai"), "content/actualites/a.md:4 : date : "),
        (GOOD.replace("date: {day}\n", ""), "content/actualites/a.md:1 : date : "),
        ("---\ntitle: [a\ndate: 2026-11-02\n---\n", "content/actualites/a.md:3 : l’en-tête ne peut pas être lu"),
        ("---\n- title\n---\n", "content/actualites/a.md:2 : l’en-tête s’écrit"),
    ],
)
def test_a_wrong_heading_is_said_with_its_file_and_line(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path, "a.md", text)

    with pytest.raises(WrongFrontMatter) as refused:
        news.read(tmp_path)

    assert str(refused.value).startswith(said)


def test_the_other_keys_of_the_heading_are_checked_as_in_every_page() -> None:
    meta = {"title": "La fête", "description": "Tout le monde est là, ou presque.", "date": date(2026, 11, 2)}

    check({**meta, "publie_par": "restauration"}, "", "a.md")
    with pytest.raises(WrongFrontMatter, match=r"a\.md:2 : auteur : "):
        check({**meta, "auteur": "x"}, "---\nauteur: x\n", "a.md")


def test_what_only_news_have_is_refused_elsewhere() -> None:
    assert news.misplaced({"title": "Réserver", "publie_par": "mairie"}) == "publie_par"
    assert news.misplaced({"title": "Réserver"}) == ""


def test_the_feed_has_all_that_the_standard_asks_for() -> None:
    items = [
        News("actualites/b.md", "L’été", "Bientôt.", date(2026, 11, 16)),
        News("actualites/a.md", "A", "B", date(2026, 7, 2)),
    ]
    root = feed_of(items, {"actualites/b.md": '<h1>L’été</h1><p>Voir <a href="../x/">là</a> & ici</p>'})
    entries = root.findall(f"{ATOM}entry")
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}

    assert (root.tag, root.get("{http://www.w3.org/XML/1998/namespace}lang")) == (f"{ATOM}feed", "fr")
    assert links == {"self": f"{SITE}actualites/flux.xml", "alternate": f"{SITE}actualites/"}
    assert text_of(root, "updated") == text_of(entries[0], "updated") == "2026-11-15T23:00:00Z"
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    for entry in entries:
        assert text_of(entry, "title")
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", text_of(entry, "id"))
        assert text_of(entry, "published").endswith("Z")
    assert text_of(entries[0], "content") == f'<p>Voir <a href="{SITE}actualites/x/">là</a> & ici</p>'


def test_an_entry_keeps_its_identity_when_its_title_its_date_or_the_address_of_the_site_changes() -> None:
    def identity(item: News, site: str = SITE) -> str:
        content = feed.build([item], {}, town="Ville de Valbourg", site=site)
        return text_of(ET.fromstring(content).findall(f"{ATOM}entry")[0], "id")  # noqa: S314

    first = News("actualites/b.md", "L’été", "Bientôt.", date(2026, 11, 16))

    assert identity(first) == identity(News("actualites/b.md", "L’hiver", "Tard.", date(2026, 12, 1)))
    assert identity(first) == identity(first, "https://ailleurs.example/")
    assert identity(first) != identity(News("actualites/c.md", "L’été", "Bientôt.", date(2026, 11, 16)))


def test_a_town_without_news_has_an_empty_feed_that_can_be_read() -> None:
    root = feed_of([], {})

    assert root.findall(f"{ATOM}entry") == []
    assert text_of(root, "updated")


def test_the_built_site_lists_its_news_and_names_their_feed(www: Path) -> None:
    index = (www / "actualites/index.html").read_text(encoding="utf-8")
    page = (www / "actualites/fete-des-ecoles/index.html").read_text(encoding="utf-8")
    root = ET.fromstring((www / feed.PATH).read_bytes())  # noqa: S314 - built here
    titles = [text_of(entry, "title") for entry in root.findall(f"{ATOM}entry")]

    assert titles == ["Les réservations de la cantine sont ouvertes", "La fête des écoles se prépare"]
    assert [index.index(title) for title in titles] == sorted(index.index(title) for title in titles)
    assert '<time datetime="2026-11-09">lundi 9\u00a0novembre\u00a02026</time>' in page
    assert "Service périscolaire" in page
    for html, address in ((index, "flux.xml"), (page, "../flux.xml")):
        assert re.search(rf'<link rel="alternate" type="application/atom\+xml"[^>]* href="{re.escape(address)}">', html)
