"""The command itself: exit codes, one French sentence on failure, French help."""

import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.engine import ROOT
from support.export import CHILD, GUARDIAN, write_csv

Parvis = Callable[..., subprocess.CompletedProcess[str]]
SCHOOL = {"École": "École de l'Île (primaire)"}


@pytest.fixture
def parvis(tmp_path: Path) -> Parvis:
    """Run the command with data of its own."""
    env = {**os.environ, "PARVIS_VAR": str(tmp_path / "var")}
    env.pop("PARVIS_DYNAMODB_ENDPOINT", None)

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [str(Path(sys.executable).with_name("parvis")), *map(str, arguments)]
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)  # noqa: S603 - ours

    return run


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_bytes(write_csv([GUARDIAN, {**CHILD, **SCHOOL}]).encode("cp1252"))
    return path


def test_without_apply_nothing_is_written_and_with_it_once_is_enough(parvis: Parvis, export: Path) -> None:
    dry = parvis("import", "foyers", export)
    written = parvis("import", "foyers", export, "--apply")
    again = parvis("import", "foyers", export, "--apply")

    assert [done.returncode for done in (dry, written, again)] == [0, 0, 0], dry.stderr
    assert "1 dossiers à créer" in dry.stdout
    assert "ajoutez --apply" in dry.stdout
    assert "1 dossiers créés" in written.stdout
    assert "1 inchangés" in again.stdout


def test_a_refused_family_gives_exit_code_one(parvis: Parvis, export: Path) -> None:
    export.write_text(write_csv([GUARDIAN, {**CHILD, "Né(e) le": "31/02/2018"}]))

    done = parvis("import", "foyers", export)

    assert done.returncode == 1
    assert re.search(r"ligne 3, colonne «\u202fNé\(e\) le\u202f» \(dossier 700\).*n’existe pas", done.stdout)
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [("Nom;Prénoms\nA;B\n", "N° dossier"), ("", "vide"), ('Nom;Prénoms\nA;"B\n', "guillemet")],
)
def test_an_unusable_file_gives_exit_code_two_and_one_sentence(
    parvis: Parvis, tmp_path: Path, content: str, message: str
) -> None:
    path = tmp_path / "mauvais.csv"
    path.write_text(content)

    done = parvis("import", "foyers", path)

    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_keys_are_written_for_their_owner_only_and_never_over_a_file(
    parvis: Parvis, export: Path, tmp_path: Path
) -> None:
    keys = tmp_path / "cles.csv"

    first = parvis("import", "foyers", export, "--apply", "--cles", keys)
    second = parvis("import", "foyers", export, "--apply", "--cles", keys)
    without_apply = parvis("import", "foyers", export, "--cles", tmp_path / "autres.csv")

    assert (first.returncode, second.returncode, without_apply.returncode) == (0, 2, 2)
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    assert re.search(r";[0-9]{5}-[A-Z]{5}$", keys.read_text("utf-8-sig").splitlines()[1])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("inconnue",), "La commande « inconnue » n’existe pas."),
        (("import", "foyers"), "Il manque l’argument"),
        (("import", "foyers", "absent.csv"), "absent.csv n’existe pas."),
        (("serve", "--vite"), "L’option --vite n’existe pas."),
        (("import", "foyers", "README.md", "--mapping"), "attend une valeur"),
    ],
)
def test_a_wrong_call_is_answered_in_french(parvis: Parvis, arguments: tuple[str, ...], message: str) -> None:
    done = parvis(*arguments)

    assert done.returncode == 2
    assert message.replace("« ", "«\u202f").replace(" »", "\u202f»") in done.stderr


@pytest.mark.parametrize("path", [(), ("import",), ("import", "foyers"), ("serve",), ("reset",), ("rules",)])
def test_help_is_in_french(parvis: Parvis, path: tuple[str, ...]) -> None:
    done = parvis(*path, "--help")

    assert done.returncode == 0
    assert "Utilisation" in done.stdout
    assert not re.search(r"\b(Usage|Show|Commands|exit|this)\b", done.stdout)


def test_reset_clears_what_parvis_made_and_nothing_else(parvis: Parvis, export: Path, tmp_path: Path) -> None:
    parvis("import", "foyers", export, "--apply")
    (tmp_path / "var" / "a-moi.txt").write_text("gardé")

    done = parvis("reset", "--yes")

    assert done.returncode == 0
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["a-moi.txt"]


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """An export long enough to be stopped in the middle."""
    rows = []
    for number in range(400):
        file = f"{number:05}"
        rows += [{**GUARDIAN, "N° dossier": file, "Courriel": ""}, {**CHILD, **SCHOOL, "N° dossier": file}]
    path = tmp_path / "long.csv"
    path.write_bytes(write_csv(rows).encode("cp1252"))
    return path


def _engine(var: Path) -> int:
    return int((var / "base" / "moteur.pid").read_text())


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def half_done(many: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """An import that is writing."""
    command = [str(Path(sys.executable).with_name("parvis")), "import", "foyers", str(many), "--apply"]
    env = {**os.environ, "PARVIS_VAR": str(tmp_path / "var")}
    env.pop("PARVIS_DYNAMODB_ENDPOINT", None)
    running = subprocess.Popen(  # noqa: S603 - ours
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    for line in running.stdout:
        if line.startswith("Écriture"):
            break
    yield running
    running.kill()
    running.communicate()


def test_an_import_killed_in_the_middle_goes_on_where_it_stopped(
    parvis: Parvis, many: Path, half_done: subprocess.Popen[str], tmp_path: Path
) -> None:
    left = _engine(tmp_path / "var")
    half_done.kill()
    half_done.wait()

    done = parvis("import", "foyers", many, "--apply")
    again = parvis("import", "foyers", many)

    assert done.returncode == 0, done.stderr
    assert not _alive(left)
    assert not _alive(_engine(tmp_path / "var"))
    assert "400 inchangés, 0 refusés" in again.stdout


def test_the_reset_stops_the_engine_that_a_killed_command_left(
    parvis: Parvis, half_done: subprocess.Popen[str], tmp_path: Path
) -> None:
    left = _engine(tmp_path / "var")
    half_done.kill()
    half_done.wait()

    assert parvis("reset", "--yes").returncode == 0
    assert not _alive(left)


def test_an_engine_that_stops_meanwhile_is_one_sentence(half_done: subprocess.Popen[str], tmp_path: Path) -> None:
    os.kill(_engine(tmp_path / "var"), signal.SIGKILL)

    _, said = half_done.communicate(timeout=120)

    assert half_done.returncode == 2
    assert said.startswith("Erreur")
    assert "ne répond plus" in said
    assert said.count("\n") == 1
