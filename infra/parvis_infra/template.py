"""Reads infra/template.yml, the single definition of the tables and of each function's role."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

TEMPLATE = Path(__file__).resolve().parents[1] / "template.yml"


def read(prefix: str = "parvis-") -> dict[str, Any]:
    """The template's resources by logical name, with `${Prefix}` replaced. Long-form intrinsics only."""
    resources = _substitute(_document()["Resources"], prefix)
    if not isinstance(resources, dict):
        raise TypeError("infra/template.yml: Resources must be a mapping")
    return resources


@cache
def _document() -> dict[str, Any]:
    """Read once: it takes a tenth of a second, and each test makes its tables from it."""
    document: dict[str, Any] = yaml.safe_load(TEMPLATE.read_text(encoding="utf-8"))
    return document


def _substitute(node: Any, prefix: str) -> Any:
    if isinstance(node, dict):
        if set(node) == {"Fn::Sub"} and "${Prefix}" in node["Fn::Sub"]:
            return node["Fn::Sub"].replace("${Prefix}", prefix)
        return {key: _substitute(value, prefix) for key, value in node.items()}
    if isinstance(node, list):
        return [_substitute(value, prefix) for value in node]
    return node
