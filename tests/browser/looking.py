"""What is asked of every page: no accessibility violation, no error in the console, a screenshot to look at."""

from typing import Any

from playwright.sync_api import ConsoleMessage, Error, Page
from support.engine import ROOT

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
CAPTURES = ROOT / "build/captures"
_PATIENCE = 25
_TRIES = 3
_LOST_FRAME = "Unable to capture screenshot"
_RUN = """async (rules) => (await axe.run(document, {resultTypes: ["violations"], ...(rules ? {runOnly: rules} : {})}))
    .violations.map(
    v => v.id + " (" + v.impact + ") " + v.nodes.map(n => n.target.join(" ") + ": " + n.failureSummary).join(" | "))"""


def look(page: Page, name: str) -> None:
    """Take a picture and fail on any axe violation, or when the page is wider than the screen."""
    picture(page, name)
    page.evaluate(AXE)
    violations: list[str] = asked(page, _RUN)
    assert violations == [], f"{name} at {width_of(page)} px: " + "\n".join(violations)
    stays_inside(page, name)


def look_in_the_dark(page: Page, name: str) -> None:
    """The same page in dark colours: what changes is the contrast, and only that is asked."""
    page.emulate_media(color_scheme="dark")
    picture(page, f"{name}-sombre")
    page.evaluate(AXE)
    violations: list[str] = asked(page, _RUN, ["color-contrast"])
    page.emulate_media(color_scheme="light")
    assert violations == [], f"{name}, dark, at {width_of(page)} px: " + "\n".join(violations)


def look_at_both_sizes(page: Page, name: str) -> None:
    """A phone, then a desktop: the state on screen stays."""
    for width, height in ((390, 844), (1280, 900)):
        page.set_viewport_size({"width": width, "height": height})
        look(page, name)


def asked(page: Page, script: str, argument: object = None) -> Any:
    """What an asynchronous script answers; an error, where Playwright would wait for ever, when it does not."""
    limit = f"new Promise((_, no) => setTimeout(() => no(new Error('no answer in {_PATIENCE} s')), {_PATIENCE * 1000}))"
    return page.evaluate(f"(argument) => Promise.race([({script})(argument), {limit}])", argument)


def offline_is_ready(page: Page) -> None:
    """The service worker holds every page."""
    asked(page, "async () => { await navigator.serviceWorker.ready; }")


def picture(page: Page, name: str) -> None:
    CAPTURES.mkdir(parents=True, exist_ok=True)
    path = CAPTURES / f"{name}-{width_of(page)}.png"
    for left in reversed(range(_TRIES)):
        try:
            page.screenshot(path=path, full_page=True, timeout=60_000)
        except Error as error:
            # A busy Chromium without a graphics card now and then loses the frame it was about to copy.
            if _LOST_FRAME not in error.message or not left:
                raise
        else:
            return


def stays_inside(page: Page, name: str) -> None:
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{name} at {width_of(page)} px scrolls sideways by {overflow} px"


def width_of(page: Page) -> int:
    return page.viewport_size["width"] if page.viewport_size else 0


def listen(page: Page) -> list[str]:
    """Collects errors of scripts, and what the content security policy refused."""
    errors: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and "the server responded with a status of" not in message.text:
            errors.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


def storage(page: Page) -> dict[str, Any]:
    """Everything this origin keeps in the browser, as text."""
    found: dict[str, Any] = asked(
        page,
        """async () => {
            const databases = [];
            for (const {name} of await indexedDB.databases()) {
                const db = await new Promise((ok, no) => {
                    const request = indexedDB.open(name);
                    request.onsuccess = () => ok(request.result);
                    request.onerror = () => no(request.error);
                });
                for (const store of db.objectStoreNames) {
                    const all = await new Promise((ok) => {
                        const request = db.transaction(store).objectStore(store).getAll();
                        request.onsuccess = () => ok(request.result);
                    });
                    databases.push([name, store, JSON.stringify(all)]);
                }
                db.close();
            }
            return {databases, local: {...localStorage}, session: {...sessionStorage}, cookies: document.cookie};
        }""",
    )
    return found


def cached_addresses(page: Page) -> list[str]:
    """The path of everything in the Cache API."""
    found: list[str] = asked(
        page,
        """async () => {
            const found = [];
            for (const name of await caches.keys()) {
                for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
            }
            return found;
        }""",
    )
    return found
