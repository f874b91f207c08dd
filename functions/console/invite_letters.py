"""Letters to print for guardians whom no e-mail reaches: one A4 page each, with the clé enfance in clear.

HTML, which any browser prints; the text is content/courriers/cle-enfance.html.
"""

import os
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from functions.console.failures import Failure
from functions.console.import_foyers import cles
from functions.console.import_foyers.cles import Letter
from functions.console.local import layout
from functions.domain.calendar import paris_day
from functions.domain.french import plain_day
from functions.domain.names import town_title
from functions.kit import clock, config, rules

_FOLDER = layout.ROOT / "content" / "courriers"
_TEMPLATE = "cle-enfance.html"


def refuse(path: Path) -> None:
    """Failure when letters cannot go to this file; said before anything is written."""
    if path.suffix.lower() not in {".html", ".htm"}:
        raise Failure("Les lettres s’écrivent en .html : ouvrez le fichier, puis imprimez-le ou enregistrez-le en PDF.")
    if path.exists():
        raise Failure(f"{path} existe déjà : choisissez un autre nom, pour ne pas perdre des clés.")


def write(path: Path, letters: Iterable[Letter]) -> int:
    """Write each page as its key is made, so that a breakdown loses none; return how many."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(loader=FileSystemLoader(_FOLDER), undefined=StrictUndefined, autoescape=True)
    counted = _Counted(letters)
    with os.fdopen(cles.create(path), "w", encoding="utf-8") as file:
        for part in environment.get_template(_TEMPLATE).generate({**_names(), "letters": counted}):
            file.write(part)
            file.flush()
    return counted.number


class _Counted:
    def __init__(self, letters: Iterable[Letter]) -> None:
        self._letters = letters
        self.number = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for letter in self._letters:
            self.number += 1
            yield _page(letter)


def _names() -> dict[str, Any]:
    commune = rules.current().commune
    return {
        "commune": {"name": commune.name, "title": town_title(commune.name)},
        "contact": rules.current().services.get(commune.desk),
        "today": plain_day(paris_day(clock.now())),
        "address": f"{config.current().origin}/creer-mon-espace/".partition("://")[2],
    }


def _page(letter: Letter) -> dict[str, Any]:
    guardian, address = letter.guardian, letter.guardian.address or letter.file.address
    who = " ".join(part for part in (guardian.title, *guardian.given_names[:1], guardian.usual_name) if part)
    lines = (who, address.line1, address.line2, f"{address.postcode} {address.town}")
    children = [f"{child.first_name} {child.usual_name} ({child.birth_date:%d/%m/%Y})" for child in letter.children]
    return {
        "recipient": [line for line in lines if line.strip()],
        "children": " et ".join([", ".join(children[:-1]), children[-1]] if children[1:] else children),
        "key": letter.key,
        "ends": plain_day(paris_day(clock.now() + cles.LIFE - timedelta(days=1))),
        "reference": letter.file.reference,
    }
