"""Which passwords are refused: too short, too common, or holding the username. Nothing else is asked of them.

Sources: OWASP ASVS 5.0 (6.2), CNIL recommendation of 2022: length and a list of common passwords, no composition
rules, no forced change.
"""

import unicodedata

from functions.domain.common_passwords import COMMON, WORDS

MIN_LENGTH = 12
MAX_LENGTH = 128
_FEW_SIGNS = 5
_LONGEST_PERIOD = 4
_SHORTEST_RUN = 3
_FEW_OTHERS = 8
_SHORT_NAME = 4
_RUNS = (
    "0123456789012345678901234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "&é\"'(-è_çà)=",
    "1a2z3e4r5t6y7u8i9o0p",
    "1q2w3e4r5t6y7u8i9o0p",
)
_RUNS_BOTH_WAYS = tuple(run for each in _RUNS for run in (each, each[::-1]))
_LOOKALIKES = str.maketrans("013457@$!", "oieastasi")


def canonical(password: str) -> str:
    """One form for what two keyboards compose differently; what is hashed."""
    return unicodedata.normalize("NFKC", password)


def problem(password: str, username: str) -> str | None:
    """What to say about a password that cannot be accepted; None when it can."""
    text = canonical(password)
    if len(text) < MIN_LENGTH:
        return f"Choisissez un mot de passe d’au moins {MIN_LENGTH} caractères : celui-ci en a {len(text)}."
    if len(password) > MAX_LENGTH:
        return f"Choisissez un mot de passe de {MAX_LENGTH} caractères au plus."
    folded = text.casefold()
    if _holds(folded, username):
        return "Le mot de passe ne doit pas contenir votre identifiant."
    if _repeated(folded) or _made_of_runs(folded):
        return (
            "Ce mot de passe se devine trop vite : évitez les répétitions et les suites. Une phrase convient très bien."
        )
    if _common(folded):
        return "Ce mot de passe est trop courant : il serait vite trouvé. Une phrase à vous convient très bien."
    return None


def _holds(folded: str, username: str) -> bool:
    names = {username.strip().casefold(), username.strip().casefold().partition("@")[0]}
    return any(len(name) >= _SHORT_NAME and name in folded for name in names)


def _repeated(folded: str) -> bool:
    if len(set(folded)) < _FEW_SIGNS:
        return True
    return any(folded == (folded[:size] * len(folded))[: len(folded)] for size in range(1, _LONGEST_PERIOD + 1))


def _made_of_runs(folded: str) -> bool:
    """« azerty123456 », « abcdefghijkl »: pieces of keyboard rows, digits or alphabet, one after the other."""
    at = 0
    while at < len(folded):
        size = _longest_run(folded, at)
        if size < min(_SHORTEST_RUN, len(folded) - at):
            return False
        at += size
    return True


def _longest_run(folded: str, at: int) -> int:
    size = 0
    while at + size < len(folded) and any(folded[at : at + size + 1] in run for run in _RUNS_BOTH_WAYS):
        size += 1
    return size


def _common(folded: str) -> bool:
    """In the list, or one common word (repeated or not) with a few digits and signs around: « Motdepasse2026! »."""
    if folded in COMMON:
        return True
    plain = "".join(char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))
    return any(_one_word(text, len(plain)) for text in (plain, _core(plain).translate(_LOOKALIKES)))


def _core(text: str) -> str:
    """Without the digits and signs around: « p@ssw0rd2026!! » -> "p@ssw0rd"."""
    letters = [at for at, char in enumerate(text) if char.isalpha()]
    return text[letters[0] : letters[-1] + 1] if letters else ""


def _one_word(text: str, size: int) -> bool:
    letters = "".join(char for char in text if char.isalpha())
    if not letters or size - len(letters) > _FEW_OTHERS:
        return False
    return any(letters == word * (len(letters) // len(word)) for word in WORDS if len(letters) % len(word) == 0)
