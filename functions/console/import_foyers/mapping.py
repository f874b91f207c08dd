"""The mapping file: which column of a town's export is what. Wrong keys are named, in French."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from functions.console.import_foyers.remarks import Unusable
from functions.domain.foyer import fold

REQUIRED = ("dossier", "type", "nom", "prenoms", "naissance")
COLUMNS = (
    *REQUIRED,
    "civilite",
    "nom_naissance",
    "commune_naissance",
    "adresse",
    "complement",
    "code_postal",
    "ville",
    "telephones",
    "courriel",
    "autorite_parentale",
    "lien",
    "ecole",
    "classe",
    "contrat",
    "allocataire",
    "regime",
    "quotient",
    "quotient_date",
    "observations",
)
WORDS = ("responsable", "enfant", "contact", "madame", "monsieur", "oui", "non", "regulier", "occasionnel")
NEEDED_WORDS = ("responsable", "enfant")
NOTES = ("garde_semaines_paires", "garde_semaines_impaires", "peut_recuperer")
_SECTIONS = ("colonnes", "ignorees", "valeurs", "observations", "rentree", "classes", "communes")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """`columns` gives the titles of a field (several for telephones). `words`, `notes` and `towns` have folded keys."""

    columns: Mapping[str, tuple[str, ...]]
    ignored: frozenset[str]
    words: Mapping[str, str]
    notes: Mapping[str, str]
    ages: Mapping[str, int]  # class name, folded -> age reached in the year of the rentrée
    towns: Mapping[str, str]
    school_year: int | None = None

    def titles(self) -> frozenset[str]:
        return frozenset(title for titles in self.columns.values() for title in titles)

    def check_header(self, header: Collection[str]) -> list[str]:
        """Raise Unusable for a column that the file has not; return the file's columns that nothing takes."""
        for field, titles in self.columns.items():
            for title in titles:
                if title not in header:
                    found = ", ".join(f"« {name} »" for name in header)
                    raise Unusable(
                        f"La colonne « {title} » (attendue pour {field}) manque dans le fichier. "
                        f"Colonnes trouvées : {found}."
                    )
        return [title for title in header if title not in self.titles() and title not in self.ignored]


def load(text: str, name: str) -> ColumnMapping:
    """Read a mapping file; `name` is what error messages call it. Raises Unusable."""
    try:
        value = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", ligne {mark.line + 1}" if mark else ""
        raise Unusable(f"{name}{where} : ce fichier YAML ne peut pas être lu.") from error
    document = _section(value, name, "le fichier", _SECTIONS)
    columns = _columns(document.get("colonnes"), name)
    words = _words(document.get("valeurs"), name, "valeurs", WORDS)
    for word in NEEDED_WORDS:
        if word not in words.values():
            raise Unusable(f"{name}, valeurs : la clé « {word} » manque.")
    return ColumnMapping(
        columns=columns,
        ignored=frozenset(_texts(document.get("ignorees", []), name, "ignorees")),
        words=words,
        notes=_words(document.get("observations", {}), name, "observations", NOTES),
        ages=_ages(document.get("classes", {}), name),
        towns=_towns(document.get("communes", {}), name),
        school_year=_year(document.get("rentree"), name),
    )


def _section(value: Any, name: str, where: str, known: Collection[str] | None) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Unusable(f"{name}, {where} : une liste de clés et de valeurs est attendue.")
    for key in value:
        if known is not None and key not in known:
            choices = ", ".join(known)
            raise Unusable(f"{name}, {where} : la clé « {key} » n’est pas connue (clés possibles : {choices}).")
    return value


def _columns(value: Any, name: str) -> dict[str, tuple[str, ...]]:
    section = _section(value, name, "colonnes", COLUMNS)
    for field in REQUIRED:
        if field not in section:
            raise Unusable(f"{name}, colonnes : la clé « {field} » est obligatoire.")
    columns = {field: _texts(titles, name, f"colonnes, {field}") for field, titles in section.items()}
    for field, titles in columns.items():
        if len(titles) != 1 and field != "telephones":
            raise Unusable(f"{name}, colonnes, {field} : une seule colonne est attendue.")
    return columns


def _texts(value: Any, name: str, where: str) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    if not all(isinstance(item, str) and item.strip() for item in items):
        raise Unusable(f"{name}, {where} : un titre de colonne est attendu (entre guillemets si c’est un nombre).")
    return tuple(item.strip() for item in items)


def _words(value: Any, name: str, where: str, known: Collection[str]) -> dict[str, str]:
    """Folded word of the export -> meaning."""
    section = _section(value, name, where, known)
    words: dict[str, str] = {}
    for meaning, spellings in section.items():
        for spelling in _spellings(spellings, name, f"{where}, {meaning}"):
            if words.setdefault(fold(spelling), meaning) != meaning:
                raise Unusable(f"{name}, {where} : « {spelling} » a deux sens.")
    return words


def _spellings(value: Any, name: str, where: str) -> tuple[str, ...]:
    # YAML reads a bare « on », « no » or « yes » as a boolean: quotes are needed then.
    if isinstance(value, bool) or (isinstance(value, list) and any(isinstance(item, bool) for item in value)):
        raise Unusable(f"{name}, {where} : mettez ce mot entre guillemets.")
    return _texts(value, name, where)


def _ages(value: Any, name: str) -> dict[str, int]:
    section = _section(value, name, "classes", None)
    for level, age in section.items():
        if not isinstance(age, int) or isinstance(age, bool):
            raise Unusable(f"{name}, classes, {level} : un âge en années est attendu.")
    return {fold(str(level)): age for level, age in section.items()}


def _towns(value: Any, name: str) -> dict[str, str]:
    section = _section(value, name, "communes", None)
    return {fold(str(spelling)): _texts(town, name, "communes")[0] for spelling, town in section.items()}


def _year(value: Any, name: str) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 2000 <= value <= 2100:  # noqa: PLR2004 - centuries
        raise Unusable(f"{name}, rentree : une année est attendue, par exemple 2026.")
    return value
