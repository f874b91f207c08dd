"""A person without a mouse: every stop of the Tab key must be seen, and not hidden behind something else."""

from playwright.sync_api import Locator, Page, expect

_MOST_STOPS = 120

_SEEN = """() => {
    const here = document.activeElement;
    if (!here || here === document.body) return "nothing has the focus";
    const style = getComputedStyle(here);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    if (!outlined && style.boxShadow === "none") return "no focus ring";
    const box = here.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) return "no size";
    const parts = [0.1, 0.5, 0.9];
    const at = parts.flatMap((x) => parts.map((y) => [box.left + box.width * x, box.top + box.height * y]));
    const label = here.closest("label");
    const shown = at.some(([x, y]) => {
        const top = document.elementFromPoint(x, y);
        return top && (here.contains(top) || top.contains(here) || (label && label.contains(top)));
    });
    return shown ? "" : "hidden behind something, or outside the screen";
}"""


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until `target` has the focus; each stop on the way is seen."""
    expect(target).to_be_visible()
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        focus_is_seen(page)
        if target.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError(f"the Tab key never comes to {target}")


def focus_is_seen(page: Page) -> None:
    problem: str = page.evaluate(_SEEN)
    assert problem == "", f"{problem}: {focused(page)}"


def focused(page: Page) -> str:
    text: str = page.evaluate("(document.activeElement?.outerHTML ?? '').slice(0, 300)")
    return text


def type_into(page: Page, label: str, text: str) -> None:
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.type(text)
