"""What the first visit of a page costs: the compressed bytes of everything it loads, the precache apart."""

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

BUDGET_BYTES = 100 * 1024
MEASURED = ("/", "/connexion/")

_STATIC_IMPORT = re.compile(r"""(?:^|[;}\s])import\s*(?:[^"'();]*?from)?\s*["']([^"']+)["']""")
_CSS_URL = re.compile(r"""url\(["']?(?!data:)([^"')]+)""")


class _Loads(HTMLParser):
    """Collects what a page loads at once."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag in {"script", "img"} and names.get("src"):
            self.addresses.append(str(names["src"]))
        if tag == "link" and set((names.get("rel") or "").split()) & {
            "stylesheet",
            "icon",
            "manifest",
            "modulepreload",
        }:
            self.addresses.append(str(names.get("href")))


def loaded(www: Path, page: str) -> dict[str, int]:
    """Return {address: compressed bytes} of a page ("/connexion/") and of what it loads, imports included."""
    weights: dict[str, int] = {}
    waiting = [page]
    while waiting:
        address = waiting.pop()
        if address in weights:
            continue
        path = www / address.lstrip("/") / ("index.html" if address.endswith("/") else "")
        data = path.read_bytes()
        weights[address] = len(gzip.compress(data, 9))
        waiting += [urlsplit(urljoin(address, reference)).path for reference in _references(path, data)]
    return weights


def _references(path: Path, data: bytes) -> list[str]:
    if path.suffix == ".html":
        parser = _Loads()
        parser.feed(data.decode())
        return parser.addresses
    if path.suffix == ".js":
        return _STATIC_IMPORT.findall(data.decode())
    if path.suffix == ".css":
        return _CSS_URL.findall(data.decode())
    return []


def measure(www: Path) -> dict[str, int]:
    """Return {page: compressed bytes of its first visit} for the pages that have a budget (BUDGET_BYTES each)."""
    return {page: sum(loaded(www, page).values()) for page in MEASURED}
