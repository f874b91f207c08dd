"""A real Chromium against the real portal. Screenshots of every page looked at go to build/captures/."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Playwright, sync_playwright
from serving import START, Serving

CHROMIUM = os.environ.get("PARVIS_CHROMIUM") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SIZES = {"390": {"width": 390, "height": 844}, "1280": {"width": 1280, "height": 900}}


@pytest.fixture(scope="session")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """The portal with the demonstration town, as `make run` starts it."""
    portal = Serving(tmp_path_factory.mktemp("portal") / "var")
    portal.start()
    yield portal
    portal.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(params=sorted(SIZES))
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def open_browser(chromium: Playwright) -> Callable[..., AbstractContextManager[BrowserContext]]:
    """Opens Chromium on a profile folder: the same folder is the same device, after a restart."""

    @contextmanager
    def launch(profile: Path, size: str, *, dark: bool = False) -> Iterator[BrowserContext]:
        context = chromium.chromium.launch_persistent_context(
            profile,
            executable_path=CHROMIUM,
            args=ARGUMENTS,
            viewport=SIZES[size],
            locale="fr-FR",
            timezone_id="Europe/Paris",
            color_scheme="dark" if dark else "light",
            has_touch=size == "390",
        )
        context.set_default_timeout(15_000)
        # The portal's clock stands at START; a browser that lives on another day would open other months.
        context.clock.set_fixed_time(START)
        try:
            yield context
        finally:
            context.close()

    return launch
