"""/api/docs/: the OpenAPI document as one plain page, without a script and without a CDN."""

import json
import sys
from html import escape
from pathlib import Path
from typing import Any

_PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="stylesheet" href="/assets/app/api-docs.css"></head>
<body><a class="skip" href="#contenu">Aller au contenu</a>
<header><h1>{title}</h1>
<p>Version {version} ·
<a href="openapi.json">Document OpenAPI (JSON)</a> · <a href="/">Retour au site</a></p></header>
<nav aria-label="Sommaire"><ul>{menu}</ul></nav>
<main id="contenu">{operations}<h2 id="modeles">Modèles</h2>{schemas}</main>
</body></html>
"""


def render(document: dict[str, Any]) -> str:
    operations = [
        (method.upper(), path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    return _PAGE.format(
        title=escape(document["info"]["title"]),
        version=escape(document["info"]["version"]),
        menu="".join(
            f'<li><a href="#{escape(operation["operationId"])}"><code>{method} {escape(path)}</code></a></li>'
            for method, path, operation in operations
        ),
        operations="".join(_operation(*entry) for entry in operations),
        schemas="".join(_schema(name, shape) for name, shape in document["components"]["schemas"].items()),
    )


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    identifier = escape(operation["operationId"])
    rows = "".join(
        f"<tr><th scope='row'><code>{escape(item['name'])}</code></th><td>{escape(item['in'])}</td>"
        f"<td>{'oui' if item['required'] else 'non'}</td><td><code>{_type(item['schema'])}</code></td></tr>"
        for item in operation["parameters"]
    )
    table = (
        f"<table><caption>Paramètres de {method} {escape(path)}</caption><thead><tr><th scope='col'>Nom</th>"
        f"<th scope='col'>Où</th><th scope='col'>Obligatoire</th><th scope='col'>Forme</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
        if rows
        else ""
    )
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    sent = f"<p>Corps : <code>{_type(body)}</code></p>" if body else ""
    answers = "".join(
        f"<li><strong>{escape(status)}</strong> {escape(answer['description'])} {_answer_type(answer)}</li>"
        for status, answer in operation["responses"].items()
    )
    access = "Session nécessaire" if operation["security"] else "Publique"
    return (
        f"<section aria-labelledby='{identifier}'><h2 id='{identifier}'><code>{method} {escape(path)}</code></h2>"
        f"<p>{escape(operation['summary'])}. <em>{access}.</em></p>{table}{sent}<ul>{answers}</ul></section>"
    )


def _answer_type(answer: dict[str, Any]) -> str:
    for content in answer.get("content", {}).values():
        return f"<code>{_type(content['schema'])}</code>"
    return ""


def _schema(name: str, shape: dict[str, Any]) -> str:
    required = set(shape.get("required", ()))
    rows = "".join(
        f"<tr><th scope='row'><code>{escape(field)}</code></th><td><code>{_type(kind)}</code></td>"
        f"<td>{'oui' if field in required else 'non'}</td><td>{escape(kind.get('title', ''))}</td></tr>"
        for field, kind in shape.get("properties", {}).items()
    )
    if not rows:
        return f"<h3 id='s-{escape(name)}'>{escape(name)}</h3><p><code>{_type(shape)}</code></p>"
    return (
        f"<h3 id='s-{escape(name)}'>{escape(name)}</h3><table><caption>Champs de {escape(name)}</caption>"
        "<thead><tr><th scope='col'>Champ</th><th scope='col'>Forme</th><th scope='col'>Obligatoire</th>"
        f"<th scope='col'>Sens</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _type(shape: dict[str, Any]) -> str:
    """A short word for a JSON schema, with a link to the model it names."""
    if "$ref" in shape:
        name = escape(shape["$ref"].rsplit("/", 1)[-1])
        return f"<a href='#s-{name}'>{name}</a>"
    if "anyOf" in shape:
        return " ou ".join(_type(option) for option in shape["anyOf"])
    if "enum" in shape:
        return " | ".join(escape(str(value)) for value in shape["enum"])
    if shape.get("type") == "array":
        return f"liste de {_type(shape.get('items', {}))}"
    kind = escape(str(shape.get("format") or shape.get("type") or "valeur"))
    pattern = f" {escape(shape['pattern'])}" if "pattern" in shape else ""
    return f"{kind}{pattern}"


def write(source: Path, www: Path) -> None:
    """Write /api/docs/index.html and its JSON into the built site."""
    text = source.read_text(encoding="utf-8")
    folder = www / "api/docs"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "openapi.json").write_text(text, encoding="utf-8")
    (folder / "index.html").write_text(render(json.loads(text)), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
