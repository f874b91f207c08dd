"""docs/GLOSSAIRE.md holds: no identifier of the code uses a banned synonym."""

import ast
import re

from support.engine import ROOT


def banned() -> dict[str, str]:
    """Banned identifier -> the one to use."""
    rows = re.findall(r"^\|[^|]+\| `(\w+)` \|[^|]+\|([^|]+)\|$", (ROOT / "docs/GLOSSAIRE.md").read_text(), re.MULTILINE)
    return {word: good for good, bad in rows for word in re.findall(r"`(\w+)`", bad)}


def identifiers(source: str) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
    return names


def test_the_glossary_lists_banned_words() -> None:
    assert len(banned()) > 30


def test_no_identifier_is_a_banned_synonym() -> None:
    words = banned()
    found = [
        f"{path.relative_to(ROOT)}: {name} -> {words[name]}"
        for folder in ("functions", "site/parvis_site", "infra/parvis_infra")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for name in sorted(identifiers(path.read_text(encoding="utf-8")) & words.keys())
    ]

    assert not found, "\n".join(found)
