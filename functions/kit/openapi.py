"""The OpenAPI 3.1 document, made from the route tables. Imported by the build and the tests, never by a function."""

import re
from collections.abc import Iterable
from dataclasses import replace
from inspect import isfunction
from typing import Any

import msgspec

from functions.kit import robots
from functions.kit.endpoint import Route
from functions.kit.problems import STATUS

_REF = "#/components/schemas/{name}"
_PROTOCOL = (400, 401, 413, 415, 428, 500, 503)  # what any route may answer before or beside a rule


class FieldProblem(msgspec.Struct):
    pointer: str
    detail: str


class Problem(msgspec.Struct):
    """RFC 9457. `detail` is French and meant to be read by the person; `code` is stable and meant for programs."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldProblem] = []


def document(routes: Iterable[Route], *, title: str, version: str) -> dict[str, Any]:
    """Paths sorted, so that the committed document changes only when the API does.

    A route's answer may be a function that gives its shape: what a function loads only to answer that route.
    """
    table = sorted((_with_answer(route) for route in routes), key=lambda route: (route.path, route.method))
    shapes = [shape for route in table for shape in (route.body, route.query, route.answer) if shape is not None]
    refs, components = msgspec.json.schema_components([*shapes, Problem], ref_template=_REF)
    known = dict(zip([*map(id, shapes), id(Problem)], refs, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for route in table:
        path = re.sub(r"<(\w+)>", r"{\1}", route.path)
        paths.setdefault(path, {})[route.method.lower()] = _operation(route, known, components)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": version,
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(components.items())),
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "__Host-parvis"}},
        },
    }


def _with_answer(route: Route) -> Route:
    return replace(route, answer=route.answer()) if isfunction(route.answer) else route


def _operation(route: Route, known: dict[int, Any], components: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": f"{route.function}_{route.handler.__name__}",
        "tags": [route.function],
        "summary": route.summary,
        "parameters": [*_path_parameters(route), *_query_parameters(route, known, components), *_headers(route)],
        "responses": {
            str(route.status): _answer(route, known),
            "default": {
                "description": "Refus, au format RFC 9457 (statuts : "
                + ", ".join(str(status) for status in sorted({*_PROTOCOL, *STATUS.values()}))
                + ")",
                "content": {"application/problem+json": {"schema": known[id(Problem)]}},
            },
        },
        "security": [] if route.access == "public" else [{"session": []}],
    }
    if route.body is not None:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": known[id(route.body)]}},
        }
    return operation


def _answer(route: Route, known: dict[int, Any]) -> dict[str, Any]:
    if route.answer is None:
        return {"description": "Fait, sans contenu"}
    return {"description": "Réponse", "content": {"application/json": {"schema": known[id(route.answer)]}}}


def _path_parameters(route: Route) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"<(\w+)>", route.path)
    ]


def _query_parameters(route: Route, known: dict[int, Any], components: dict[str, Any]) -> list[dict[str, Any]]:
    if route.query is None:
        return []
    schema = components[known[id(route.query)]["$ref"].rsplit("/", 1)[-1]]
    required = set(schema.get("required", ()))
    return [
        {"name": name, "in": "query", "required": name in required, "schema": shape}
        for name, shape in schema["properties"].items()
    ]


def _headers(route: Route) -> list[dict[str, Any]]:
    if not route.writes:
        return []
    wanted: list[tuple[str, dict[str, Any]]] = [("X-Parvis", {"type": "string", "const": "1"})]
    if route.idempotency == "event":
        wanted.append(("Idempotency-Key", {"type": "string", "pattern": "^[A-Za-z0-9-]{16,64}$"}))
    if route.if_match:
        wanted.append(("If-Match", {"type": "string", "pattern": '^"[^"]+"$'}))
    if route.robots:
        wanted.append((robots.HEADER, {"type": "string", "maxLength": robots.LONGEST}))
    return [{"name": name, "in": "header", "required": True, "schema": schema} for name, schema in wanted]
