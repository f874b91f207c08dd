"""Names and lines of text as people type them: « d'Aÿ », « O'Neill », « Jean-Émile », « Nguyễn »."""

import unicodedata

_IN_NAMES = set("'’ʼ`´-‐‑–.,·")
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_PICTURES = {"So", "Sk"}
_SIGNS = set("°№©®")
_VOWELS = set("AEIOUYH")
_SPACES = {"\u00a0", "\u202f", "\u2009"}


def tidy(text: str) -> str:
    """One normal form, plain spaces, none at the ends."""
    plain = "".join(" " if char in _SPACES else char for char in unicodedata.normalize("NFC", text))
    return " ".join(plain.split(" ")).strip()


def name_problem(text: str) -> str | None:
    """What to say about a name that cannot be one; None when it can."""
    if not any(char.isalpha() for char in text):
        return "Un nom s’écrit avec des lettres."
    if all(char in _IN_NAMES or unicodedata.category(char)[0] in "LM" or char == " " for char in text):
        return None
    return "Un nom s’écrit avec des lettres, des espaces, des apostrophes et des traits d’union."


def line_problem(text: str) -> str | None:
    """The same for a line of an address, where digits and signs are welcome."""
    categories = {unicodedata.category(char) for char in text if char not in _IN_NAMES | _SIGNS}
    if categories & (_UNSEEN | _PICTURES):
        return "Cette réponse contient un signe qui ne peut pas être enregistré : retirez-le."
    return None


def town_title(town: str) -> str:
    """« Ville de Nantes », « Ville d’Angers », « Ville du Mans », « Ville des Ulis »."""
    for article, contracted in (("Le ", "du "), ("Les ", "des ")):
        if town.startswith(article):
            return f"Ville {contracted}{town.removeprefix(article)}"
    return f"Ville d’{town}" if unicodedata.normalize("NFD", town)[:1].upper() in _VOWELS else f"Ville de {town}"


def given_names(typed: str) -> tuple[str, ...]:
    """« Jean-Émile, Paul » -> two; a space separates nothing (« Marie Lou » is one)."""
    return tuple(part.strip() for part in typed.split(",") if part.strip())
