"""`parvis calendar`: the town's calendars to subscribe to, as files, without building the site."""

from pathlib import Path

import click

from functions.console.failures import Failure


@click.command("calendar")
@click.argument("directory", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, metavar="DOSSIER", type=click.Path(path_type=Path, file_okay=False), help="Où les écrire."
)
def write_calendars(directory: Path, out: Path) -> None:
    """Écrit les calendriers de la commune (.ics) : vacances et jours fériés, fermetures, inscriptions."""
    from functions.console.rules import load
    from functions.reglement import ics

    for name, content in ics.files(load(directory)).items():
        try:
            out.mkdir(parents=True, exist_ok=True)
            (out / name).write_bytes(content)
        except OSError as error:
            raise Failure(f"Le fichier « {out / name} » ne peut pas être écrit.") from error
        click.echo(out / name)
