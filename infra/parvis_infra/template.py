"""Reads infra/template.yml, the single definition of the tables and of each function's role."""

from pathlib import Path
from typing import Any

import yaml

TEMPLATE = Path(__file__).resolve().parents[1] / "template.yml"


def read(prefix: str = "parvis-") -> dict[str, Any]:
    """The template's resources by logical name, with `${Prefix}` replaced. Long-form intrinsics only."""
    document = yaml.safe_load(TEMPLATE.read_text(encoding="utf-8"))
    resources = _substitute(document["Resources"], prefix)
    if not isinstance(resources, dict):
        raise TypeError("infra/template.yml: Resources must be a mapping")
    return resources


def _substitute(node: Any, prefix: str) -> Any:
    if isinstance(node, dict):
        if set(node) == {"Fn::Sub"} and "${Prefix}" in node["Fn::Sub"]:
            return node["Fn::Sub"].replace("${Prefix}", prefix)
        return {key: _substitute(value, prefix) for key, value in node.items()}
    if isinstance(node, list):
        return [_substitute(value, prefix) for value in node]
    return node
