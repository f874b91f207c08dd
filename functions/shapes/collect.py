"""Turn plain JSON-like values into msgspec structs, with every field error at once, in French.

`msgspec.convert` stops at the first error and speaks English; it runs first because it is fast, and only when
it refuses does the collector walk the value again to say everything that is wrong.
Pointers are JSON pointers (RFC 6901) into the value given. Unknown keys are errors where the struct forbids them.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

from functions.domain.errors import FieldError, Invalid

T = TypeVar("T")
# Nobody corrects more at once; a body made of thousands of wrong keys is not worth a megabyte of answer.
_MOST_ERRORS = 50


def convert(value: object, shape: type[T], *, code: str = "invalid_body") -> T:
    """Return `value` as a `shape`; raise Invalid carrying one FieldError per wrong field."""
    try:
        return msgspec.convert(value, shape, strict=True)
    except msgspec.ValidationError as error:
        errors = collect(value, shape)[:_MOST_ERRORS]
        if not errors:  # a constraint the collector does not know: say at least what msgspec says
            errors = [FieldError(_pointer_of(str(error)), "Cette valeur n’est pas acceptée.")]
        raise Invalid(code, "Certaines réponses sont à corriger.", errors=errors) from error


def collect(value: object, shape: Any) -> list[FieldError]:
    """Return every error of `value` against `shape` (a type or a msgspec.inspect.Type), in document order."""
    node = shape if isinstance(shape, inspect.Type) else inspect.type_info(shape)
    return _walk(value, node, "", {})


def escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def unknown_word(word: str, known: Iterable[str]) -> str:
    """« delais » is not known here: say so, and name the near one when there is one."""
    return f"« {word} » n’est pas connu ici.{near_word(word, known)}"


def near_word(word: str, known: Iterable[str]) -> str:
    """« Vouliez-vous dire … ? » with a space before it, or "" when nothing is near."""
    from difflib import get_close_matches

    near = get_close_matches(word, sorted(known), n=1)
    return f" Vouliez-vous dire « {near[0]} » ?" if near else ""


def _walk(value: object, node: inspect.Type, pointer: str, schema: Mapping[str, Any]) -> list[FieldError]:
    if isinstance(node, inspect.Metadata):
        return _walk(value, node.type, pointer, {**schema, **(node.extra_json_schema or {})})
    if isinstance(node, inspect.UnionType):
        return _walk_union(value, node, pointer, schema)
    if isinstance(node, inspect.StructType):
        return _walk_struct(value, node, pointer, schema)
    if isinstance(node, inspect.ListType | inspect.VarTupleType):
        return _walk_list(value, node, pointer, schema)
    if isinstance(node, inspect.DictType):
        return _walk_dict(value, node, pointer, schema)
    problem = _scalar_problem(value, node)
    if problem is None:
        return []
    return [FieldError(pointer, str(schema.get("x-message") or problem))]


def _walk_union(value: object, node: inspect.UnionType, pointer: str, schema: Mapping[str, Any]) -> list[FieldError]:
    if value is None and any(isinstance(option, inspect.NoneType) for option in node.types):
        return []
    options = [option for option in node.types if not isinstance(option, inspect.NoneType)]
    found = [_walk(value, option, pointer, schema) for option in options]
    return min(found, key=len, default=[])


def _walk_struct(value: object, node: inspect.StructType, pointer: str, schema: Mapping[str, Any]) -> list[FieldError]:
    if not isinstance(value, Mapping):
        return [FieldError(pointer, str(schema.get("x-message") or "Une rubrique entière est attendue ici."))]
    errors: list[FieldError] = []
    for field in node.fields:
        where = f"{pointer}/{escape(field.encode_name)}"
        if field.encode_name in value:
            errors += _walk(value[field.encode_name], field.type, where, {})
        elif field.required:
            errors.append(FieldError(where, _message_of(field.type) or "Cette réponse est obligatoire."))
    if node.forbid_unknown_fields:
        known = {field.encode_name for field in node.fields}
        errors += [
            FieldError(f"{pointer}/{escape(str(key))}", unknown_word(str(key), known))
            for key in value
            if key not in known
        ]
    return errors


def _walk_list(
    value: object,
    node: inspect.ListType | inspect.VarTupleType,
    pointer: str,
    schema: Mapping[str, Any],
) -> list[FieldError]:
    if not isinstance(value, list | tuple):
        return [FieldError(pointer, str(schema.get("x-message") or "Une liste est attendue ici."))]
    size = _length_problem(len(value), node.min_length, node.max_length, "éléments")
    errors = [FieldError(pointer, str(schema.get("x-message") or size))] if size else []
    for index, item in enumerate(value):
        errors += _walk(item, node.item_type, f"{pointer}/{index}", {})
    return errors


def _walk_dict(value: object, node: inspect.DictType, pointer: str, schema: Mapping[str, Any]) -> list[FieldError]:
    if not isinstance(value, Mapping):
        return [FieldError(pointer, str(schema.get("x-message") or "Une rubrique entière est attendue ici."))]
    errors: list[FieldError] = []
    for key, item in value.items():
        errors += _walk(item, node.value_type, f"{pointer}/{escape(str(key))}", {})
    return errors


def _message_of(node: inspect.Type) -> str:
    if isinstance(node, inspect.Metadata):
        return str((node.extra_json_schema or {}).get("x-message", ""))
    return ""


def _text_problem(value: object, node: inspect.StrType) -> str | None:
    if not isinstance(value, str):
        return "Un texte est attendu ici."
    if node.min_length and not value:
        return "Cette réponse est obligatoire."
    size = _length_problem(len(value), node.min_length, node.max_length, "caractères")
    if size:
        return size
    if node.pattern and not re.search(node.pattern, value):
        return "Cette réponse n’a pas la forme attendue."
    return None


def _number_problem(value: object, node: inspect.IntType | inspect.FloatType) -> str | None:
    wanted = int if isinstance(node, inspect.IntType) else (int, float)
    if isinstance(value, bool) or not isinstance(value, wanted):
        return "Un nombre est attendu ici."
    low = node.ge if node.ge is not None else node.gt
    high = node.le if node.le is not None else node.lt
    if low is not None and (value < low or (node.gt is not None and value == low)):
        return f"Ce nombre est trop petit (minimum {low})."
    if high is not None and (value > high or (node.lt is not None and value == high)):
        return f"Ce nombre est trop grand (maximum {high})."
    return None


def _literal_problem(value: object, node: inspect.LiteralType | inspect.EnumType) -> str | None:
    choices = node.values if isinstance(node, inspect.LiteralType) else [item.value for item in node.cls]
    if value in choices:
        return None
    return "Choisissez parmi : " + ", ".join(f"« {choice} »" for choice in choices) + "."


def _date_problem(value: object, _node: inspect.Type) -> str | None:
    try:
        msgspec.convert(value, date)
    except msgspec.ValidationError:
        return "Cette date n’existe pas. Écrivez le jour, le mois et l’année, par exemple 27 3 2019."
    return None


def _other_problem(value: object, node: inspect.Type) -> str | None:
    if isinstance(node, inspect.BoolType):
        return None if isinstance(value, bool) else "Répondez par oui ou par non."
    if isinstance(node, inspect.NoneType):
        return None if value is None else "Rien n’est attendu ici."
    return None


_CHECKS: tuple[tuple[Any, Callable[[Any, Any], str | None]], ...] = (
    (inspect.StrType, _text_problem),
    (inspect.IntType | inspect.FloatType, _number_problem),
    (inspect.LiteralType | inspect.EnumType, _literal_problem),
    (inspect.DateType, _date_problem),
)


def _scalar_problem(value: object, node: inspect.Type) -> str | None:
    for kind, check in _CHECKS:
        if isinstance(node, kind):
            return check(value, node)
    return _other_problem(value, node)


def _length_problem(size: int, low: int | None, high: int | None, unit: str) -> str | None:
    if low is not None and size < low:
        return f"Au moins {low} {unit} sont nécessaires." if low > 1 else f"Au moins un {unit[:-1]} est nécessaire."
    if high is not None and size > high:
        return f"{high} {unit} au plus : il y en a {size}."
    return None


def _pointer_of(message: str) -> str:
    """How msgspec ends its messages: « - at `$.a.b[0]` »."""
    found = re.search(r"at `\$([^`]*)`", message)
    if not found:
        return ""
    return re.sub(r"\[(\d+)\]", r"/\1", found.group(1).replace(".", "/"))
