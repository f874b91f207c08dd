"""The `parvis` command. English verbs, nouns of the trade, French answers.

Exit codes: 0 done; 1 done in part (families refused, problems found in the rules); 2 not done (bad file, option,
environment). Ctrl-C while serving is a normal end: 0.
"""

import sys

import click

from functions.console import french
from functions.console.agents_command import agents_group
from functions.console.calendar_command import write_calendars
from functions.console.failures import Failure
from functions.console.import_command import import_group
from functions.console.invite_command import invite
from functions.console.local import engine, layout
from functions.console.openapi import write_openapi
from functions.console.retention_command import retention
from functions.console.rules import rules
from functions.console.rules_diff import diff
from functions.console.rules_publish import publish, published
from functions.console.rules_schema import write_schema
from functions.console.serve_command import serve


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Codes de sortie : 0 fait ; 1 fait en partie (familles refusées, règles à corriger) ; 2 pas fait.",
)
def parvis() -> None:
    """Parvis, le portail des familles de la commune."""


@parvis.command()
@click.option("--yes", is_flag=True, help="Ne pas demander confirmation.")
def reset(yes: bool) -> None:
    """Efface les données de cette machine (var/)."""
    where = layout.current()
    if where.is_held():
        raise Failure("Parvis est en marche : arrêtez-le d’abord (Ctrl-C), puis recommencez.")
    if not yes:
        answer = click.prompt(f"Effacer tout ce que contient {where.var} ? (oui/non)", default="non")
        if answer.strip().lower() not in {"oui", "o"}:
            click.echo("Rien n’a été effacé.")
            return
    engine.stop_stale(where)
    where.clear()
    click.echo("Les données de cette machine sont effacées.")


parvis.add_command(serve)
parvis.add_command(import_group)
parvis.add_command(agents_group)
parvis.add_command(invite)
parvis.add_command(retention)
parvis.add_command(rules)
rules.add_command(diff)
rules.add_command(publish)
rules.add_command(published)
rules.add_command(write_schema)
parvis.add_command(write_openapi)
parvis.add_command(write_calendars)


def main() -> None:
    french.install()
    try:
        parvis(standalone_mode=False)
    except Failure as failure:
        click.echo(f"Erreur : {failure}", err=True)
        sys.exit(failure.code)
    except click.ClickException as error:
        click.echo(f"Erreur : {error.format_message()}", err=True)
        sys.exit(2)
    except click.Abort:
        click.echo("Interrompu.", err=True)
        sys.exit(2)
    except BrokenPipeError:  # « | head » closed the pipe: nobody reads any more
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    main()
