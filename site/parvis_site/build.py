"""The whole site in one command: `python -m parvis_site.build`.

rules -> pages (mkdocs) -> styles and scripts (esbuild) -> service worker and weight, in a folder of their own that
takes the place of build/www when all of it is right. When nothing changed since the last build, nothing is done: the
second start of the portal takes seconds.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from functions.kit import clock
from parvis_site.paths import APP_ASSETS, BUILD, COMMUNE_VARIABLE, CONTENT, HEADERS, OPENAPI, ROOT, SITE, commune_folder
from parvis_site.publication import Publication
from parvis_site.words import next_month

_FUNCTIONS = (
    "accounts/schemas.py",
    "activation/schemas.py",
    "reservations/trial_schemas.py",
    "shapes",
    "domain",
    "reglement",
)
_OTHER_INPUTS = ("mkdocs.yml", "package-lock.json", "requirements/dev.txt")
# Material warns about the future of mkdocs at each run: the decision is written in docs/decisions.
_ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


class StepFailed(Exception):
    """A step of the build said no; its own words were already printed."""


def inputs() -> Iterator[Path]:
    """Every file that the built site depends on."""
    roots = [CONTENT, SITE, commune_folder(), HEADERS, OPENAPI, *(ROOT / "functions" / name for name in _FUNCTIONS)]
    for root in [*roots, *(ROOT / name for name in _OTHER_INPUTS)]:
        if root.is_file():
            yield root
        for path in sorted(root.rglob("*")) if root.is_dir() else ():
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def fingerprint() -> str:
    """Hash of the inputs, of the address the pages are made for, and of the month (their examples follow it)."""
    digest = hashlib.sha256(os.environ.get("PARVIS_SITE_URL", "").encode())
    digest.update(next_month(clock.now()).isoformat().encode())
    for path in inputs():
        digest.update(str(path).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_up_to_date(out: Publication) -> bool:
    made = (out.served_www / "sw.js").exists() and out.served_reglement.exists() and out.stamp.exists()
    return made and out.stamp.read_text(encoding="utf-8") == fingerprint()


def compile_rules(out: Publication) -> str:
    from parvis_site import rules

    problems = rules.problems()
    if problems:
        raise StepFailed("\n".join(problems))
    out.reglement.write_bytes(rules.compiled_bytes())
    return f"règlement {rules.compiled().hash[:12]}"


def build_pages(out: Publication) -> str:
    _run([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(out.www)])
    return f"{len(list(out.www.rglob('index.html')))} pages"


def build_styles(out: Publication) -> str:
    esbuild = ROOT / "node_modules" / ".bin" / "esbuild"
    source = SITE / "theme" / "assets" / "parvis.css"
    target = out.www / APP_ASSETS / "parvis.css"
    _run([str(esbuild), str(source), "--bundle", "--minify", "--log-level=warning", f"--outfile={target}"])
    return f"{target.stat().st_size // 1024} ko"


def build_scripts(out: Publication) -> str:
    node = shutil.which("node")
    if node is None:
        raise StepFailed("node manque : installez Node.js 20 ou plus récent.")
    _run([node, str(SITE / "ts" / "build.mjs"), "--www", str(out.www)])
    return f"{len(list((out.www / APP_ASSETS).glob('*.js')))} scripts"


def build_api_docs(out: Publication) -> str:
    """The page /api/docs/ from the committed document; a project that has none yet has no page."""
    from parvis_site import api_docs

    if not OPENAPI.exists():
        return "pas encore de docs/openapi.json"
    shutil.copyfile(SITE / "static" / "api-docs.css", out.www / APP_ASSETS / "api-docs.css")
    api_docs.write(OPENAPI, out.www)
    return "/api/docs/"


def finish_site(out: Publication) -> str:
    from parvis_site.finish import BuildRefused, finish

    try:
        return finish(out.www)
    except BuildRefused as error:
        raise StepFailed(str(error)) from error


Steps = tuple[tuple[str, Callable[[Publication], str]], ...]
STEPS: Steps = (
    ("Règlement de la commune", compile_rules),
    ("Pages", build_pages),
    ("Styles", build_styles),
    ("Scripts", build_scripts),
    ("Documentation de l’interface", build_api_docs),
    ("Hors ligne et poids", finish_site),
)


def build(*, force: bool = False, folder: Path = BUILD) -> bool:
    """Build what changed; return False when everything was already up to date.

    Raises StepFailed; what was built before stands then as it was.
    """
    out = Publication(folder)
    with out.held():
        if not force and is_up_to_date(out):
            return False
        out.clear()
        wanted = fingerprint()  # taken first: a file edited meanwhile will be built next time
        for number, (name, step) in enumerate(STEPS, start=1):
            _follow(f"[{number}/{len(STEPS)}] {name}", step, out)
        out.publish(wanted)
    return True


def _follow(title: str, step: Callable[[Publication], str], out: Publication) -> None:
    sys.stdout.write(f"  {title}…")
    sys.stdout.flush()
    try:
        said = step(out)
    except StepFailed:
        sys.stdout.write(" échec\n")
        raise
    sys.stdout.write(f" {said}\n")


def _run(command: list[str]) -> None:
    done = subprocess.run(  # noqa: S603 (our own tools, no shell)
        command, cwd=ROOT, env={**os.environ, **_ENVIRONMENT}, text=True, capture_output=True, check=False
    )
    if done.returncode:
        raise StepFailed((done.stderr + done.stdout).strip())


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m parvis_site.build", description=__doc__)
    parser.add_argument("--force", action="store_true", help="tout refaire, même sans changement")
    parser.add_argument("--commune", type=Path, help="les règles à publier (par défaut content/commune)")
    parser.add_argument("--out", type=Path, default=BUILD, help="où construire (par défaut build/)")
    asked = parser.parse_args()
    if asked.commune:
        os.environ[COMMUNE_VARIABLE] = str(asked.commune.resolve())  # mkdocs, a process of its own, reads it too
    try:
        if not build(force=asked.force, folder=asked.out.resolve()):
            sys.stdout.write("  Le site est à jour.\n")
    except StepFailed as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
