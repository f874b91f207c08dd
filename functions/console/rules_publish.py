"""`parvis rules publish` puts rules in force at an instant; `parvis rules published` lists what was, is and will be."""

import getpass
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from functions.actions import publication
from functions.console.failures import Failure
from functions.console.local import access, layout
from functions.console.rules import compiled_of
from functions.domain import trial_reading
from functions.domain.calendar import PARIS
from functions.domain.errors import DomainError
from functions.domain.french import decimal_comma
from functions.domain.publication import Pointer, in_force, paris_words
from functions.kit import clock
from functions.store import connection, reglements
from functions.store.transactions import Busy

_JSON = click.option("--json", "as_json", is_flag=True, help="Répond en JSON.")
_AWS = click.option(
    "--aws", is_flag=True, help="Sur les tables d’AWS, avec vos propres droits (voir docs/exploitation.md)."
)
_STATES = {"past": "passées", "in_force": "en vigueur", "to_come": "à venir"}
_PAGES = (
    "Les pages du site sont écrites au moment où on les construit : reconstruisez-les avec ces règles "
    "(« make build ») et mettez-les en ligne à la même date."
)


@click.command()
@click.argument("directory", metavar="[DOSSIER]", required=False, type=click.Path(path_type=Path))
@click.option("--from", "since", metavar="ISO", help="Leur entrée en vigueur. Par défaut : dans cinq minutes.")
@click.option("--note", metavar="TEXTE", default="", help="Ce qui change, pour s’y retrouver.")
@click.option("--withdraw", metavar="ISO", help="Retire la publication à venir de cet instant.")
@_AWS
@_JSON
def publish(
    directory: Path | None, since: str | None, note: str, withdraw: str | None, *, aws: bool, as_json: bool
) -> None:
    """Publie des règles : vérifiées, compilées, gardées pour toujours, en vigueur à un instant donné."""
    if withdraw is not None:
        if directory or since or note:
            raise Failure("--withdraw s’emploie seul : il n’attend ni dossier, ni --from, ni --note.")
        _withdraw(_instant(withdraw, "--withdraw"), aws=aws, as_json=as_json)
        return
    if directory is None:
        raise Failure("Il manque le dossier des règles à publier.")
    compiled = compiled_of(directory)
    wanted = None if since is None else _instant(since, "--from")
    now = clock.now()
    with tables(aws=aws):
        pointer = publication.publish(compiled, wanted, by=current_user(), note=note.strip(), now=now)
        before = in_force(reglements.schedule(now), now)
    sizes = {"bytes": len(compiled), "packed_bytes": len(reglements.pack(compiled))}
    if as_json:
        _print_json({**_as_json(pointer), **sizes, "in_force": _as_json(before) if before else None})
        return
    click.echo(_told(pointer, before, **sizes))


@click.command()
@_AWS
@_JSON
def published(*, aws: bool, as_json: bool) -> None:
    """Donne les règles publiées : passées, en vigueur, à venir."""
    now = clock.now()
    with tables(aws=aws):
        found = reglements.pointers()
    current = in_force(found, now)
    rows = [(_state(each, current, now), each) for each in found]
    if as_json:
        _print_json({"pointers": [{"state": state, **_as_json(each)} for state, each in rows]})
        return
    if current is None:
        click.echo("Aucune règle publiée n’est en vigueur : le portail suit le fichier livré avec lui.")
    for state, each in rows:
        note = f"  « {each.note} »" if each.note else ""
        click.echo(f"{_STATES[state]:<11} depuis le {paris_words(each.since)}  {each.hash[:12]}  par {each.by}{note}")


def _withdraw(since: datetime, *, aws: bool, as_json: bool) -> None:
    with tables(aws=aws):
        pointer = publication.withdraw(since, by=current_user(), now=clock.now())
    if as_json:
        _print_json({"withdrawn": _as_json(pointer)})
    else:
        click.echo(f"Retirées : les règles {pointer.hash[:12]} n’entreront pas en vigueur le {paris_words(since)}.")


@contextmanager
def tables(*, aws: bool) -> Iterator[None]:
    """The tables of this machine, or those of AWS by the caller's own credentials; each trouble is one sentence."""
    if not aws:
        with access.store(layout.current()), _troubles_told():
            yield
        return
    prefix = os.environ.get("PARVIS_TABLE_PREFIX") or "parvis-"
    connection.configure(connection.Settings(prefix, os.environ.get("PARVIS_REGION") or "eu-west-3"))
    with _troubles_told():
        yield


@contextmanager
def _troubles_told() -> Iterator[None]:
    from pynamodb.exceptions import PynamoDBException

    try:
        yield
    except DomainError as refusal:
        raise Failure(refusal.detail) from refusal
    except reglements.Unreadable as error:
        raise Failure(f"Les règles publiées ne peuvent pas être lues ({error.reason}). Rien n’a changé.") from error
    except (PynamoDBException, Busy) as error:
        raise Failure(
            "La base de données ne répond plus. Une publication est écrite en entier ou pas du tout : "
            "« parvis rules published » dit ce qu’il en est."
        ) from error


def _instant(text: str, option: str) -> datetime:
    """UTC, to the second."""
    try:
        return trial_reading.instant(text).replace(microsecond=0)
    except trial_reading.Unreadable as error:
        raise Failure(f"{str(error).removesuffix('.')} ({option}).") from error


def current_user() -> str:
    """Who runs the command, for the audit: a login name. A container may have none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid-{os.getuid()}"


def _state(pointer: Pointer, current: Pointer | None, now: datetime) -> str:
    if pointer == current:
        return "in_force"
    return "to_come" if pointer.since > now else "past"


def _as_json(pointer: Pointer) -> dict[str, Any]:
    return {
        "hash": pointer.hash,
        "since": f"{pointer.since:%Y-%m-%dT%H:%M:%SZ}",
        "since_paris": pointer.since.astimezone(PARIS).isoformat(),
        "published_at": f"{pointer.published_at:%Y-%m-%dT%H:%M:%SZ}",
        "by": pointer.by,
        "note": pointer.note,
    }


def _told(pointer: Pointer, before: Pointer | None, **sizes: int) -> str:
    lines = [
        "Règles publiées.",
        f"  empreinte   {pointer.hash}",
        f"  taille      {_kilobytes(sizes['bytes'])}, {_kilobytes(sizes['packed_bytes'])} une fois compressées",
        f"  en vigueur  le {paris_words(pointer.since)}",
    ]
    if before is None:
        lines.append("  d’ici là    celles du fichier livré avec le portail : rien de publié n’est en vigueur")
    elif before != pointer:
        lines.append(f"  d’ici là    {before.hash[:12]}, depuis le {paris_words(before.since)}")
    return "\n".join([*lines, _PAGES])


def _kilobytes(size: int) -> str:
    return f"{decimal_comma(round(size / 10))} ko"


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
