"""`parvis import foyers`: families from a town's CSV file. A dry run unless --apply is given."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import click

from functions.console.failures import Failure
from functions.console.import_foyers import cles, mapping, plan, reader, report
from functions.console.import_foyers.families import Parsed, parse
from functions.console.import_foyers.plan import Change
from functions.console.import_foyers.reader import Sheet
from functions.console.import_foyers.remarks import Remark
from functions.console.local import access, layout
from functions.domain.reglement import Reglement
from functions.kit import clock
from functions.reglement import compiled, source

T = TypeVar("T")
DEFAULT_MAPPING = layout.ROOT / "content" / "demonstration" / "colonnes.yml"
DEFAULT_RULES = layout.ROOT / "content" / "commune"


@dataclass(frozen=True, slots=True)
class Import:
    """What an import found and did. `remarks` are in no order."""

    sheet: Sheet
    changes: tuple[Change, ...]
    remarks: tuple[Remark, ...]

    @property
    def refused(self) -> int:
        return sum(change.outcome == "refused" for change in self.changes)


@click.group("import")
def import_group() -> None:
    """Reprendre les données d’un autre logiciel."""


@import_group.command("foyers")
@click.argument("file", metavar="FICHIER.csv", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--mapping",
    "mapping_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=DEFAULT_MAPPING,
    help="Fichier YAML qui dit quelle colonne est quoi (modèle : content/demonstration/colonnes.yml).",
)
@click.option("--apply", "write", is_flag=True, help="Écrire. Sans cette option, rien n’est modifié.")
@click.option(
    "--cles",
    "keys_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Préparer les clés enfance des responsables sans compte, et les écrire dans ce fichier CSV.",
)
@click.option(
    "--reglement",
    "rules",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=DEFAULT_RULES,
    help="Dossier des règles de la commune (écoles, classes).",
)
def foyers(file: Path, mapping_file: Path, write: bool, keys_file: Path | None, rules: Path) -> None:
    """Importer des familles depuis un fichier CSV.

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
        done = run(sheet, parsed, settings.health_key, write=write, follow=_bar)
        for text in report.remarks(done.remarks):
            click.echo(text)
        _summary(done, write=write)
        if keys_file:
            _write_keys(done, keys_file)
    if done.refused or any(remark.severity == "erreur" for remark in done.remarks):
        raise SystemExit(1)


def read(file: Path, mapping_file: Path, reglement: Reglement) -> tuple[Sheet, Parsed]:
    """Parse a file by its mapping. Raises Unusable."""
    columns = mapping.load(_text_of(mapping_file), mapping_file.name)
    sheet = reader.read(file.read_bytes(), columns.titles())
    return sheet, parse(sheet, columns, reglement, today())


def run(
    sheet: Sheet,
    parsed: Parsed,
    health_key: bytes,
    *,
    write: bool,
    follow: Callable[[Iterable[Change], int, str], Iterable[Change]],
) -> Import:
    """Compare with the store and, when asked, write. `follow` wraps the loop to show progress."""
    compared = follow(plan.plan(parsed.families, health_key), len(parsed.families), "Comparaison")
    changes = list(compared)
    if write:
        todo = (plan.apply(change, health_key) for change in changes)
        changes = list(follow(todo, len(changes), "Écriture"))
    remarks = (*parsed.remarks, *(remark for family in parsed.families for remark in family.remarks))
    return Import(sheet, tuple(changes), remarks)


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


def today() -> date:
    return clock.now().astimezone(ZoneInfo("Europe/Paris")).date()


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Failure(f"{path.name} doit être enregistré en UTF-8.") from error


def _bar(items: Iterable[T], length: int, label: str) -> Iterable[T]:
    with click.progressbar(items, length=length, label=f"{label:<12}") as shown:
        yield from shown


def _summary(done: Import, *, write: bool) -> None:
    changed = list(report.changes(done.changes))
    if changed:
        click.echo("\nCe qui change :")
        click.echo("\n".join(changed))
    if done.remarks:
        click.echo("\nEn résumé :")
        click.echo("\n".join(report.kinds(done.remarks)))
    click.echo("")
    click.echo(report.count(done.changes, applied=write))


def _write_keys(done: Import, path: Path) -> None:
    files: Sequence[Change] = [change for change in done.changes if change.target is not None]
    made = cles.prepare([change.target for change in files if change.target], follow=_bar)
    cles.write(made, path)
    click.echo(f"{len(made)} clés enfance écrites dans {path} : gardez ce fichier en lieu sûr, puis détruisez-le.")
