"""`parvis import foyers`: families from a town's CSV file. A dry run unless --apply is given."""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import click

from functions.console.failures import Failure
from functions.console.import_foyers import cles, report
from functions.console.import_foyers.run import Import, read, run
from functions.console.local import access, layout
from functions.domain.reglement import Reglement
from functions.reglement import compiled, source

T = TypeVar("T")
DEFAULT_MAPPING = layout.ROOT / "content" / "demonstration" / "colonnes.yml"
DEFAULT_RULES = layout.ROOT / "content" / "commune"


@click.group("import")
def import_group() -> None:
    """Reprendre les données d’un autre logiciel."""


@import_group.command("foyers")
@click.argument("file", metavar="FICHIER.csv", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--mapping",
    "mapping_file",
    metavar="COLONNES.yml",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=DEFAULT_MAPPING,
    help="Quelle colonne est quoi (modèle : content/demonstration/colonnes.yml).",
)
@click.option("--apply", "write", is_flag=True, help="Écrire. Sans cette option, rien n’est modifié.")
@click.option(
    "--cles",
    "keys_file",
    metavar="CLES.csv",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Préparer les clés enfance des responsables sans compte, et les écrire dans ce fichier CSV.",
)
@click.option(
    "--reglement",
    "rules",
    metavar="DOSSIER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=DEFAULT_RULES,
    help="Les règles de la commune (écoles, classes).",
)
def foyers(file: Path, mapping_file: Path, write: bool, keys_file: Path | None, rules: Path) -> None:
    """Importe des familles depuis un fichier CSV.

    Sans --apply, montre ce qui changerait. Chaque famille est écrite en entier ou pas du tout ; relancer la commande ne
    crée rien en double. Sortie : 0 tout est importable ; 1 des familles sont refusées ; 2 le fichier est inutilisable.
    """
    if keys_file and not write:
        raise Failure("--cles prépare des clés : ajoutez --apply.")
    if keys_file and keys_file.exists():
        raise Failure(f"{keys_file} existe déjà : choisissez un autre nom, pour ne pas perdre des clés.")
    sheet, parsed = read(file, mapping_file, load_rules(rules))
    click.echo(report.opening(sheet, len(parsed.families)))
    with access.store(layout.current()) as settings:
        done = run(parsed, settings.health_key, write=write, follow=bar)
        click.echo("\n".join([*report.remarks(done.remarks), *done.summary()]))
        if keys_file:
            _write_keys(done, keys_file)
    if not done.complete:
        raise Failure("Des lignes sont refusées : corrigez-les dans le fichier, puis recommencez.", code=1)


def load_rules(folder: Path) -> Reglement:
    """Compile a folder of rules; Failure naming the first problem when they are not right."""
    problems = source.check(folder)
    if problems:
        first = problems[0]
        raise Failure(
            f"Les règles de {folder} sont à corriger ({len(problems)}) : "
            f"{first.file}, ligne {first.line} : {first.message}"
        )
    return compiled.loads(source.compile_directory(folder))


def bar(items: Iterable[T], length: int, label: str) -> Iterable[T]:
    with click.progressbar(items, length=length, label=f"{label:<12}") as shown:
        yield from shown


def _write_keys(done: Import, path: Path) -> None:
    files = [change.target for change in done.changes if change.target is not None]
    with cles.opened(path) as write_one:
        number = 0
        for letter in cles.prepare(files, follow=bar):
            write_one(letter)
            number += 1
    click.echo(f"{number} clés enfance écrites dans {path} : gardez ce fichier en lieu sûr, puis détruisez-le.")
