"""The pictures of the lab: desktop, tablet, phone."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATIENCE = 600_000
"""Milliseconds for one step of the page; the machine may be shared."""

SOLVED = """def decide(matte, threshold):
    inside = matte >= threshold
    return inside.astype(np.float32)


picture = decide(matte, 0.5)
"""
"""The second lesson, solved by somebody who has not asked for the solution."""

WINDOWS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "tablet": {"viewport": {"width": 820, "height": 1180}, "has_touch": True, "is_mobile": True},
    "phone": {
        "viewport": {"width": 360, "height": 740},
        "device_scale_factor": 2,
        "has_touch": True,
        "is_mobile": True,
    },
}


def open_lab(browser: "Browser", url: str, window: str) -> "Page":
    """Return the lab with the sample photo through all of its stages."""
    context = browser.new_context(reduced_motion="reduce", **WINDOWS[window])
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{url}lab.html")
    page.wait_for_selector("html[data-python=ready]")
    page.click("#sample")
    page.wait_for_selector("#stage-result[data-state=done]")
    return page


def lab_states(browser: "Browser", url: str, show: "Callable[[Page, str], None]") -> Iterator[str]:
    """Bring the lab into each state that is pictured and let ``show`` take it; yield its name."""
    for window in WINDOWS:
        page = open_lab(browser, url, window)
        if window == "phone":
            page.click("#lesson-count")
            page.locator("#lesson-list button").nth(1).click()
            page.locator("#lesson .cm-content").wait_for()
            page.locator("#lesson .cm-content").click()
            page.keyboard.press("Control+A")
            page.keyboard.insert_text(SOLVED)
            page.click("#lesson-check")
            page.wait_for_selector("#lesson-verdict[data-state=passed]")
            page.locator("#lesson").scroll_into_view_if_needed()
            page.evaluate("document.getElementById('lesson').scrollIntoView()")
        else:
            card = page.locator("#stage-matte")
            card.get_by_role("button", name="Change its Python").click()
            card.locator(".py-editor-run-button").wait_for()
            page.evaluate("document.getElementById('stage-matte').scrollIntoView()")
        name = f"{window}-lab"
        show(page, name)
        page.context.close()
        yield name
