"""The macros of the Markdown pages: {{ delais("restauration") }} and the others, in a sandbox.

A page can only say what the town's rules say. An unknown name, a wrong identifier or a mistake of syntax stops the
build with the line of the page.
"""

import re
import traceback
from datetime import date
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from functions.domain.reglement import Reglement
from parvis_site import fragments, rules
from parvis_site.forms import UnknownForm
from parvis_site.pieces import UnknownId


class MacroError(Exception):
    """What is wrong, in French; `line` counts from 1 in the Markdown given (its heading left out)."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def render(markdown: str, reglement: Reglement, *, depth: int, example_from: date) -> str:
    """Return the Markdown with its macros replaced. `depth` is the number of folders above the page."""
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
    try:
        return environment.from_string(markdown).render(context(reglement, "../" * depth, example_from))
    except TemplateError as error:
        raise MacroError(_in_french(error), _line_of(error)) from error
    except (UnknownId, UnknownForm) as error:
        raise MacroError(str(error.args[0]), _line_of(error)) from error
    except TypeError as error:  # a macro called with too many or too few words
        raise MacroError(f"la macro est mal appelée ({error})", _line_of(error)) from error


def context(reglement: Reglement, base: str, example_from: date) -> dict[str, Any]:
    """Return what a page may write between {{ }}."""
    pieces = fragments.Fragments(reglement, base, example_from)
    return {
        "commune": {"nom": reglement.commune.name, "titre": rules.town_title(reglement)},
        **{name: getattr(pieces, name) for name in fragments.MACROS},
    }


def _in_french(error: TemplateError) -> str:
    said = error.message or type(error).__name__
    missing = re.search(r"'([^']+)' is undefined|has no attribute '([^']+)'", said)
    if missing:
        known = ", ".join(sorted(["commune.nom", "commune.titre", *fragments.MACROS]))
        return f"« {missing[1] or missing[2]} » n’existe pas (on peut écrire : {known})"
    return f"la macro est mal écrite ({said})"


def _line_of(error: Exception) -> int:
    if getattr(error, "lineno", None):
        return int(error.lineno)  # type: ignore[attr-defined]
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    return lines[-1] or 1 if lines else 1
