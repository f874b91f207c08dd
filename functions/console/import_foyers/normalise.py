"""One cell at a time: the text of an export in, a clean value and what there is to say about it out.

Nothing is guessed: what cannot be read is left empty and said.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Generic, TypeVar

from functions.console.import_foyers.remarks import Severity
from functions.domain import phones
from functions.domain.foyer import fold

T = TypeVar("T")
MAX_LENGTH = 100
_SPACES = re.compile(r"[ \t\u00a0\u202f]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_DATE = re.compile(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})$")
_ISO_DATE = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
_EMAIL = re.compile(r"^[^\s@<>,;\"]+@[^\s@<>,;\".]+(\.[^\s@<>,;\".]+)*\.[^\s@<>,;\".]{2,}$")


@dataclass(frozen=True, slots=True)
class Said:
    """Something to say about a value: how grave, which kind, and the sentence."""

    severity: Severity
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Cleaned(Generic[T]):
    value: T
    said: tuple[Said, ...] = ()


def _note(kind: str, message: str) -> Said:
    return Said(Severity.NOTE, kind, message)


def _check(kind: str, message: str) -> Said:
    return Said(Severity.CHECK, kind, message)


def _error(kind: str, message: str) -> Said:
    return Said(Severity.ERROR, kind, message)


def line(raw: str) -> Cleaned[str]:
    """One line of free text: spaces tidied, line breaks turned into commas, control characters taken out."""
    said: list[Said] = []
    value = _CONTROL.sub("", unicodedata.normalize("NFC", raw))
    if _CONTROL.search(raw):
        said.append(_check("caractère invisible", "un caractère invisible a été retiré"))
    if "\n" in value.strip() or "\r" in value.strip():
        value = ", ".join(part.strip() for part in re.split(r"[\r\n]+", value) if part.strip())
        said.append(_note("retour à la ligne", f"retour à la ligne remplacé par une virgule : « {value} »"))
    tidy = _SPACES.sub(" ", value).strip()
    if tidy not in {value, raw}:
        said.append(_note("espaces en trop", f"espaces en trop retirées : « {tidy} »"))
    if len(tidy) > MAX_LENGTH:
        said.append(_error("texte trop long", f"{len(tidy)} caractères, {MAX_LENGTH} au plus"))
    if "<" in tidy or ">" in tidy:
        said.append(_error("caractère interdit", "les signes < et > ne peuvent pas être repris"))
    return Cleaned(tidy, tuple(said))


def name(raw: str) -> Cleaned[str]:
    """A name keeps the form given: capitals are not undone, for nobody can tell « DE LA TOUR » from « de La Tour »."""
    cleaned = line(raw)
    said = list(cleaned.said)
    value = cleaned.value
    if re.search(r"\w\?|\?\w|\ufffd", value):
        said.append(_check("lettre perdue", f"« {value} » a perdu une lettre dans l’export : gardé ainsi, à corriger"))
    if re.search(r"Ã[\u0080-\u00bf©¨ª«¢´§]|Â[°«»]|â€", value):
        said.append(_check("accents abîmés", f"« {value} » semble avoir été mal converti : gardé ainsi"))
    if re.search(r"\d", value):
        said.append(_check("chiffre dans un nom", f"« {value} » contient un chiffre : gardé ainsi"))
    if len(value) > 1 and value.isupper():
        said.append(_note("nom en capitales", f"« {value} » est gardé en capitales"))
    return Cleaned(value, tuple(said))


def given_names(raw: str) -> Cleaned[tuple[str, ...]]:
    """« Zoé, Maggie » -> two given names; a space separates nothing (« Marie Lou » is one)."""
    cleaned = name(raw)
    return Cleaned(tuple(part.strip() for part in cleaned.value.split(",") if part.strip()), cleaned.said)


def phone(raw: str) -> Cleaned[str]:
    """To E.164. French numbers of ten digits, or any number written with its country code."""
    text = raw.strip()
    if not text:
        return Cleaned("")
    bare = phones.normalise(text)
    if bare is None:
        said = _check("téléphone illisible", f"« {text} » n’est pas un numéro de téléphone : laissé de côté")
        return Cleaned("", (said,))
    if bare == raw:
        return Cleaned(bare)
    return Cleaned(bare, (_note("téléphone réécrit", f"« {text} » est enregistré {bare}"),))


def email(raw: str) -> Cleaned[str]:
    """Lower case throughout: no mail service in use tells the cases apart, and sign-in compares lower case."""
    value = re.sub(r"\s", "", raw).lower()
    if not value:
        return Cleaned("")
    if not _EMAIL.match(value):
        return Cleaned(
            "", (_check("e-mail illisible", f"« {raw.strip()} » n’est pas une adresse e-mail : laissée de côté"),)
        )
    if value == raw:
        return Cleaned(value)
    return Cleaned(value, (_note("e-mail réécrit", f"espaces et capitales retirées : {value}"),))


def civil_date(raw: str, kind: str = "date illisible") -> Cleaned[date | None]:
    """JJ/MM/AAAA (also with dots or hyphens) or AAAA-MM-JJ. Two-digit years are refused: they can be read two ways."""
    text = raw.strip()
    if not text:
        return Cleaned(None)
    found, iso = _DATE.match(text), _ISO_DATE.match(text)
    if found:
        day, month, year = (int(part) for part in found.groups())
    elif iso:
        year, month, day = (int(part) for part in iso.groups())
    else:
        return Cleaned(None, (_error(kind, f"« {text} » n’est pas une date de la forme JJ/MM/AAAA"),))
    try:
        return Cleaned(date(year, month, day))
    except ValueError:
        return Cleaned(None, (_error(kind, f"« {text} » : cette date n’existe pas"),))


def quotient(raw: str) -> Cleaned[int | None]:
    """A quotient familial in centimes: « 498,29 » -> 49829, « 1 376 » -> 137600."""
    bare = re.sub(r"[\s\u00a0\u202f€]", "", raw)
    if not bare:
        return Cleaned(None)
    if not re.fullmatch(r"\d{1,6}([.,]\d{1,2})?", bare):
        return Cleaned(
            None, (_check("QF illisible", f"« {raw.strip()} » n’est pas un quotient familial : laissé vide"),)
        )
    amount = Decimal(bare.replace(",", "."))
    value = int((amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if bare.isdigit() and bare == raw:
        return Cleaned(value)
    shown = f"{amount}".replace(".", ",")
    return Cleaned(value, (_note("QF réécrit", f"« {raw.strip()} » est lu {shown}"),))


def allocataire(raw: str) -> Cleaned[str]:
    """« 2017864 K » -> « 2017864K ». A social security number is never kept: the town may not use it here."""
    bare = re.sub(r"[\s\u00a0\u202f.\-]", "", raw).upper()
    if not bare:
        return Cleaned("")
    if re.fullmatch(r"[12]\d{12}(\d{2})?", bare):
        return Cleaned(
            "",
            (
                _check(
                    "numéro de sécurité sociale", "un numéro de sécurité sociale n’a pas à figurer ici : laissé de côté"
                ),
            ),
        )
    if not re.fullmatch(r"\d{5,8}[A-Z]?", bare):
        return Cleaned(
            "", (_check("n° allocataire illisible", f"« {raw.strip()} » n’a pas la forme attendue : laissé de côté"),)
        )
    if bare == raw:
        return Cleaned(bare)
    return Cleaned(bare, (_note("n° allocataire réécrit", f"« {raw.strip()} » est enregistré {bare}"),))


def postcode(raw: str) -> Cleaned[str]:
    """Five digits; « 1400 » lost its zero in a spreadsheet, but which one is not ours to say."""
    bare = re.sub(r"\s", "", raw)
    if not bare or re.fullmatch(r"\d{5}", bare):
        return Cleaned(bare)
    return Cleaned("", (_check("code postal illisible", f"« {raw.strip()} » n’a pas cinq chiffres : laissé vide"),))


def regime(raw: str) -> Cleaned[str]:
    value = fold(raw).upper()
    if value in ("", "CAF", "MSA"):
        return Cleaned(value)
    return Cleaned("", (_check("régime inconnu", f"« {raw.strip()} » n’est ni CAF ni MSA : laissé vide"),))
