"""`parvis rules schema`: the JSON Schema that lets an editor complete the town's YAML."""

import json
from pathlib import Path

import click

from functions.console.failures import Failure


def written() -> str:
    """The file as it is committed: docs/reglement.schema.json."""
    from functions.reglement import json_schema

    return json.dumps(json_schema.document(), ensure_ascii=False, indent=1) + "\n"


@click.command("schema")
@click.option(
    "--out", metavar="FICHIER", type=click.Path(path_type=Path, dir_okay=False), help="Écrit dans un fichier."
)
def write_schema(out: Path | None) -> None:
    """Donne le schéma JSON des règles, avec lequel un éditeur les complète."""
    if out is None:
        click.echo(written(), nl=False)
        return
    try:
        out.write_text(written(), "utf-8")
    except OSError as error:
        raise Failure(f"Le fichier « {out} » ne peut pas être écrit.") from error
    click.echo(f"Schéma écrit dans {out}")
