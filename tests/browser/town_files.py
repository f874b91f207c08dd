"""A small export as a town would give it, imported by the real command while the portal runs."""

import csv
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from serving import Serving
from support.engine import ROOT

_HEADER = (
    "N° dossier;Type;Civilité;Nom;Nom de naissance;Prénoms;Né(e) le;Commune de naissance;Adresse;Complément;CP;Ville;"
    "Tél. domicile;Portable;Courriel;Autorité parentale;Lien;École;Classe;N° allocataire;Régime;QF;Date QF;Observations"
)

_HOME = "3 rue d'Aÿ;;49290;Villeparvis-sur-Loire"
_CAF = "O;Mère;;;1234567;CAF;650,50;01/09/2026;"
PUBLIC, PRIVATE_SCHOOL = "École de l'Île (primaire)", "École privée Saint-Joseph"


@dataclass(frozen=True)
class Letter:
    """What the town's letter says to a guardian, and who the children are."""

    reference: str
    usual_name: str
    given_name: str
    email: str
    children: tuple[str, str]
    birth_dates: tuple[str, str]
    key: str


def import_family(serving: Serving, folder: Path, number: int, schools: tuple[str, str] = (PUBLIC, PUBLIC)) -> Letter:
    """Write a CSV of one family with two children, import it, read the key of the letters."""
    reference = f"9{number:04}"
    name, email = f"O'Neill-{'ABCDEFGHIJKLMNOPQRST'[number]}", f"jeanne{number}@exemple.example"
    folder.mkdir(parents=True, exist_ok=True)
    export, keys = folder / f"export-{number}.csv", folder / f"cles-{number}.csv"
    phone = f"06 12 34 56 {70 + number}"
    rows = [
        _HEADER,
        f"{reference};RESPONSABLE;Mme;{name};;Jeanne;04/05/1988;Angers;{_HOME};;{phone};{email};{_CAF}",
        f"{reference};ENFANT;;{name};;Jean-Émile;12/03/2018;Angers;;;;;;;;;Fils;{schools[0]};CE2;;;;;",
        f"{reference};ENFANT;;{name};;Zoé;30/06/2020;Angers;;;;;;;;;Fille;{schools[1]};CP;;;;;",
    ]
    export.write_bytes("\r\n".join(rows).encode("cp1252") + b"\r\n")
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "functions.console.main", "import", "foyers", export, "--apply", "--cles", keys],
        cwd=ROOT,
        env={**os.environ, "PARVIS_VAR": str(serving.var), "PARVIS_PORT": str(serving.port)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with keys.open(encoding="utf-8-sig", newline="") as opened:
        [line] = list(csv.reader(opened, delimiter=";"))[1:]
    key = next(cell for cell in line if len(cell) == 11 and cell[5] == "-" and cell[:5].isdigit())
    return Letter(reference, name, "Jeanne", email, ("Jean-Émile", "Zoé"), ("12/03/2018", "30/06/2020"), key)


def as_agent(serving: Serving, email: str, service: str = "all") -> None:
    """By the real command, while the portal runs."""
    command = ["agents", "add", "--email", email, "--name", "Agnès Roux", "--service", service]
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "functions.console.main", *command],
        cwd=ROOT,
        env={**os.environ, "PARVIS_VAR": str(serving.var), "PARVIS_PORT": str(serving.port)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
