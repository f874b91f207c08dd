"""Nothing inline, nothing foreign: the policy has no unsafe-* and the pages do not need one."""

import json
from pathlib import Path

import pytest
from parvis_site import csp
from parvis_site.paths import HEADERS


def test_the_policy_has_no_unsafe_source_and_no_foreign_origin() -> None:
    headers = json.loads(HEADERS.read_text(encoding="utf-8"))
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "http" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_every_page_built_holds_under_the_policy(www: Path) -> None:
    pages = sorted(www.rglob("*.html"))

    found = {str(page): csp.audit(page.read_text(encoding="utf-8")) for page in pages}

    assert len(pages) > 20
    assert {page: violations for page, violations in found.items() if violations} == {}


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        '<p style="color:red">',
        '<button onclick="x()">',
        '<a href="javascript:x()">',
        '<script src="https://cdn.example/x.js"></script>',
        '<img src="//cdn.example/x.png">',
        '<link rel="stylesheet" href="https://fonts.example/x.css">',
        '<iframe src="/x"></iframe>',
        '<meta http-equiv="refresh" content="0">',
    ],
)
def test_the_audit_finds_what_the_policy_would_block(html: str) -> None:
    assert len(csp.audit(f"<!doctype html>\n{html}")) >= 1


def test_the_audit_says_the_line() -> None:
    assert csp.audit("<p>\n\n<p style='x'>") == ["ligne 3 : <p style=…>"]


def test_inline_scripts_move_to_a_file_named_by_their_text(tmp_path: Path) -> None:
    page = "<script>a=1</script><script>b=2</script><script>a=1</script><script src='x.js'></script>"

    html = csp.externalise(page, "../", tmp_path)

    files = sorted((tmp_path / "assets/app").glob("inline-*.js"))
    assert sorted(file.read_text(encoding="utf-8").strip() for file in files) == ["a=1", "b=2"]
    assert html.count('src="../assets/app/inline-') == 3
    assert csp.audit(html) == []
