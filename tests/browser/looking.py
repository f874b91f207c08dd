"""What is asked of every page: no accessibility violation, no error in the console, a screenshot to look at."""

from typing import Any

from playwright.sync_api import ConsoleMessage, Page
from support.engine import ROOT

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
CAPTURES = ROOT / "build/captures"
_RUN = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map(
    v => v.id + " (" + v.impact + ") " + v.nodes.map(n => n.target.join(" ") + ": " + n.failureSummary).join(" | "))"""


def look(page: Page, name: str) -> None:
    """Take a picture and fail on any axe violation, or when the page is wider than the screen."""
    CAPTURES.mkdir(parents=True, exist_ok=True)
    width = page.viewport_size["width"] if page.viewport_size else 0
    page.screenshot(path=CAPTURES / f"{name}-{width}.png", full_page=True)
    page.evaluate(AXE)
    violations: list[str] = page.evaluate(_RUN)
    assert violations == [], f"{name} at {width} px: " + "\n".join(violations)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{name} at {width} px scrolls sideways by {overflow} px"


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
    found: dict[str, Any] = page.evaluate(
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
        }"""
    )
    return found
