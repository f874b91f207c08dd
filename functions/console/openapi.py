"""`parvis openapi`: writes docs/openapi.json from the functions' route tables."""

import importlib
import json
from pathlib import Path
from typing import Any

import click

from functions.kit import openapi
from functions.kit.endpoint import Route

FUNCTIONS = ("accounts", "activation", "agents", "family", "franceconnect", "passkeys", "reservations")
OUTPUT = Path(__file__).resolve().parents[2] / "docs/openapi.json"


def routes() -> list[Route]:
    """Every route of every function."""
    return [
        route
        for name in FUNCTIONS
        for route in importlib.import_module(f"functions.{name}.app").app.extensions["parvis_routes"]
    ]


def document() -> dict[str, Any]:
    return openapi.document(routes(), title="Interface de Parvis", version="1")


@click.command("openapi")
def write_openapi() -> None:
    """Écrit la description de l’interface (docs/openapi.json)."""
    OUTPUT.write_text(json.dumps(document(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    click.echo(f"{OUTPUT.name} est à jour.")
