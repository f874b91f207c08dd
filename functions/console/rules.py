"""`parvis rules`: check, try, list and compile a town's rules before they are published."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from functions.console.failures import Failure
from functions.console.rules_options import explain_options, question_of
from functions.domain.reglement import Reglement

_DIRECTORY = click.argument("directory", metavar="DOSSIER", type=click.Path(path_type=Path))
_JSON = click.option("--json", "as_json", is_flag=True, help="Répond en JSON.")


_LISTED = (
    ("Activités", "activities"),
    ("Écoles", "schools"),
    ("Sessions", "sessions"),
    ("Conservation", "retention"),
)


@click.group()
def rules() -> None:
    """Vérifie, essaie et compile les règles d’une commune."""


@rules.command()
@_DIRECTORY
def check(directory: Path) -> None:
    """Dit tout ce qui ne va pas dans les règles : « fichier:ligne: clé: message »."""
    from functions.reglement import source

    problems = source.check(_existing(directory))
    for problem in problems:
        click.echo(problem)
    if problems:
        sys.exit(1)
    for remark in source.remarks(directory):
        click.echo(f"Remarque : {remark}")
    click.echo("Les règles sont cohérentes.")


@rules.command("compile")
@_DIRECTORY
@click.argument("out", metavar="FICHIER", type=click.Path(path_type=Path, dir_okay=False))
def compile_(directory: Path, out: Path) -> None:
    """Écrit le fichier compilé que lisent les fonctions."""
    compiled = compiled_of(directory)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(compiled)
    except OSError as error:
        raise Failure(f"Le fichier « {out} » ne peut pas être écrit.") from error
    click.echo(f"Règles compilées dans {out}")


@rules.command("list")
@_DIRECTORY
@_JSON
def list_(directory: Path, as_json: bool) -> None:
    """Donne les identifiants des activités, des écoles et des sessions, et les durées de conservation."""
    reglement = load(directory)
    found: dict[str, list[dict[str, Any]]] = {
        "activities": [{"id": item.id, "name": item.name} for item in reglement.activities.values()],
        "schools": [{"id": item.id, "name": item.name} for item in reglement.schools.values()],
        "sessions": [
            {
                "id": session.id,
                "name": session.name,
                "activity": activity.id,
                "first": session.first.isoformat(),
                "last": session.last.isoformat(),
            }
            for activity in reglement.activities.values()
            for session in activity.sessions
        ],
        "retention": [
            {"id": item.id, "name": f"{item.words()} depuis {item.since}", "town": item.town}
            for item in reglement.retention
        ],
    }
    if as_json:
        _print_json(found)
        return
    for title, section in _LISTED:
        click.echo(f"{title} :" if found[section] else f"{title} : aucune")
        for item in found[section]:
            click.echo(f"  {item['id']}  {item['name']}")


@rules.command()
@_DIRECTORY
@explain_options
@_JSON
def explain(directory: Path, as_json: bool, **given: Any) -> None:
    """Dit ce que les règles décident d’un jour, pour un enfant et à un instant donnés."""
    from functions.console import rules_answer
    from functions.domain import trial

    reglement = load(directory)
    answer = trial.answer(reglement, question_of(reglement, given))
    if as_json:
        _print_json(rules_answer.as_json(answer))
    else:
        click.echo(rules_answer.in_words(answer))


def _existing(directory: Path) -> Path:
    if not directory.is_dir():
        raise Failure(f"Le dossier « {directory} » n’existe pas.")
    return directory


def compiled_of(directory: Path) -> bytes:
    from functions.reglement import source

    try:
        return source.compile_directory(_existing(directory))
    except source.Incoherent as error:
        message = (
            f"Les règles de « {directory} » ont des problèmes ({len(error.problems)}) : "
            f"lancez « parvis rules check {directory} »."
        )
        raise Failure(message) from error


def load(directory: Path) -> Reglement:
    from functions.reglement import compiled

    return compiled.loads(compiled_of(directory))


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
