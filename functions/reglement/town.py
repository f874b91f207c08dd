"""The files of a town, gathered: every item keeps the file and the pointer it came from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from functions.domain.errors import FieldError
from functions.reglement import yaml_reader
from functions.reglement.yaml_activities import ActivityYaml
from functions.reglement.yaml_basics import Shape
from functions.reglement.yaml_quotients import QuotientYaml
from functions.reglement.yaml_reader import Problem, YamlFile
from functions.reglement.yaml_retention import RetentionYaml
from functions.reglement.yaml_shapes import (
    LISTS,
    SINGLES,
    CalendarYaml,
    CommuneYaml,
    CustodyYaml,
    DetailsYaml,
    DocumentYaml,
    SchoolYaml,
    ServiceYaml,
    WelcomeYaml,
)
from functions.reglement.yaml_tariffs import TariffYaml
from functions.shapes.collect import collect, unknown_word

T = TypeVar("T", bound=Shape)
_AFTER_A_COMMA = re.compile("[0-9]{1,2}( ?[%€])?")
_NEAR = re.compile("Vouliez-vous dire «\u202f(.+?)\u202f»")


@dataclass(frozen=True, slots=True)
class Item(Generic[T]):
    """One thing a town wrote, and where."""

    value: T
    file: YamlFile
    pointer: str

    def problem(self, key: str, message: str) -> Problem:
        """`key` is relative: "reservation/delai"; "" speaks of the whole item."""
        return self.file.problem(f"{self.pointer}/{key}" if key else self.pointer, message)


@dataclass(slots=True)
class Town:
    """All that could be read. `ids` also holds those of items whose shape is wrong, so that nobody who names them
    is told they do not exist; `partial` when a file or a rubric could not be read: what it holds is not known.
    """

    commune: Item[CommuneYaml] | None = None
    welcome: Item[WelcomeYaml] | None = None
    calendar: Item[CalendarYaml] | None = None
    custody: Item[CustodyYaml] | None = None
    details: Item[DetailsYaml] | None = None
    quotient: Item[QuotientYaml] | None = None
    retention: Item[RetentionYaml] | None = None
    services: list[Item[ServiceYaml]] = field(default_factory=list)
    schools: list[Item[SchoolYaml]] = field(default_factory=list)
    documents: list[Item[DocumentYaml]] = field(default_factory=list)
    tariffs: list[Item[TariffYaml]] = field(default_factory=list)
    activities: list[Item[ActivityYaml]] = field(default_factory=list)
    ids: dict[str, set[str]] = field(default_factory=lambda: {section: set() for section in LISTS})
    problems: list[Problem] = field(default_factory=list)
    partial: bool = False


_LIST_FIELDS = {
    "services": "services",
    "ecoles": "schools",
    "documents": "documents",
    "tarifs": "tariffs",
    "activites": "activities",
}
_SINGLE_FIELDS = {
    "commune": "commune",
    "accueil": "welcome",
    "calendrier": "calendar",
    "coordonnees": "details",
    "garde_alternee": "custody",
    "quotient_familial": "quotient",
    "conservation": "retention",
}


def gather(directory: Path) -> Town:
    """Read every .yml and .yaml file of the directory and its sub-directories, in the order of their names."""
    town = Town()
    paths = sorted(path for path in directory.rglob("*") if path.suffix.lower() in {".yml", ".yaml"} and path.is_file())
    for path in paths:
        file = yaml_reader.read(path, path.relative_to(directory).as_posix())
        town.problems += file.problems
        town.partial |= file.unread
        _take(file, town)
    if not paths:
        town.problems.append(Problem(".", 1, "fichier", "Ce dossier ne contient aucun fichier .yml."))
        return town
    if town.partial:
        return town
    first = paths[0].relative_to(directory).as_posix()
    for name in ("commune", "calendrier"):
        if getattr(town, _SINGLE_FIELDS[name]) is None and not any(p.key.startswith(name) for p in town.problems):
            town.problems.append(Problem(first, 1, name, f"La rubrique « {name} » manque dans ce dossier."))
    return town


def _take(file: YamlFile, town: Town) -> None:
    for key, raw in (file.value or {}).items():
        if key in LISTS:
            for item in _items(key, raw, file, town):
                getattr(town, _LIST_FIELDS[key]).append(item)
        elif key in SINGLES:
            _take_single(key, raw, file, town)
        else:
            town.problems.append(file.problem(f"/{key}", unknown_word(key, [*LISTS, *SINGLES])))
            town.partial = True


def _take_single(key: str, raw: Any, file: YamlFile, town: Town) -> None:
    attribute = _SINGLE_FIELDS[key]
    if getattr(town, attribute) is not None:
        town.problems.append(file.problem(f"/{key}", f"La rubrique « {key} » est déjà écrite ailleurs."))
        return
    item = _convert(raw, SINGLES[key], file, f"/{key}", town)
    if item is not None:
        setattr(town, attribute, item)


def _items(section: str, raw: Any, file: YamlFile, town: Town) -> Iterator[Item[Any]]:
    if not isinstance(raw, list):
        town.problems.append(file.problem(f"/{section}", "Une liste est attendue ici (une ligne par « - »)."))
        return
    for rank, value in enumerate(raw):
        pointer = f"/{section}/{rank}"
        name = value.get("id") if isinstance(value, dict) else None
        if isinstance(name, str):
            if name in town.ids[section]:
                message = f"L’identifiant « {name} » est déjà pris dans « {section} »."
                town.problems.append(file.problem(f"{pointer}/id", message))
            town.ids[section].add(name)
        item = _convert(value, LISTS[section], file, pointer, town)
        if item is not None:
            yield item


def _convert(raw: Any, shape: type[Shape], file: YamlFile, pointer: str, town: Town) -> Item[Any] | None:
    try:
        return Item(msgspec.convert(raw, shape), file, pointer)
    except msgspec.ValidationError as error:
        found = _told_once(raw, collect(raw, shape))
        town.problems += [file.problem(pointer + wrong.pointer, _said(wrong)) for wrong in found]
        if not found:  # a constraint the collector does not know
            town.problems.append(file.problem(pointer, f"Cette rubrique n’est pas acceptée ({error})."))
        return None


def _said(wrong: FieldError) -> str:
    """« de: 250,01 » between braces is read as a key « 01 »: the commonest slip of all, so what to write is said."""
    key = wrong.pointer.rpartition("/")[2]
    if not _AFTER_A_COMMA.fullmatch(key) or "n’est pas connu ici" not in wrong.detail:
        return wrong.detail
    return f'{wrong.detail} Entre accolades, la virgule sépare : écrivez "3,40" entre guillemets, ou 3.40.'


def _told_once(raw: Any, found: list[FieldError]) -> list[FieldError]:
    """A key that is misspelt is not said to be missing as well."""
    meant = {f"{error.pointer.rpartition('/')[0]}/{name}" for error in found for name in _NEAR.findall(error.detail)}
    return [error for error in found if error.pointer not in meant or _is_written(raw, error.pointer)]


def _is_written(raw: Any, pointer: str) -> bool:
    here = raw
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        try:
            here = here[int(name)] if isinstance(here, list) else here[name]
        except (KeyError, IndexError, ValueError, TypeError):
            return False
    return True
