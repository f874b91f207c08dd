"""`parvis retention`: what the rules no longer let the town keep. A dry run unless --apply is given."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from functions.console import tables
from functions.console.import_command import load_rules
from functions.console.retention import report
from functions.console.retention.apply import Remover
from functions.console.retention.gather import gather
from functions.console.retention.report import Row
from functions.console.rules_publish import current_user
from functions.domain.calendar import paris_day
from functions.domain.french import thousands
from functions.domain.keeping import Keeping
from functions.kit import clock, rules
from functions.store.walks import Line

_TOLD_EVERY = 10_000


@click.command("retention")
@click.option("--apply", "write", is_flag=True, help="Effacer. Sans cette option, rien n’est modifié.")
@click.option("--yes", is_flag=True, help="Ne pas demander confirmation.")
@click.option(
    "--reglement",
    "folder",
    metavar="DOSSIER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Essayer les durées de ces règles ; sans cette option, celles qui sont en vigueur.",
)
@tables.AWS
@click.option("--json", "as_json", is_flag=True, help="Répond en JSON.")
def retention(*, write: bool, yes: bool, folder: Path | None, aws: bool, as_json: bool) -> None:
    """Dit ce que les durées de conservation permettent d’effacer, et l’efface avec --apply.

    Lit toutes les tables, page par page. Interrompue, la même commande finit ce qui restait. Ce qui sert encore est
    gardé : chaque dossier est relu au moment de l’effacer.
    """
    if folder and write:
        raise click.UsageError("--reglement ne fait qu’essayer : publiez ces règles avant d’effacer.")
    chosen = load_rules(folder).retention if folder else None
    with tables.opened(aws=aws):
        now = clock.now()
        found = gather(now, _counted)
        keepings = chosen or _in_force()
        rows = report.rows(keepings, found, now)
        if not as_json:
            click.echo(report.in_words(rows, found))
        removed = None
        if write and (yes or _confirmed(sum(row.count for row in rows))):
            removed = _apply(Remover(keepings, found, current_user(), now), rows)
    if as_json:
        click.echo(json.dumps(report.as_json(rows, found, paris_day(now), removed), ensure_ascii=False, indent=2))
    elif removed is not None:
        click.echo(_told(rows, removed))
    else:
        click.echo("Rien n’est effacé." if write else "Rien n’est effacé : ajoutez --apply.")


def _in_force() -> Sequence[Keeping]:
    """Rules compiled before they could say it follow the nation's lengths."""
    from functions.reglement import retention as lengths

    return rules.current().retention or lengths.build(None)


def _confirmed(number: int) -> bool:
    answer = click.prompt(
        f"Effacer {thousands(number)} éléments, sans retour possible ? (oui/non)", default="non", err=True
    )
    return answer.strip().lower() in {"oui", "o"}


def _apply(remover: Remover, rows: Sequence[Row]) -> dict[str, int]:
    remover.finish_earlier_runs()
    removed = {}
    for row in rows:
        each = remover.remove(row.due) if row.due else remover.remove_ended(row.category, row.ended)
        removed[row.category] = _followed(each, row) if row.count else 0
    return removed


def _followed(removals: Iterator[bool], row: Row) -> int:
    """How many went; the bar goes where it does not mix with an answer in JSON."""
    with click.progressbar(removals, length=row.count, label=row.name[:30], file=sys.stderr) as shown:
        return sum(shown)


def _counted(lines: Iterable[Line], table: str) -> Iterator[Line]:
    number = 0
    for number, line in enumerate(lines, 1):
        if number % _TOLD_EVERY == 0:
            click.echo(f"Lecture de {table} : {thousands(number)} lignes…", err=True)
        yield line
    click.echo(f"Lecture de {table} : {thousands(number)} lignes, terminée.", err=True)


def _told(rows: Sequence[Row], removed: dict[str, int]) -> str:
    lines = [f"{thousands(removed[row.category]):>9}  {row.name}" for row in rows if removed[row.category]]
    kept = sum(row.count for row in rows) - sum(removed.values())
    if kept:
        lines.append(f"{thousands(kept):>9}  gardés : quelqu’un s’en est servi entre-temps.")
    return "\n".join(["Effacé :" if any(removed.values()) else "Rien n’a été effacé.", *lines])
