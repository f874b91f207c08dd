"""docs/fonctionnalites.md names tests that exist."""

import re

from support.engine import ROOT


def test_every_row_names_tests_that_exist() -> None:
    text = (ROOT / "docs/fonctionnalites.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([A-G]\d+) \|(.+)\|$", text, re.MULTILINE)

    assert len(rows) > 15
    for identifier, row in rows:
        named = re.findall(r"`(tests/[\w/.]+)`", row)
        assert named, f"{identifier} names no test"
        assert [path for path in named if not (ROOT / path).is_file()] == [], identifier
