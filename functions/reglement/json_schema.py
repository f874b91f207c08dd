"""The JSON Schema (2020-12) of a town's YAML, for editors: made from the shapes that the reader holds.

An editor types what it reads: 3.40 is a number for it, 01234 an integer, 11:45 the integer 705 in YAML 1.1. The reader
keeps the text that was written, so the schema lets through the types whose text the reader takes.
"""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from functions.reglement.schema_words import KEYS, RUBRICS, TITLES
from functions.reglement.yaml_shapes import LISTS, SINGLES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_REF = "#/$defs/{name}"
_MINUTES_OF_A_DAY = 24 * 60
_SCALARS = ["string", "number", "boolean"]  # a number is an integer too


def document() -> dict[str, Any]:
    shapes = {**LISTS, **SINGLES}
    _, components = msgspec.json.schema_components(list(shapes.values()), ref_template=_REF)
    rubrics: dict[str, Any] = {}
    for rubric, shape in shapes.items():
        item = {"$ref": _REF.format(name=shape.__name__)}
        held = {"type": "array", "items": item} if rubric in LISTS else item
        rubrics[rubric] = {"description": RUBRICS.get(rubric, ""), **held}
    return {
        "$schema": DIALECT,
        "title": "Les règles d’une commune",
        "description": "Un fichier de règles : les listes s’ajoutent d’un fichier à l’autre.",
        "type": "object",
        "properties": rubrics,
        "additionalProperties": False,
        "$defs": {name: _shape(name, components[name]) for name in sorted(components)},
    }


def key_of(shape: str, key: str) -> str:
    """Where the description of a shape's key stands in KEYS: its own, or one that shapes share."""
    own = f"{shape}.{key}"
    return own if own in KEYS else key


def _shape(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    properties = {
        key: {"description": KEYS.get(key_of(name, key), ""), **_value(value)}
        for key, value in schema["properties"].items()
    }
    return {
        "title": TITLES.get(name, ""),
        "type": "object",
        "properties": properties,
        **({"required": schema["required"]} if schema.get("required") else {}),
        "additionalProperties": False,
    }


def _value(schema: Mapping[str, Any]) -> dict[str, Any]:
    """One value, in the words an editor understands. An optional value may be left out; nobody is offered « null »."""
    found = {key: value for key, value in schema.items() if key not in ("x-message", "default", "anyOf")}
    if schema.get("default") not in (None, []):
        found["default"] = schema["default"]
    if "anyOf" in schema:
        (option,) = (item for item in schema["anyOf"] if item.get("type") != "null")
        return {**found, **_value(option)}
    if "items" in found:
        found["items"] = _value(found["items"])
    if isinstance(found.get("additionalProperties"), dict):
        found["additionalProperties"] = _value(found["additionalProperties"])
    if found.get("type") == "string":
        found |= _text(found)
    if "x-message" in schema:
        found["errorMessage"] = schema["x-message"]
        if "pattern" in found:
            found["patternErrorMessage"] = schema["x-message"]
    return found


def _text(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The types an editor may give to what the reader keeps as text."""
    pattern = schema.get("pattern")
    if schema.get("format") == "date":
        return {}
    if pattern is None:
        return {"type": _SCALARS}
    if re.search(pattern, "11:45"):
        return {"type": ["string", "integer"], "maximum": _MINUTES_OF_A_DAY - 1, "minimum": 60}
    if re.search(pattern, "3.40"):
        return {"type": ["string", "number"], "minimum": 0}
    if any(re.search(pattern, text) for text in ("7", "49290", "0241000000")):
        return {"type": ["string", "integer"], "minimum": 0}
    return {}
