"""make bench: what each action costs, beside its budget. Writes build/bench.json; exit 1 when a budget is passed.

Calls and units are exact and repeatable. Cold starts are judged on the least of several (a shared machine only ever
adds), with their median beside and the load of the machine below.
"""

import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from bench import imports, regulations  # noqa: E402 - the path is set just above
from bench.capacity import Cost  # noqa: E402 - same
from bench.scenario import Scenario  # noqa: E402 - same
from parvis_infra import package  # noqa: E402 - same

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Row:
    action: str
    figure: str
    value: float
    budget: float | None

    @property
    def over(self) -> bool:
        return self.budget is not None and self.value > self.budget


def cost_rows(action: str, cost: Cost, **budgets: float) -> list[Row]:
    values = {
        "reads": cost.reads,
        "transactions": cost.transactions,
        "other writes": cost.writes,
        "RCU": round(cost.rcu, 1),
        "WCU": round(cost.wcu, 1),
    }
    named = {name.replace("_", " "): budget for name, budget in budgets.items()}
    return [Row(action, figure, value, named.get(figure)) for figure, value in values.items()]


def database_rows() -> list[Row]:
    with Scenario() as scenario:
        return [
            *cost_rows("dashboard (16 KB)", scenario.dashboard(), reads=2, RCU=3, other_writes=0, transactions=0),
            *cost_rows(
                "month of 2 children", scenario.month(children=2), reads=2, transactions=1, other_writes=0, WCU=14
            ),
            *cost_rows(
                "month of 3 children",
                scenario.month(children=3),
                reads=2,
                transactions=1,
                other_writes=0,
                WCU=14 + 2 + 1,
            ),
            # one read, and the session's
            *cost_rows("cancel a day", scenario.cancel(), reads=1 + 1, transactions=1, other_writes=0, WCU=8),
            *cost_rows("sign in", scenario.sign_in()),
            *cost_rows("sign in by passkey", scenario.sign_in_by_passkey()),
            *cost_rows("refresh of a session", scenario.refresh()),
            # the session's read, the file before and after, the key's; the bound on tries is the other write
            *cost_rows("own telephones", scenario.telephones(), reads=4, transactions=1, other_writes=1, WCU=6),
            # and the request, for the answer
            *cost_rows("address asked", scenario.address(), reads=5, transactions=1, other_writes=1, WCU=12),
            # the last one: it publishes
            *cost_rows(
                "refresh of the rules", scenario.look_for_rules(), reads=1, RCU=0.5, other_writes=0, transactions=0
            ),
        ]


def import_rows() -> list[Row]:
    rows = []
    for function, figures in imports.measure(ROOT / "build/package").items():
        rows.append(Row(f"cold start of {function}", "ms, least", figures["cold_ms"], 350))
        rows.append(Row(f"cold start of {function}", "ms, median", figures["median_ms"], None))
        rows.append(Row(f"cold start of {function}", "modules", figures["modules"], None))
        rows.append(Row(f"zip of {function}", "MB", figures["zip_mb"], _zip_budget(function)))
    return rows


def password_rows() -> list[Row]:
    """What checking a password takes, right or wrong: the least of several."""
    from functions.gateways import hashing

    hashed = hashing.hash_secret("une place devant la mairie")
    rows = []
    for name, typed in (("right", "une place devant la mairie"), ("wrong", "un banc devant la mairie")):
        took = []
        for _ in range(20):
            start = time.perf_counter()
            hashing.matches(hashed, typed)
            took.append((time.perf_counter() - start) * 1000)
        rows.append(Row(f"argon2id, {name} password", "ms, least", round(min(took), 1), None))
    return rows


def _zip_budget(function: str) -> int:
    """Cryptography alone weighs 6 MB."""
    return 16 if function in package.CHECK_SIGNATURES else 12


def rules_rows() -> list[Row]:
    towns = [ROOT / "content/commune", *sorted(path for path in (ROOT / "tests/communes").iterdir() if path.is_dir())]
    return [
        Row(f"rules of {town.name}", figure.replace("_", " "), round(value, 1), None)
        for town in towns
        for figure, value in asdict(regulations.measure(town)).items()
    ]


def weight_rows() -> list[Row]:
    from parvis_site.weight import measure

    return [
        Row(f"first visit of {page}", "KB gzip", round(size / 1000, 1), 100)
        for page, size in measure(ROOT / "build/www").items()
    ]


def table(rows: list[Row]) -> str:
    lines = [f"{'action':<32} {'figure':<31} {'value':>10} {'budget':>10}"]
    for row in rows:
        budget = "" if row.budget is None else f"{row.budget:g}"
        lines.append(f"{row.action:<32} {row.figure:<31} {row.value:>10g} {budget:>10}{'  OVER' if row.over else ''}")
    return "\n".join(lines)


def main() -> int:
    parts: list[Callable[[], list[Row]]] = [database_rows, password_rows, rules_rows, import_rows, weight_rows]
    rows = [row for part in parts for row in part()]
    load = os.getloadavg()
    result: dict[str, Any] = {
        "load": load,
        "rows": [{"action": r.action, "figure": r.figure, "value": r.value, "budget": r.budget} for r in rows],
    }
    out = ROOT / "build/bench.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(table(rows) + f"\nload of the machine: {load[0]:.2f}\n")
    over = [row for row in rows if row.over]
    if over:
        sys.stdout.write(f"{len(over)} figure(s) over budget\n")
    return 1 if over else 0


if __name__ == "__main__":
    raise SystemExit(main())
