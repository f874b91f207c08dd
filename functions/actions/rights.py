"""Which family files an account reaches, and the one asked for: the only place that decides it for a family's pages.

A person may belong to two families (separated parents, a new partner); each page shows one at a time.
"""

from dataclasses import dataclass

from functions.domain.errors import NotFound
from functions.store import foyers
from functions.store.access import Access, FoyerLink


@dataclass(frozen=True, slots=True)
class FoyerChoice:
    """One of several families, known to the person by its children. `shown`: the one this answer is about."""

    foyer_id: str
    reference: str
    children: tuple[str, ...]
    shown: bool


def links(access: Access, asked: str = "") -> tuple[FoyerLink, ...]:
    """All the families of the account, the first being shown; the one asked for, alone, when it is theirs.

    Raises NotFound in the same words whether that family is unknown or somebody else's.
    """
    if not asked:
        return access.foyers
    found = tuple(link for link in access.foyers if link.foyer_id == asked)
    if not found:
        raise NotFound("foyer_unknown", "Cette famille n’est pas dans votre espace.")
    return found


def foyer_ids(access: Access, asked: str = "") -> tuple[str, ...]:
    return tuple(link.foyer_id for link in links(access, asked))


def choices(access: Access, shown: str) -> tuple[FoyerChoice, ...]:
    """What to choose from; empty, and nothing read, for the many who have one family."""
    if len(access.foyers) < 2:  # noqa: PLR2004 - a choice
        return ()
    files = [file for link in access.foyers if (file := foyers.load(link.foyer_id))]
    return tuple(
        FoyerChoice(
            file.foyer_id,
            file.reference,
            tuple(child.first_name for child in file.children),
            shown=file.foyer_id == shown,
        )
        for file in files
    )
