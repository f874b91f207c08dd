"""The heading of a page (between the lines `---`): which keys exist, said with file and line when one is wrong."""

import datetime as dt
import re
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from functions.shapes.collect import collect

APPS = (
    "account-create", "activation", "sign-in", "cle-enfance", "dashboard", "calendar", "agenda", "forgotten",
    "new-password", "second-step", "second-factor", "agent-desk", "passkeys",
    "credentials", "confirm-email", "invitation", "try-rules", "preferences", "my-data", "activation-request",
    "details",
    "franceconnect",
)  # fmt: skip


class Door(msgspec.Struct, forbid_unknown_fields=True):
    """One of the doors of the home page; `page` is a Markdown file of content/."""

    titre: str
    texte: str
    page: str
    icone: str


class FrontMatter(msgspec.Struct, forbid_unknown_fields=True):
    title: Annotated[str, Meta(min_length=1, extra_json_schema={"x-message": "Donnez un titre à la page."})]
    description: Annotated[
        str,
        Meta(
            min_length=20,
            max_length=200,
            extra_json_schema={"x-message": "Décrivez la page en une phrase (de 20 à 200 caractères)."},
        ),
    ]
    app: str | None = None  # the script of the page, one of APPS
    retour: str | None = None  # the page one step up, a Markdown file of content/
    large: bool = False  # the whole width, for calendars
    prive: bool = False  # kept out of search engines
    service: str | None = None  # the page of that service of the rules
    activite: str | None = None  # the page of that activity of the rules
    template: str | None = None
    accroche: str | None = None
    chapeau: str | None = None
    portes: list[Door] = []
    date: Annotated[
        dt.date | None,
        Meta(extra_json_schema={"x-message": "Une date qui existe est attendue ici, par exemple 2026-11-16."}),
    ] = None  # of a page of content/actualites/, and of no other
    publie_par: str | None = None  # the service of the rules that tells this news
    flux: bool = False  # the page names the feed of the news


class WrongFrontMatter(Exception):
    """One sentence per problem, each with file and line."""


def check(meta: dict[str, Any], source: str, name: str) -> None:
    """Raise WrongFrontMatter when `meta` (of the file `name`, whose text is `source`) is not as described above."""
    problems = [(error.pointer.strip("/"), error.detail) for error in collect(meta, FrontMatter)]
    app = meta.get("app")
    if app is not None and app not in APPS:
        problems.append(("app", f"« {app} » n’est pas un script du site (connus : {', '.join(APPS)})."))
    if problems:
        lines = [f"{name}:{line_of(key, source)} : {key} : {detail}" for key, detail in problems]
        raise WrongFrontMatter("\n".join(lines))


def line_of(key: str, source: str) -> int:
    """Return the line (from 1) where the first part of `key` is written, or 1 when it is missing."""
    first = key.split("/", maxsplit=1)[0]
    for number, line in enumerate(source.splitlines(), start=1):
        if re.match(rf"{re.escape(first)}\s*:", line):
            return number
    return 1
