"""`parvis invite`: the families that the town knows are told that their space waits for them, by mail or by letter.

What it says is counts, never names. Running it again sends nothing twice.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from functions.actions import invitations
from functions.console import invite_letters, tables
from functions.console.failures import Failure
from functions.console.import_command import bar
from functions.console.import_foyers import cles
from functions.console.import_foyers.cles import Letter
from functions.console.rules_publish import current_user
from functions.domain.foyer import FoyerFile
from functions.domain.invitations import way_to
from functions.kit import clock
from functions.store import foyers
from functions.store import invitations as store

_LINES = (
    ("account", "ont déjà un espace"),
    ("open", "ont une invitation encore valable"),
    ("again", "ont laissé expirer leur invitation"),
    ("mail", "n’ont jamais été invités"),
    ("letter", "n’ont pas d’adresse e-mail à eux : une lettre (--letters)"),
)


@click.command("invite")
@click.option("--dry-run", "dry", is_flag=True, help="Seulement compter : c’est aussi ce qui se passe sans option.")
@click.option("--send", is_flag=True, help="Envoyer les invitations par e-mail.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Au plus N invitations cette fois-ci.")
@click.option(
    "--letters",
    "letters_file",
    metavar="LETTRES.html",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Écrire les lettres à imprimer, avec leur clé enfance, pour ceux qui n’ont pas d’e-mail.",
)
@tables.AWS
def invite(*, dry: bool, send: bool, limit: int | None, letters_file: Path | None, aws: bool) -> None:
    """Invite les responsables déjà connus à ouvrir leur espace.

    Chaque invitation porte un lien qui sert une fois, pendant quatorze jours. Relancer la commande n’envoie rien en
    double : seuls partent les invitations jamais envoyées et celles qui ont expiré.
    """
    _refuse_options(dry=dry, send=send, limit=limit, letters_file=letters_file)
    with tables.opened(aws=aws):
        files = [file for file in map(foyers.load, sorted(foyers.every_id())) if file is not None]
        click.echo("\n".join(_summary(files)))
        if send:
            number = _send(files, limit)
            click.echo(f"{number} invitations partent." if number > 1 else f"{number} invitation part.")
        if letters_file:
            number = invite_letters.write(letters_file, _letters(files))
            click.echo(f"{number} lettres écrites dans {letters_file} : imprimez-les, puis détruisez ce fichier.")
    if not send and not letters_file:
        click.echo("Rien n’est envoyé : ajoutez --send pour les e-mails, --letters pour les lettres.")


def _refuse_options(*, dry: bool, send: bool, limit: int | None, letters_file: Path | None) -> None:
    if dry and (send or letters_file):
        raise Failure("--dry-run ne fait que compter : retirez --send et --letters.")
    if limit and not send:
        raise Failure("--limit borne les envois : ajoutez --send.")
    if letters_file:
        invite_letters.refuse(letters_file)


def _summary(files: Sequence[FoyerFile]) -> list[str]:
    counts = Counter(state for file in files for state in _states(file))
    guardians = sum(counts.values())
    lines = [f"{guardians} responsables dans {len(files)} dossiers :"]
    return [*lines, *(f"{counts[state]:>7}  {words}" for state, words in _LINES if counts[state])]


def _states(file: FoyerFile) -> Iterator[str]:
    known, now = store.of_foyer(file.foyer_id), clock.now()
    for guardian in file.guardians:
        way = way_to(file, guardian)
        if way != "mail" or guardian.person_id not in known:
            yield way
        else:
            yield "open" if invitations.still_open(known, guardian, now) else "again"


def _send(files: Sequence[FoyerFile], limit: int | None) -> int:
    number, by = 0, current_user()
    for file in bar(files, len(files), "Invitations"):
        known = store.of_foyer(file.foyer_id)
        for guardian in file.guardians:
            now = clock.now()
            if way_to(file, guardian) != "mail" or invitations.still_open(known, guardian, now):
                continue
            if limit is not None and number >= limit:
                return number
            number += invitations.send(file, guardian, known, by=by, now=now)
    return number


def _letters(files: Sequence[FoyerFile]) -> Iterator[Letter]:
    """Those whose key is not in the post already: it cannot be printed again, only made anew once it has run out."""
    for file in bar(files, len(files), "Lettres"):
        yield from cles.of_file(file, {one.person_id for one in file.guardians if way_to(file, one) == "letter"})
