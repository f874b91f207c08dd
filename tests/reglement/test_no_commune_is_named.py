"""The code serves any town: none is named in it."""

import re

from support.engine import ROOT

TOWNS = re.compile(r"villeparvis|chatou|chambly|chanteloup|chalonnes", re.IGNORECASE)


def test_no_module_names_a_commune() -> None:
    paths = [
        path
        for folder in ("functions", "site/parvis_site", "infra/parvis_infra")
        for path in (ROOT / folder).rglob("*.py")
    ]
    named = [str(path.relative_to(ROOT)) for path in paths if TOWNS.search(path.read_text("utf-8"))]

    assert len(paths) > 30
    assert not named
