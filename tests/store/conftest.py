"""The store's tests read no rule."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def reglement_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("none") / "reglement.json"
