"""Runs the checks one after the other, says how each went, and fails when one failed or a test was skipped.

python scripts/checks.py fast|all|long
"""

import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
REPORT = ROOT / "build" / "tests.xml"
_NOTHING_COLLECTED = 5  # pytest's exit code


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    command: tuple[str, ...]
    tests: bool = False
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    step: Step
    ok: bool
    seconds: float
    note: str = ""


def _pytest(name: str, *options: str, may_be_empty: bool = False) -> Step:
    command = (str(BIN / "python"), "-m", "pytest", "-ra", f"--junitxml={REPORT}", *options)
    return Step(name, command, tests=True, may_be_empty=may_be_empty)


FAST = (
    Step("style (ruff)", (str(BIN / "ruff"), "check", "--quiet")),
    Step("mise en forme (ruff)", (str(BIN / "ruff"), "format", "--check", "--quiet")),
    Step("types (mypy)", (str(BIN / "mypy"), "--no-error-summary")),
    Step("couches (import-linter)", (str(BIN / "lint-imports"), "--no-cache")),
    Step("types (tsc)", ("npm", "run", "--silent", "types")),
)
SUITES = {
    "fast": (*FAST, _pytest("règles et formes", "tests/domain", "tests/shapes")),
    "all": (
        *FAST,
        Step("infrastructure (cfn-lint)", (str(BIN / "cfn-lint"), "infra/template.yml")),
        Step("essais des scripts (node)", ("npm", "run", "--silent", "test")),
        _pytest("essais (pytest)", "-n", "2", "--dist", "loadgroup", "-m", "not long"),
    ),
    "long": (_pytest("essais longs (pytest)", "-m", "long", may_be_empty=True),),
}


def run(step: Step) -> Result:
    print(f"\n── {step.name}", flush=True)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.unlink(missing_ok=True)
    began = time.monotonic()
    done = subprocess.run(step.command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False)  # noqa: S603 - listed above
    seconds = time.monotonic() - began
    if not step.tests:
        return Result(step, done.returncode == 0, seconds)
    ran, skipped = _counts()
    if done.returncode == _NOTHING_COLLECTED and step.may_be_empty:
        return Result(step, ok=True, seconds=seconds, note="aucun essai de cette sorte pour l’instant")
    note = f"{ran} essais" + (f", {skipped} SAUTÉS" if skipped else "")
    return Result(step, done.returncode == 0 and not skipped and ran > 0, seconds, note)


def _counts() -> tuple[int, int]:
    """(tests run, tests skipped) of the last pytest; (0, 0) when it did not get that far."""
    if not REPORT.exists():
        return 0, 0
    suites = list(ET.parse(REPORT).getroot().iter("testsuite"))  # noqa: S314 - our own file
    ran = sum(int(suite.get("tests", 0)) for suite in suites)
    return ran, sum(int(suite.get("skipped", 0)) for suite in suites)


def main(suite: str) -> int:
    results = [run(step) for step in SUITES[suite]]
    print("\nRésumé")
    for result in results:
        mark = "✓" if result.ok else "✗"
        print(f"  {mark} {result.step.name:<28} {result.seconds:6.1f} s  {result.note}")
    failed = [result.step.name for result in results if not result.ok]
    print("\nTout est bon." if not failed else f"\nÀ corriger : {', '.join(failed)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
