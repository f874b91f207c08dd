"""`parvis rules diff`: what changes between two sets of rules, for whom, from when."""

import json
from pathlib import Path
from typing import Any

import click

from functions.console.failures import Failure
from functions.console.rules import load
from functions.console.rules_publish import tables
from functions.domain.publication import in_force
from functions.domain.reglement import Reglement
from functions.kit import clock
from functions.store import reglements

_PUBLISHED = "publie"


@click.command("diff")
@click.argument("old", metavar="AVANT")
@click.argument("new", metavar="APRÈS")
@click.option("--aws", is_flag=True, help="« publie » : les règles en vigueur sur les tables d’AWS.")
@click.option("--json", "as_json", is_flag=True, help="Répond en JSON.")
def diff(old: str, new: str, *, aws: bool, as_json: bool) -> None:
    """Dit ce qui change entre deux règles : un dossier, un fichier compilé, ou « publie » (celles en vigueur)."""
    from functions.reglement import differences

    changes = differences.compare(_read(old, aws=aws), _read(new, aws=aws))
    if as_json:
        click.echo(json.dumps([_as_json(change) for change in changes], ensure_ascii=False, indent=2))
    elif changes:
        for change in changes:
            click.echo(change.sentence())
    else:
        click.echo("Aucun changement.")


def _read(given: str, *, aws: bool) -> Reglement:
    path = Path(given)
    if given == _PUBLISHED and not path.exists():
        return _published(aws=aws)
    return _compiled(path) if path.is_file() else load(path)


def _published(*, aws: bool) -> Reglement:
    """The rules in force at this instant."""
    from functions.reglement import compiled

    now = clock.now()
    with tables(aws=aws):
        pointer = in_force(reglements.schedule(now), now)
        if pointer is None:
            raise Failure("Aucune règle publiée n’est en vigueur : le portail suit le fichier livré avec lui.")
        return compiled.loads(reglements.read_file(pointer.hash))


def _compiled(path: Path) -> Reglement:
    import msgspec

    from functions.reglement import compiled

    try:
        return compiled.load_file(path)
    except OSError as error:
        raise Failure(f"Le fichier « {path} » ne peut pas être lu.") from error
    except msgspec.MsgspecError as error:
        raise Failure(f"« {path} » n’est pas un fichier de règles compilé par « parvis rules compile ».") from error


def _as_json(change: Any) -> dict[str, Any]:
    """Documented in docs/regles.md; it only grows."""
    return {
        "scope": change.scope,
        "id": change.id or None,
        "name": change.name,
        "what": change.what,
        "before": change.before,
        "after": change.after,
        "from": change.first.isoformat() if change.first else None,
        "until": change.last.isoformat() if change.last else None,
        "whom": change.whom or None,
    }
