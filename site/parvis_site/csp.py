"""Nothing inline: the site's Content-Security-Policy (infra/headers.json) has no unsafe-*.

The theme writes a few small inline scripts; they become files named by the hash of their text. Everything else
that the policy would block at the reader's is found here, at build.
"""

import hashlib
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from parvis_site.paths import APP_ASSETS

_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\b(?:src|type)=)[^>]*>(?P<code>.*?)</script>", re.DOTALL)


def externalise(html: str, base: str, site_dir: Path) -> str:
    """Move each inline script to <site_dir>/assets/app/inline-<hash>.js. `base` leads from the page to the root."""

    def replace(found: re.Match[str]) -> str:
        code = found["code"].strip()
        if not code:
            return ""
        name = f"inline-{hashlib.sha256(code.encode()).hexdigest()[:12]}.js"
        target = site_dir / APP_ASSETS / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            target.write_text(code + "\n", encoding="utf-8")
        return f'<script src="{base}{APP_ASSETS}/{name}"></script>'

    return _INLINE_SCRIPT.sub(replace, html)


@dataclass
class Audit(HTMLParser):
    """Feed it a page: `violations` says what the policy would block, with the line."""

    violations: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag == "style":
            self._add("<style>")
        if tag == "script" and "src" not in names:
            self._add("<script> sans src")
        if tag in {"iframe", "object", "embed", "base"}:
            self._add(f"<{tag}>")
        if tag == "meta" and (names.get("http-equiv") or "").lower() == "refresh":
            self._add("<meta http-equiv=refresh>")
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    handle_startendtag = handle_starttag

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name == "style" or name.startswith("on"):
            self._add(f"<{tag} {name}=…>")
        if name in {"href", "src", "action", "formaction"} and value.strip().lower().startswith(
            ("javascript:", "data:text")
        ):
            self._add(f"<{tag} {name}={value[:20]}…>")
        loads = tag in {"script", "img", "source", "iframe"} and name in {"src", "srcset"}
        linked = tag == "link" and name == "href"
        if (loads or linked) and re.match(r"(?:https?:)?//", value) and not self._is_canonical(tag):
            self._add(f"<{tag}> charge une ressource étrangère : {value[:60]}")

    def _is_canonical(self, tag: str) -> bool:
        text = self.get_starttag_text() or ""
        return tag == "link" and re.search(r'rel="(?:canonical|alternate|prev|next)"', text) is not None

    def _add(self, what: str) -> None:
        self.violations.append(f"ligne {self.getpos()[0]} : {what}")


def audit(html: str) -> list[str]:
    """Return what the policy would block in this page, in French, with the line."""
    parser = Audit()
    parser.feed(html)
    return parser.violations
