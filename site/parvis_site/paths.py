"""Where things are. Only the build reads this: nothing here goes into a function's zip."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "content"
SITE = ROOT / "site"
BUILD = ROOT / "build"
WWW = BUILD / "www"
APP_ASSETS = "assets/app"
HEADERS = ROOT / "infra" / "headers.json"
OPENAPI = ROOT / "docs" / "openapi.json"
COMMUNE_VARIABLE = "PARVIS_COMMUNE"
SOURCE_FOLDERS = ("content", "site", "functions", "infra", "tests", "docs", "requirements", "node_modules", ".git")


def commune_folder() -> Path:
    """The rules to publish: content/commune, or PARVIS_COMMUNE (a folder) to build the pages of another town."""
    return Path(os.environ.get(COMMUNE_VARIABLE) or CONTENT / "commune").resolve()
