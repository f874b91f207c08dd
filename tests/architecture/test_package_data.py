"""What an installed `parvis` reads beside its modules is installed with them."""

import tomllib
from pathlib import Path

from support.engine import ROOT

SETUP = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
FOLDERS = {name: ROOT / path for name, path in SETUP["package-dir"].items()}


def folder_of(package: str) -> Path:
    top, _, rest = package.partition(".")
    return FOLDERS[top] / rest.replace(".", "/")


def test_every_file_that_is_no_module_is_package_data() -> None:
    read = {
        file
        for folder in FOLDERS.values()
        for file in folder.rglob("*")
        if file.is_file() and file.suffix not in (".py", ".pyc")
    }

    installed = {
        file
        for package, patterns in SETUP["package-data"].items()
        for pattern in patterns
        for file in folder_of(package).glob(pattern)
    }

    assert ROOT / "functions/reglement/national/psu.yml" in read
    assert read <= installed
