"""What mkdocs calls, page after page."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from functions.domain.french import long_day
from functions.domain.reglement import Reglement
from functions.kit import clock
from parvis_site import calendar_fragments, csp, feed, front_matter, generated, macros, news, pieces, rules
from parvis_site.guard import UnsafeSiteDir, check_site_dir
from parvis_site.paths import APP_ASSETS, SITE
from parvis_site.typography import typeset, typeset_html
from parvis_site.words import next_month

# Material's files that no page asks for: its script bundle, its search, its pictures.
_UNUSED = ("assets/javascripts", "assets/images")
# The service worker shows this page at any address: its links must start from the root.
_SHOWN_ANYWHERE = "hors-ligne.md"
_told: dict[str, str] = {}  # the HTML of each of the news, by its Markdown file
_RELATIVE = re.compile(r'((?:href|src)=")(?:\.\.?/?)+')


def on_config(config: Any) -> Any:
    """Refuse a dangerous site_dir, then name the site after the town."""
    try:
        config.site_dir = str(check_site_dir(config.site_dir))
    except UnsafeSiteDir as error:
        raise PluginError(str(error)) from error
    town = rules.compiled()
    config.site_name = typeset(f"{rules.town_title(town)} – Espace famille")
    config.extra["commune"] = {"name": town.commune.name, "town_title": rules.town_title(town)}
    config.extra["accueil"] = rules.front_desk(town)
    calendar_fragments.set_site_address(config.site_url)
    _add_to_menu(config, town)
    return config


def _add_to_menu(config: Any, town: Reglement) -> None:
    """Put the pages of the rules (services, activities) in the sections of the menu that their folder names."""
    docs_dir = Path(config.docs_dir)
    addresses: dict[str, str] = {}
    for section, some_id, name, _ in generated.pages(town, docs_dir):
        if section == "activites":
            addresses[some_id] = name.removesuffix(".md") + "/"
        for entry in config.nav or []:
            for children in entry.values():
                if isinstance(children, list) and f"{section}/index.md" in children and name not in children:
                    children.append(name)
    pieces.set_activity_pages(addresses)


def on_files(files: Files, *, config: Any) -> Files:
    """Add the pages that the rules give and that nobody wrote; leave out the news of another town."""
    try:
        told = news.read(Path(config.docs_dir)) if rules.are_of_this_site() else []
    except front_matter.WrongFrontMatter as error:
        raise PluginError(str(error)) from error
    news.set_news(told)
    for file in [file for file in files if news.is_news(file.src_uri) and not told]:
        files.remove(file)
    for _, _, name, text in generated.pages(rules.compiled(), Path(config.docs_dir)):
        if text:
            files.append(File.generated(config, name, content=text))
    return files


def on_page_markdown(markdown: str, *, page: Page, files: Files, **_: Any) -> str:
    """Check the heading of the page, then put the town's rules where its macros stand."""
    source = page.file.content_string
    name = f"content/{page.file.src_uri}"
    try:
        front_matter.check(dict(page.meta), source, name)
    except front_matter.WrongFrontMatter as error:
        raise PluginError(str(error)) from error
    if news.is_news(page.file.src_uri):
        markdown += _news_page(page, source, name)
    elif wrong := news.misplaced(page.meta):
        message = "cette clé est celle des actualités, qui sont dans content/actualites/."
        raise PluginError(f"{name}:{front_matter.line_of(wrong, source)} : {wrong} : {message}")
    _resolve_pages(page, files, source, name)
    skipped = source.rstrip().count("\n") - markdown.rstrip().count("\n")
    try:
        return macros.render(
            markdown, rules.compiled(), depth=page.url.count("/"), example_from=next_month(clock.now())
        )
    except macros.MacroError as error:
        raise PluginError(f"{name}:{error.line + skipped} : {error}") from error


def _news_page(page: Page, source: str, name: str) -> str:
    """What one of the news has without asking for it: its date above the title, its feed, whom to call below."""
    page.meta = {"retour": news.INDEX, "flux": True, "dateline": long_day(page.meta["date"]), **page.meta}
    publisher = page.meta.get("publie_par")
    if publisher is None:
        return ""
    if publisher not in rules.compiled().services:
        line, known = front_matter.line_of("publie_par", source), ", ".join(sorted(rules.compiled().services))
        raise PluginError(f"{name}:{line} : publie_par : « {publisher} » n’est pas un service ({known}).")
    return f'\n\n{{{{ besoin_aide("{publisher}") }}}}\n'


def _resolve_pages(page: Page, files: Files, source: str, name: str) -> None:
    """Turn the files named in the front matter into pages, as Markdown links are."""

    def find(wanted: str, key: str) -> Page:
        file = files.get_file_from_path(wanted)
        if file is None or file.page is None:
            line = front_matter.line_of(key, source)
            raise PluginError(f"{name}:{line} : {key} : la page « {wanted} » n’existe pas dans content/.")
        return file.page

    if isinstance(page.meta.get("retour"), str):
        page.meta["retour"] = find(page.meta["retour"], "retour")
    for door in page.meta.get("portes", []):
        door["url"] = find(door["page"], "portes").url


def on_page_content(html: str, *, page: Page, **_: Any) -> str:
    """Keep the text of the news for their feed."""
    if news.is_news(page.file.src_uri):
        _told[page.file.src_uri] = html
    return html


def on_post_page(output: str, *, page: Page, config: Any) -> str:
    """Typography, then nothing inline. A page that the policy would block does not get built."""
    base = "../" * page.url.count("/")
    html = csp.externalise(typeset_html(output), base, Path(config.site_dir))
    if page.file.src_uri == _SHOWN_ANYWHERE:
        html = _RELATIVE.sub(r"\1/", html)
    found = csp.audit(html)
    if found:
        raise PluginError(f"content/{page.file.src_uri} : la politique de sécurité bloquerait " + " ; ".join(found))
    return html


def on_post_build(*, config: Any) -> None:
    """Leave out what no page asks for; add icons and the manifest; treat the pages that have no Markdown (404)."""
    site_dir = Path(config.site_dir)
    for unused in _UNUSED:
        shutil.rmtree(site_dir / unused, ignore_errors=True)
    for path in (site_dir / "assets").rglob("*.map"):
        path.unlink()
    missing = site_dir / "404.html"
    missing.write_text(
        csp.externalise(typeset_html(missing.read_text(encoding="utf-8")), "/", site_dir), encoding="utf-8"
    )
    assets = site_dir / APP_ASSETS
    assets.mkdir(parents=True, exist_ok=True)
    for icon in sorted((SITE / "static").glob("icon*")):
        shutil.copyfile(icon, assets / icon.name)
    _write_manifest(site_dir, config.extra["commune"]["town_title"])
    _write_calendars(site_dir)
    (site_dir / "actualites").mkdir(exist_ok=True)
    (site_dir / feed.PATH).write_bytes(
        feed.build(news.latest(), _told, town=config.extra["commune"]["town_title"], site=config.site_url)
    )


def _write_calendars(site_dir: Path) -> None:
    from functions.reglement import ics

    folder = site_dir / "calendrier"
    folder.mkdir(exist_ok=True)
    for name, content in ics.files(rules.compiled()).items():
        (folder / name).write_bytes(content)


def _write_manifest(site_dir: Path, town: str) -> None:
    manifest = json.loads((SITE / "static" / "manifest.webmanifest").read_text(encoding="utf-8"))
    manifest["name"] = typeset(f"{town} – Espace famille")
    (site_dir / "manifest.webmanifest").write_text(
        json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
