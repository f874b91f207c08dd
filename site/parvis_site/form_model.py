"""From a msgspec struct (the very shape that validates a request) to the fields of a page."""

import types
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from msgspec import inspect

_KINDS_BY_TYPE: dict[type[inspect.Type], str] = {
    inspect.DateType: "date",
    inspect.LiteralType: "radio",
    inspect.BoolType: "checkbox",
}
_CONTROLS = (inspect.StrType, inspect.DateType, inspect.LiteralType, inspect.BoolType)


@dataclass(frozen=True)
class Field:
    """One question. `name` is dotted ("identity.usual_name"), `pointer` its JSON pointer in the body. `part`: the
    heading under which it may be left closed. The page's script fills a « place », and a
    « select » without `options` (what of the rules the build fills it with).
    """

    kind: str  # text, email, tel, password, date, radio, select, checkbox, place
    name: str
    label: str
    message: str
    optional: bool
    hint: str = ""
    autocomplete: str = ""
    inputmode: str = ""
    min_length: int = 0
    max_length: int = 0
    pattern: str = ""
    choices: tuple[tuple[str, str], ...] = ()  # (value, label)
    part: str = ""
    options: str = ""

    @property
    def id(self) -> str:
        return self.name.replace(".", "-")

    @property
    def pointer(self) -> str:
        return "/" + self.name.replace(".", "/")


@dataclass(frozen=True)
class Group:
    """A nested struct: a step of the form, or a part that one may leave closed."""

    name: str
    title: str
    fields: tuple[Field, ...]
    optional: bool = False


class UnknownShape(TypeError):
    """A field of the schema has a type that no form control renders."""


def read(shape: type[Any]) -> tuple[tuple[Field, ...], tuple[Group, ...]]:
    """Return (the plain fields, the nested groups) of a struct, in the order of their declaration."""
    node = inspect.type_info(shape)
    if not isinstance(node, inspect.StructType):
        raise UnknownShape(f"{shape!r} is not a struct")
    fields: list[Field] = []
    groups: list[Group] = []
    for item in node.fields:
        extra, inner, nullable = _unwrap(item.type)
        if isinstance(inner, inspect.StructType):
            nested = tuple(_field(f, f"{item.encode_name}.") for f in inner.fields)
            groups.append(Group(item.encode_name, str(extra.get("title", "")), nested, nullable))
        else:
            fields.append(_field(item, ""))
    return tuple(fields), tuple(groups)


def parts(fields: tuple[Field, ...]) -> tuple[tuple[str, tuple[Field, ...]], ...]:
    """(heading, its fields) in their order; the heading of what is asked first is ""."""
    return tuple((part, tuple(among)) for part, among in groupby(fields, key=lambda field: field.part))


def _field(item: inspect.Field, prefix: str) -> Field:
    extra, inner, nullable = _unwrap(item.type)
    kind = str(extra.get("x-input") or _KINDS_BY_TYPE.get(type(inner), "text"))
    if not isinstance(inner, _CONTROLS) and kind != "place":
        raise UnknownShape(f"{prefix}{item.encode_name}: {type(inner).__name__} has no form control")
    labels = extra.get("x-labels") or {}
    values = (labels or inner.values) if isinstance(inner, inspect.LiteralType) else ()
    text = inner if isinstance(inner, inspect.StrType) else None
    return Field(
        kind=kind,
        name=prefix + item.encode_name,
        label=str(extra.get("title") or item.encode_name),
        message=str(extra.get("x-message", "")),
        optional=nullable or bool(extra.get("x-optional")) or not item.required,
        hint=str(extra.get("description") or ""),
        autocomplete=str(extra.get("x-autocomplete", "")),
        inputmode=str(extra.get("x-inputmode", "")),
        min_length=(text.min_length or 0) if text else 0,
        max_length=(text.max_length or 0) if text else 0,
        pattern=(text.pattern or "") if text else "",
        choices=tuple((str(value), str(labels.get(value, value))) for value in values),
        part=str(extra.get("x-part", "")),
        options=str(extra.get("x-options", "")),
    )


def _unwrap(node: inspect.Type) -> tuple[dict[str, Any], inspect.Type, bool]:
    """Return (annotations, the bare type, whether None is accepted), whatever the nesting of Annotated and unions."""
    extra: dict[str, Any] = {}
    nullable = False
    while isinstance(node, inspect.Metadata | inspect.UnionType):
        if isinstance(node, inspect.Metadata):
            extra = {**(node.extra_json_schema or {}), **extra}
            node = node.type
        else:
            options = [option for option in node.types if not isinstance(option, inspect.NoneType)]
            nullable = nullable or len(options) < len(node.types)
            if len(options) != 1:
                raise UnknownShape(f"a form cannot ask for one of {types.SimpleNamespace(options=options)!r}")
            node = options[0]
    return extra, node, nullable
