"""What a person signs in with: a username of their choice, or their e-mail address."""

import re
import unicodedata

_ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}",
)
_LOCAL_MAX = 64
_JAPANESE = frozenset({"CJK", "HIRAGANA", "KATAKANA"})
_FOLDED_MAX_BYTES = 2000  # under what a key of the store holds; sixty characters may fold to a thousand


def fold(text: str) -> str:
    """Two spellings of one username or address give the same text: case and width do not count."""
    return unicodedata.normalize("NFKC", text.strip()).casefold()


def is_address(folded: str) -> bool:
    return "@" in folded


def is_too_long(folded: str) -> bool:
    """No account has such a name: one sign may stand for eighteen, and creating refuses it."""
    return len(folded.encode()) > _FOLDED_MAX_BYTES


def address_problem(text: str) -> str | None:
    """What is wrong with an e-mail address that no mail server would take; None when one might."""
    folded = text.strip().lower()
    # lowered first, a Kelvin sign would pass for the letter k
    if not text.isascii() or not _ADDRESS.fullmatch(folded) or len(folded.partition("@")[0]) > _LOCAL_MAX:
        return "Saisissez une adresse e-mail complète, sans accent ni espace, par exemple prenom.nom@exemple.fr."
    return None


def username_problem(username: str, email: str) -> str | None:
    folded = fold(username)
    if not username.isprintable() or is_too_long(folded):
        return "Cet identifiant contient un signe qui ne peut pas être lu."
    if is_address(folded) and folded != fold(email):
        return "Un identifiant qui contient « @ » doit être l’adresse e-mail donnée plus haut."
    if len(_scripts(folded)) > 1:
        return "Cet identifiant mêle des lettres de plusieurs alphabets\u202f: écrivez-le avec un seul."
    return None


def _scripts(folded: str) -> set[str]:
    """The alphabets of its letters, by the first word of their Unicode names: a Cyrillic « a » passes for a Latin one.

    Signs and digits belong to all; Japanese is written with three.
    """
    letters = [sign for sign in folded if unicodedata.category(sign).startswith("L")]
    found = {unicodedata.name(letter, "UNNAMED").partition(" ")[0].partition("-")[0] for letter in letters}
    return found - _JAPANESE | {"CJK"} if found & _JAPANESE else found
