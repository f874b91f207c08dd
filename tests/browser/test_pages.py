"""Every static page, light and dark, at both sizes: accessible, quiet in the console, inside the screen."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.request import urlopen

import pytest
from looking import listen, look
from playwright.sync_api import BrowserContext
from serving import Serving
from support.engine import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]


def addresses() -> list[str]:
    """Every page of the built site, but one of each family of pages that a macro renders alike."""
    www = ROOT / "build/www"
    return sorted(f"/{page.parent.relative_to(www)}/".replace("/./", "/") for page in www.rglob("index.html"))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_page_is_accessible_and_quiet(
    serving: Serving, open_browser: Launch, tmp_path: Path, size: str, dark: bool
) -> None:
    pages = addresses()
    assert len(pages) > 15

    with open_browser(tmp_path / "profile", size, dark=dark) as context:
        for address in pages:
            page = context.new_page()
            errors = listen(page)
            page.goto(f"{serving.origin}{address}", wait_until="load")
            page.wait_for_load_state("networkidle")
            name = re.sub(r"\W+", "-", address).strip("-") or "accueil"
            look(page, f"page-{name}-{'sombre' if dark else 'clair'}")
            assert errors == [], address
            page.close()


def test_every_page_carries_the_security_headers(serving: Serving) -> None:
    for address in [*addresses(), "/sw.js", "/manifest.webmanifest", "/boite-mail/"]:
        with urlopen(serving.origin + address) as answer:  # noqa: S310 - our own loopback address
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'self'" in policy, address
            assert "unsafe" not in policy, address
            assert answer.headers["X-Content-Type-Options"] == "nosniff", address
            assert answer.headers["Referrer-Policy"], address
