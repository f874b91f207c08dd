"""YAML read with positions. Every scalar stays the text that was written: no 11:45 turned into 705, no 01234 into
octal, no 3.40 into a binary fraction; only an empty value becomes None. Needs PyYAML: never imported by a function.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from functions.reglement.words import typography
from functions.shapes.collect import escape

# The C parser where PyYAML was built with it: ten times faster, same nodes.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = "tag:yaml.org,2002:null"
_DEEPEST = 40
_MOST_VALUES = 50_000


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """`key` is the path a town reads: « activites.restauration.annulation.delai »."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.message}"


@dataclass(slots=True)
class YamlFile:
    """`lines` maps JSON pointers to line numbers, from 1; `twice`: pointers written a second time, and on which line.
    `unread`: nothing of the file could be taken.
    """

    name: str
    value: Any = None
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    twice: list[tuple[str, int]] = field(default_factory=list)
    unread: bool = False

    def line_of(self, pointer: str) -> int:
        """The line of that pointer, or of the nearest thing that holds it."""
        while pointer and pointer not in self.lines:
            pointer = pointer.rpartition("/")[0]
        return self.lines.get(pointer, 1)

    def problem(self, pointer: str, message: str) -> Problem:
        return Problem(self.name, self.line_of(pointer), self.key_of(pointer), message)

    def key_of(self, pointer: str) -> str:
        """« activites.restauration.debut »: list items by their id where they have one, else by their rank."""
        here = self.value
        words: list[str] = []
        for part in pointer.split("/")[1:]:
            name = part.replace("~1", "/").replace("~0", "~")
            if isinstance(here, list) and name.isdigit() and int(name) < len(here):
                here = here[int(name)]
                named = here.get("id") if isinstance(here, dict) else None
                words.append(named if isinstance(named, str) else str(int(name) + 1))
            else:
                here = here.get(name) if isinstance(here, dict) else None
                words.append(name)
        return ".".join(words) or "fichier"


def read(path: Path, name: str) -> YamlFile:
    """Read one file; what cannot be read is a problem of the file, never an exception."""
    found = YamlFile(name)
    try:
        text = path.read_text("utf-8-sig")
        _check_depth(name, text)
        node = yaml.compose(text, Loader=_LOADER)
        if node is not None:
            found.value = _plain(node, "", found)
    except _Unreadable as error:
        return _unread(name, error.problem)
    except UnicodeDecodeError:
        return _unread(name, Problem(name, 1, "fichier", "Ce fichier n’est pas en UTF-8. Enregistrez-le en UTF-8."))
    except yaml.YAMLError as error:
        return _unread(name, _syntax(name, error))
    except RecursionError:
        message = "Une rubrique de ce fichier se contient elle-même (« & » et « * »)."
        return _unread(name, Problem(name, 1, "fichier", message))
    if found.value is not None and not isinstance(found.value, dict):
        message = "Ce fichier doit commencer par une rubrique, par exemple « activites: »."
        return _unread(name, Problem(name, 1, "fichier", message))
    if found.value is None:
        message = "Ce fichier ne contient aucune règle : écrivez-y une rubrique (« activites: »…), ou ôtez-le."
        found.problems.append(Problem(name, 1, "fichier", message))
    twice = "Cette clé est écrite deux fois dans la même rubrique : gardez-en une."
    found.problems += [Problem(name, line, found.key_of(pointer), twice) for pointer, line in found.twice]
    return found


class _Unreadable(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def _unread(name: str, problem: Problem) -> YamlFile:
    return YamlFile(name, problems=[problem], unread=True)


def _check_depth(name: str, text: str) -> None:
    """PyYAML builds its nodes by recursion, and its C part dies with the process when they are too deep."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            message = "Trop de rubriques les unes dans les autres : il manque sans doute un crochet ou une accolade."
            raise _Unreadable(Problem(name, _line(event.start_mark), "fichier", message))


def _syntax(name: str, error: yaml.YAMLError) -> Problem:
    return Problem(
        name,
        _line(getattr(error, "problem_mark", None)),
        "fichier",
        "Le YAML ne peut pas être lu ici. Vérifiez les retraits (des espaces, jamais de tabulation), les deux-points "
        "et les guillemets.",
    )


def _line(mark: Any) -> int:
    return mark.line + 1 if mark else 1


def _plain(node: yaml.Node, pointer: str, found: YamlFile) -> Any:
    found.lines.setdefault(pointer, node.start_mark.line + 1)
    if len(found.lines) > _MOST_VALUES:  # a few lines of « * » can stand for billions
        message = (
            "Ce fichier est trop long, ou ses renvois (« * ») se multiplient : répartissez-le en plusieurs fichiers."
        )
        raise _Unreadable(Problem(found.name, node.start_mark.line + 1, "fichier", message))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, pointer, found)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, f"{pointer}/{rank}", found) for rank, item in enumerate(node.value)]
    if node.tag == _NULL:
        return None
    return typography(_plain_spaces(str(node.value)))


def _plain_spaces(text: str) -> str:
    """A delay, a price or a telephone pasted from a document comes with no-break spaces, which nobody sees."""
    return text.replace("\u00a0", " ").replace("\u202f", " ") if text[:1].isdigit() else text


def _mapping(node: yaml.MappingNode, pointer: str, found: YamlFile) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for key_node, item in node.value:
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
        where = f"{pointer}/{escape(key)}"
        line = key_node.start_mark.line + 1
        if key in value:
            found.twice.append((where, line))
            continue
        found.lines[where] = line
        value[key] = _plain(item, where, found)
    return value
