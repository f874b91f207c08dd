"""The list of what the service worker keeps, and the file it is written in."""

import hashlib
import json
from pathlib import Path

from parvis_site.paths import SITE

_KEPT_SUFFIXES = {".html", ".css", ".js", ".svg", ".png", ".webmanifest", ".ics"}
_LEFT_OUT = {"sw.js", "404.html", "assets/app/api-docs.css"}
TEMPLATE = SITE / "static" / "sw.template.js"


def files(www: Path) -> dict[str, str]:
    """Return {address: revision} of every page and asset; a page is known by its folder ("/guides/")."""
    found: dict[str, str] = {}
    for path in sorted(www.rglob("*")):
        name = path.relative_to(www).as_posix()
        if not path.is_file() or path.suffix not in _KEPT_SUFFIXES or name in _LEFT_OUT:
            continue
        if name.startswith(("api/", "agents/")):  # no family's device keeps the pages of agents
            continue
        address = "/" + name.removesuffix("index.html")
        found[address] = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    return found


def write(www: Path) -> dict[str, str]:
    """Write sw.js from its template and return what it keeps. The same files give the same sw.js, byte for byte."""
    kept = files(www)
    text = TEMPLATE.read_text(encoding="utf-8")
    # The template's own text counts too: a change of behaviour is a new version.
    version = hashlib.sha256((text + json.dumps(kept, sort_keys=True)).encode()).hexdigest()[:16]
    listing = "[\n" + ",\n".join(f"  {json.dumps(address)}" for address in kept) + "\n]"
    text = text.replace('"__VERSION__"', json.dumps(version)).replace("__FILES__", listing)
    (www / "sw.js").write_text(text, encoding="utf-8")
    return kept
