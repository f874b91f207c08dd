"""The news as an Atom feed (RFC 4287): the same news give the same bytes."""

import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, time
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

from functions.domain.calendar import at_paris
from parvis_site.news import News
from parvis_site.typography import typeset, typeset_html

PATH = "actualites/flux.xml"
_ATOM = "http://www.w3.org/2005/Atom"
_TITLE = re.compile(r"\s*<h1[^>]*>.*?</h1>\s*", re.DOTALL)
_ADDRESS = re.compile(r'(\b(?:href|src)=")([^"]*)"')


def build(news: Sequence[News], contents: Mapping[str, str], *, town: str, site: str) -> bytes:
    """Return the feed. `contents` is {file: HTML of the page}, `site` the address of the site, with its last slash."""
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "fr"})
    _text(feed, "title", typeset(f"Actualités – {town}"))
    _text(feed, "id", _identity(town, ""))
    _text(feed, "updated", _instant(news[0].day if news else date(2000, 1, 1)))
    _link(feed, "self", urljoin(site, PATH), "application/atom+xml")
    _link(feed, "alternate", urljoin(site, "actualites/"), "text/html")
    author = ET.SubElement(feed, f"{{{_ATOM}}}author")
    _text(author, "name", typeset(town))
    for item in news:
        _entry(feed, item, contents.get(item.file, ""), town, site)
    ET.indent(feed)
    content: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return content


def _entry(feed: ET.Element, item: News, content: str, town: str, site: str) -> None:
    entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
    page = urljoin(site, item.address)
    _text(entry, "title", typeset(item.title))
    _text(entry, "id", _identity(town, item.file))
    _text(entry, "published", _instant(item.day))
    _text(entry, "updated", _instant(item.day))
    _link(entry, "alternate", page, "text/html")
    _text(entry, "summary", typeset(item.description))
    if content:
        whole = _ADDRESS.sub(lambda found: f'{found[1]}{urljoin(page, found[2])}"', _TITLE.sub("", content))
        _text(entry, "content", typeset_html(whole)).set("type", "html")


def _identity(town: str, file: str) -> str:
    """Made of the town and of the file's name: it stays when the site moves or a title is corrected."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"parvis:{town}:{file}").urn


def _instant(day: date) -> str:
    return at_paris(day, time.min).isoformat().replace("+00:00", "Z")


def _text(parent: ET.Element, name: str, text: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    child.text = text
    return child


def _link(parent: ET.Element, rel: str, href: str, kind: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}link", {"rel": rel, "href": href, "type": kind})
