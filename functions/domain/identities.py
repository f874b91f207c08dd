"""Whether who FranceConnect says somebody is may be who an account, or a guardian of its family file, says.

Strict on purpose: one letter or one day apart is another person. Nothing here looks for anybody: it compares with what
is already known of the account, and the clé enfance stays the only way to a family file.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

# "unsure": nothing contradicts it, but too little is known on our side to tell (no birth date, or no birth name)
Match = Literal["same", "unsure", "different"]


Title = Literal["Mme", "M.", ""]


@dataclass(frozen=True, slots=True)
class Identity:
    """What FranceConnect says. `birth_date` is as it writes it, and may be partial for somebody born abroad
    (« 1980-00-00 »). `usual_name` is "" when it gave none.
    """

    family_name: str
    given_names: tuple[str, ...]
    birth_date: str
    title: Title = ""
    usual_name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A person as the portal knows them: the profile of an account, or a guardian. What is not known is empty."""

    usual_name: str
    given_names: tuple[str, ...]
    birth_name: str = ""
    birth_date: str = ""


def compare_all(said: Identity, known: Iterable[Known]) -> Match:
    """The worst of them: one that contradicts is enough, and with none nothing is sure."""
    found = [compare(said, one) for one in known]
    if not found or "different" in found:
        return "unsure" if not found else "different"
    return "same" if "same" in found else "unsure"


def compare(said: Identity, known: Known) -> Match:
    if not _same_first_name(said, known):
        return "different"
    if known.birth_date and known.birth_date != said.birth_date:
        return "different"
    name = _family_name(said, known)
    if name == "same" and known.birth_date:
        return "same"
    return "different" if name == "different" else "unsure"


def _same_first_name(said: Identity, known: Known) -> bool:
    """The first one counts; a file may hold all of them in one (« Marie Louise »), or the first alone."""
    ours, theirs = _words(" ".join(known.given_names)), _words(" ".join(said.given_names))
    shorter = min(len(ours), len(theirs))
    first = _words(said.given_names[0]) if said.given_names else []
    return shorter >= len(first) > 0 and ours[:shorter] == theirs[:shorter]


def _family_name(said: Identity, known: Known) -> Match:
    """FranceConnect names people by their birth name. Where only a usual name is known here, it may be another one."""
    born = _words(said.family_name)
    if known.birth_name:
        return "same" if _words(known.birth_name) == born else "different"
    usual = _words(known.usual_name)
    return "same" if usual and usual in (born, _words(said.usual_name)) else "unsure"


def _words(text: str) -> list[str]:
    """« D'AŸ  Jean-Émile » and « d’Aÿ Jean Emile » give the same words."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    kept = "".join(char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return kept.split()
