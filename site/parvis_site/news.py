"""The news of the town: one Markdown file each in content/actualites/, whose heading bears its date."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from parvis_site.front_matter import WrongFrontMatter, line_of

FOLDER = "actualites"
INDEX = f"{FOLDER}/index.md"
_HEADING = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class News:
    """`file` is the Markdown file from content/, `address` its page from the root of the site; `service` is the id of
    the one that tells it, or "".
    """

    file: str
    title: str
    description: str
    day: date
    service: str = ""

    @property
    def address(self) -> str:
        return self.file.removesuffix(".md") + "/"


def is_news(file: str) -> bool:
    """Whether a Markdown file (from content/) is one of the news, which must bear a date."""
    return file.startswith(f"{FOLDER}/") and file.endswith(".md") and file != INDEX


def misplaced(heading: Mapping[str, object]) -> str:
    """The first key of another page's heading that only news have; "" when there is none."""
    return next((key for key in ("date", "publie_par") if key in heading), "")


def read(docs_dir: Path) -> list[News]:
    """Return all the news, newest first. Raise WrongFrontMatter for the first heading that cannot be read.

    Read before mkdocs does: PyYAML stops on a date such as 2026-02-30 without saying where it stands.
    """
    paths = (path.relative_to(docs_dir).as_posix() for path in sorted((docs_dir / FOLDER).rglob("*.md")))
    found = [_read(docs_dir, file) for file in paths if is_news(file)]
    return sorted(found, key=lambda news: (news.day, news.file), reverse=True)


def _read(docs_dir: Path, file: str) -> News:
    source = (docs_dir / file).read_text(encoding="utf-8-sig")
    name = f"content/{file}"
    heading = _HEADING.match(source)
    if heading is None:
        raise WrongFrontMatter(f"{name}:1 : l’en-tête manque (title, description et date, entre deux lignes « --- »).")
    try:
        keys = yaml.load(heading[1], Loader=yaml.BaseLoader)  # noqa: S506 - it makes text of everything
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise WrongFrontMatter(f"{name}:{line} : l’en-tête ne peut pas être lu ici.") from error
    if not isinstance(keys, dict):
        raise WrongFrontMatter(f"{name}:2 : l’en-tête s’écrit « clé: valeur », une ligne par clé.")
    day, said = (
        _day(keys, source, name),
        {key: str(keys.get(key, "")) for key in ("title", "description", "publie_par")},
    )
    return News(file, said["title"], said["description"], day, said["publie_par"])


def _day(keys: dict[str, object], source: str, name: str) -> date:
    try:
        return date.fromisoformat(str(keys.get("date", "")))
    except ValueError as error:
        message = "une actualité porte sa date, écrite année-mois-jour, par exemple « date: 2026-11-16 »."
        raise WrongFrontMatter(f"{name}:{line_of('date', source)} : date : {message}") from error


_known: list[News] = []


def set_news(found: Sequence[News]) -> None:
    """Tell the macros what the news are."""
    _known[:] = found


def latest(count: int = 0) -> list[News]:
    """The newest of them; all when `count` is 0."""
    return _known[:count] if count else list(_known)
