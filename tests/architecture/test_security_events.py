"""functions/domain/security_events.py lists what the code writes in the log and the audit: all of it, only that."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.engine import ROOT

from functions.domain.security_events import AUDIT, LOG

# The store rebuilds an event from its item: it names none.
MODULES = [path for path in sorted((ROOT / "functions").rglob("*.py")) if path.parts[-2] not in {"store", "reglement"}]
_NAME_PLACE = 3  # in Event(table, subject, key, name, …)


def called(call: ast.Call) -> str:
    return ast.unparse(call.func)


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def argument(call: ast.Call, place: int) -> ast.expr | None:
    named = next((keyword.value for keyword in call.keywords if keyword.arg == "name"), None)
    return named or (call.args[place] if len(call.args) > place else None)


def texts(value: ast.expr, tree: ast.Module) -> set[str]:
    """The names this expression may give; « request.* » for a text with a hole. None for a parameter, which its callers
    give, nor for the name of an event made elsewhere.
    """
    if isinstance(value, ast.Constant):
        return {str(value.value)}
    if isinstance(value, ast.IfExp):
        return texts(value.body, tree) | texts(value.orelse, tree)
    if isinstance(value, ast.JoinedStr):
        return {"".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in value.values)}
    if ast.unparse(value) == "event.name":
        return set()
    given = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == ast.unparse(value)
    ]
    parameters = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    assert given or ast.unparse(value) in parameters, f"cannot tell what {ast.unparse(value)} is"
    return set().union(*(texts(each, tree) for each in given))


def logged(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return set().union(*(texts(call.args[0], tree) for call in calls(tree) if called(call) == "log.event"))


def helpers(tree: ast.Module) -> dict[str, int]:
    """Functions of the module that make an event of the name they are given -> where that name stands."""
    return {
        function.name: [arg.arg for arg in function.args.args].index("name")
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        and "name" in [arg.arg for arg in function.args.args]
        and any(called(call) in {"Event", "events.Event"} for call in calls(function))
    }


def audited(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if not re.search(r"functions\.store(\.events)? import .*[Ee]vent", path.read_text(encoding="utf-8")):
        return set()
    places = {"Event": _NAME_PLACE, "events.Event": _NAME_PLACE, **helpers(tree), "replace": _NAME_PLACE}
    found = (argument(call, places[called(call)]) for call in calls(tree) if called(call) in places)
    return set().union(*(texts(value, tree) for value in found if value is not None))


def matches(pattern: str, known: set[str]) -> set[str]:
    return {name for name in known if re.fullmatch(re.escape(pattern).replace(r"\*", r"\w+"), name)}


@pytest.mark.parametrize(("read", "listed"), [(logged, LOG), (audited, AUDIT)], ids=["log", "audit"])
def test_what_is_written_is_listed_and_what_is_listed_is_written(read: object, listed: dict[str, object]) -> None:
    assert callable(read)
    written = {name: path.relative_to(ROOT) for path in MODULES for name in read(path)}

    unlisted = {name: str(path) for name, path in written.items() if not matches(name, set(listed))}
    unwritten = set(listed) - set().union(*(matches(name, set(listed)) for name in written))
    assert unlisted == {}, "say what it is and how long it is kept, in functions/domain/security_events.py"
    assert unwritten == set(), "nothing writes it any more"
    assert len(written) > 15


def test_every_event_says_what_it_is_and_for_how_long_it_is_kept() -> None:
    events = [*LOG.values(), *AUDIT.values()]

    assert all(len(event.label) > 5 and event.label[0].isupper() for event in events)
    assert all(180 <= event.days <= 3 * 365 for event in events)
    assert all(name == event.name for known in (LOG, AUDIT) for name, event in known.items())
    assert {event.name for event in events if event.alert} >= {"unexpected", "event_set_aside"}


def test_a_name_that_nobody_listed_would_be_found(tmp_path: Path) -> None:
    """Negative control, in each of the ways a name is given."""
    module = tmp_path / "module.py"
    module.write_text(
        "from functions.store.events import Event\n"
        'KIND = "un"\n'
        "def make(name):\n"
        '    return Event("core", "s", "k", name, "a", now, "")\n'
        'make("deux")\n'
        'Event("core", "s", "k", KIND, "a", now, "")\n'
        'Event(table="core", name=f"trois.{x}")\n'
        'log.event("quatre" if x else "cinq", id=1)\n'
    )

    assert audited(module) == {"un", "deux", "trois.*"}
    assert logged(module) == {"quatre", "cinq"}
