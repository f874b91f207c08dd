"""Clés enfance for the letters of a town: made for guardians without an account, written once, to print and destroy."""

import csv
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from functions.actions.cles import prepare_keys
from functions.console.failures import Failure
from functions.domain.foyer import Child, FoyerFile, Guardian
from functions.kit import clock

LIFE = timedelta(days=365)  # a school year and its holidays; a lost letter stops being dangerous after that
_TITLES = ("Dossier", "Responsable", "Adresse", "Complément", "CP", "Commune", "Enfants", "Clé enfance")
Follow = Callable[[Iterable[FoyerFile], int, str], Iterable[FoyerFile]]


@dataclass(frozen=True, slots=True)
class Letter:
    """What one letter says. The key stands in clear here and nowhere else."""

    file: FoyerFile
    guardian: Guardian
    key: str

    @property
    def children(self) -> tuple[Child, ...]:
        """Those whose name and birth date open the key."""
        return tuple(child for child in self.file.children if child.birth_date)


def prepare(files: Sequence[FoyerFile], *, follow: Follow) -> Iterator[Letter]:
    """Make the missing keys, one file at a time: write each letter down before asking for the next."""
    for file in follow(files, len(files), "Clés enfance"):
        yield from of_file(file)


def of_file(file: FoyerFile, only: Collection[str] | None = None) -> list[Letter]:
    now = clock.now()
    made = prepare_keys(file, now + LIFE, now, only)
    return [
        Letter(file, guardian, made[guardian.person_id]) for guardian in file.guardians if guardian.person_id in made
    ]


def create(path: Path) -> int:
    """A new file that its owner alone can read, open for writing. Failure where one stands already."""
    try:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise Failure(f"{path} ne peut pas être créé : {error.strerror}.") from error


@contextmanager
def opened(path: Path) -> Iterator[Callable[[Letter], None]]:
    """A new CSV file (UTF-8 with BOM, which spreadsheets expect) that its owner alone can read. Never overwrites."""
    with os.fdopen(create(path), "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(_TITLES)

        def write(letter: Letter) -> None:
            writer.writerow([_harmless(cell) for cell in _cells(letter)])
            file.flush()

        yield write


def _cells(letter: Letter) -> tuple[str, ...]:
    guardian = letter.guardian
    address = guardian.address or letter.file.address
    who = " ".join(part for part in (guardian.title, *guardian.given_names[:1], guardian.usual_name) if part)
    children = ", ".join(
        f"{child.first_name} {child.usual_name} ({child.birth_date:%d/%m/%Y})" for child in letter.children
    )
    place = (address.line1, address.line2, address.postcode, address.town)
    return (letter.file.reference, who, *place, children, letter.key)


def _harmless(cell: str) -> str:
    """A spreadsheet runs a cell that begins so; a quote in front makes it text again."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
