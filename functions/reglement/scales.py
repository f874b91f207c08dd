"""Scales by number or by rank: « 1 », « 2 », « 4 à 7 », « 8 et plus »."""

import re
from collections.abc import Iterable, Iterator

from functions.reglement.words import STEP, number

Wrong = tuple[str, str]  # (the step's key, message)
_AND_MORE = "et plus"


def leasts(steps: Iterable[str]) -> tuple[int, ...]:
    """The number each step begins with."""
    return tuple(number(step) for step in steps)


def check(steps: Iterable[str], *, first: int | None) -> Iterator[Wrong]:
    """Steps in order, without gap or overlap, the last one open. `first` None: they may begin anywhere."""
    wanted = first
    last = ""
    for step in steps:
        if re.search(STEP, step) is None:
            yield step, "Écrivez ici un nombre : « 1 », « 4 à 7 », ou « 3 et plus » pour la dernière ligne."
            return
        if last.endswith(_AND_MORE):
            yield step, f"Cette ligne ne peut jamais servir : « {last} » la comprend."
            return
        low, high = _bounds(step)
        if wanted is not None and low != wanted:
            yield (
                step,
                f"Cette ligne devrait commencer à {wanted} : les lignes se suivent, de la plus petite à la dernière.",
            )
            return
        if low < 1 or high < low:
            yield step, "Les nombres vont du plus petit au plus grand, et commencent au plus tôt à 1."
            return
        wanted, last = high + 1, step
    if not last.endswith(_AND_MORE):
        yield last, f"La dernière ligne doit dire « {wanted or 1} et plus » : sinon des familles n’ont pas de réponse."


def _bounds(step: str) -> tuple[int, int]:
    low = number(step)
    return low, number(step.rpartition(" à ")[2]) if " à " in step else low
