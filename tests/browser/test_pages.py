"""Every static page, light and dark, at both sizes: accessible, quiet in the console, inside the screen."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.request import urlopen

import pytest
from addresses import PASSING, PRIVATE, addresses
from looking import listen, look, look_in_the_dark
from playwright.sync_api import BrowserContext
from serving import Serving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-public")]

Launch = Callable[..., AbstractContextManager[BrowserContext]]


def test_every_page_is_accessible_and_quiet(serving: Serving, open_browser: Launch, tmp_path: Path, size: str) -> None:
    pages = [address for address in addresses() if address not in PRIVATE | PASSING]
    assert len(pages) > 15

    with open_browser(tmp_path / "profile", size) as context:
        page = context.new_page()
        errors = listen(page)
        for address in pages:
            page.goto(serving.origin + address, wait_until="load")
            name = "page-" + (re.sub(r"\W+", "-", address).strip("-") or "accueil")
            look(page, name)
            if size == "1280":  # colours are those of the phone: once is enough
                look_in_the_dark(page, name)
            assert page.url == serving.origin + address, "list it as private: its picture was taken while it left"
            assert errors == [], address


def test_every_private_page_asks_who_is_there(serving: Serving, open_browser: Launch, tmp_path: Path) -> None:
    with open_browser(tmp_path / "profile", "390") as context:
        page = context.new_page()
        for address in sorted(PRIVATE):
            page.goto(serving.origin + address)
            page.wait_for_url(f"{serving.origin}/connexion/?suite={address.replace('/', '%2F')}*")
            assert page.get_by_role("heading", level=1).inner_text() == "Se connecter"


def test_every_page_carries_the_security_headers(serving: Serving) -> None:
    for address in [*addresses(), "/sw.js", "/manifest.webmanifest", "/boite-mail/"]:
        with urlopen(serving.origin + address) as answer:  # noqa: S310 - our own loopback address
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy, address
            assert "unsafe" not in policy, address
            assert answer.headers["X-Content-Type-Options"] == "nosniff", address
            assert answer.headers["Referrer-Policy"], address
